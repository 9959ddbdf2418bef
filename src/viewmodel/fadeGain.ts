/** Gain along a fade, for drawing; the same curves as src/dsp/time/fadeCurve.ts. */

/** Where an exponential fade begins, 60 dB down. */
const EXPONENTIAL_FLOOR = 0.001;

/** @param part 0 at silence, 1 at full level */
export function fadeGain(shape: string, part: number): number {
  switch (shape) {
    case "equalPower":
      return Math.sin((part * Math.PI) / 2);
    case "sCurve":
      return part * part * (3 - 2 * part);
    case "exponential":
      return (10 ** (3 * (part - 1)) - EXPONENTIAL_FLOOR) / (1 - EXPONENTIAL_FLOOR);
    default:
      return part;
  }
}
