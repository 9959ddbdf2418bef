/** How a fade rises from silence to full level. */

/** Shapes of a fade; the same order stands in src/engine/mixPlan.ts. */
export const enum FadeShape {
  Linear = 0,
  EqualPower = 1,
  SCurve = 2,
  Exponential = 3,
}

/** An exponential fade starts this far down, in dB, before it reaches silence. */
const EXPONENTIAL_RANGE: f64 = 60;

/** @param t 0 (silent) to 1 (full) */
export function fadeCurve(shape: i32, t: f64): f64 {
  switch (shape) {
    case FadeShape.EqualPower:
      return Math.sin((t * Math.PI) / 2);
    case FadeShape.SCurve:
      return t * t * (3 - 2 * t);
    case FadeShape.Exponential: {
      // Straight in decibels, shifted so that it ends in true silence.
      const floor = Math.pow(10, -EXPONENTIAL_RANGE / 20);
      return (Math.pow(10, (EXPONENTIAL_RANGE * (t - 1)) / 20) - floor) / (1 - floor);
    }
    default:
      return t;
  }
}
