/** A mastering preset as changes of an album document. */
import type { DocumentChange, JsonValue } from "../edits/editText.js";
import { CHAIN_LEVEL, MASTERING_PRESETS, type MasteringPresetName } from "./masteringChains.js";

/** The keys that a preset sets, as they stand in a document. */
export function masteringPresetKeys(name: MasteringPresetName): Readonly<Record<string, JsonValue>> {
  const { chain, target, limiter } = MASTERING_PRESETS[name];
  return {
    ...(chain.length > 0 && { chainLevel: CHAIN_LEVEL }),
    chain: chain,
    limiter,
    target,
  };
}

/** @returns what to change, one undo step; of the target, the mode and what else a preset does not say stay */
export function masteringPresetChanges(name: MasteringPresetName): readonly DocumentChange[] {
  const { target, ...rest } = masteringPresetKeys(name);
  const set = (path: readonly string[], value: JsonValue | undefined): DocumentChange => ({
    type: "set",
    path,
    value,
  });
  return [
    set(["chainLevel"], rest["chainLevel"]),
    set(["chain"], rest["chain"]),
    set(["limiter"], rest["limiter"]),
    ...Object.entries(target as Readonly<Record<string, JsonValue>>).map(([key, value]) =>
      set(["target", key], value),
    ),
  ];
}
