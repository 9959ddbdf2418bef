/**
 * Meter of 1 to 16 channels: loudness windows (K-weighted energies), sample peak, true peak
 * and plain levels. Gating and units are the host's (src/engine/meter.ts).
 *
 * Channels are measured in pairs. Input is gathered in a buffer per pair and looked at in
 * chunks counted from the first frame, so that results do not depend on how it is cut into
 * blocks. Samples that are not finite count as silence.
 */
import { allocate } from "../memory";
import { KWeighting } from "./kWeighting";
import { CHUNK_BYTES, CHUNK_FRAMES, Levels } from "./levels";
import { interleave } from "./oversampling";
import { CHUNKS_AROUND, TruePeak } from "./truePeak";
import { BINS_PER_SECOND, Windows } from "./windows";

/** Places in the result (f64 each); from `Channels` on two per channel: mean and mean square. */
const enum MeterResult {
  Frames = 0,
  /** Linear. */
  SamplePeak = 1,
  /** Linear. */
  TruePeak = 2,
  /** Frames from the beginning, with a fraction. */
  TruePeakPosition = 3,
  /** Largest mean squares of whole 400 ms and 3 s windows. */
  MaxMomentary = 4,
  MaxShortTerm = 5,
  /** Mean of first times second channel. */
  MeanProduct = 6,
  Channels = 7,
}

/** Most frames in one call of `meterProcess`. */
const MAX_BLOCK: i32 = 8192;
/** Frames of a pair's buffer: little enough to stay in the processor's first cache. */
const CAPACITY: i32 = 1024;

@unmanaged
class Pair {
  weighting!: KWeighting;
  levels!: Levels;
  /** Null unless true peak is wanted. */
  truePeak: TruePeak | null;
  weightFirst: f64;
  weightSecond: f64;
  /** Interleaved frames. */
  buffer: usize;
  /** Four f32 for each chunk of the buffer (see Levels). */
  bounds: usize;
}

@unmanaged
class Meter {
  channels: i32;
  pairCount: i32;
  /** Addresses of the pairs. */
  pairs: usize;
  windows!: Windows;
  /** Frames in the whole, and of those what the buffers hold. */
  frames: i64;
  held: i32;
  /** Frames of the buffers whose levels are taken, and whose true peak is found; whole chunks. */
  levelled: i32;
  searched: i32;
  /** Zeros: the second channel of a last pair that has none. */
  silence: usize;
  /** Momentary and short-term mean square of each step of the last call (f64). */
  steps: usize;
  stepCount: i32;
  result: usize;

  // @ts-ignore: decorator
  @inline
  pair(index: i32): Pair {
    return changetype<Pair>(load<usize>(this.pairs + (<usize>index << 2)));
  }

  /** Interleaves `frames` frames, from frame `from` of the block on, behind what the buffers hold. */
  gather(pointers: usize, from: i32, frames: i32): void {
    const offset = <usize>from << 2;
    for (let i = 0; i < this.pairCount; i++) {
      const first = load<usize>(pointers + (<usize>i << 3)) + offset;
      const hasSecond = 2 * i + 1 < this.channels;
      const second = hasSecond ? load<usize>(pointers + (<usize>i << 3), 4) + offset : this.silence;
      interleave(first, second, this.pair(i).buffer + (<usize>this.held << 3), frames);
    }
  }

  /** K-weights the next `frames` gathered frames, bin by bin. */
  weigh(frames: i32): void {
    let offset = <usize>this.held << 3;
    while (frames > 0) {
      const count = <i32>min(<i64>frames, this.windows.endOfBin() - this.frames);
      for (let i = 0; i < this.pairCount; i++) {
        const pair = this.pair(i);
        pair.weighting.process(pair.buffer + offset, count);
      }
      this.frames += count;
      frames -= count;
      offset += <usize>count << 3;
      if (this.frames == this.windows.endOfBin()) this.finishBin();
    }
  }

  private finishBin(): void {
    let energy: f64 = 0;
    for (let i = 0; i < this.pairCount; i++) {
      const pair = this.pair(i);
      energy += pair.weighting.takeEnergy(pair.weightFirst, pair.weightSecond);
    }
    if (this.windows.push(energy, this.steps + (<usize>this.stepCount << 4))) this.stepCount++;
  }

  /** Takes levels and true peaks of all chunks that are whole. @param start frame number of the buffer's start */
  takeChunks(start: i64): void {
    for (; this.levelled + CHUNK_FRAMES <= this.held; this.levelled += CHUNK_FRAMES) {
      for (let i = 0; i < this.pairCount; i++) {
        const pair = this.pair(i);
        pair.levels.take(pair.buffer + (<usize>this.levelled << 3), pair.bounds + <usize>this.levelled);
      }
    }
    const searchable = this.levelled - CHUNKS_AROUND * CHUNK_FRAMES;
    for (; this.searched < searchable; this.searched += CHUNK_FRAMES) {
      for (let i = 0; i < this.pairCount; i++) {
        const pair = this.pair(i);
        const truePeak = pair.truePeak;
        const frame = <f64>(start + this.searched);
        const source = pair.buffer + (<usize>this.searched << 3);
        if (truePeak) truePeak.search(source, pair.bounds + <usize>this.searched, frame);
      }
    }
  }

  /** Makes room: keeps what the search still looks at. */
  forget(): void {
    const gone = this.searched - CHUNKS_AROUND * CHUNK_FRAMES;
    for (let i = 0; i < this.pairCount; i++) {
      const pair = this.pair(i);
      memory.copy(pair.buffer, pair.buffer + (<usize>gone << 3), <usize>(this.held - gone) << 3);
      memory.copy(pair.bounds, pair.bounds + <usize>gone, <usize>(this.levelled - gone));
    }
    this.held -= gone;
    this.levelled -= gone;
    this.searched -= gone;
  }

