/** Inserts of a document as the engine makes processors of them, by the rows of the insert table. */
import { INSERT_TABLE, type Insert } from "../session/insertTable.js";
import { parameterPairs } from "./insertValues.js";
import type { ProcessorPlan } from "./processor.js";

/** What makes the processor of `insert`. */
export function processorPlan(insert: Insert): ProcessorPlan {
  const { kind, parameters } = INSERT_TABLE[insert.type];
  return {
    kind,
    values: parameterPairs(parameters, { ...insert }),
    ...(insert.type === "convolution" ? { impulse: insert.file } : {}),
  };
}
