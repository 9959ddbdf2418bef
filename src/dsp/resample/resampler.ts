/**
 * Band-limited sample rate conversion of planar f32 channels by any ratio of whole rates.
 *
 * Output frame n is the signal at n / outputRate seconds: the filter's delay is compensated.
 * From N input frames come ceil(N x outputRate / inputRate) output frames, all instants
 * before the input's end; beyond its ends the input counts as silence. The result does not
 * depend on how the input is cut into blocks. Equal rates copy bit for bit.
 */
import { allocate } from "../memory";
import { dot, dotPair } from "./dotProduct";
import { interpolatedPhases, Polyphase, polyphaseTaps } from "./polyphase";

/** Ratios that need a larger table of exact phases interpolate between fewer ones. */
const MAX_TABLE_BYTES: f64 = 4 * 1024 * 1024;

@unmanaged
class Resampler {
  channels: i32;
  /** Output rate / input rate in lowest terms. */
  up: i32;
  down: i32;
  maxOutput: i32;
  filters!: Polyphase;
  /** Whether the filters have fewer phases than the exact ratio needs. */
  interpolates: bool;
  /** Per channel a buffer of `capacity` f32 frames, of which `held` are filled. */
  buffers: usize;
  capacity: i32;
  held: i32;
  /** First frame in the buffers under the filter for the next output frame. */
  start: i32;
  /** Where between two input frames the next output frame lies, in 1 / `up` of a frame. */
  fraction: i32;
  /** Input frames taken and output frames given so far. */
  taken: i64;
  given: i64;

  copies(): bool {
    return this.up == this.down;
  }

  /** Forgets the signal. The filter's first half then lies before the first frame. */
  reset(): void {
    this.held = (this.filters.taps >> 1) - 1;
    for (let channel = 0; channel < this.channels; channel++) {
      memory.fill(this.buffer(channel), 0, <usize>this.held << 2);
    }
    this.start = 0;
    this.fraction = 0;
    this.taken = 0;
    this.given = 0;
  }

  /** Appends `frames` frames of the channels to the buffers; of silence if `inputs` is 0. */
  take(inputs: usize, frames: i32): void {
    for (let channel = 0; channel < this.channels; channel++) {
      const target = this.buffer(channel) + (<usize>this.held << 2);
      if (inputs) memory.copy(target, pointerAt(inputs, channel), <usize>frames << 2);
      else memory.fill(target, 0, <usize>frames << 2);
    }
    this.held += frames;
  }

  /** Computes up to `limit` frames, as far as the buffers reach. @returns their number */
  give(outputs: usize, limit: i32): i32 {
    const taps = this.filters.taps;
    const wholeStep = this.down / this.up;
    const fractionStep = this.down % this.up;
    let count = 0;
    for (; count < limit && this.start + taps <= this.held; count++) {
      if (this.interpolates) this.filterBetweenPhases(outputs, count);
      else this.filterAll(this.filters.row(this.fraction), outputs, count);
      this.start += wholeStep;
      this.fraction += fractionStep;
      if (this.fraction >= this.up) {
        this.fraction -= this.up;
        this.start++;
      }
    }
    this.given += count;
    this.forgetUsed();
    return count;
  }

  // @ts-ignore: decorator
  @inline
  private buffer(channel: i32): usize {
    return this.buffers + (<usize>(channel * this.capacity) << 2);
  }

  /** Writes frame `frame` of every channel, filtered with `coefficients`. */
  // @ts-ignore: decorator
  @inline
  private filterAll(coefficients: usize, outputs: usize, frame: i32): void {
    const bytes = <usize>this.filters.taps << 2;
    const from = <usize>this.start << 2;
    const to = <usize>frame << 2;
    let channel = 0;
    for (; channel + 2 <= this.channels; channel += 2) {
      const first = this.buffer(channel) + from;
      const second = this.buffer(channel + 1) + from;
      const targetFirst = pointerAt(outputs, channel) + to;
      dotPair(coefficients, first, second, bytes, targetFirst, pointerAt(outputs, channel + 1) + to);
    }
    if (channel < this.channels) {
      store<f32>(pointerAt(outputs, channel) + to, dot(coefficients, this.buffer(channel) + from, bytes));
    }
  }

