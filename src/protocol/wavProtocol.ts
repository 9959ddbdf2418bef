/** What the WAV editor's view and the extension host say to each other. Positions are frames of the audio as edited. */
import type { AudioFacts } from "../audio/audioFacts.js";
import type { AudioMarker, AudioTags, FrameRange, StorageFormat } from "../session/audioEdits.js";
import type { FadeShape } from "../session/fadeShape.js";
import type { Insert } from "../session/insertTable.js";
import type { Control } from "../session/parameter.js";

export type { AudioFacts, AudioMarker, AudioTags, FadeShape, FrameRange, Insert, StorageFormat };

/** Everything the view shows but what it asks for by range (peaks, spectrogram, sound). */
export interface WavState {
  /** File name. */
  readonly name: string;
  /** `null` until the file is open, and if it cannot be opened. */
  readonly facts: AudioFacts | null;
  /** Why there is nothing to show, for people. */
  readonly failure: string | null;
  /** While a compressed file is being decoded, 0 to 1; else `null`. */
  readonly decoding: number | null;
  readonly audio: ShownAudio;
  /** Of the whole audio; `null` while it is being measured, and if it cannot be. */
  readonly measurement: Measurement | null;
  /** Why there is no measurement, or there are no findings, for people; `null` unless that went wrong. */
  readonly unmeasured: string | null;
  readonly findings: readonly Finding[] | null;
  /** Peaks of the whole audio, so that something is drawn at once; `null` before they are there. */
  readonly coarse: CoarsePeaks | null;
  /** Share of the exact overview that is there, 0 to 1; below 1, peaks zoomed out are drawn from samples. */
  readonly overview: number;
  /** What is under way and can be cancelled: "Applying Compressor", "Saving"; with the share done. */
  readonly task: { readonly label: string; readonly fraction: number } | null;
  /** Why the audio cannot be edited; `null` if it can. */
  readonly readOnly: string | null;
  /** A notice to stay in sight until dismissed: changed on disk, samples that are no numbers. */
  readonly notices: readonly string[];
  readonly canPaste: boolean;
  readonly settings: WavSettings;
}

export interface ShownAudio {
  /** Grows with every edit, undo and redo; tiles and sound of another revision are stale. */
  readonly revision: number;
  /** Hz. */
  readonly sampleRate: number;
  readonly channels: number;
  readonly frames: number;
  readonly markers: readonly AudioMarker[];
  readonly tags: AudioTags;
  readonly format: StorageFormat;
  readonly isDirty: boolean;
}

export interface WavSettings {
  readonly autoplay: boolean;
  readonly view: "waveform" | "spectrogram" | "both";
  readonly ruler: "time" | "samples" | "bars";
  readonly amplitude: "dB" | "linear";
  readonly spectrogram: SpectrogramSettings;
  /** dB; bottom and top of the colours. */
  readonly spectrogramRange: readonly [low: number, high: number];
  readonly spectrogramColors: "magma" | "viridis" | "gray";
  /** Beats per minute and beats per bar of the bars ruler. */
  readonly tempo: number;
  readonly beatsPerBar: number;
}

/** What {@link WavRequests.spectrogram} computes; colours and range are the view's own. */
export interface SpectrogramSettings {
  readonly size: 512 | 1024 | 2048 | 4096 | 8192 | 16384;
  readonly window: "hann" | "blackmanHarris" | "kaiser";
  readonly scale: "linear" | "mel" | "log";
}

/** `null` where there is no value. Loudness in LUFS, levels in dB; see LoudnessMeasurement of the engine. */
export interface Measurement {
  readonly range: FrameRange;
  readonly integrated: number | null;
  readonly momentaryMax: number | null;
  readonly shortTermMax: number | null;
  readonly lra: number | null;
  readonly truePeak: number | null;
  /** Frame of the true peak. */
  readonly truePeakAt: number | null;
  readonly samplePeak: number | null;
  readonly plr: number | null;
  readonly crest: number | null;
  /** Mean per audio channel, linear. */
  readonly dcOffsets: readonly number[];
  readonly correlation: number | null;
  /** LUFS at the end of each 100 ms from the start of the range; NaN where there is none. */
  readonly momentary: Float32Array;
  readonly shortTerm: Float32Array;
}

