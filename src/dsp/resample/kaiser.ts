/**
 * Windowed-sinc low-pass design.
 *
 * Source: J. F. Kaiser, "Nonrecursive digital filter design using the I0-sinh window
 * function", Proc. IEEE ISCAS 1974; A. V. Oppenheim, R. W. Schafer, "Discrete-Time Signal
 * Processing", section 7.6 (formulas for shape and order).
 */

/** Shape parameter of the window for `attenuation` dB (> 50) of stop-band rejection. */
export function kaiserBeta(attenuation: f64): f64 {
  return 0.1102 * (attenuation - 8.7);
}

/** @returns taps for `attenuation` dB and a transition band of `width` cycles per sample */
export function kaiserTaps(attenuation: f64, width: f64): f64 {
  return (attenuation - 7.95) / (14.36 * width) + 1;
}

/** Modified Bessel function of the first kind and order 0, by its power series. */
export function besselI0(x: f64): f64 {
  const quarterSquare = (x * x) / 4;
  let term: f64 = 1;
  let sum: f64 = 1;
  for (let k: f64 = 1; term > sum * 1e-17; k++) {
    term *= quarterSquare / (k * k);
    sum += term;
  }
  return sum;
}

/**
 * Impulse response at time `t` (samples, 0 is the middle) of the low-pass with its -6 dB
 * point at `cutoff` cycles per sample, not normalised.
 * @param halfLength half the window's length in samples; 0 beyond it
 */
export function windowedSinc(t: f64, cutoff: f64, halfLength: f64, beta: f64): f64 {
  const position = t / halfLength;
  const inside = 1 - position * position;
  if (inside < 0) return 0;
  const angle = 2 * Math.PI * cutoff * t;
  const sinc = Math.abs(angle) < 1e-9 ? 1.0 : Math.sin(angle) / angle;
  return sinc * besselI0(beta * Math.sqrt(inside));
}
