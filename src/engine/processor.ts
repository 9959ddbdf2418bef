/** Processors of the engine (src/dsp/processor.ts), made from plain data: free of the document's schema and of Node. */
import type { Dsp } from "./dsp.js";
import { readImpulse, type OpenImpulse } from "./impulse.js";
import { takeImpulse } from "./impulseChannels.js";
import type { ParameterPair } from "./insertValues.js";

/** What makes a processor. */
export interface ProcessorPlan {
  /** Its number. */
  readonly kind: number;
  /** All its parameters. */
  readonly values: readonly ParameterPair[];
  /** Path of the impulse response of a convolution, as the engine opens it. */
  readonly impulse?: string;
}

/**
 * Creates and prepares a processor.
 *
 * @param tempo beats per minute
 * @param overrides parameters that start at another value than the plan's
 * @param open opens its impulse response
 * @throws AudioFileError if that cannot be read
 */
export function createProcessor(
  dsp: Dsp,
  { kind, values, impulse }: ProcessorPlan,
  sampleRate: number,
  tempo: number,
  overrides: readonly ParameterPair[],
  open: OpenImpulse,
): number {
  const processor = dsp.exports.processorNew(kind, sampleRate);
  for (const [parameter, value] of [...values, ...overrides])
    dsp.exports.processorSet(processor, parameter, value);
  dsp.exports.processorTempo(processor, tempo);
  if (impulse !== undefined) {
    const file = open(impulse);
    try {
      takeImpulse(dsp, processor, readImpulse(dsp, file, sampleRate));
    } finally {
      file.close();
    }
  }
  dsp.exports.processorPrepare(processor);
  return processor;
}