/** Something to look at, marked on the waveform. */
export interface Finding {
  readonly kind: "clipping" | "click" | "silence" | "dc";
  readonly range: FrameRange;
  /** Audio channel, from 0; -1: all. */
  readonly channel: number;
  /** For people, with units: "3 samples at full scale", "2.1 s of digital silence". */
  readonly text: string;
}

/**
 * Peaks of `count` buckets of 2^level frames from bucket `first` on. Bucket b covers frames b x 2^level and on.
 * A tile of {@link TILE_COLUMNS} buckets is what the view asks for.
 */
export interface PeaksRequest {
  readonly revision: number;
  /** 0 (single samples) to {@link HIGHEST_LEVEL}. */
  readonly level: number;
  readonly first: number;
  readonly count: number;
}

/**
 * Per bucket and audio channel: lowest sample, highest sample, RMS; `[bucket][channel][3]`, flat.
 * Fewer buckets than asked for where the audio ends.
 */
export interface PeaksTile {
  readonly revision: number;
  readonly values: Float32Array;
  /** Not yet exact: drawn from a part of the samples until the overview is there. */
  readonly isDraft: boolean;
}

/** Peaks from the first frame to the last. */
export interface CoarsePeaks extends PeaksTile {
  /** Buckets of 2^level frames; a few tiles of them. */
  readonly level: number;
}

export interface SpectrogramRequest extends SpectrogramSettings {
  readonly revision: number;
  /** Frames from one column to the next are 2^level; column c is centred on frame (c + 0.5) x 2^level. */
  readonly level: number;
  readonly first: number;
  readonly count: number;
  /** Rows wanted. */
  readonly rows: number;
}

export interface SpectrogramTile {
  readonly revision: number;
  /**
   * Channel by channel, column by column; row 0 is the lowest frequency. 0 is -150 dBFS or less, 255 is 0 dBFS (a full-scale sine).
   * Rows lie on the scale from `spectrogramBounds(sampleRate, scale)` of src/units/frequencyScale.ts.
   */
  readonly values: Uint8Array;
}

/** dBFS per bin from 0 Hz to half the sample rate, of the mean power over the range. */
export interface Spectrum {
  readonly revision: number;
  /** Width of a bin, Hz. */
  readonly binHz: number;
  readonly levels: Float32Array;
}

export interface SoundRequest {
  readonly revision: number;
  readonly start: number;
  readonly count: number;
}

/** Planar; fewer frames than asked for where the audio ends. */
export interface Sound {
  readonly revision: number;
  readonly channels: readonly Float32Array[];
}

export interface Impulse {
  /** Hz */
  readonly sampleRate: number;
  /** 1, 2 or 4. */
  readonly channels: readonly Float32Array[];
}

/** What the user does to the audio. The host turns it into an AudioEdit, measuring or rendering first where needed. */
export type EditRequest =
  | { readonly type: "delete" | "trim" | "silence" | "reverse" | "swapChannels"; readonly range: FrameRange }
  | { readonly type: "cut"; readonly range: FrameRange }
  /** Replaces the range, or inserts where it is empty. */
  | { readonly type: "paste"; readonly range: FrameRange }
  | { readonly type: "crossfadeDelete"; readonly range: FrameRange; readonly frames: number }
  | { readonly type: "insertSilence"; readonly at: number; readonly frames: number }
  | {
      readonly type: "fade";
      readonly range: FrameRange;
      readonly direction: "in" | "out";
      readonly shape: FadeShape;
    }
  | {
      readonly type: "gain";
      readonly range: FrameRange;
      readonly gain: number;
      readonly channels?: readonly number[];
    }
  | { readonly type: "invert"; readonly range: FrameRange; readonly channels?: readonly number[] }
  /** `level` in dBFS, dBTP or LUFS, as `to` says. */
  | {
      readonly type: "normalize";
      readonly range: FrameRange;
      readonly to: "peak" | "truePeak" | "loudness";
      readonly level: number;
    }
  | { readonly type: "removeDc"; readonly range: FrameRange }
  | { readonly type: "inserts"; readonly range: FrameRange; readonly inserts: readonly Insert[] }
  | { readonly type: "resample"; readonly sampleRate: number }
  | { readonly type: "channels"; readonly to: "mono" | "stereo" | "left" | "right" }
  | { readonly type: "markers"; readonly markers: readonly AudioMarker[] }
  | { readonly type: "tags"; readonly tags: AudioTags }
  | { readonly type: "format"; readonly format: StorageFormat };

