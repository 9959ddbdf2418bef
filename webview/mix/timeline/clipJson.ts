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
  const entries = Object.entries(clip).filter(
    ([key, value]) => value !== undefined && value !== DEFAULTS[key],
  );
  return Object.fromEntries(
    entries.map(([key, value]) => [key, value === -Infinity ? "-inf" : value]),
  ) as JsonValue;
}