  /** The same between the two phases of the table that lie around the wanted one. */
  private filterBetweenPhases(outputs: usize, frame: i32): void {
    const filters = this.filters;
    const position = (<f64>this.fraction * <f64>filters.phases) / <f64>this.up;
    const phase = <i32>position;
    const weight = <f32>(position - <f64>phase);
    const bytes = <usize>filters.taps << 2;
    for (let channel = 0; channel < this.channels; channel++) {
      const signal = this.buffer(channel) + (<usize>this.start << 2);
      const before = dot(filters.row(phase), signal, bytes);
      const after = dot(filters.row(phase + 1), signal, bytes);
      store<f32>(pointerAt(outputs, channel) + (<usize>frame << 2), before + weight * (after - before));
    }
  }

  private forgetUsed(): void {
    this.held -= this.start;
    for (let channel = 0; channel < this.channels; channel++) {
      const buffer = this.buffer(channel);
      memory.copy(buffer, buffer + (<usize>this.start << 2), <usize>this.held << 2);
    }
    this.start = 0;
  }
}

// @ts-ignore: decorator
@inline
function pointerAt(pointers: usize, channel: i32): usize {
  return load<usize>(pointers + (<usize>channel << 2));
}

function greatestCommonDivisor(a: i32, b: i32): i32 {
  return b == 0 ? a : greatestCommonDivisor(b, a % b);
}

/**
 * @param inputRate whole Hz, as is `outputRate`
 * @param maxInputFrames most frames in one call of `resamplerProcess`
 */
export function resamplerNew(inputRate: f64, outputRate: f64, channels: i32, maxInputFrames: i32): usize {
  const divisor = greatestCommonDivisor(<i32>inputRate, <i32>outputRate);
  const resampler = new Resampler();
  resampler.channels = channels;
  resampler.up = <i32>outputRate / divisor;
  resampler.down = <i32>inputRate / divisor;
  resampler.maxOutput = maxInputFrames;
  if (resampler.copies()) return changetype<usize>(resampler);

  const up = resampler.up;
  const scale = Math.min(1, <f64>up / <f64>resampler.down);
  resampler.interpolates = <f64>up * <f64>polyphaseTaps(scale) * 4 > MAX_TABLE_BYTES;
  const filters = new Polyphase();
  filters.prepare(scale, resampler.interpolates ? interpolatedPhases(scale) : up);
  const most = max(maxInputFrames, filters.taps >> 1);
  resampler.filters = filters;
  resampler.capacity = filters.taps + most;
  resampler.buffers = allocate(channels * resampler.capacity * 4);
  resampler.maxOutput = <i32>Math.ceil((<f64>most * <f64>resampler.up) / <f64>resampler.down) + 1;
  resampler.reset();
  return changetype<usize>(resampler);
}

/** @returns most frames that one call of `resamplerProcess` or `resamplerFlush` gives */
export function resamplerMaxOutput(address: usize): i32 {
  return changetype<Resampler>(address).maxOutput;
}

/**
 * Converts a block.
 * @param inputs address of one buffer address per channel, as is `outputs`; input and output
 *   buffers must not overlap
 * @returns frames written
 */
export function resamplerProcess(address: usize, inputs: usize, frames: i32, outputs: usize): i32 {
  const resampler = changetype<Resampler>(address);
  if (resampler.copies()) {
    for (let channel = 0; channel < resampler.channels; channel++) {
      memory.copy(pointerAt(outputs, channel), pointerAt(inputs, channel), <usize>frames << 2);
    }
    return frames;
  }
  resampler.taken += frames;
  resampler.take(inputs, frames);
  return resampler.give(outputs, resampler.maxOutput);
}

/** Gives the frames up to the input's end; then the resampler is as new. @returns frames written */
export function resamplerFlush(address: usize, outputs: usize): i32 {
  const resampler = changetype<Resampler>(address);
  if (resampler.copies()) return 0;
  const up = <i64>resampler.up;
  const down = <i64>resampler.down;
  const total = (resampler.taken * up + down - 1) / down;
  resampler.take(0, resampler.filters.taps >> 1);
  const count = resampler.give(outputs, <i32>(total - resampler.given));
  resampler.reset();
  return count;
}
