/** The audio editor's jobs of the studio, by what it uses of them. */
import type { AudioFacts } from "../../audio/audioFacts.js";
import type { JobOptions } from "../../engine/workerPool.js";
import type { Finding, Measurement, SpectrogramRequest } from "../../protocol/wavProtocol.js";
import type { FileStamp } from "../../audio/fileStamp.js";
import type { EditedAudio, EditProcess, EditSource, FrameRange } from "../../session/audioEdits.js";

/** What a process has made of a stretch of audio. */
export interface Rendered extends EditSource {
  readonly sampleRate: number;
  readonly channels: number;
}

export interface SaveInput {
  readonly audio: EditedAudio;
  /** Path to write; what is there is replaced when the new file is whole. */
  readonly target: string;
  readonly container: "wav" | "flac";
  /** The file whose other chunks are kept; `null` if there is none. */
  readonly original: string | null;
  /** Of the file at `target` as it may be replaced; `null`: whatever is there. */
  readonly expected: FileStamp | null;
}

export interface SavedAudio {
  /** Samples over full scale that an integer format had to clip. */
  readonly clipped: number;
}

type Progress = JobOptions<number>;

export interface WavStudio {
  openAudio(
    input: { path: string; cacheFolder: string },
    options?: Progress,
  ): Promise<{ facts: AudioFacts; source: EditSource }>;
  buildOverview(
    input: { source: EditSource; target: string },
    options?: Progress,
  ): Promise<{ nonFinite: { readonly count: number } | undefined }>;
  peaks(input: {
    audio: EditedAudio;
    overviews: readonly (string | null)[];
    level: number;
    first: number;
    count: number;
  }): Promise<{ values: Float32Array; isDraft: boolean }>;
  spectrogram(input: Omit<SpectrogramRequest, "revision"> & { audio: EditedAudio }): Promise<Uint8Array>;
  spectrum(input: {
    audio: EditedAudio;
    range: FrameRange;
  }): Promise<{ binHz: number; levels: Float32Array }>;
  findings(input: { audio: EditedAudio }, options?: Progress): Promise<readonly Finding[]>;
  measureEdited(input: { audio: EditedAudio; range: FrameRange }, options?: Progress): Promise<Measurement>;
  sound(input: { audio: EditedAudio; start: number; count: number }): Promise<readonly Float32Array[]>;
  renderProcess(
    input: { audio: EditedAudio; range: FrameRange; process: EditProcess; target: string },
    options?: Progress,
  ): Promise<Rendered>;
  saveAudio(input: SaveInput, options?: Progress): Promise<SavedAudio>;
}

/** Lets `work` use the studio's audio jobs. */
export type UseStudio = <T>(work: (studio: WavStudio) => Promise<T>) => Promise<T>;
