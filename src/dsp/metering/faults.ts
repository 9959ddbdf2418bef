/**
 * Looks for what is wrong with one audio channel: flat tops, clicks and runs of exact zeros. Only finds and
 * measures; what counts as a fault is the host's to decide (src/engine/overview/findFaults.ts).
 *
 * A click is told by the fourth difference of the signal, x[-2] - 4 x[-1] + 6 x - 4 x[1] + x[2]: it is 70 for white
 * noise of power 1 but next to nothing for what musical sound is mostly made of, so that a jump of a hundredth stands
 * out of loud music. Taking a difference for the residual of a predictor, and outliers of it for clicks, follows S. J.
 * Godsill, P. J. W. Rayner, "Digital Audio Restoration", Springer 1998, chapter 5. Attacks of instruments are outliers
 * too, but go on; a click is over within a few samples. So it must stand out of what follows as well as of what
 * precedes.
 */
import { allocate } from "../memory";

/** Kinds of records. */
const enum Fault {
  /** Value: of the flat top; extra: the smaller of the steps that lead to it and away from it. */
  FlatTop = 0,
  /** Value: fourth difference; extra: of the next sample. */
  Click = 1,
  /** Value and extra: largest sample among the few before and after. */
  Zeros = 2,
}

/** f64 values of a record: kind, first frame, frames, value, extra. */
const RECORD_BYTES: usize = 40;
const MOST_RECORDS: i32 = 4096;

/** Samples beyond this count as a top: -0.1 dBFS. */
const TOP: f32 = 0.98855309;
/** -80 dBFS. */
const NEAR_SILENCE: f32 = 0.0001;
const LEAST_TOP_FRAMES: i32 = 3;
/** Samples on either side of zeros that are looked at. */
const EDGE: i32 = 4;

/** Frames whose largest difference is kept together. */
const CELL: i32 = 64;
/** A click is over within so many samples. */
const CLICK_REACH: i32 = 6;
/** So many samples on either side must be quiet. */
const CLICK_QUIET: i32 = 256;
/** Times by which a click stands out. */
const CLICK_RATIO: f32 = 8;
/** Least fourth difference of a click: a single sample off by -60 dBFS, six times. */
const CLICK_LEAST: f32 = 0.006;

@unmanaged
class FaultFinder {
  /** Frames on either side of a block that can be seen; more than CLICK_QUIET + CELL, a multiple of CELL. */
  margin: i32;
  /** Shortest run of zeros that counts, frames. */
  leastZeros: i32;
  /** Sum of all samples. */
  sum: f64;
  highest: f32;
  /** First frame that is louder than near-silence, and the one after the last; -1: none yet. Whole vectors. */
  firstLoud: f64;
  endLoud: f64;
  /** Frames of the run of zeros so far, and the largest sample before it. */
  zeros: i32;
  beforeZeros: f32;
  /** The same of a flat top: its value, its frames, the step that led to it. */
  top: f32;
  topFrames: i32;
  stepToTop: f32;
  previous: f32;
  records: usize;
  count: i32;
  cells: usize;

  record(kind: Fault, first: f64, frames: i32, value: f32, extra: f32): void {
    if (this.count == MOST_RECORDS) return;
    const at = this.records + <usize>this.count * RECORD_BYTES;
    this.count++;
    store<f64>(at, <f64>kind);
    store<f64>(at, first, 8);
    store<f64>(at, <f64>frames, 16);
    store<f64>(at, <f64>value, 24);
    store<f64>(at, <f64>extra, 32);
  }

  /** Runs of zeros and flat tops. @param start frame of the first sample */
  findRuns(source: usize, frames: i32, start: f64): void {
    const top = f32x4.splat(TOP);
    const zero = f32x4.splat(0);
    const quiet = f32x4.splat(NEAR_SILENCE);
    let sums = f64x2.splat(0);
    let highest = zero;
    for (let i = 0; i < frames; i += 4) {
      const at = source + (<usize>i << 2);
      const count = min(4, frames - i);
      const x = v128.load(at);
      const size = f32x4.abs(x);
      // Samples beyond the end of the block are silence or heard again in the next.
      if (v128.any_true(f32x4.gt(size, quiet))) {
        this.endLoud = start + <f64>(i + count);
        if (this.firstLoud < 0) this.firstLoud = start + <f64>i;
      }
      const isPlain = count == 4 && !v128.any_true(v128.or(f32x4.ge(size, top), f32x4.eq(x, zero)));
      if (isPlain) {
        sums = f64x2.add(sums, f64x2.promote_low_f32x4(x));
        sums = f64x2.add(sums, f64x2.promote_low_f32x4(v128.shuffle<f32>(x, x, 2, 3, 2, 3)));
        highest = f32x4.pmax(highest, size);
        if ((this.zeros | this.topFrames) == 0) {
          this.previous = f32x4.extract_lane(x, 3);
          continue;
        }
      }
      for (let k = 0; k < count; k++) {
        const value = load<f32>(at + (<usize>k << 2));
        this.follow(value, at + (<usize>k << 2), start + <f64>(i + k));
        if (isPlain) continue;
        this.sum += <f64>value;
        this.highest = max(this.highest, abs(value));
      }
    }
    this.sum += f64x2.extract_lane(sums, 0) + f64x2.extract_lane(sums, 1);
    const half = f32x4.pmax(highest, v128.shuffle<f32>(highest, highest, 2, 3, 2, 3));
    this.highest = max(this.highest, max(f32x4.extract_lane(half, 0), f32x4.extract_lane(half, 1)));
  }

