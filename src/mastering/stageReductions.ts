/** What the dynamics of a chain did to a song. */
import type { Dsp } from "../engine/dsp.js";
import { readReduction } from "../engine/reduction.js";
import type { Insert } from "../session/insertTable.js";
import type { StageReduction } from "./results.js";

/** @param processors addresses of those inserts of `chain` that are not bypassed, in order */
export function stageReductions(
  dsp: Dsp,
  chain: readonly Insert[],
  processors: readonly number[],
): StageReduction[] {
  const running = chain.filter(({ bypass }) => !bypass);
  return running.flatMap(({ type, name }, i): StageReduction[] => {
    const processor = processors[i]!;
    if (dsp.exports.processorReduction(processor) === 0) return [];
    return [{ type, name: name ?? null, ...readReduction(dsp, processor) }];
  });
}
