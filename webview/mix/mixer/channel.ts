import type { DocumentPath, MixDocument } from "../../../src/protocol/mixProtocol.js";
import type { ChannelPlace } from "../mixModel.js";

export type Strip = MixDocument["tracks"][number] | MixDocument["buses"][number];
export type Group = MixDocument["groups"][number];
export type Master = MixDocument["master"];
export type Insert = Strip["inserts"][number];
export type Send = Strip["sends"][number];

/** A channel of the mixer: what its strip shows, and where it stands in the document. */
export type Channel = ChannelFacts &
  (
    | { readonly kind: "track" | "bus"; readonly content: Strip }
    | { readonly kind: "group"; readonly content: Group }
    | { readonly kind: "master"; readonly content: Master }
  );

interface ChannelFacts {
  /** Unique in the mixer. */
  readonly key: string;
  readonly place: ChannelPlace;
  readonly path: DocumentPath;
  /** By which the player knows it. */
  readonly id: string;
  /** For people. */
  readonly name: string;
}

/** Id of the master in the engine's plans. */
const MASTER = "master";

/** Kinds for people. */
export const KIND_NAMES: Readonly<Record<Channel["kind"], string>> = {
  ...{ track: "track", bus: "bus", group: "group (VCA)", master: "master" },
};

/** All but the master, in the order of the mixer: tracks, buses, groups. */
export function channelsOf({ tracks, buses, groups }: MixDocument): readonly Channel[] {
  return [
    ...tracks.map((track, i) => stripChannel("track", "tracks", i, track)),
    ...buses.map((bus, i) => stripChannel("bus", "buses", i, bus)),
    ...groups.map((content, index): Channel => ({
      ...{ kind: "group", content, key: `group ${content.id}`, id: content.id },
      ...{ name: content.name ?? content.id, place: { list: "groups", index }, path: ["groups", index] },
    })),
  ];
}

function stripChannel(
  kind: "track" | "bus",
  list: "tracks" | "buses",
  index: number,
  content: Strip,
): Channel {
  const { id, name = id } = content;
  return { kind, content, key: `${kind} ${id}`, id, name, place: { list, index }, path: [list, index] };
}

export function masterOf({ master }: MixDocument): Channel {
  const facts = {
    key: MASTER,
    id: MASTER,
    name: "Master",
    place: { list: "master" },
    path: [MASTER],
  } as const;
  return { kind: "master", content: master, ...facts };
}

/** The channel at a place; `undefined` if there is none any more. */
export function channelAt(mix: MixDocument, place: ChannelPlace | null): Channel | undefined {
  if (place === null) return undefined;
  if (place.list === "master") return masterOf(mix);
  return channelsOf(mix).find(
    (channel) => channel.place.list === place.list && channel.place.index === place.index,
  );
}

export function isSamePlace(a: ChannelPlace | null, b: ChannelPlace | null): boolean {
  if (a === null || b === null) return a === b;
  return a.list === b.list && (a.list === "master" || b.list === "master" || a.index === b.index);
}
