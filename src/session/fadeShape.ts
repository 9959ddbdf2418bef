/** Shapes of fades; the order is that of `FadeShape` in src/dsp/time/fadeCurve.ts. */
export const FADE_SHAPES = ["linear", "equalPower", "sCurve", "exponential"] as const;
export type FadeShape = (typeof FADE_SHAPES)[number];
