import type { DocumentPath, JsonValue } from "../../src/protocol/mixProtocol.js";
import { valueAt } from "./documentPaths.js";
import type { MixModel } from "./mixModel.js";

/** Silence as documents write it. */
export const levelJson = (level: number): number | "-inf" => (level === -Infinity ? "-inf" : level);

/** A number of the document under a hand; see {@link MixModel.preview} and {@link MixModel.commit}. */
export interface MixValue {
  readonly read: () => number;
  readonly canMove: () => boolean;
  readonly preview: (value: number) => void;
  readonly commit: (value: number) => void;
  readonly cancel: () => void;
}

/**
 * @param path of the value now: it may change between two gestures
 * @param label what moving it is called, for people
 * @param initial what it is where the document does not say
 */
export function mixValue(
  model: MixModel,
  path: () => DocumentPath,
  label: () => string,
  initial = 0,
): MixValue {
  return {
    read: () => (valueAt(model.mix, path()) as number | undefined) ?? initial,
    canMove: () => model.canEdit,
    preview: (value) => model.preview(path(), levelJson(value)),
    commit: (value) => setValue(model, label(), path(), levelJson(value)),
    cancel: () => model.cancelPreview(),
  };
}

/** Changes one value of the text, unless it is there already. */
export function setValue(model: MixModel, label: string, path: DocumentPath, value: JsonValue): void {
  const before = valueAt(model.state.mix, path);
  const isSame = before === value || (before === -Infinity && value === "-inf");
  if (isSame) model.cancelPreview();
  else void model.set(label, path, value);
}
