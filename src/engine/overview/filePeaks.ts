/** The peaks of an audio file, bucket after bucket, in one pass over it. */
import { SAMPLE_LAYOUTS, type AudioFile } from "../../audio/audioFile.js";
import { BlockDecoder, type NonFiniteSamples } from "../blockDecoder.js";
import type { Dsp } from "../dsp.js";
import { BUCKET_VALUES, PeakScanner } from "./peakScanner.js";

export interface FilePeaks {
  /** Frame of the file that comes next. */
  readonly position: number;
  /** What was not finite so far. */
  readonly nonFinite: NonFiniteSamples | undefined;
  /**
   * Scans the next `frames` frames, fewer where the file ends.
   * @returns `[bucket][channel][lowest, highest, mean, mean square]`, a view that holds until the next call; nothing at
   *   the end
   */
  next(frames: number): Float32Array;
}

/**
 * @param bucketFrames frames of a bucket
 * @param mostFrames most frames of one call of `next`
 */
export function filePeaks(dsp: Dsp, file: AudioFile, bucketFrames: number, mostFrames: number): FilePeaks {
  const { layout, channels } = file.pcm;
  const isDirect = channels <= 2 && layout !== "f32" && layout !== "f64";
  const Peaks = isDirect ? IntegerPeaks : DecodedPeaks;
  return new Peaks(dsp, file, bucketFrames, mostFrames);
}

/** Of mono and stereo files of integers, straight from their bytes. */
class IntegerPeaks implements FilePeaks {
  position = 0;
  readonly nonFinite = undefined;
  readonly #dsp: Dsp;
  readonly #file: AudioFile;
  readonly #bucketFrames: number;
  readonly #raw: Uint8Array;
  readonly #values: Float32Array;

  constructor(dsp: Dsp, file: AudioFile, bucketFrames: number, mostFrames: number) {
    const { channels, frameBytes } = file.pcm;
    this.#dsp = dsp;
    this.#file = file;
    this.#bucketFrames = bucketFrames;
    const bytes = mostFrames * frameBytes;
    // The kernel reads whole vectors.
    const raw = dsp.allocate(bytes + 16);
    const count = Math.ceil(mostFrames / bucketFrames) * channels * BUCKET_VALUES;
    const values = dsp.allocate(count * 4);
    // Nothing is allocated from here on that could move them.
    this.#raw = dsp.bytes.subarray(raw, raw + bytes);
    this.#values = dsp.float32(values, count);
  }

  next(frames: number): Float32Array {
    const { layout, bigEndian, channels } = this.#file.pcm;
    const count = this.#file.readFrames(this.position, frames, this.#raw);
    if (count === 0) return this.#values.subarray(0, 0);
    this.position += count;
    const buckets = this.#dsp.exports.peaksScanPcm(
      this.#raw.byteOffset,
      SAMPLE_LAYOUTS.indexOf(layout),
      bigEndian ? 1 : 0,
      channels,
      count,
      this.#bucketFrames,
      this.#values.byteOffset,
    );
    return this.#values.subarray(0, buckets * channels * BUCKET_VALUES);
  }
}

/** Of any file, from its decoded samples. */
class DecodedPeaks implements FilePeaks {
  readonly #decoder: BlockDecoder;
  readonly #scanner: PeakScanner;
  readonly #bucketFrames: number;

  constructor(dsp: Dsp, file: AudioFile, bucketFrames: number, mostFrames: number) {
    this.#decoder = new BlockDecoder(dsp, file, mostFrames);
    this.#scanner = new PeakScanner(dsp, file.info.channels, Math.ceil(mostFrames / bucketFrames));
    this.#bucketFrames = bucketFrames;
  }

  get position(): number {
    return this.#decoder.position;
  }

  get nonFinite(): NonFiniteSamples | undefined {
    return this.#decoder.nonFinite;
  }

  next(frames: number): Float32Array {
    const count = this.#decoder.next(frames);
    return count === 0
      ? new Float32Array()
      : this.#scanner.scan(this.#decoder.buffers, count, this.#bucketFrames);
  }
}