  /** Frame number of the buffers' start; negative at first. */
  start(): i64 {
    return this.frames - this.held;
  }
}

/**
 * @param sampleRate Hz, 1000 or more
 * @param channels 1 to 16; each has the weight 1 at first
 * @param truePeak 0 leaves the true peak out
 */
export function meterNew(sampleRate: f64, channels: i32, truePeak: i32): usize {
  const meter = new Meter();
  meter.channels = channels;
  meter.pairCount = (channels + 1) >> 1;
  meter.pairs = allocate(meter.pairCount * 4);
  for (let i = 0; i < meter.pairCount; i++) store<usize>(meter.pairs + (<usize>i << 2), newPair(sampleRate, truePeak != 0));
  meter.windows = new Windows(sampleRate);
  meter.frames = 0;
  meter.stepCount = 0;
  // Silence comes before the first frame; its last chunk is searched, for an interpolator rings ahead.
  meter.held = (CHUNKS_AROUND + 1) * CHUNK_FRAMES;
  meter.levelled = meter.held;
  meter.searched = CHUNKS_AROUND * CHUNK_FRAMES;
  meter.silence = allocate(CAPACITY * 4);
  meter.steps = allocate(<i32>Math.ceil((<f64>MAX_BLOCK * <f64>BINS_PER_SECOND) / sampleRate + 1) * 16);
  meter.result = allocate((MeterResult.Channels + 2 * channels) * 8);
  return changetype<usize>(meter);
}

function newPair(sampleRate: f64, truePeak: bool): usize {
  const pair = new Pair();
  pair.weighting = new KWeighting(sampleRate);
  pair.levels = new Levels();
  pair.truePeak = truePeak ? new TruePeak() : null;
  pair.weightFirst = 1;
  pair.weightSecond = 1;
  pair.buffer = allocate(CAPACITY * 8);
  pair.bounds = allocate((CAPACITY / CHUNK_FRAMES) * 16);
  return changetype<usize>(pair);
}

/** Sets the weight of a channel's energy in the loudness: 0 leaves it out. */
export function meterSetWeight(address: usize, channel: i32, weight: f64): void {
  const pair = changetype<Meter>(address).pair(channel >> 1);
  if (channel & 1) pair.weightSecond = weight;
  else pair.weightFirst = weight;
}

/**
 * Measures a block.
 * @param channelPointers address of one planar f32 buffer address (i32) per channel
 * @param frames at most 8192
 * @returns steps of 100 ms finished meanwhile; `meterSteps` has them
 */
export function meterProcess(address: usize, channelPointers: usize, frames: i32): i32 {
  const meter = changetype<Meter>(address);
  meter.stepCount = 0;
  for (let done = 0; done < frames; ) {
    const count = min(frames - done, CAPACITY - meter.held);
    meter.gather(channelPointers, done, count);
    meter.weigh(count);
    meter.held += count;
    meter.takeChunks(meter.start());
    if (meter.held == CAPACITY) meter.forget();
    done += count;
  }
  return meter.stepCount;
}

/** @returns address of two f64 per step of the last call: momentary and short-term mean square, weighted */
export function meterSteps(address: usize): usize {
  return changetype<Meter>(address).steps;
}

/** Takes what is still in the buffers, as if silence followed. Call once, after the last block. */
export function meterFinish(address: usize): void {
  const meter = changetype<Meter>(address);
  meter.forget();
  const start = meter.start();
  for (let i = 0; i < meter.pairCount; i++) {
    const from = <usize>meter.held << 3;
    memory.fill(meter.pair(i).buffer + from, 0, <usize>(CHUNKS_AROUND + 2) * CHUNK_BYTES);
  }
  meter.held += (CHUNKS_AROUND + 2) * CHUNK_FRAMES;
  meter.takeChunks(start);
}

/** @returns address of the result so far (see MeterResult) */
export function meterResult(address: usize): usize {
  const meter = changetype<Meter>(address);
  const result = meter.result;
  const count = max(1, <f64>meter.frames);
  for (let channel = 0; channel < meter.channels; channel++) {
    const levels = meter.pair(channel >> 1).levels;
    const at = result + (<usize>(MeterResult.Channels + 2 * channel) << 3);
    store<f64>(at, levels.sumOf((channel & 1) != 0) / count);
    store<f64>(at, levels.squaresOf((channel & 1) != 0) / count, 8);
  }
  storePeaks(meter, result);
  store<f64>(result, <f64>meter.frames, MeterResult.Frames << 3);
  store<f64>(result, meter.windows.maxMomentary, MeterResult.MaxMomentary << 3);
  store<f64>(result, meter.windows.maxShortTerm, MeterResult.MaxShortTerm << 3);
  store<f64>(result, meter.pair(0).levels.productSum() / count, MeterResult.MeanProduct << 3);
  return result;
}

/** The largest of all pairs. */
function storePeaks(meter: Meter, result: usize): void {
  let peak: f32 = 0;
  let highest: f32 = 0;
  let position: f64 = 0;
  for (let i = 0; i < meter.pairCount; i++) {
    const pair = meter.pair(i);
    peak = max(peak, pair.levels.peak());
    const truePeak = pair.truePeak;
    if (!truePeak || truePeak.max <= highest) continue;
    highest = truePeak.max;
    position = truePeak.position;
  }
  store<f64>(result, <f64>peak, MeterResult.SamplePeak << 3);
  store<f64>(result, <f64>highest, MeterResult.TruePeak << 3);
  store<f64>(result, position, MeterResult.TruePeakPosition << 3);
}
