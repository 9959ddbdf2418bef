/**
 * The compiler: a mix document and the facts about its sources become a plan, plain data that says what sounds when,
 * through which gains and on which ways.
 */
import type { AudioFileInfo } from "../audio/audioFile.js";
import type { Insert } from "../session/insertTable.js";
import type { MixDocument, Track } from "../session/mixDocument.js";
import { audibleConnections, heardChannels, MASTER, type IsAudible } from "./audible.js";
import { movingValue, planInserts, type InsertPlan, type MovingValue } from "./automationPlan.js";
import { compileClips, type ClipPlan } from "./clipPlan.js";

/** How a channel is panned; a mono source by the pan law. */
export type PanMode = "mono" | "balance" | "stereo";

/** The way of a channel to a bus or to the master: its output, or a send. */
export interface ConnectionPlan {
  /** Id of the bus, or {@link MASTER}. */
  readonly to: string;
  /** Of the signal after the inserts (pre), or of that after fader and pan (post, the output too). */
  readonly tap: "pre" | "post";
  /** Levels that are added, dB, and balance, -1 to 1. */
  readonly levels: readonly MovingValue[];
  readonly balance: MovingValue;
  /** In a plan for live playback: whether it sounds, unless its channel is muted. */
  readonly isOpen?: boolean;
}

export interface ChannelPlan {
  readonly id: string;
  /** Empty for a bus. */
  readonly clips: readonly ClipPlan[];
  readonly isBus: boolean;
  /** Whether all its clips are mono. */
  readonly isMono: boolean;
  /** Present: the track's signal up to the fader has been rendered already. */
  readonly frozen?: FrozenTrack;
  /** dB. */
  readonly trim: MovingValue;
  /** 1, or -1 for inverted. */
  readonly polarity: number;
  readonly inserts: readonly InsertPlan[];
  /** The fader and those of its groups, dB. */
  readonly faders: readonly MovingValue[];
  readonly panMode: PanMode;
  /** -1 to 1. */
  readonly pan: MovingValue;
  /** %. */
  readonly width: MovingValue;
  /** Those that sound; all in a plan for live playback: the output, then the sends. */
  readonly connections: readonly ConnectionPlan[];
  /** In a plan for live playback. */
  readonly live?: LiveChannel;
}

/** What of a channel may change while it sounds. */
export interface LiveChannel {
  /** Ids of its groups; their faders follow the channel's own, in this order. */
  readonly groups: readonly string[];
  /** Its own id, or those of its groups. */
  readonly mutedBy: readonly string[];
}

/** A track's signal after its inserts in a file, see TrackSignal. */
export interface FrozenTrack {
  readonly path: string;
  readonly channels: number;
  readonly frames: number;
  /** Frames by which the signal in the file is late. */
  readonly latency: number;
  /** Frames of silence after which the signal may sound again. */
  readonly hold: number;
  /** Its loudest sample, linear. */
  readonly peak: number;
}

export interface MixPlan {
  /** Hz. */
  readonly sampleRate: number;
  /** Beats per minute. */
  readonly tempo: number;
  /** Of mono sources, dB at the centre. */
  readonly panLaw: number;
  /** Frames until the last clip that sounds ends. */
  readonly frames: number;
  /** Tracks, then buses, as in the document; those too that nobody hears. */
  readonly channels: readonly ChannelPlan[];
  readonly masterInserts: readonly InsertPlan[];
  /** dB, after the inserts. */
  readonly masterFader: MovingValue;
}

/** @returns facts about the file that a clip names, and its path as the renderer shall open it */
export type SourceOf = (file: string) => AudioFileInfo;

/**
 * @param frozen tracks, by id, whose signal up to the fader has been rendered already
 * @param isLive whether what is muted or bypassed is in the plan too, so that it can be opened while it sounds
 */
export function compileMix(
  document: MixDocument,
  sourceOf: SourceOf,
  frozen: ReadonlyMap<string, FrozenTrack> = new Map(),
  isLive = false,
): MixPlan {
  const { sampleRate, tempo, panLaw, master } = document;
  const ways: Ways = {
    isAudible: audibleConnections(document),
    // A mute can be taken back: what would then sound is another question.
    ...(isLive ? { isOpen: audibleConnections(unmuted(document)) } : {}),
  };
  const tracks = document.tracks.map((track) => {
    const clips = compileClips(track, sampleRate, sourceOf);
    return compileChannel(document, located(track, sourceOf), clips, ways, frozen.get(track.id));
  });
  const buses = document.buses.map((bus) =>
    compileChannel(document, located(bus, sourceOf), undefined, ways),
  );
  const heard = heardChannels([...tracks, ...buses].map(soundingOnly));
  const ends = tracks
    .filter(({ id }) => heard.has(id))
    .flatMap(({ clips }) => clips.map(({ start, length }) => start + length));
  return {
    sampleRate,
    tempo,
    panLaw,
    frames: ends.reduce((latest, end) => Math.max(latest, end), 0),
    channels: [...tracks, ...buses],
    masterInserts: planInserts(located(master, sourceOf).inserts, master.automation, undefined, isLive),
    masterFader: movingValue(master.automation, "fader", master.fader),
  };
}

