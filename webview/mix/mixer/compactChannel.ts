/** What a person would have written: values without those that go without saying. */
import type { JsonValue } from "../../../src/protocol/mixProtocol.js";
import { levelJson } from "../mixValue.js";

type Values = Readonly<Record<string, unknown>>;

/** Defaults of channels, clips and sends, as in strip.ts and clip.ts of the session. */
const DEFAULTS: Values = {
  ...{ trim: 0, polarity: "normal", pan: 0, panMode: "balance", width: 100, fader: 0 },
  ...{ mute: false, solo: false, soloSafe: false, overlap: "crossfade" },
  ...{ inserts: [], sends: [], automation: {} },
};

/** @param channel with all its values. @returns without those that are the default, levels as documents write them */
export function compactChannel(channel: object): Readonly<Record<string, JsonValue>> {
  return Object.fromEntries(
    Object.entries(channel)
      .filter(([key, value]) => JSON.stringify(value) !== JSON.stringify(DEFAULTS[key]))
      .map(([key, value]) => [key, jsonOf(value)]),
  );
}

function jsonOf(value: unknown): JsonValue {
  if (typeof value === "number") return levelJson(value);
  if (Array.isArray(value)) return value.map(jsonOf);
  if (typeof value !== "object" || value === null) return value as JsonValue;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, each]) => each !== undefined)
      .map(([key, each]) => [key, jsonOf(each)]),
  );
}
