/** Faults of edited audio as the kernel sees them, channel by channel: the door to src/dsp/metering/faults.ts. */
import type { FrameRange } from "../../session/audioEdits.js";
import type { Dsp } from "../dsp.js";
import type { EditedReader } from "../editing/editedReader.js";
import { FrameWindow } from "./frameWindow.js";

/** Values of a record, by their places. */
const RECORD_VALUES = 5;
const KINDS = ["flatTop", "click", "zeros"] as const;

export interface Fault {
  readonly kind: (typeof KINDS)[number];
  readonly channel: number;
  readonly start: number;
  readonly frames: number;
  /** See `Fault` of the kernel. */
  readonly value: number;
  readonly extra: number;
}

export interface FaultScan {
  /** By channel, each in the order of their ends. */
  readonly faults: readonly Fault[];
  /** Mean and largest absolute value per channel. */
  readonly means: readonly number[];
  readonly peaks: readonly number[];
  /** What lies between the first and the last sample louder than -80 dBFS, to within 4 frames; `null`: none is. */
  readonly loud: FrameRange | null;
}

/** Frames looked at at once; a multiple of the kernel's cells. */
const BLOCK_FRAMES = 32_768;
const CELL_FRAMES = 64;
/** Seconds on either side that tell a click from a wave: two periods of 40 Hz. */
const MARGIN_SECONDS = 0.05;
/** Frames of the margin in which a click must stand out; the kernel needs them. */
const QUIET_FRAMES = 384;
/** Shortest run of zeros that is of interest, seconds. */
const LEAST_ZEROS_SECONDS = 0.001;
/** Faults of a channel and kind that are kept. */
const MOST_FAULTS = 20_000;

/** @param report takes the share done, 0 to 1 */
export function scanFaults(
  dsp: Dsp,
  reader: EditedReader,
  sampleRate: number,
  report?: (fraction: number) => void,
): FaultScan {
  const { frames } = reader;
  const margin = QUIET_FRAMES + Math.ceil((MARGIN_SECONDS * sampleRate) / CELL_FRAMES) * CELL_FRAMES;
  const window = new FrameWindow(dsp, reader, BLOCK_FRAMES + 2 * margin);
  const leastZeros = Math.max(2, Math.round(LEAST_ZEROS_SECONDS * sampleRate));
  const { exports } = dsp;
  const finders = reader.buffers.map(() => exports.faultsNew(margin, BLOCK_FRAMES, leastZeros));
  const lists = finders.map((finder, channel) => new FaultList(dsp, finder, channel));
  for (let start = 0; start < frames; start += BLOCK_FRAMES) {
    window.moveTo(start - margin);
    const count = Math.min(BLOCK_FRAMES, frames - start);
    finders.forEach((finder, channel) => {
      const source = window.buffers[channel]! + margin * 4;
      lists[channel]!.take(exports.faultsFind(finder, source, count, start));
      const isLast = start + count === frames;
      if (isLast) lists[channel]!.take(exports.faultsFinish(finder, source + count * 4, frames));
    });
    if (start % (8 * BLOCK_FRAMES) === 0) report?.(start / frames);
  }
  const firsts = finders.map((finder) => exports.faultsFirstLoud(finder)).filter((frame) => frame >= 0);
  const ends = finders.map((finder) => exports.faultsEndLoud(finder));
  return {
    loud:
      firsts.length === 0 ? null : { start: Math.min(...firsts), end: Math.min(frames, Math.max(...ends)) },
    faults: lists.flatMap((list) => list.faults),
    means: finders.map((finder) => (frames > 0 ? exports.faultsSum(finder) / frames : 0)),
    peaks: finders.map((finder) => exports.faultsHighest(finder)),
  };
}

/** What was found in one channel; of each kind no more than {@link MOST_FAULTS}. */
class FaultList {
  readonly faults: Fault[] = [];
  readonly #dsp: Dsp;
  readonly #finder: number;
  readonly #channel: number;
  readonly #counts = KINDS.map(() => 0);

  constructor(dsp: Dsp, finder: number, channel: number) {
    this.#dsp = dsp;
    this.#finder = finder;
    this.#channel = channel;
  }

  /** Takes the first `count` records of the finder. */
  take(count: number): void {
    const records = this.#dsp.float64(this.#dsp.exports.faultsRecords(this.#finder), count * RECORD_VALUES);
    for (let at = 0; at < records.length; at += RECORD_VALUES) {
      const kind = records[at]!;
      if (++this.#counts[kind]! > MOST_FAULTS) continue;
      this.faults.push({
        kind: KINDS[kind]!,
        channel: this.#channel,
        start: records[at + 1]!,
        frames: records[at + 2]!,
        value: records[at + 3]!,
        extra: records[at + 4]!,
      });
    }
  }
}
