/** What other programs' sessions have in common with ours, and how it becomes a session. */
import { namedTracks } from "../newMix.js";
import type { JsonValue } from "../edits/editText.js";

export type JsonObject = { readonly [key: string]: JsonValue | undefined };

/** A channel of another program: a track with clips, a bus, or both at once. */
export interface ForeignChannel {
  /** By which the others refer to it. */
  readonly key: string;
  readonly name: string;
  /** `#rrggbb` */
  readonly color?: string | undefined;
  /** Entries of ours: see clip.ts, insertTable.ts and automation.ts. */
  readonly clips: readonly JsonObject[];
  readonly inserts: readonly JsonObject[];
  readonly automation: Readonly<Record<string, JsonValue>>;
  /** dB; -Infinity is silence. */
  readonly fader: number;
  /** -1 to 1 */
  readonly pan: number;
  readonly isMuted: boolean;
  readonly isSoloed: boolean;
  readonly isInverted: boolean;
  readonly sends: readonly ForeignSend[];
  /** Key of the channel that it plays to; `null`: the master. */
  readonly output: string | null;
  /** That it is a bus, also where nothing plays to it. */
  readonly isBus?: boolean;
}

export interface ForeignSend {
  readonly to: string;
  /** dB */
  readonly level: number;
  readonly tap: "pre" | "post";
  readonly pan: number;
  readonly isMuted: boolean;
}

export interface ForeignMix {
  readonly title: string;
  /** Hz */
  readonly sampleRate?: number | undefined;
  /** Beats per minute. */
  readonly tempo: number;
  readonly channels: readonly ForeignChannel[];
  readonly master: Pick<ForeignChannel, "fader" | "inserts" | "automation">;
  readonly markers: readonly { readonly time: number; readonly name: string }[];
  /** Sentences about what a session of ours cannot hold, each with its place. */
  readonly lost: readonly string[];
}

/**
 * Channels that others play or send to become buses; clips that lie on one go to a track of their own in front of it.
 *
 * @returns a session as a value; what is at its default is left out
 */
export function mixOf(mix: ForeignMix): JsonObject {
  const { channels, master } = mix;
  const targets = new Set(channels.flatMap(({ output, sends }) => [output, ...sends.map(({ to }) => to)]));
  const isBus = (channel: ForeignChannel): boolean => channel.isBus === true || targets.has(channel.key);
  const names = namedTracks(channels.map(({ name }) => ({ title: name || "Track", file: "" })));
  const ids = new Map(channels.map(({ key }, i) => [key, names[i]!.id]));
  const own = namedTracks(
    channels
      .filter((each) => isBus(each) && each.clips.length > 0)
      .map(({ name }) => ({ title: `${name} clips`, file: "" })),
    [...ids.values()],
  );
  let ownTracks = 0;
  const tracks = channels.flatMap((channel): JsonObject[] => {
    const { clips } = channel;
    if (!isBus(channel)) return [{ ...stripOf(channel, ids), clips: [...clips] }];
    if (clips.length === 0) return [];
    const { id, name } = own[ownTracks++]!;
    return [{ id, name, clips: [...clips], output: ids.get(channel.key) }];
  });
  return {
    headroom: 1,
    title: mix.title,
    sampleRate: mix.sampleRate,
    tempo: rounded(mix.tempo),
    tracks,
    buses: channels.filter(isBus).map((channel) => stripOf(channel, ids)),
    master: {
      ...(master.inserts.length > 0 && { inserts: [...master.inserts] }),
      fader: levelOf(master.fader),
      ...(Object.keys(master.automation).length > 0 && { automation: master.automation }),
    },
    markers: mix.markers.map(({ time, name }) => ({ time: rounded(time), name })),
  };
}

function stripOf(channel: ForeignChannel, ids: ReadonlyMap<string, string>): JsonObject {
  const { key, name, color, inserts, automation, pan, isMuted, isSoloed, isInverted, output } = channel;
  const sends = channel.sends.flatMap((send): JsonObject[] => {
    const to = ids.get(send.to);
    if (to === undefined) return [];
    return [
      {
        ...{ to, level: levelOf(send.level) },
        ...(send.tap === "pre" && { tap: "pre" }),
        ...(send.pan !== 0 && { pan: panOf(send.pan) }),
        ...(send.isMuted && { mute: true }),
      },
    ];
  });
  const target = output === null ? undefined : ids.get(output);
  return {
    id: ids.get(key),
    ...(name !== "" && { name }),
    ...(color !== undefined && { color }),
    ...(isInverted && { polarity: "inverted" }),
    ...(inserts.length > 0 && { inserts: [...inserts] }),
    ...(sends.length > 0 && { sends }),
    ...(pan !== 0 && { pan: panOf(pan) }),
    fader: levelOf(channel.fader),
    ...(isMuted && { mute: true }),
    ...(isSoloed && { solo: true }),
    ...(target !== undefined && { output: target }),
    ...(Object.keys(automation).length > 0 && { automation }),
  };
}

/** As documents write it: dB between -144 and 24, below that silence. */
export function levelOf(level: number): number | "-inf" {
  return level < -144 ? "-inf" : Math.min(24, rounded(level, 3));
}

export const panOf = (pan: number): number => rounded(Math.max(-1, Math.min(1, pan)), 3);

export const rounded = (value: number, digits = 6): number => Number(value.toFixed(digits)) + 0;

/** dB of a linear gain; 0 is silence. */
export const decibelsOf = (gain: number): number => (gain > 0 ? 20 * Math.log10(gain) : -Infinity);
