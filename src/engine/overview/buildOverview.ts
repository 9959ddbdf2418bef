/** Makes the overview of an audio file in one pass over it; memory does not depend on its length. */
import { AtomicFile } from "../../audio/atomicFile.js";
import { AudioFileError, type AudioFile } from "../../audio/audioFile.js";
import type { NonFiniteSamples } from "../blockDecoder.js";
import type { Dsp } from "../dsp.js";
import { filePeaks } from "./filePeaks.js";
import { BASE_LEVEL, LEVEL_STEP, OverviewLayout } from "./overviewFile.js";
import { BUCKET_VALUES } from "./peakScanner.js";

const BUCKET_FRAMES = 2 ** BASE_LEVEL;
/** Buckets that are scanned at once: little enough for their samples to stay in the processor's caches. */
const CHUNK_BUCKETS = 16;
const CHUNK_FRAMES = CHUNK_BUCKETS * BUCKET_FRAMES;
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
    const peaks = filePeaks(dsp, file, BUCKET_FRAMES, CHUNK_FRAMES);
    let chunks = 0;
    while (peaks.position < frames) {
      const values = peaks.next(Math.min(CHUNK_FRAMES, frames - peaks.position));
      if (values.length === 0) throw new AudioFileError(path, undefined, `it ends before frame ${frames}`);
      base.push(values);
      if (++chunks % REPORT_CHUNKS === 0) report?.(peaks.position / frames);
    }
    base.finish();
    output.writeAt(0, layout.header(peaks.nonFinite));
    output.seal();
    output.publish();
    return peaks.nonFinite;
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
    this.#buffer = new Float32Array(Math.max(BUFFER_BYTES / 4, CHUNK_BUCKETS * values));
    if (level + 1 < buckets.length) this.#next = new LevelWriter(output, layout, level + 1);
  }

  /** Takes whole buckets in order. */
  push(values: Float32Array): void {
    this.#write(values);
    const next = this.#next;
    if (!next) return;
    const group = this.#group;
    const size = group.values.length;
    for (let from = 0; from < values.length; from += size) {
      this.#done++;
      const isLast = this.#done === this.#buckets;
      group.add(values, from, isLast ? this.#lastFrames : this.#bucketFrames);
      if (isLast || this.#done % 2 ** LEVEL_STEP === 0) next.push(group.take());
    }
  }

  finish(): void {
    this.#flush();
    this.#next?.finish();
  }

  #write(values: Float32Array): void {
    if (this.#filled + values.length > this.#buffer.length) this.#flush();
    this.#buffer.set(values, this.#filled);
    this.#filled += values.length;
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

  /** Adds the bucket of `frames` frames that begins at `buckets[from]`. */
  add(buckets: Float32Array, from: number, frames: number): void {
    const { values } = this;
    const sums = this.#sums;
    const isFirst = this.#frames === 0;
    for (let i = 0; i < values.length; i += BUCKET_VALUES) {
      const [low, high] = [buckets[from + i]!, buckets[from + i + 1]!];
      values[i] = isFirst ? low : Math.min(values[i]!, low);
      values[i + 1] = isFirst ? high : Math.max(values[i + 1]!, high);
      sums[i + 2] = (isFirst ? 0 : sums[i + 2]!) + buckets[from + i + 2]! * frames;
      sums[i + 3] = (isFirst ? 0 : sums[i + 3]!) + buckets[from + i + 3]! * frames;
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
