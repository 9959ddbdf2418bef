/**
 * The overview cache of one audio file: peaks of buckets of 2^9, 2^11, 2^13 ... frames, up to the level that has
 * one bucket. The host says where it lies and to which state of the audio file it belongs; it can always be made
 * anew (buildOverview.ts).
 *
 * Layout, little-endian: header of 48 bytes (magic, version, base level, channels, levels, 0 as u32; frames, how many
 * samples are no numbers, time of the first one in seconds as f64), then level after level `[bucket][channel][lowest, highest, mean, mean square]` as f32.
 */
import { fileByteSource, readExactly, type ByteSource } from "../../audio/byteSource.js";
import type { NonFiniteSamples } from "../blockDecoder.js";
import type { ChannelPeaks } from "./channelPeaks.js";
import { BUCKET_VALUES } from "./peakScanner.js";

const MAGIC = 0x6b506448; // "HdPk"
const VERSION = 1;
const HEADER_BYTES = 48;
/** Bytes of the header that only depend on frames and channels. */
const SHAPE_BYTES = 32;

/** Level of the finest buckets. */
export const BASE_LEVEL = 9;
/** From one level of the file to the next, in powers of two: four buckets become one. */
export const LEVEL_STEP = 2;

/** Bytes that are read at a time. */
const PAGE_BYTES = 1 << 16;
/** Pages that are kept. */
const MOST_PAGES = 64;

/** Where everything lies in an overview of so many frames and channels. */
export class OverviewLayout {
  /** Buckets of each level of the file. */
  readonly buckets: readonly number[];
  /** Byte of the file at which each level begins. */
  readonly offsets: readonly number[];
  /** Bytes of one bucket. */
  readonly bucketBytes: number;
  /** Bytes of the whole file. */
  readonly bytes: number;

  constructor(
    readonly frames: number,
    readonly channels: number,
  ) {
    this.bucketBytes = channels * BUCKET_VALUES * 4;
    const buckets: number[] = [];
    const offsets: number[] = [];
    let offset = HEADER_BYTES;
    let count = frames;
    for (let step = BASE_LEVEL; buckets.length === 0 || count > 1; step = LEVEL_STEP) {
      count = Math.ceil(count / 2 ** step);
      buckets.push(count);
      offsets.push(offset);
      offset += count * this.bucketBytes;
    }
    this.buckets = buckets;
    this.offsets = offsets;
    this.bytes = offset;
  }

  header(nonFinite?: NonFiniteSamples): Uint8Array {
    const bytes = new Uint8Array(HEADER_BYTES);
    const view = new DataView(bytes.buffer);
    view.setUint32(0, MAGIC, true);
    view.setUint32(4, VERSION, true);
    view.setUint32(8, BASE_LEVEL, true);
    view.setUint32(12, this.channels, true);
    view.setUint32(16, this.buckets.length, true);
    view.setFloat64(24, this.frames, true);
    view.setFloat64(32, nonFinite?.count ?? 0, true);
    view.setFloat64(40, nonFinite?.firstTime ?? 0, true);
    return bytes;
  }
}

/** An overview open for reading, page by page. */
export class OverviewFile {
  readonly layout: OverviewLayout;
  /** Samples of the file that are no numbers. */
  readonly nonFinite: NonFiniteSamples | undefined;
  readonly #source: ByteSource;
  /** By number, the one read first first. */
  readonly #pages = new Map<number, Float32Array>();

  private constructor(source: ByteSource, layout: OverviewLayout, header: Uint8Array) {
    const view = new DataView(header.buffer);
    const [count, firstTime] = [view.getFloat64(32, true), view.getFloat64(40, true)];
    this.nonFinite = count > 0 ? { count, firstTime } : undefined;
    this.#source = source;
    this.layout = layout;
  }

  /** @returns the overview at `path`; `undefined` if there is none, or none of such audio, or a broken one */
  static open(path: string, frames: number, channels: number): OverviewFile | undefined {
    let source: ByteSource | undefined;
    try {
      source = fileByteSource(path);
      const layout = new OverviewLayout(frames, channels);
      const header = new Uint8Array(HEADER_BYTES);
      readExactly(source, 0, header);
      if (source.size === layout.bytes && hasShape(header, layout)) {
        return new OverviewFile(source, layout, header);
      }
    } catch {
      // As good as none: the caller does without it or builds it anew.
    }
    source?.close();
    return undefined;
  }

  /** Puts a bucket of a channel into `target`. @param level of the file, from 0 */
  read(level: number, bucket: number, channel: number, target: ChannelPeaks): void {
    const { offsets, bucketBytes } = this.layout;
    const byte = offsets[level]! - HEADER_BYTES + bucket * bucketBytes + channel * BUCKET_VALUES * 4;
    const number = Math.floor(byte / PAGE_BYTES);
    const page = this.#page(number);
    const at = (byte - number * PAGE_BYTES) / 4;
    target.low = page[at]!;
    target.high = page[at + 1]!;
    target.mean = page[at + 2]!;
    target.square = page[at + 3]!;
  }

  close(): void {
    this.#source.close();
  }

  /** Pages are counted from the end of the header. */
  #page(number: number): Float32Array {
    const known = this.#pages.get(number);
    if (known) return known;
    const start = HEADER_BYTES + number * PAGE_BYTES;
    const bytes = new Uint8Array(Math.min(PAGE_BYTES, this.layout.bytes - start));
    readExactly(this.#source, start, bytes);
    const page = new Float32Array(bytes.buffer);
    for (const oldest of this.#pages.keys()) {
      if (this.#pages.size < MOST_PAGES) break;
      this.#pages.delete(oldest);
    }
    this.#pages.set(number, page);
    return page;
  }
}

function hasShape(header: Uint8Array, layout: OverviewLayout): boolean {
  const expected = layout.header();
  return header.subarray(0, SHAPE_BYTES).every((byte, i) => byte === expected[i]);
}
