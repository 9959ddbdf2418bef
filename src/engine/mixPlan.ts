/**
 * The compiler: a mix document and the facts about its sources become a plan, plain data
 * that says what sounds when and through which gains, in frames and linear factors.
 */
import type { AudioFileInfo } from "../audio/audioFile.js";
import type { FadeShape } from "../session/fadeShape.js";
import type { Insert } from "../session/insertTable.js";
import type { Clip, MixDocument, Track } from "../session/mixDocument.js";
import { dB, dbToGain } from "../units/decibels.js";

export interface FadePlan {
  /** Frames of the session. */
  readonly length: number;
  readonly shape: FadeShape;
}

export interface ClipPlan {
  readonly path: string;
  readonly channels: number;
  /** Frames of the session: where the clip starts and how long it sounds. */
  readonly start: number;
  readonly length: number;
  /** Seconds into the source. */
  readonly offset: number;
  /** Linear; trim and polarity of the track included. */
  readonly gain: number;
  readonly fadeIn: FadePlan;
  readonly fadeOut: FadePlan;
}

export interface TrackPlan {
  readonly id: string;
  readonly clips: readonly ClipPlan[];
  readonly inserts: readonly Insert[];
  /** Fader and pan, linear. */
  readonly gainLeft: number;
  readonly gainRight: number;
}

export interface MixPlan {
  /** Hz. */
  readonly sampleRate: number;
  /** Frames until the last clip ends. */
  readonly frames: number;
  readonly tracks: readonly TrackPlan[];
  /** The master's inserts and its fader. */
  readonly masterInserts: readonly Insert[];
}

/**
 * @param sourceOf facts about the file that a clip names, and its path as the renderer shall open it
 */
export function compileMix(document: MixDocument, sourceOf: (file: string) => AudioFileInfo): MixPlan {
  const { sampleRate, master } = document;
  const tracks = audibleTracks(document.tracks).map((track) => compileTrack(document, track, sourceOf));
  const ends = tracks.flatMap(({ clips }) => clips.map(({ start, length }) => start + length));
  const fader: Insert[] =
    master.fader === 0 ? [] : [{ type: "gain", gain: master.fader, polarity: "normal", bypass: false }];
  return { sampleRate, frames: Math.max(0, ...ends), tracks, masterInserts: [...master.inserts, ...fader] };
}

/** Solo wins over the rest; mute wins over solo. */
function audibleTracks(tracks: readonly Track[]): readonly Track[] {
  const soloing = tracks.some(({ solo }) => solo);
  return tracks.filter(({ mute, solo }) => !mute && (solo || !soloing));
}

function compileTrack(
  document: MixDocument,
  track: Track,
  sourceOf: (file: string) => AudioFileInfo,
): TrackPlan {
  const trim = dbToGain(dB(track.trim)) * (track.polarity === "inverted" ? -1 : 1);
  const clips = track.clips.map((clip) => compileClip(clip, trim, document.sampleRate, sourceOf(clip.file)));
  const isStereo = clips.some(({ channels }) => channels > 1);
  const [left, right] = isStereo ? balanceGains(track.pan) : panGains(track.pan, document.panLaw);
  const fader = dbToGain(dB(track.fader));
  return { id: track.id, clips, inserts: track.inserts, gainLeft: fader * left, gainRight: fader * right };
}

function compileClip(clip: Clip, trim: number, sampleRate: number, source: AudioFileInfo): ClipPlan {
  const available = Math.max(0, source.frames / source.sampleRate - clip.offset);
  const length = Math.round(Math.min(clip.length ?? available, available) * sampleRate);
  const fade = (side: Clip["fadeIn"]): FadePlan => ({
    length: Math.min(length, Math.round((side?.length ?? 0) * sampleRate)),
    shape: side?.shape ?? "linear",
  });
  return {
    path: source.path,
    channels: source.channels,
    start: Math.round(clip.start * sampleRate),
    length,
    offset: clip.offset,
    gain: trim * dbToGain(dB(clip.gain)),
    fadeIn: fade(clip.fadeIn),
    fadeOut: fade(clip.fadeOut),
  };
}

/**
 * Pan of a mono source: sine and cosine of the angle, raised to the power that gives `law` dB
 * at the centre; hard left and hard right are 0 dB. The power is 1 for constant power.
 *
 * @param pan -1 (left) to 1 (right)
 * @param law dB at the centre, -6 to 0; -3 means constant power, exactly 10 log10(1/2) dB
 */
export function panGains(pan: number, law: number): [left: number, right: number] {
  const angle = ((pan + 1) * Math.PI) / 4;
  const power = law / -3;
  return [Math.max(0, Math.cos(angle)) ** power, Math.sin(angle) ** power];
}

/** Balance of a stereo source: the far side is turned down, the near one stays; 0 dB at the centre. */
export function balanceGains(pan: number): [left: number, right: number] {
  return [Math.min(1, 1 - pan), Math.min(1, 1 + pan)];
}
