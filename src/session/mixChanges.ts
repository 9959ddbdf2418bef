/** What has changed from one mix session to another, in words. */
import { INSERT_TABLE, type Insert } from "./insertTable.js";
import type { MixDocument } from "./mixDocument.js";
import { controlOf, type Control } from "./parameter.js";
import { groupSchema, strip } from "./strip.js";
import type * as z from "zod";

/** Most changes of one list that are told one by one. */
const MOST = 100;

type Fields = Readonly<Record<string, unknown>>;

/** @returns one sentence without a full stop for each change, for example `Vocal: fader 0.0 → +1.5 dB` */
export function mixChanges(before: MixDocument, after: MixDocument): string[] {
  const session = ["title", "sampleRate", "tempo", "panLaw"] as const;
  return [
    ...session.flatMap((key) => told("Session", key, before[key], after[key], SESSION_UNITS[key])),
    ...channelChanges("Track", before.tracks, after.tracks),
    ...channelChanges("Bus", before.buses, after.buses),
    ...byId("Group", before.groups, after.groups, (name, a, b) => [
      ...fieldChanges(name, a, b, ["fader", "mute", "solo"], groupSchema.shape),
      ...told(name, "members", a.members.join(", "), b.members.join(", ")),
      ...automationChanges(name, a.automation, b.automation),
    ]),
    ...insertChanges("Master", before.master.inserts, after.master.inserts),
    ...told("Master", "fader", before.master.fader, after.master.fader, "dB"),
    ...automationChanges("Master", before.master.automation, after.master.automation),
  ];
}

const SESSION_UNITS: Readonly<Record<string, string>> = {
  sampleRate: "Hz",
  tempo: "beats per minute",
  panLaw: "dB",
};

const STRIP_KEYS = [
  ...["trim", "polarity", "pan", "panMode", "width", "fader", "mute", "solo", "soloSafe", "output"],
] as const;

type Channel = MixDocument["buses"][number] &
  Partial<Pick<MixDocument["tracks"][number], "clips" | "overlap">>;

function channelChanges(kind: string, before: readonly Channel[], after: readonly Channel[]): string[] {
  return byId(kind, before, after, (name, a, b) => [
    ...clipChanges(name, a.clips ?? [], b.clips ?? []),
    ...fieldChanges(name, a, b, STRIP_KEYS, strip),
    ...insertChanges(name, a.inserts, b.inserts),
    ...sendChanges(name, a.sends, b.sends),
    ...automationChanges(name, a.automation, b.automation),
  ]);
}

function byId<Entry extends { readonly id: string; readonly name?: string | undefined }>(
  kind: string,
  before: readonly Entry[],
  after: readonly Entry[],
  compare: (name: string, a: Entry, b: Entry) => string[],
): string[] {
  const old = new Map(before.map((entry) => [entry.id, entry]));
  const now = new Set(after.map(({ id }) => id));
  const removed = before.filter(({ id }) => !now.has(id)).map((entry) => `${kind} ${nameOf(entry)} removed`);
  const changed = after.flatMap((entry) => {
    const known = old.get(entry.id);
    return known ? compare(nameOf(entry), known, entry) : [`${kind} ${nameOf(entry)} added`];
  });
  return [...removed, ...changed];
}

const nameOf = ({ id, name }: { readonly id: string; readonly name?: string | undefined }): string =>
  name ?? id;

function sendChanges(name: string, before: Channel["sends"], after: Channel["sends"]): string[] {
  const old = new Map(before.map((send) => [send.to, send]));
  const now = new Set(after.map(({ to }) => to));
  return [
    ...before.filter(({ to }) => !now.has(to)).map(({ to }) => `${name}: send to ${to} removed`),
    ...after.flatMap((send) => {
      const known = old.get(send.to);
      if (!known) return [`${name}: send to ${send.to} added at ${shown(send.level, "dB")}`];
      const at = `${name}, send to ${send.to}`;
      return [
        ...told(at, "level", known.level, send.level, "dB"),
        ...told(at, "tap", known.tap, send.tap),
        ...told(at, "pan", known.pan, send.pan),
        ...told(at, "mute", known.mute, send.mute),
      ];
    }),
  ];
}

/** Inserts keep their order; one is the same as another of its type and name. */
function insertChanges(name: string, before: readonly Insert[], after: readonly Insert[]): string[] {
  const pairs = longestCommon(before.map(kindOf), after.map(kindOf));
  const [kept, found] = [new Set(pairs.map(([a]) => a)), new Map(pairs.map(([a, b]) => [b, a]))];
  return [
    ...before.flatMap((insert, i) => (kept.has(i) ? [] : [`${name}: ${labelOf(insert)} removed`])),
    ...after.flatMap((insert, i) => {
      const old = found.get(i);
      if (old === undefined) return [`${name}: ${labelOf(insert)} added`];
      return parameterChanges(`${name}, ${labelOf(insert)}`, before[old]!, insert);
    }),
  ];
}

const kindOf = ({ type, name }: Insert): string => `${type}|${name ?? ""}`;
const labelOf = ({ type, name }: Insert): string => name ?? type;

