/** How fast a clip's source goes by: its sample rate and the clip's varispeed against the session's rate. */

export interface ClipRate {
  /** Frames of the source for each frame of the session. */
  readonly step: number;
  /** The step as `down / up` in lowest terms, where the parts are small enough to count in. */
  readonly exact: { readonly up: number; readonly down: number } | undefined;
}

/** Most phases of a filter table; more are interpolated between (src/dsp/resample/polyphase.ts). */
const MOST_PHASES = 2048;
/** A speed counts as the fraction that it is this close to, relatively: what JSON's decimals leave. */
const SAME = 1e-13;

/** @param speed of the clip; rates in Hz */
export function clipRate(sourceRate: number, sessionRate: number, speed: number): ClipRate {
  const fraction = asFraction(speed);
  const step = (sourceRate * speed) / sessionRate;
  if (!fraction) return { step, exact: undefined };
  const [down, up] = lowestTerms(sourceRate * fraction.over, sessionRate * fraction.under);
  const isSmall = up <= Math.max(1, MOST_PHASES * Math.min(1, 1 / step)) && down < 2 ** 31;
  return { step: down / up, exact: isSmall ? { up, down } : undefined };
}

/** Whether the source's frames are the session's. */
export const isUnchanged = ({ exact }: ClipRate): boolean => exact?.up === 1 && exact.down === 1;

function asFraction(value: number): { over: number; under: number } | undefined {
  for (let under = 1; under <= MOST_PHASES; under++) {
    const over = Math.round(value * under);
    if (over > 0 && Math.abs(over / under - value) <= SAME * value) return { over, under };
  }
  return undefined;
}

function lowestTerms(a: number, b: number): [number, number] {
  let [larger, divisor] = [a, b];
  while (divisor > 0) [larger, divisor] = [divisor, larger % divisor];
  return [a / larger, b / larger];
}