/** An insert as the view offers it: the row of the insert table, as data. */
export interface InsertRow {
  readonly type: string;
  readonly label: string;
  /** The processor's number in the engine. */
  readonly kind: number;
  /** In the order of the engine's parameter numbers. */
  readonly parameters: readonly { readonly key: string; readonly control: Control }[];
  /** Whether it needs an impulse response: a path under the key `file`. */
  readonly takesImpulse: boolean;
  /** Factory presets: values of all parameters by their keys. */
  readonly presets: readonly { readonly name: string; readonly values: Readonly<Record<string, unknown>> }[];
}

export const WAV_ACTIONS = ["save", "saveAs", "convert", "cancelTask", "openSettings", "reload"] as const;
export type WavAction = (typeof WAV_ACTIONS)[number];

/** View -> host. */
export type WavRequests = {
  open: { params: null; answer: WavState };
  peaks: { params: PeaksRequest; answer: PeaksTile };
  spectrogram: { params: SpectrogramRequest; answer: SpectrogramTile };
  spectrum: { params: { revision: number; range: FrameRange }; answer: Spectrum };
  measure: { params: { revision: number; range: FrameRange }; answer: Measurement };
  sound: { params: SoundRequest; answer: Sound };
  /** Answered when it is done (and shown): the audio after it. */
  edit: { params: EditRequest; answer: ShownAudio };
  copy: { params: FrameRange; answer: void };
  act: { params: WavAction; answer: void };
  /** The inserts that a chain may be made of. */
  inserts: { params: null; answer: readonly InsertRow[] };
  /** Lets the user choose an impulse response: its path, or `null` for none. */
  chooseImpulse: { params: null; answer: string | null };
  /** Planar samples, at the audio's sample rate, of an impulse response that has been chosen. */
  impulse: { params: string; answer: Impulse };
  /** Remembers what the user chose in the view as the settings for files opened from now on. */
  settings: { params: Partial<WavSettings>; answer: void };
  dismissNotice: { params: number; answer: void };
  /** Whether an input field has the focus: keys are then text, not commands. */
  typing: { params: boolean; answer: void };
};

/** What a VS Code command asks of the view that has the focus; the view knows the selection. */
export const WAV_VIEW_COMMANDS = [
  "playPause", "stop", "loop", "playSelection", "goToStart", "goToEnd",
  "zoomIn", "zoomOut", "zoomFit", "zoomSelection", "selectAll", "selectNone",
  "cut", "copy", "paste", "delete", "trim", "silence", "insertSilence",
  "fadeIn", "fadeOut", "gain", "normalize", "removeDc", "reverse", "invert", "swapChannels",
  "channels", "resample", "format", "inserts", "addMarker", "nextMarker", "previousMarker",
  "nextFinding", "previousFinding", "measureSelection", "toggleSpectrogram", "help",
] as const; // prettier-ignore
export type WavViewCommand = (typeof WAV_VIEW_COMMANDS)[number];

/** Host -> view. */
export type WavEvents = {
  changed: Partial<WavState>;
  command: WavViewCommand;
};

/** Buckets or columns in a tile. */
export const TILE_COLUMNS = 512;
/** 2^30 frames: six hours in a bucket at 48 kHz. */
export const HIGHEST_LEVEL = 30;