  private follow(value: f32, at: usize, frame: f64): void {
    if (value == 0) {
      if (this.zeros == 0) this.beforeZeros = largest(at - (EDGE << 2), EDGE);
      this.zeros++;
    } else if (this.zeros > 0) {
      this.endZeros(at, frame);
    }
    if (this.topFrames > 0 && value == this.top) {
      this.topFrames++;
    } else {
      if (this.topFrames > 0) this.endTop(value, frame);
      if (abs(value) >= TOP) {
        this.top = value;
        this.topFrames = 1;
        this.stepToTop = stepTowards(value, this.previous);
      }
    }
    this.previous = value;
  }

  /** @param at the first sample after the run */
  endZeros(at: usize, frame: f64): void {
    if (this.zeros >= this.leastZeros)
      this.record(Fault.Zeros, frame - <f64>this.zeros, this.zeros, this.beforeZeros, largest(at, EDGE));
    this.zeros = 0;
  }

  endTop(next: f32, frame: f64): void {
    if (this.topFrames >= LEAST_TOP_FRAMES) {
      const step = min(this.stepToTop, stepTowards(this.top, next));
      this.record(Fault.FlatTop, frame - <f64>this.topFrames, this.topFrames, this.top, step);
    }
    this.topFrames = 0;
  }

  /** @param source the block's first sample; `margin` samples on either side can be read */
  findClicks(source: usize, frames: i32, start: f64): void {
    const first = source - (<usize>this.margin << 2);
    const cells = (frames + 2 * this.margin) / CELL;
    // The outermost cells lack neighbours for the difference.
    for (let cell = 1; cell < cells - 1; cell++) {
      const at = first + (<usize>(cell * CELL) << 2);
      store<f32>(this.cells + (<usize>cell << 2), largestDifference(at, CELL));
    }
    const before = this.margin / CELL;
    const end = before + (frames + CELL - 1) / CELL;
    for (let cell = before; cell < end; cell++) {
      const most = load<f32>(this.cells + (<usize>cell << 2));
      // Of the cells two further on, every sample lies in the stretch that must be quiet.
      const around = max(
        load<f32>(this.cells + (<usize>(cell - 2) << 2)),
        load<f32>(this.cells + (<usize>(cell + 2) << 2)),
      );
      if (most < CLICK_LEAST || most < CLICK_RATIO * around) continue;
      const offset = (cell - before) * CELL;
      this.checkClick(source, cell, offset, min(CELL, frames - offset), start);
    }
  }

  /** @param cell the one whose `count` samples begin `offset` samples into the block */
  private checkClick(source: usize, cell: i32, offset: i32, count: i32, start: f64): void {
    let place = 0;
    let most: f32 = 0;
    for (let i = offset; i < offset + count; i++) {
      const size = abs(differenceAt(source + (<usize>i << 2)));
      if (size <= most) continue;
      most = size;
      place = i;
    }
    let at = source + (<usize>place << 2);
    // At the border of a cell, what is largest may lie beyond it and belong to the neighbour.
    const reach = CLICK_REACH << 2;
    const isOwn =
      largestDifference(at - reach, CLICK_REACH) < most && largestDifference(at + 4, CLICK_REACH) <= most;
    if (most < CLICK_LEAST || !isOwn) return;
    const quiet = CLICK_QUIET - CLICK_REACH;
    const before = largestDifference(at - (CLICK_QUIET << 2), quiet);
    const after = largestDifference(at + reach + 4, quiet);
    if (most < CLICK_RATIO * max(before, after) || this.isWave(cell, most)) return;
    // Of the two equal differences of a jump, rounding may favour the second.
    const previous = differenceAt(at - 4);
    if (abs(previous) > <f32>0.9 * most && previous * differenceAt(at) < 0) {
      at -= 4;
      place--;
    }
    this.record(Fault.Click, start + <f64>place, 1, differenceAt(at), differenceAt(at + 4));
  }

  /** What comes again on both sides, or twice on one, is the edge of a wave. */
  private isWave(cell: i32, most: f32): bool {
    const near = CLICK_QUIET / CELL;
    const far = this.margin / CELL - 1;
    const before = this.recurrences(cell - far, cell - near, most);
    const after = this.recurrences(cell + near + 1, cell + far + 1, most);
    return min(before, after) > 0 || max(before, after) > 1;
  }

