/**
 * The compiler: a mix document and the facts about its sources become a plan, plain data
 * that says what sounds when and through which gains, in frames and linear factors.
 */
import type { AudioFileInfo } from "../audio/audioFile.js";
import type { Insert } from "../session/insertTable.js";
import type { MixDocument, Track } from "../session/mixDocument.js";
import { dB, dbToGain } from "../units/decibels.js";
import { compileClips, type ClipPlan } from "./clipPlan.js";

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
  const clips = compileClips(track, document.sampleRate, sourceOf).map((clip) => ({
    ...clip,
    gain: trim * clip.gain,
  }));
  const isStereo = clips.some(({ channels }) => channels > 1);
  const [left, right] = isStereo ? balanceGains(track.pan) : panGains(track.pan, document.panLaw);
  const fader = dbToGain(dB(track.fader));
  return { id: track.id, clips, inserts: track.inserts, gainLeft: fader * left, gainRight: fader * right };
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
