/** Processors set up as the engine does it, from an insert of a document. */
import { parameterPairs } from "../../../src/engine/insertValues.js";
import { INSERT_TABLE, type Insert } from "../../../src/session/insertTable.js";
import { ProcessorBench } from "../processorBench.js";

export function setInsert(insert: Insert, sampleRate: number, beatsPerMinute?: number): ProcessorBench {
  const { kind, parameters } = INSERT_TABLE[insert.type];
  return new ProcessorBench(kind, sampleRate, parameterPairs(parameters, { ...insert }), beatsPerMinute);
}
