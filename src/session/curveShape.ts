/** How a value goes on from a breakpoint to the next; the order is that of `CurveShape` in src/dsp/automation.ts. */
export const CURVE_SHAPES = ["linear", "hold", "smooth", "slow", "fast"] as const;
export type CurveShape = (typeof CURVE_SHAPES)[number];