  /** @returns how many times a difference like `most` is met in the cells `first` to `end`; neighbours count once */
  private recurrences(first: i32, end: i32, most: f32): i32 {
    let count = 0;
    let last = -2;
    for (let cell = first; cell < end; cell++) {
      if (load<f32>(this.cells + (<usize>cell << 2)) * 2 < most) continue;
      if (cell > last + 1) count++;
      last = cell;
    }
    return count;
  }
}

/** By how much `to` lies nearer to zero than `from`; negative: further away. */
// @ts-ignore: decorator
@inline
function stepTowards(from: f32, to: f32): f32 {
  return from > 0 ? from - to : to - from;
}

function largest(at: usize, count: i32): f32 {
  let most: f32 = 0;
  for (const end = at + (<usize>count << 2); at < end; at += 4) most = max(most, abs(load<f32>(at)));
  return most;
}

// @ts-ignore: decorator
@inline
function differenceAt(at: usize): f32 {
  const outer = load<f32>(at - 8) + load<f32>(at, 8);
  return outer - 4 * (load<f32>(at - 4) + load<f32>(at, 4)) + 6 * load<f32>(at);
}

/** Largest fourth difference of `count` samples. */
function largestDifference(at: usize, count: i32): f32 {
  let most = f32x4.splat(0);
  const end = at + (<usize>count << 2);
  for (; at + 16 <= end; at += 16) {
    const outer = f32x4.add(v128.load(at - 8), v128.load(at, 8));
    const inner = f32x4.add(v128.load(at - 4), v128.load(at, 4));
    const middle = f32x4.mul(v128.load(at), f32x4.splat(6));
    const difference = f32x4.add(f32x4.sub(outer, f32x4.mul(inner, f32x4.splat(4))), middle);
    most = f32x4.pmax(most, f32x4.abs(difference));
  }
  const half = f32x4.pmax(most, v128.shuffle<f32>(most, most, 2, 3, 2, 3));
  let result = max(f32x4.extract_lane(half, 0), f32x4.extract_lane(half, 1));
  for (; at < end; at += 4) result = max(result, abs(differenceAt(at)));
  return result;
}

/**
 * @param margin frames on either side of a block that can be read: a multiple of 64, more than 320
 * @param maxFrames of a block: a multiple of 64
 * @param leastZeros shortest run of zeros to record, frames
 */
export function faultsNew(margin: i32, maxFrames: i32, leastZeros: i32): usize {
  const finder = new FaultFinder();
  finder.margin = margin;
  finder.leastZeros = leastZeros;
  finder.sum = 0;
  finder.highest = 0;
  finder.firstLoud = -1;
  finder.endLoud = -1;
  finder.zeros = 0;
  finder.topFrames = 0;
  finder.previous = 0;
  finder.records = allocate(MOST_RECORDS * <i32>RECORD_BYTES);
  finder.cells = allocate(((maxFrames + 2 * margin) / CELL) << 2);
  return changetype<usize>(finder);
}

/**
 * Looks at the next block of the channel.
 * @param source its first sample; the margins around it are real sound, or silence beyond its ends
 * @param start frame of its first sample
 * @returns how many records there are now; `faultsRecords` has them
 */
export function faultsFind(address: usize, source: usize, frames: i32, start: f64): i32 {
  const finder = changetype<FaultFinder>(address);
  finder.count = 0;
  finder.findRuns(source, frames, start);
  finder.findClicks(source, frames, start);
  return finder.count;
}

/** Ends runs that are under way at the end of the sound, frame `end`. @returns records as `faultsFind` does */
export function faultsFinish(address: usize, source: usize, end: f64): i32 {
  const finder = changetype<FaultFinder>(address);
  finder.count = 0;
  if (finder.zeros > 0) finder.endZeros(source, end);
  if (finder.topFrames > 0) finder.endTop(0, end);
  return finder.count;
}

/** @returns address of the records: kind, first frame, frames, value, extra, all f64 */
export function faultsRecords(address: usize): usize {
  return changetype<FaultFinder>(address).records;
}

export function faultsSum(address: usize): f64 {
  return changetype<FaultFinder>(address).sum;
}

export function faultsHighest(address: usize): f32 {
  return changetype<FaultFinder>(address).highest;
}

/** @returns first frame that is louder than -80 dBFS, to within 4 frames; -1: none */
export function faultsFirstLoud(address: usize): f64 {
  return changetype<FaultFinder>(address).firstLoud;
}

/** @returns frame behind the last one that is louder than -80 dBFS, to within 4 frames; -1: none */
export function faultsEndLoud(address: usize): f64 {
  return changetype<FaultFinder>(address).endLoud;
}
