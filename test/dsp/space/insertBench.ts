/** Processors set up as the engine does it, from an insert of a document. */
import { parameterPairs } from "../../../src/engine/insertValues.js";
import { INSERT_TABLE, type Insert } from "../../../src/session/insertTable.js";
import { ProcessorBench } from "../processorBench.js";

/** @param beatsPerMinute tempo */
export function setInsert(insert: Insert, sampleRate: number, beatsPerMinute = 120): ProcessorBench {
  const { kind, parameters } = INSERT_TABLE[insert.type];
  const pairs = parameterPairs(parameters, { ...insert });
  return new ProcessorBench(kind, sampleRate, pairs, ({ dsp, address }) => {
    dsp.exports.processorTempo(address, beatsPerMinute);
  });
}
