/** Makes the overview of an audio file in one pass over it; memory does not depend on its length. */
import { AtomicFile } from "../../audio/atomicFile.js";
import { AudioFileError, type AudioFile } from "../../audio/audioFile.js";
import { BlockDecoder, type NonFiniteSamples } from "../blockDecoder.js";
import type { Dsp } from "../dsp.js";
import { BASE_LEVEL, LEVEL_STEP, OverviewLayout } from "./overviewFile.js";
import { BUCKET_VALUES, PeakScanner } from "./peakScanner.js";

const BUCKET_FRAMES = 2 ** BASE_LEVEL;
/** Frames that are decoded at once: whole buckets, little enough to stay in the processor's caches. */
const CHUNK_FRAMES = 16 * BUCKET_FRAMES;
/** Chunks from one report of progress to the next. */
const REPORT_CHUNKS = 64;
/** Bytes of a level that are gathered before they are written. */
const BUFFER_BYTES = 1 << 17;

/**
 * Writes the overview of the first `frames` frames of `file` to `target`, whole or not at all.
 * @param report takes the share done, 0 to 1
 * @returns samples of the file that are no numbers
 * @throws AudioFileError if the file cannot be read, FileWriteError if the overview cannot be written
 */
export function buildOverview(
  dsp: Dsp,
  file: AudioFile,
  frames: number,
  target: string,
  report?: (fraction: number) => void,
): NonFiniteSamples | undefined {
  const { path, channels } = file.info;
  const layout = new OverviewLayout(frames, channels);
  const output = AtomicFile.create(target);
  try {
    output.append(layout.header());
    const base = new LevelWriter(output, layout, 0);
    const decoder = new BlockDecoder(dsp, file, CHUNK_FRAMES);
    const scanner = new PeakScanner(dsp, channels, CHUNK_FRAMES / BUCKET_FRAMES);
    let chunks = 0;
    while (decoder.position < frames) {
      const count = decoder.next(Math.min(CHUNK_FRAMES, frames - decoder.position));
      if (count === 0) throw new AudioFileError(path, undefined, `it ends before frame ${frames}`);
      base.push(scanner.scan(decoder.buffers, count, BUCKET_FRAMES));
      if (++chunks % REPORT_CHUNKS === 0) report?.(decoder.position / frames);
    }
    base.finish();
    output.writeAt(0, layout.header(decoder.nonFinite));
    output.seal();
    output.publish();
    return decoder.nonFinite;
  } finally {
    output.abort();
  }
}

/** Writes one level of the file and, from groups of its buckets, the next one. */
class LevelWriter {
  readonly #output: AtomicFile;
  readonly #next: LevelWriter | undefined;
  /** Frames of a bucket; of the level's last one. */
  readonly #bucketFrames: number;
  readonly #lastFrames: number;
  readonly #buckets: number;
  readonly #group: PeakGroup;
  #position: number;
  readonly #buffer: Float32Array;
  #filled = 0;
  #done = 0;

  constructor(output: AtomicFile, layout: OverviewLayout, level: number) {
    const { channels, buckets, offsets, frames } = layout;
    this.#output = output;
    this.#buckets = buckets[level]!;
    this.#bucketFrames = 2 ** (BASE_LEVEL + LEVEL_STEP * level);
    this.#lastFrames = frames - (this.#buckets - 1) * this.#bucketFrames;
    this.#position = offsets[level]!;
    const values = channels * BUCKET_VALUES;
    this.#group = new PeakGroup(values);
    this.#buffer = new Float32Array(Math.max(1, Math.floor(BUFFER_BYTES / 4 / values)) * values);
    if (level + 1 < buckets.length) this.#next = new LevelWriter(output, layout, level + 1);
  }

  /** Takes whole buckets in order. */
  push(values: Float32Array): void {
    const size = this.#group.values.length;
    for (let from = 0; from < values.length; from += size) {
      const bucket = values.subarray(from, from + size);
      this.#write(bucket);
      this.#done++;
      if (!this.#next) continue;
      this.#group.add(bucket, this.#done < this.#buckets ? this.#bucketFrames : this.#lastFrames);
      if (this.#done % 2 ** LEVEL_STEP === 0 || this.#done === this.#buckets) {
        this.#next.push(this.#group.take());
      }
    }
  }

  finish(): void {
    this.#flush();
    this.#next?.finish();
  }

  #write(bucket: Float32Array): void {
    if (this.#filled === this.#buffer.length) this.#flush();
    this.#buffer.set(bucket, this.#filled);
    this.#filled += bucket.length;
  }

  #flush(): void {
    const bytes = new Uint8Array(this.#buffer.buffer, 0, this.#filled * 4);
    this.#output.writeAt(this.#position, bytes);
    this.#position += bytes.length;
    this.#filled = 0;
  }
}

/** Buckets on their way to becoming one. */
class PeakGroup {
  /** As of one bucket. */
  readonly values: Float32Array;
  readonly #sums: Float64Array;
  #frames = 0;

  constructor(size: number) {
    this.values = new Float32Array(size);
    this.#sums = new Float64Array(size);
  }

  add(bucket: Float32Array, frames: number): void {
    const { values } = this;
    const sums = this.#sums;
    const isFirst = this.#frames === 0;
    for (let i = 0; i < values.length; i += BUCKET_VALUES) {
      values[i] = isFirst ? bucket[i]! : Math.min(values[i]!, bucket[i]!);
      values[i + 1] = isFirst ? bucket[i + 1]! : Math.max(values[i + 1]!, bucket[i + 1]!);
      sums[i + 2] = (isFirst ? 0 : sums[i + 2]!) + bucket[i + 2]! * frames;
      sums[i + 3] = (isFirst ? 0 : sums[i + 3]!) + bucket[i + 3]! * frames;
    }
    this.#frames += frames;
  }

  /** @returns the bucket made of all that were added; a view that holds until the next is added */
  take(): Float32Array {
    for (let i = 0; i < this.values.length; i += BUCKET_VALUES) {
      this.values[i + 2] = this.#sums[i + 2]! / this.#frames;
      this.values[i + 3] = this.#sums[i + 3]! / this.#frames;
    }
    this.#frames = 0;
    return this.values;
  }
}
