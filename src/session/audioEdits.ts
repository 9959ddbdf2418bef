/**
 * Edits of one audio file, as values. The file itself is never changed: what the editor shows and plays is a list
 * of pieces of untouched sources, and every edit makes a new list ({@link applyAudioEdit}). Undo is the list before.
 *
 * All positions and lengths are frames. Frames of an edit count in the audio as it was before that edit.
 */

import type { FadeShape } from "./fadeShape.js";
import type { Insert } from "./insertTable.js";

/** From `start` up to, not including, `end`; 0 <= start <= end. */
export interface FrameRange {
  readonly start: number;
  readonly end: number;
}

/** A file that pieces are taken from. Always PCM that can be read at any frame (compressed files are decoded first). */
export interface EditSource {
  /** Absolute path. */
  readonly path: string;
  readonly frames: number;
}

/** What is done to the samples of a layer, in this order. Positions count from the layer's first frame as it sounds. */
export type Treatment =
  /** Factor per audio channel. */
  | { readonly kind: "gain"; readonly factors: readonly number[] }
  /** Added per audio channel, linear. */
  | { readonly kind: "offset"; readonly offsets: readonly number[] }
  /** Audio channel `c` becomes what channel `order[c]` was. */
  | { readonly kind: "permute"; readonly order: readonly number[] }
  /**
   * A fade of `length` frames, of which the layer covers frames from `at` on. It rises from silence to full level,
   * both reached exactly; a falling one (`isRising` false) is the rising one backwards. Factor of its frame n: the
   * shape's curve at n / (length - 1), the middle of the curve where it is one frame long.
   */
  | {
      readonly kind: "ramp";
      readonly shape: FadeShape;
      readonly length: number;
      readonly at: number;
      readonly isRising: boolean;
    };

/** A stretch of a source (or of silence) as it sounds. */
export interface Layer {
  /** Index into {@link EditedAudio.sources}; -1 is silence. */
  readonly source: number;
  /** First frame of the stretch in the source, whichever way it is played; 0 for silence. */
  readonly start: number;
  readonly isReversed: boolean;
  readonly treatments: readonly Treatment[];
}

/** One or more layers of the same length that sound together (two where a cut is crossfaded). */
export interface Piece {
  readonly frames: number;
  readonly layers: readonly Layer[];
}

export interface AudioMarker {
  readonly frame: number;
  readonly label: string;
  /** 0 unless it marks a region. */
  readonly lengthFrames: number;
}

/** Texts of the file; INFO names of four characters, and the editable part of `bext`. */
export interface AudioTags {
  readonly info: Readonly<Record<string, string>>;
  /** `null`: the file has no `bext` chunk. */
  readonly bext: {
    readonly description: string;
    readonly originator: string;
    readonly originatorReference: string;
    readonly originationDate: string;
    readonly originationTime: string;
    readonly codingHistory: string;
  } | null;
}

/** How samples are to be stored at the next save. */
export interface StorageFormat {
  readonly bitDepth: 8 | 16 | 24 | 32 | "32f" | "64f";
  readonly dither: "none" | "tpdf" | "shaped";
}

/** The audio as edited. Plain data: it travels to workers and into backups as it is. */
export interface EditedAudio {
  /** Hz. */
  readonly sampleRate: number;
  readonly channels: number;
  /** dwChannelMask; 0 where the file gives none. */
  readonly channelMask: number;
  readonly sources: readonly EditSource[];
  readonly pieces: readonly Piece[];
  readonly markers: readonly AudioMarker[];
  /** Loops of a sampler (`smpl`), which move like regions; the label is the number of the loop in the file as opened. */
  readonly loops?: readonly AudioMarker[];
  /**
   * The first frame, counted from midnight, where the file has a `bext` chunk (EBU Tech 3285, section 2.3). It moves with
   * what stands at the head, also below 0, so that every sound keeps its time of day.
   */
  readonly timeReferenceFrames?: number;
  readonly tags: AudioTags;
  readonly format: StorageFormat;
}

/**
 * One step of the user. Ranges beyond the end of the audio are cut; whatever makes no sense (a negative length, a
 * factor that is no number) is a RangeError.
 */
export type AudioEdit =
  /**
   * `crossfade`: frames over which both sides of the cut overlap, half of them before the cut and half behind it: the
   * sound before goes on for half a crossfade into the removed stretch, that after begins half a crossfade early in
   * it. Less where the audio begins or ends nearby. The result has the same length as without. `shape`: "sCurve" if
   * absent, which like "linear" never gets louder than the louder side; "equalPower" suits long ones.
   */
  | {
      readonly type: "delete";
      readonly range: FrameRange;
      readonly crossfade?: number;
      readonly shape?: FadeShape;
    }
  /** Keeps the range only. */
  | { readonly type: "trim"; readonly range: FrameRange }
  /** Replaces the range (empty: inserts) by material of the same rate and number of channels. */
  | { readonly type: "paste"; readonly range: FrameRange; readonly material: Material }
  | { readonly type: "insertSilence"; readonly at: number; readonly frames: number }
  /** Replaces the range by silence of the same length. */
  | { readonly type: "silence"; readonly range: FrameRange }
  /** dB, -Infinity for silence; `channels` absent: all. */
  | {
      readonly type: "gain";
      readonly range: FrameRange;
      readonly gain: number;
      readonly channels?: readonly number[];
    }
  | {
      readonly type: "fade";
      readonly range: FrameRange;
      readonly direction: "in" | "out";
      readonly shape: FadeShape;
    }
  /** Linear, per audio channel; DC removal adds the negative mean. */
  | { readonly type: "offset"; readonly range: FrameRange; readonly offsets: readonly number[] }
  | { readonly type: "reverse"; readonly range: FrameRange }
  | { readonly type: "invert"; readonly range: FrameRange; readonly channels?: readonly number[] }
  /** The first two audio channels. */
  | { readonly type: "swapChannels"; readonly range: FrameRange }
  /**
   * Replaces the range by what a process has made of it: an insert chain, a conversion of the sample rate, a fold
   * to fewer channels. With another rate or number of channels, the range is the whole audio.
   */
  | {
      readonly type: "process";
      readonly range: FrameRange;
      /** For the undo list: "Equalizer, Compressor". */
      readonly label: string;
      readonly process: EditProcess;
      readonly rendered: EditSource;
      readonly sampleRate: number;
      readonly channels: number;
    }
  | { readonly type: "markers"; readonly markers: readonly AudioMarker[] }
  | { readonly type: "tags"; readonly tags: AudioTags }
  | { readonly type: "format"; readonly format: StorageFormat };

/** What is computed once, into a file of its own, and then used like any other source. */
export type EditProcess =
  | { readonly kind: "inserts"; readonly inserts: readonly Insert[] }
  /** Hz. */
  | { readonly kind: "resample"; readonly sampleRate: number }
  /** `matrix[output][input]`: factors with which the audio channels are summed. */
  | { readonly kind: "mixChannels"; readonly matrix: readonly (readonly number[])[] };

/** What a copy holds: pieces and the sources that they are taken from. */
export type Material = Pick<EditedAudio, "sources" | "pieces" | "sampleRate" | "channels">;
