/** Pan, balance and width as a matrix of gains from a stereo signal to a stereo sum. */

export const enum PanMode {
  /** Leaves the signal as it is. */
  None = 0,
  /** Of a mono source: one signal is spread over both sides by the pan law. */
  Mono = 1,
  /** Turns the far side down; 0 dB at the centre. */
  Balance = 2,
  /** Moves each side to a place of its own, at constant power. */
  Stereo = 3,
}

/** Gains: of the left into the left, of the right into the left, and so on. */
@unmanaged
export class Matrix {
  leftToLeft: f64;
  rightToLeft: f64;
  leftToRight: f64;
  rightToRight: f64;

  set(leftToLeft: f64, rightToLeft: f64, leftToRight: f64, rightToRight: f64): void {
    this.leftToLeft = leftToLeft;
    this.rightToLeft = rightToLeft;
    this.leftToRight = leftToRight;
    this.rightToRight = rightToRight;
  }

  copy(from: Matrix): void {
    memory.copy(changetype<usize>(this), changetype<usize>(from), offsetof<Matrix>());
  }

  equals(other: Matrix): bool {
    return memory.compare(changetype<usize>(this), changetype<usize>(other), offsetof<Matrix>()) == 0;
  }

  /** Becomes the difference from `from` to `to` per frame, when the way takes `frames` frames. */
  between(from: Matrix, to: Matrix, frames: i32): void {
    const part = 1 / <f64>frames;
    this.leftToLeft = (to.leftToLeft - from.leftToLeft) * part;
    this.rightToLeft = (to.rightToLeft - from.rightToLeft) * part;
    this.leftToRight = (to.leftToRight - from.leftToRight) * part;
    this.rightToRight = (to.rightToRight - from.rightToRight) * part;
  }

  /** Whether the sides stay apart. */
  isDiagonal(): bool {
    return this.rightToLeft == 0 && this.leftToRight == 0;
  }

  /** Multiplies what goes into the left by `left`, into the right by `right`. */
  scale(left: f64, right: f64): void {
    this.leftToLeft *= left;
    this.rightToLeft *= left;
    this.leftToRight *= right;
    this.rightToRight *= right;
  }
}

/** The pan law of constant power, dB; it stands for 10 log10(1/2). */
const CONSTANT_POWER: f64 = -3;

/**
 * Pan of a mono source: the cosine (left) and the sine of the angle, so that hard left and hard right are 0 dB.
 * For a lower centre than that of constant power they are raised to a power; for a higher one they are turned up
 * and held at 0 dB.
 *
 * @param pan -1 (left) to 1 (right)
 * @param law dB at the centre, -6 to 0; -3 is constant power
 */
function panLeft(pan: f64, law: f64): f64 {
  if (pan >= 1) return 0;
  const cosine = Math.cos(((pan + 1) * Math.PI) / 4);
  const power = law / CONSTANT_POWER;
  return power >= 1 ? Math.pow(cosine, power) : min(1, cosine * Math.pow(2, (1 - power) / 2));
}

function panRight(pan: f64, law: f64): f64 {
  return panLeft(-pan, law);
}

/**
 * Writes to `matrix`: first the width (of the side signal), then the pan.
 *
 * @param pan -1 to 1
 * @param width 1 leaves the signal as it is, 0 is mono, -1 exchanges the sides
 * @param law dB at the centre of a mono source, -6 to 0; -3 is constant power
 */
export function panMatrix(matrix: Matrix, mode: i32, pan: f64, width: f64, law: f64): void {
  const p = min<f64>(1, max<f64>(-1, pan));
  const near = (1 + width) / 2;
  const far = (1 - width) / 2;
  if (mode == PanMode.Stereo) {
    // The sides keep their distance from the pan's place as far as the room goes.
    const reach = 1 - Math.abs(p);
    const ofLeft = p - reach;
    const ofRight = p + reach;
    const ll = panLeft(ofLeft, CONSTANT_POWER);
    const lr = panRight(ofLeft, CONSTANT_POWER);
    const rl = panLeft(ofRight, CONSTANT_POWER);
    const rr = panRight(ofRight, CONSTANT_POWER);
    matrix.set(ll * near + rl * far, ll * far + rl * near, lr * near + rr * far, lr * far + rr * near);
    return;
  }
  matrix.set(near, far, far, near);
  if (mode == PanMode.Mono) matrix.scale(panLeft(p, law), panRight(p, law));
  else if (mode == PanMode.Balance) matrix.scale(balanceLeft(p), balanceRight(p));
}

export function balanceLeft(pan: f64): f64 {
  return min(1, max(0, 1 - pan));
}

export function balanceRight(pan: f64): f64 {
  return min(1, max(0, 1 + pan));
}
