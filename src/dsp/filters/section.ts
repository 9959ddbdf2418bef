/**
 * One section of an equaliser on a stereo signal, left and right in the lanes of an f64x2:
 * a first-order correction followed by a biquad,
 *
 *   H(z) = (1 + zero z^-1) / (1 + pole z^-1) * (b0 + b1 z^-1 + b2 z^-2) / (1 + a1 z^-1 + a2 z^-2).
 *
 * The biquad is the transposed direct form II with its output eliminated from the state:
 * y = b0 x + s1, s1' = s2 - a1 s1 + c1 x, s2' = c2 x - a2 s1, where ci = bi - ai b0. Only one
 * product and one sum wait for the frame before.
 */

/** Sections step and settle every so many frames, counted from the first frame of the signal. */
export const GRID: i32 = 64;
/** A change while the signal runs is reached in so many steps, some 20 ms. */
export const RAMP_STEPS: i32 = 16;

/** Coefficients of a section, named as in the formulas above. */
@unmanaged
export class Coefficients {
  zero: f64;
  pole: f64;
  b0: f64;
  c1: f64;
  c2: f64;
  a1: f64;
  a2: f64;

  /** Lets the section pass everything unchanged. */
  clear(): void {
    memory.fill(changetype<usize>(this), 0, offsetof<Coefficients>());
    this.b0 = 1;
  }

  copy(from: Coefficients): void {
    memory.copy(changetype<usize>(this), changetype<usize>(from), offsetof<Coefficients>());
  }

  /** Moves by `part` (0 to 1) of the way to `target`: stable filters all along, as their coefficients form a convex set. */
  approach(target: Coefficients, part: f64): void {
    const here = changetype<usize>(this);
    const there = changetype<usize>(target);
    for (let i: usize = 0; i < offsetof<Coefficients>(); i += sizeof<f64>()) {
      const value = load<f64>(here + i);
      store<f64>(here + i, value + (load<f64>(there + i) - value) * part);
    }
  }

  /** @returns |H|^2 at `w` radians per frame */
  power(w: f64): f64 {
    const phi = Math.pow(Math.sin(w / 2), 2);
    const b1 = this.c1 + this.a1 * this.b0;
    const b2 = this.c2 + this.a2 * this.b0;
    const up = quadraticPower(1, this.zero, 0, phi) * quadraticPower(this.b0, b1, b2, phi);
    return up / (quadraticPower(1, this.pole, 0, phi) * quadraticPower(1, this.a1, this.a2, phi));
  }
}

/** @returns |c0 + c1 z^-1 + c2 z^-2|^2 on the unit circle, `phi` = sin^2(w / 2) */
function quadraticPower(c0: f64, c1: f64, c2: f64, phi: f64): f64 {
  const atDc = c0 + c1 + c2;
  const atNyquist = c0 - c1 + c2;
  return atDc * atDc * (1 - phi) + atNyquist * atNyquist * phi - 16 * c0 * c2 * phi * (1 - phi);
}

/** A state below this (-600 dB) is cleared, long before it slows down as a denormal number. */
const NEGLIGIBLE: f64 = 1e-30;

@unmanaged
export class Section {
  /** State: the correction's, then the biquad's two. */
  t: v128;
  s1: v128;
  s2: v128;
  current: Coefficients = new Coefficients();
  target: Coefficients = new Coefficients();
  /** Whether `target` does anything. */
  audible: bool;
  /** Steps left on the way from `current` to `target`. */
  steps: i32;

  /**
   * Starts towards `target`, or to passing everything if not `audible`; reached after `steps`
   * calls of {@link step}, or at once if 0.
   */
  begin(audible: bool, steps: i32): void {
    if (!audible) this.target.clear();
    this.audible = audible;
    this.steps = steps;
    if (steps == 0) this.current.copy(this.target);
  }

  /** @returns whether it does anything, now or on its way */
  sounds(): bool {
    return this.audible || this.steps > 0;
  }

  step(): void {
    if (this.steps == 0) return;
    this.current.approach(this.target, 1 / <f64>this.steps);
    this.steps--;
    if (this.steps == 0) this.current.copy(this.target);
  }

  /** Clears a state that has died away. */
  settle(): void {
    const largest = f64x2.max(f64x2.max(f64x2.abs(this.t), f64x2.abs(this.s1)), f64x2.abs(this.s2));
    if (v128.any_true(f64x2.ge(largest, f64x2.splat(NEGLIGIBLE)))) return;
    this.reset();
  }

  reset(): void {
    this.t = this.s1 = this.s2 = f64x2.splat(0);
  }
}

/** A section at rest that passes everything unchanged. */
export function sectionNew(): Section {
  const section = new Section();
  section.current.clear();
  section.target.clear();
  return section;
}

/** Runs `section` in place on `frames` f64x2 frames at `samples`. */
export function sectionRun(section: Section, samples: usize, frames: i32): void {
  const k = section.current;
  const zero = f64x2.splat(k.zero);
  const pole = f64x2.splat(k.pole);
  const b0 = f64x2.splat(k.b0);
  const c1 = f64x2.splat(k.c1);
  const c2 = f64x2.splat(k.c2);
  const a1 = f64x2.splat(k.a1);
  const a2 = f64x2.splat(k.a2);
  let t = section.t;
  let s1 = section.s1;
  let s2 = section.s2;
  for (let end = samples + ((<usize>frames) << 4); samples < end; samples += 16) {
    const corrected = f64x2.sub(v128.load(samples), f64x2.mul(pole, t));
    const x = f64x2.add(corrected, f64x2.mul(zero, t));
    t = corrected;
    v128.store(samples, f64x2.add(f64x2.mul(b0, x), s1));
    const held = f64x2.mul(a2, s1);
    s1 = f64x2.sub(f64x2.add(s2, f64x2.mul(c1, x)), f64x2.mul(a1, s1));
    s2 = f64x2.sub(f64x2.mul(c2, x), held);
  }
  section.t = t;
  section.s1 = s1;
  section.s2 = s2;
}
