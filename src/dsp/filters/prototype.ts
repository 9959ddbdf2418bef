/**
 * Analogue sections of an equaliser band, of first or second order:
 *
 *   H(s) = (n2 s^2 + n1 s + n0) / (d2 s^2 + d1 s + d0), s normalised to the band's frequency.
 *
 * Peak and shelves: R. Bristow-Johnson, "Cookbook formulae for audio equalizer biquad filter
 * coefficients" (the analogue prototypes there). Low-pass and high-pass: Butterworth cascades.
 */

/** Types of bands; the same numbers stand in the insert table of src/session. */
export const enum BandType {
  LowPass = 0,
  HighPass = 1,
  /** q sets the slope of a shelf; above 0.71 it overshoots. */
  LowShelf = 2,
  HighShelf = 3,
  /** q = centre frequency / bandwidth, taken at half the gain in dB. */
  Peak = 4,
  Notch = 5,
  /** First order: the lows move by -gain / 2, the highs by +gain / 2, the band's frequency stays. */
  Tilt = 6,
}

/** Steepest slope of a pass filter, in second-order sections (48 dB per octave). */
export const MAX_SECTIONS: i32 = 4;

@unmanaged
export class Prototype {
  n2: f64;
  n1: f64;
  n0: f64;
  d2: f64;
  d1: f64;
  d0: f64;

  setNumerator(n2: f64, n1: f64, n0: f64): void {
    this.n2 = n2;
    this.n1 = n1;
    this.n0 = n0;
  }

  setDenominator(d2: f64, d1: f64, d0: f64): void {
    this.d2 = d2;
    this.d1 = d1;
    this.d0 = d0;
  }

  /** @returns |H|^2 at `x` times the band's frequency */
  power(x: f64): f64 {
    return power(this.n2, this.n1, this.n0, x) / power(this.d2, this.d1, this.d0, x);
  }

  /** @returns how many zeros lie at 0 Hz */
  zerosAtDc(): i32 {
    if (this.n0 != 0) return 0;
    return this.n2 != 0 ? 2 : 1;
  }

  /** @returns whether a pair of zeros lies on the frequency axis: nothing passes there */
  isNotch(): bool {
    return this.n2 != 0 && this.n1 == 0 && this.n0 != 0;
  }
}

function power(c2: f64, c1: f64, c0: f64, x: f64): f64 {
  const real = c0 - c2 * x * x;
  const imaginary = c1 * x;
  return real * real + imaginary * imaginary;
}

/** @returns how many sections a band of this type and slope (dB per octave) takes */
export function sectionsOf(type: i32, slope: f64): i32 {
  if (type != BandType.LowPass && type != BandType.HighPass) return 1;
  return (orderOf(slope) + 1) >> 1;
}

/** @returns order of a pass filter: 1, 2, 3, 4, 6 or 8, the nearest to `slope` dB per octave */
function orderOf(slope: f64): i32 {
  const order = <i32>Math.round(slope / 6);
  if (order <= 4) return max(1, order);
  return order < 7 ? 6 : 8;
}

/**
 * Writes section `index` of a band to `out`.
 *
 * @param gain dB; used by peak, shelves and tilt
 * @param q of peak, shelves, notch and of pass filters of 12 dB per octave
 */
export function prototypeOf(type: i32, gain: f64, q: f64, slope: f64, index: i32, out: Prototype): void {
  const a = Math.pow(10, gain / 40);
  const root = Math.sqrt(a) / q;
  switch (type) {
    case BandType.LowShelf:
      out.setNumerator(a, a * root, a * a);
      out.setDenominator(a, root, 1);
      break;
    case BandType.HighShelf:
      out.setNumerator(a * a, a * root, a);
      out.setDenominator(1, root, a);
      break;
    case BandType.Peak:
      out.setNumerator(1, a / q, 1);
      out.setDenominator(1, 1 / (a * q), 1);
      break;
    case BandType.Notch:
      out.setNumerator(1, 0, 1);
      out.setDenominator(1, 1 / q, 1);
      break;
    case BandType.Tilt:
      out.setNumerator(0, a, 1);
      out.setDenominator(0, 1, a);
      break;
    default:
      passSection(type, q, orderOf(slope), index, out);
  }
}

/** Section `index` of a Butterworth filter; in an odd order the last section is the first-order one. */
function passSection(type: i32, q: f64, order: i32, index: i32, out: Prototype): void {
  const low = type == BandType.LowPass;
  if (2 * index + 1 == order) {
    out.setNumerator(0, low ? 0 : 1, low ? 1 : 0);
    out.setDenominator(0, 1, 1);
    return;
  }
  const angle = (Math.PI * <f64>(2 * index + 1)) / <f64>(2 * order);
  out.setNumerator(low ? 0 : 1, 0, low ? 1 : 0);
  out.setDenominator(1, order == 2 ? 1 / q : 2 * Math.sin(angle), 1);
}
