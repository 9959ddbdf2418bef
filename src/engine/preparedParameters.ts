import { COMMON_PARAMETERS } from "./insertValues.js";

/**
 * Parameters, by the kind of their processor, that it takes over in `processorPrepare` only (src/dsp): besides what
 * part of the signal it works on, the phase of equalizer and multiband compressor, the look-ahead of compressor,
 * limiter and gate, and what of a convolution changes its impulse response or its blocks.
 */
const PREPARED: Readonly<Record<number, (parameter: number) => boolean>> = {
  1: (parameter) => parameter === 128,
  2: (parameter) => parameter === 9,
  4: (parameter) => parameter === 1,
  5: (parameter) => parameter === 8,
  7: (parameter) => parameter === 130,
  12: (parameter) => [1, 3, 4, 7].includes(parameter),
};

/** Whether another value of the parameter takes a new processor. */
export function needsNewProcessor(kind: number, parameter: number): boolean {
  return parameter === COMMON_PARAMETERS.processing || (PREPARED[kind]?.(parameter) ?? false);
}
