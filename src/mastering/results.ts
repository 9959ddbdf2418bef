/** What measuring and mastering give: plain data that can be stored as JSON or posted to a view. */

import type { QualityFinding } from "./quality/checkQuality.js";
import type { ServicePlayback } from "./services/playback.js";
import type { SongTone } from "./tone/planTone.js";
import type { Transition } from "./transitions.js";
import type { AlbumTone } from "./tone/tone.js";

/** Levels of one piece of sound; `null` where the standard defines none (silence, too short). */
export interface Loudness {
  /** LUFS, gated over the whole (BS.1770-5). */
  readonly integrated: number | null;
  /** LUFS, largest over 400 ms and 3 s (EBU Tech 3341). */
  readonly momentaryMax: number | null;
  readonly shortTermMax: number | null;
  /** LU (EBU Tech 3342). */
  readonly lra: number | null;
  /** dBTP. */
  readonly truePeak: number | null;
  /** dBFS. */
  readonly samplePeak: number | null;
  /** Peak to loudness ratio: true peak minus integrated, dB. */
  readonly plr: number | null;
}

/** A song as it is: what the album view shows of it before or after mastering. */
export interface SongOverview {
  readonly source: string;
  /** Hz. */
  readonly sampleRate: number;
  readonly channels: number;
  /** Seconds. */
  readonly duration: number;
  readonly loudness: Loudness;
  /** Short-term loudness, LUFS, once a second. */
  readonly shortTerm: readonly (number | null)[];
}

/** Why a song failed, and where to look. */
export interface SongFailure {
  readonly message: string;
  readonly file?: string;
  /** 1-based. */
  readonly line?: number;
  readonly column?: number;
}

/** What a processor of the chain took, negative dB. */
export interface StageReduction {
  readonly type: string;
  /** As the document calls it; `null` if it does not. */
  readonly name: string | null;
  /** Exceeded for 5 % of the time, and deepest. */
  readonly reductionP95: number;
  readonly reductionMax: number;
}

export interface SongResult {
  /** After the chain; absent if the song failed or is silent. */
  readonly tone?: SongTone;
  /** What is worth knowing, but no fault. */
  readonly notes: readonly string[];
  /** Position on the album, from 0. */
  readonly index: number;
  readonly title: string;
  readonly before?: SongOverview;
  /** Measured from the written file; absent if the song failed. */
  readonly after?: SongOverview;
  /** Gain before the chain, dB. */
  readonly chainGain: number;
  readonly stages: readonly StageReduction[];
  /** Gain before the limiter, dB. */
  readonly gain: number;
  /** Integrated loudness aimed at, LUFS. */
  readonly targetLoudness: number | null;
  /** What quality control has found in the source, and in the master. */
  readonly quality: {
    readonly before: readonly QualityFinding[];
    readonly after: readonly QualityFinding[];
  };
  /** Limiter's gain reduction (negative dB): exceeded 5 % of the time, and deepest. */
  readonly gainReductionP95: number;
  readonly gainReductionMax: number;
  /** Names of the written files, relative to the output folder. */
  readonly files: readonly string[];
  /** The same with what they hold. */
  readonly deliveries: readonly DeliveredFile[];
  readonly warnings: readonly string[];
  readonly error?: SongFailure;
}

/** A file of the release. */
export interface DeliveredFile {
  /** Relative to the output folder, with `/`. */
  readonly file: string;
  readonly format: "wav" | "flac" | "mp3";
  readonly bytes: number;
  /** Of the whole file, hexadecimal digits. */
  readonly sha256: string;
  /** LUFS and dBTP; of a lossy file as it is when decoded. */
  readonly integrated: number | null;
  readonly truePeak: number | null;
}

/** Loudness of an album as a whole. */
export interface AlbumLoudness {
  /** LUFS, gated over all songs' blocks together. */
  readonly integrated: number | null;
  /** Loudest song minus quietest song, LU. */
  readonly spread: number | null;
}

export interface AlbumResult {
  readonly title: string;
  /** Output folder, absolute. */
  readonly folder: string;
  /** The Markdown report, absolute. */
  readonly reportPath: string;
  readonly before: AlbumLoudness;
  readonly after: AlbumLoudness;
  readonly songs: readonly SongResult[];
  /** How the songs go over into each other. */
  readonly transitions: readonly Transition[];
  /** What services do to the masters. */
  readonly services: readonly ServicePlayback[];
  /** `null` with fewer than two songs. */
  readonly tone: AlbumTone | null;
  /** Files of the whole album. */
  readonly images: readonly DeliveredFile[];
  /** Time it took. */
  readonly seconds: number;
}

export type MasterStage = "measuring" | "processing" | "limiting" | "writing" | "verifying";

export interface MasterProgress {
  /** Song at work, from 0, of `songs`. */
  readonly song: number;
  readonly songs: number;
  readonly title: string;
  readonly stage: MasterStage;
  /** Of the whole album, 0 to 1. */
  readonly fraction: number;
}