function parameterChanges(at: string, before: Insert, after: Insert): string[] {
  if (before.bypass !== after.bypass) return [`${at} ${after.bypass ? "bypassed" : "switched on"}`];
  const [a, b]: [Fields, Fields] = [before, after];
  const own = INSERT_TABLE[after.type].parameters.flatMap(({ key, control }) =>
    control.kind === "list"
      ? listChanges(at, key, control.items, a[key] as Fields[], b[key] as Fields[])
      : told(at, key, a[key], b[key], unitOf(control)),
  );
  const refers = ["file", "sidechain"].flatMap((key) => told(at, key, a[key], b[key]));
  return [...own, ...refers];
}

function listChanges(
  at: string,
  key: string,
  items: readonly { readonly key: string; readonly control: Control }[],
  before: readonly Fields[],
  after: readonly Fields[],
): string[] {
  const one = key.replace(/s$/, "");
  const shared = after
    .slice(0, before.length)
    .flatMap((entry, i) =>
      items.flatMap((item) =>
        told(`${at}, ${one} ${i + 1}`, item.key, before[i]![item.key], entry[item.key], unitOf(item.control)),
      ),
    );
  return [...shared, ...told(at, `number of ${key}`, before.length, after.length)];
}

function clipChanges(name: string, before: NonNullable<Channel["clips"]>, after: typeof before): string[] {
  const keyOf = (clip: (typeof before)[number]): string => JSON.stringify(clip);
  const [old, now] = [new Set(before.map(keyOf)), new Set(after.map(keyOf))];
  const gone = before.filter((clip) => !now.has(keyOf(clip)));
  const come = after.filter((clip) => !old.has(keyOf(clip)));
  const changed = come.flatMap((clip) => {
    const at = gone.findIndex(({ file }) => file === clip.file);
    const [known] = at < 0 ? [] : gone.splice(at, 1);
    const label = `${name}, clip ${clip.name ?? clip.file}`;
    if (!known) return [`${label} added at ${shown(clip.start, "s")}`];
    const [a, b]: [Fields, Fields] = [known, clip];
    const numbers = CLIP_UNITS.flatMap(([key, unit]) => told(label, key, a[key], b[key], unit));
    return numbers.length > 0 ? numbers : [`${label}: fades or automation changed`];
  });
  return limited([
    ...changed,
    ...gone.map((clip) => `${name}, clip ${clip.name ?? clip.file} at ${shown(clip.start, "s")} removed`),
  ]);
}

const CLIP_UNITS = [
  ["start", "s"],
  ["offset", "s"],
  ["length", "s"],
  ["gain", "dB"],
  ["speed", ""],
  ["loop", ""],
  ["mute", ""],
  ["reverse", ""],
] as const;

function automationChanges(name: string, before: Fields = {}, after: Fields = {}): string[] {
  const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return keys.flatMap((key) => {
    if (JSON.stringify(before[key]) === JSON.stringify(after[key])) return [];
    const what = before[key] === undefined ? "added" : after[key] === undefined ? "removed" : "changed";
    return [`${name}: automation of ${key} ${what}`];
  });
}

function fieldChanges(
  name: string,
  before: Fields,
  after: Fields,
  keys: readonly string[],
  shape: Readonly<Record<string, z.core.$ZodType>>,
): string[] {
  return keys.flatMap((key) => {
    const control = shape[key] && controlOf(shape[key]);
    return told(name, key, before[key], after[key], control ? unitOf(control) : "");
  });
}

const unitOf = (control: Control): string => ("unit" in control ? control.unit : "");

function told(at: string, what: string, before: unknown, after: unknown, unit = ""): string[] {
  if (Object.is(before, after)) return [];
  if (typeof after === "boolean") return [`${at}: ${what} ${after ? "on" : "off"}`];
  return [`${at}: ${what} ${shown(before, "")} → ${shown(after, unit)}`];
}

function shown(value: unknown, unit: string): string {
  if (value === undefined || value === "") return "none";
  if (value === -Infinity) return "-inf";
  const text =
    typeof value === "number"
      ? String(Number(value.toFixed(3)))
      : JSON.stringify(value).replace(/^"|"$/g, "");
  return unit === "" ? text : `${text} ${unit}`;
}

function limited(changes: readonly string[]): string[] {
  if (changes.length <= MOST) return [...changes];
  return [...changes.slice(0, MOST), `and ${changes.length - MOST} more of the same`];
}

/** @returns pairs of positions of the longest row of words that both lists have in the same order */
function longestCommon(a: readonly string[], b: readonly string[]): [number, number][] {
  const lengths = Array.from({ length: a.length + 1 }, () => new Uint16Array(b.length + 1));
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      const skip = Math.max(lengths[i + 1]![j]!, lengths[i]![j + 1]!);
      lengths[i]![j] = a[i] === b[j] ? lengths[i + 1]![j + 1]! + 1 : skip;
    }
  }
  const pairs: [number, number][] = [];
  for (let i = 0, j = 0; i < a.length && j < b.length;) {
    if (a[i] === b[j]) pairs.push([i++, j++]);
    else if (lengths[i + 1]![j]! >= lengths[i]![j + 1]!) i++;
    else j++;
  }
  return pairs;
}
