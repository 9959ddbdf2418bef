/** What every reader gives: facts about the sound, and its frames by position. */

/** How one sample lies in memory. Files in other encodings are decoded to one of these by their reader. */
export const SAMPLE_LAYOUTS = ["u8", "s16", "s24", "s32", "f32", "f64"] as const;
export type SampleLayout = (typeof SAMPLE_LAYOUTS)[number];

export const BYTES_PER_SAMPLE: Readonly<Record<SampleLayout, number>> = {
  u8: 1,
  s16: 2,
  s24: 3,
  s32: 4,
  f32: 4,
  f64: 8,
};

/** Interleaved PCM as {@link AudioFile.readFrames} delivers it. Integers are left-justified in their container. */
export interface PcmFormat {
  readonly layout: SampleLayout;
  readonly bigEndian: boolean;
  readonly channels: number;
  /** Bytes of one frame: channels x bytes per sample. */
  readonly frameBytes: number;
}

export interface AudioFileInfo {
  readonly path: string;
  /** What the file says of itself, for example "WAV", "RF64", "Wave64". */
  readonly container: string;
  /** For example "PCM 24-bit", "float 32-bit", "A-law", "IMA ADPCM". */
  readonly codec: string;
  readonly sampleRate: number;
  readonly channels: number;
  /** Significant bits of a sample (20 for 20 in 24); of the codec's output where it is compressed. */
  readonly bitDepth: number;
  /** Whole frames that are really in the file. */
  readonly frames: number;
  /** Speaker positions (WAVE_FORMAT_EXTENSIBLE dwChannelMask); 0 where the file gives none. */
  readonly channelMask: number;
  /** Plain sentences about what was odd but could be read, each with its byte offset. */
  readonly warnings: readonly string[];
}

/** @param path with slashes of any kind */
export const fileName = (path: string): string =>
  path.slice(Math.max(path.lastIndexOf("/"), path.lastIndexOf("\\")) + 1);

/** An open file. Not shared between threads: each worker opens its own. */
export interface AudioFile {
  readonly info: AudioFileInfo;
  readonly pcm: PcmFormat;
  /**
   * Reads up to `count` frames from frame `start` on into `target` (interleaved, `pcm` layout).
   * @returns frames read; fewer than asked only at the end of the file
   * @throws AudioFileError if the file cannot be read or has shrunk meanwhile
   */
  readFrames(start: number, count: number, target: Uint8Array): number;
  close(): void;
}

/**
 * What {@link AudioFile.readFrames} will deliver.
 * @returns frames, fewer than `count` at the end of the file
 * @throws RangeError if the position makes no sense or `target` is too small
 */
export function framesToRead(
  { info, pcm }: Pick<AudioFile, "info" | "pcm">,
  start: number,
  count: number,
  target: Uint8Array,
): number {
  if (!Number.isInteger(start) || start < 0 || !Number.isInteger(count) || count < 0) {
    throw new RangeError(`readFrames: start and count must be integers >= 0, got ${start}, ${count}`);
  }
  const frames = Math.max(0, Math.min(count, info.frames - start));
  const bytes = frames * pcm.frameBytes;
  if (target.length < bytes) {
    throw new RangeError(`readFrames: ${frames} frames need ${bytes} bytes, got ${target.length}`);
  }
  return frames;
}

/** Bad or unreadable audio: says which file, where in it, and why. */
export class AudioFileError extends Error {
  override readonly name = "AudioFileError";
  constructor(
    readonly file: string,
    /** Byte offset of the fault, where it has one. */
    readonly offset: number | undefined,
    readonly reason: string,
  ) {
    super(`${file}${offset === undefined ? "" : ` (byte ${offset})`}: ${reason}`);
  }
}