/** Which connections sound. */
interface Ways {
  readonly isAudible: IsAudible;
  /** For live playback: those that would sound if nothing were muted. */
  readonly isOpen?: IsAudible;
}

function unmuted(document: MixDocument): MixDocument {
  const open = <Channel extends { readonly mute: boolean }>(channels: readonly Channel[]): Channel[] =>
    channels.map((channel) => ({ ...channel, mute: false }));
  return {
    ...document,
    tracks: open(document.tracks),
    buses: open(document.buses),
    groups: open(document.groups),
  };
}

/** @returns the channel with the connections that sound now */
function soundingOnly({ id, connections, live }: ChannelPlan): Pick<ChannelPlan, "id" | "connections"> {
  const isMuted = live !== undefined && live.mutedBy.length > 0;
  return { id, connections: isMuted ? [] : connections.filter(({ isOpen = true }) => isOpen) };
}

/** With the files that its inserts name as the renderer shall open them. */
function located<Owner extends { readonly inserts: readonly Insert[] }>(
  strip: Owner,
  sourceOf: SourceOf,
): Owner {
  const inserts = strip.inserts.map((insert) =>
    insert.type === "convolution" && !insert.bypass
      ? { ...insert, file: sourceOf(insert.file).path }
      : insert,
  );
  return { ...strip, inserts };
}

type Strip = Omit<Track, "clips" | "overlap">;

/** @param clips `undefined` for a bus */
function compileChannel(
  document: MixDocument,
  strip: Strip,
  clips: readonly ClipPlan[] | undefined,
  ways: Ways,
  frozen?: FrozenTrack,
): ChannelPlan {
  const moving = (path: string, value: number): MovingValue => movingValue(strip.automation, path, value);
  const isMono = clips?.every(({ source }) => source.channels === 1) ?? false;
  return {
    id: strip.id,
    clips: clips ?? [],
    isBus: clips === undefined,
    isMono,
    ...(frozen ? { frozen } : {}),
    trim: moving("trim", strip.trim),
    polarity: strip.polarity === "inverted" ? -1 : 1,
    inserts: planInserts(strip.inserts, strip.automation, strip.id, ways.isOpen !== undefined),
    faders: [moving("fader", strip.fader), ...groupFaders(document, strip.id)],
    panMode: isMono ? "mono" : strip.panMode,
    pan: moving("pan", strip.pan),
    width: moving("width", strip.width),
    connections: compileConnections(strip, moving, ways),
    ...(ways.isOpen ? { live: liveChannel(document, strip) } : {}),
  };
}

function liveChannel(document: MixDocument, { id, mute }: Strip): LiveChannel {
  const groups = groupsOf(document, id);
  const muting = groups.filter((group) => group.mute);
  return {
    groups: groups.map((group) => group.id),
    mutedBy: [...(mute ? [id] : []), ...muting.map((group) => group.id)],
  };
}

function groupsOf({ groups }: MixDocument, id: string): MixDocument["groups"] {
  return groups.filter(({ members }) => members.includes(id));
}

function groupFaders(document: MixDocument, id: string): MovingValue[] {
  return groupsOf(document, id).map(({ automation, fader }) => movingValue(automation, "fader", fader));
}

function compileConnections(
  { id, output = MASTER, sends }: Strip,
  moving: (path: string, value: number) => MovingValue,
  { isAudible, isOpen }: Ways,
): ConnectionPlan[] {
  const toSends = sends.flatMap(({ to, level, tap, pan, mute }, i): ConnectionPlan[] => {
    const levels = [moving(`sends/${i}/level`, level)];
    const connection = { to, tap, levels, balance: moving(`sends/${i}/pan`, pan) };
    if (isOpen) return [{ ...connection, isOpen: !mute && isOpen(id, to) }];
    return mute ? [] : [connection];
  });
  const toOutput: ConnectionPlan = { to: output, tap: "post", levels: [], balance: { value: 0 } };
  if (isOpen) return [{ ...toOutput, isOpen: isOpen(id, output) }, ...toSends];
  return [toOutput, ...toSends].filter(({ to }) => isAudible(id, to));
}
