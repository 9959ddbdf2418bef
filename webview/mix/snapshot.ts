/** A setting of the mix: values of channels, sends and inserts, but not what is in the mix. */
import type { DocumentChange, DocumentPath, JsonValue, MixDocument } from "../../src/protocol/mixProtocol.js";
import { valueAt } from "./documentPaths.js";
import { channelsOf, masterOf, type Channel } from "./mixer/channel.js";
import { levelJson } from "./mixValue.js";

/** By the key of the channel: values by their paths within it. */
export type Snapshot = Readonly<Record<string, Readonly<Record<string, JsonValue>>>>;

const STRIP_KEYS = ["trim", "polarity", "pan", "width", "fader", "mute"] as const;
const SEND_KEYS = ["level", "pan", "tap", "mute"] as const;
/** Of an insert: what it is, and what it is called and refers to, is not a setting. */
const NO_SETTINGS: ReadonlySet<string> = new Set(["type", "name", "file", "sidechain"]);

export function takeSnapshot(mix: MixDocument): Snapshot {
  return Object.fromEntries(
    [...channelsOf(mix), masterOf(mix)].map((channel) => [channel.key, settingsOf(channel)]),
  );
}

/** @param content what the document says of a snapshot, silence as a number */
export function writtenSnapshot(content: unknown): Snapshot {
  return jsonOf(content) as Snapshot;
}

/**
 * The changes that lead from the mix as it is to a snapshot: only values that differ, and only of what is there now as
 * it was then.
 */
export function changesTo(mix: MixDocument, snapshot: Snapshot): DocumentChange[] {
  return [...channelsOf(mix), masterOf(mix)].flatMap((channel) => {
    const now = settingsOf(channel);
    return Object.entries(snapshot[channel.key] ?? {}).flatMap(([key, value]): DocumentChange[] => {
      const isThere = key in now && JSON.stringify(now[key]) !== JSON.stringify(value);
      if (!isThere) return [];
      const path: DocumentPath = [...channel.path, ...pathOf(key)];
      // What stands in the text by default is written as it is.
      return valueAt(mix, path) === undefined ? [] : [{ type: "set", path, value }];
    });
  });
}

/** Keys of inserts and sends say what stands at the place: what another one was set to is not for this one. */
function settingsOf(channel: Channel): Readonly<Record<string, JsonValue>> {
  const content = channel.content as unknown as Readonly<Record<string, unknown>>;
  const values: [string, JsonValue][] = STRIP_KEYS.flatMap((key) =>
    content[key] === undefined ? [] : [[key, jsonOf(content[key])]],
  );
  if (channel.kind === "group") return Object.fromEntries(values);
  if (channel.kind !== "master")
    channel.content.sends.forEach((send, i) => {
      for (const key of SEND_KEYS) values.push([`sends/${i}/${key}|${send.to}`, jsonOf(send[key])]);
    });
  channel.content.inserts.forEach((insert, i) => {
    for (const [key, value] of Object.entries(insert))
      if (value !== undefined && !NO_SETTINGS.has(key))
        values.push([`inserts/${i}/${key}|${insert.type}`, jsonOf(value)]);
  });
  return Object.fromEntries(values);
}

const pathOf = (key: string): DocumentPath =>
  key
    .split("|")[0]!
    .split("/")
    .map((step) => (/^\d+$/.test(step) ? Number(step) : step));

function jsonOf(value: unknown): JsonValue {
  if (typeof value === "number") return levelJson(value);
  if (Array.isArray(value)) return value.map(jsonOf);
  if (typeof value !== "object" || value === null) return value as JsonValue;
  const entries = Object.entries(value).filter(([, each]) => each !== undefined);
  return Object.fromEntries(entries.map(([key, each]) => [key, jsonOf(each)]));
}
