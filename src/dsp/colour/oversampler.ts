/**
 * Eight times oversampling of a stereo pair (interleaved f32, as in metering/oversampling.ts)
 * around something that is not linear: up by three doublers, down by three halvers, all of
 * linear phase.
 *
 * Flat within 0.01 dB to 0.4535 of the sample rate (20 kHz at 44.1 kHz); images and what folds
 * back into that band are attenuated by 100 dB or more. The way down is half a frame at the
 * high rate shorter than a whole number, to which the curve in the middle adds its own half.
 */
import { Doubler } from "../metering/oversampling";
import { kaiserBeta, windowedSinc } from "../resample/kaiser";
import { allocate } from "../memory";

/** Most frames that go through at once. */
export const OVERSAMPLED_FRAMES: i32 = 64;
/** Frames at the high rate for each frame. */
export const FACTOR: i32 = 8;
/** Bytes of one frame. */
export const FRAME: usize = 8;

/** Reach of the filters between 1x and 2x, 2x and 4x, 4x and 8x (going up). */
const REACH_1: i32 = 36;
const REACH_2: i32 = 8;
const REACH_3: i32 = 5;
/** Ends of their bands, in cycles per sample of the lower rate. */
const EDGE_1: f64 = 0.4535;
const EDGE_2: f64 = 0.26;
const EDGE_3: f64 = 0.13;
/** Taps of the filter from 8x to 4x on either side of its middle, and how far they look ahead in pairs of frames. */
const LAST_TAPS: i32 = 10;
const LAST_AHEAD: i32 = 5;
/** Raises the highs as much as a mean of two frames at 8x (curves.ts) lowers them: cos(w / 2) (1 + 2 LIFT (1 - cos w)). */
const LIFT: f64 = 0.125;
/** Frames from input to output. */
export const OVERSAMPLER_LATENCY: i32 = 2 * REACH_1 + REACH_2 + 1;
/** A doubler works on whole groups of so many frames. */
const GROUP: i32 = 8;

/** A doubler with the frames behind it. */
@unmanaged
class Upward {
  private readonly filter: Doubler;
  private readonly buffer: usize;
  private readonly history: i32;

  /** @param most frames at once, at the input's rate */
  constructor(reach: i32, edge: f64, most: i32) {
    this.filter = new Doubler(reach, edge);
    this.history = 2 * reach - 1;
    this.buffer = allocate((this.history + most + GROUP) << 3);
  }

  /** @returns where the next frames are to be written */
  input(): usize {
    return this.buffer + <usize>this.history * FRAME;
  }

  run(target: usize, frames: i32): void {
    const source = this.buffer + <usize>(this.filter.reach - 1) * FRAME;
    this.filter.process(source, target, (frames + GROUP - 1) & ~(GROUP - 1));
    memory.copy(this.buffer, this.buffer + <usize>frames * FRAME, <usize>this.history * FRAME);
  }
}

/** Even and odd frames of a signal, apart, with those behind them. */
@unmanaged
class Halves {
  readonly even: usize;
  readonly odd: usize;
  private readonly history: i32;

  /** @param most pairs of frames at once */
  constructor(history: i32, most: i32) {
    this.history = history;
    this.even = allocate((history + most + 2) << 3);
    this.odd = allocate((history + most + 2) << 3);
  }

  /** Appends `pairs` pairs of frames from `source`. */
  take(source: usize, pairs: i32): void {
    let even = this.even + <usize>this.history * FRAME;
    let odd = this.odd + <usize>this.history * FRAME;
    for (let i = 0; i < pairs; i++, source += 16, even += FRAME, odd += FRAME) {
      const pair = v128.load(source);
      v128.store64_lane(even, pair, 0);
      v128.store64_lane(odd, pair, 1);
    }
  }

  forget(pairs: i32): void {
    memory.copy(this.even, this.even + <usize>pairs * FRAME, <usize>this.history * FRAME);
    memory.copy(this.odd, this.odd + <usize>pairs * FRAME, <usize>this.history * FRAME);
  }
}

/** Halves the rate with a half-band filter: the doubler's, which also leaves the even frames as they are. */
@unmanaged
class Halver {
  private readonly halves: Halves;
  private readonly filter: Doubler;

  constructor(reach: i32, edge: f64, most: i32) {
    this.filter = new Doubler(reach, edge);
    this.halves = new Halves(2 * reach - 1, most);
  }

