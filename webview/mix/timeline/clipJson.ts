import type { JsonValue } from "../../../src/protocol/mixProtocol.js";
import type { Clip } from "./timelineModel.js";

/** What a clip has without being told. */
const DEFAULTS: Readonly<Record<string, unknown>> = {
  offset: 0,
  loop: 1,
  reverse: false,
  speed: 1,
  gain: 0,
  mute: false,
};

/** A clip as the document writes it: without what goes without saying. */
export function clipJson(clip: Clip): JsonValue {
  return Object.fromEntries(
    Object.entries(clip).flatMap(([key, value]) =>
      value === undefined || value === DEFAULTS[key] ? [] : [[key, jsonValue(key, value)]],
    ),
  );
}

/** @param key of the value in its owner: a linear fade does not say its shape */
export function jsonValue(key: string, value: unknown): JsonValue {
  if (value === -Infinity) return "-inf";
  if (Array.isArray(value)) return value.map((each) => jsonValue("", each));
  if (typeof value !== "object" || value === null) return value as JsonValue;
  const isFade = key === "fadeIn" || key === "fadeOut";
  return Object.fromEntries(
    Object.entries(value)
      .filter(([inner, each]) => each !== undefined && !(isFade && inner === "shape" && each === "linear"))
      .map(([inner, each]) => [inner, jsonValue(inner, each)]),
  );
}