  /** Writes `pairs` frames, and one more if that is odd. */
  run(source: usize, target: usize, pairs: i32): void {
    const reach = this.filter.reach;
    this.halves.take(source, pairs);
    const half = f32x4.splat(0.5);
    for (let i = 0; i < pairs; i += 2) {
      let before = this.halves.odd + <usize>(i + reach - 1) * FRAME;
      let after = before + FRAME;
      let sum = f32x4.splat(0);
      let coefficient = this.filter.coefficients;
      for (const end = coefficient + (<usize>reach << 2); coefficient < end; coefficient += 4) {
        const both = f32x4.add(v128.load(before), v128.load(after));
        sum = f32x4.add(sum, f32x4.mul(v128.load32_splat(coefficient), both));
        before -= FRAME;
        after += FRAME;
      }
      const middle = v128.load(this.halves.even + <usize>(i + reach) * FRAME);
      v128.store(target + <usize>i * FRAME, f32x4.mul(f32x4.add(middle, sum), half));
    }
    this.halves.forget(pairs);
  }
}

/** From 8x to 4x: a filter whose middle lies between two frames. */
@unmanaged
class LastHalver {
  private readonly halves: Halves = new Halves(2 * LAST_AHEAD, OVERSAMPLED_FRAMES * 4);
  /** LAST_TAPS f32, from the middle outwards. */
  private readonly coefficients: usize = allocate(LAST_TAPS << 2);

  constructor() {
    const reach = <f64>(LAST_TAPS - 1);
    // 0.4535 of the sample rate at 8x, and what folds back there.
    const width = 0.5 - 2 * (EDGE_1 / <f64>FACTOR);
    const beta = kaiserBeta(14.36 * width * (2 * reach - 1) + 7.95);
    let sum: f64 = 0;
    for (let k: f64 = 0; k < reach; k++) sum += 2 * windowedSinc(k + 0.5, 0.25, reach, beta);
    for (let k: f64 = 0; k <= reach; k++) {
      const here = windowedSinc(k + 0.5, 0.25, reach, beta);
      const beside = windowedSinc(k - 0.5, 0.25, reach, beta) + windowedSinc(k + 1.5, 0.25, reach, beta);
      const value = here + LIFT * (2 * here - beside);
      store<f32>(this.coefficients + ((<usize>k) << 2), <f32>(value / sum));
    }
  }

  run(source: usize, target: usize, pairs: i32): void {
    this.halves.take(source, pairs);
    for (let i = 0; i < pairs; i += 2) {
      const middle = <usize>(i + LAST_AHEAD) * FRAME;
      let even = this.halves.even + middle;
      let odd = this.halves.odd + middle;
      let evenBehind = even;
      let oddBehind = odd;
      let sum = f32x4.splat(0);
      for (let c = this.coefficients, end = c + (LAST_TAPS << 2); c < end; c += 8) {
        const near = f32x4.add(v128.load(evenBehind), v128.load(odd));
        sum = f32x4.add(sum, f32x4.mul(v128.load32_splat(c), near));
        oddBehind -= FRAME;
        even += FRAME;
        const far = f32x4.add(v128.load(oddBehind), v128.load(even));
        sum = f32x4.add(sum, f32x4.mul(v128.load32_splat(c, 4), far));
        evenBehind -= FRAME;
        odd += FRAME;
      }
      v128.store(target + <usize>i * FRAME, sum);
    }
    this.halves.forget(pairs);
  }
}

@unmanaged
export class Oversampler {
  private readonly up1: Upward = new Upward(REACH_1, EDGE_1, OVERSAMPLED_FRAMES);
  private readonly up2: Upward = new Upward(REACH_2, EDGE_2, OVERSAMPLED_FRAMES * 2);
  private readonly up3: Upward = new Upward(REACH_3, EDGE_3, OVERSAMPLED_FRAMES * 4);
  private readonly down3: LastHalver = new LastHalver();
  private readonly down2: Halver = new Halver(REACH_2, EDGE_2, OVERSAMPLED_FRAMES * 2);
  private readonly down1: Halver = new Halver(REACH_1, EDGE_1, OVERSAMPLED_FRAMES);
  /** The signal at the high rate: FACTOR frames for each frame; to be changed in place. */
  readonly high: usize = allocate((OVERSAMPLED_FRAMES + GROUP) * FACTOR * 8);
  private readonly work: usize = allocate((OVERSAMPLED_FRAMES * 4 + 2) * 8);

  /** @returns where the next frames are to be written */
  input(): usize {
    return this.up1.input();
  }

  /** Brings the `frames` frames at {@link input} to {@link high}. */
  up(frames: i32): void {
    this.up1.run(this.up2.input(), frames);
    this.up2.run(this.up3.input(), 2 * frames);
    this.up3.run(this.high, 4 * frames);
  }

  /** Brings what stands at {@link high} down to `frames` frames at `target`, which has room for one more. */
  down(target: usize, frames: i32): void {
    this.down3.run(this.high, this.work, 4 * frames);
    this.down2.run(this.work, this.work, 2 * frames);
    this.down1.run(this.work, target, frames);
  }
}
