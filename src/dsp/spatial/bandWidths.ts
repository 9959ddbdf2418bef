/**
 * Width in up to three bands: middle and side signal, in the lanes of an f64x2, pass the same crossover, and the side
 * is scaled band by band. So the mono sum passes an all-pass filter, flat in magnitude, and the image keeps its place.
 * Without a band below or above nothing is split, and the middle signal stays as it is, bit for bit.
 */
import { Crossover, crossoverNew } from "../filters/crossover";
import { Ramp } from "../ramp";
import { frameOf } from "./image";

/** Hz; where a split that is off waits while the other one is on. */
const PARKED_LOW: f64 = 0;
const PARKED_HIGH: f64 = 1e6;

@unmanaged
export class BandWidths {
  /** Hz; the lower split is off below 1, the upper one from `highOff` on. */
  lowFrequency: f64;
  highFrequency: f64;
  /** Factors of the side signal, of the band between and where nothing is split. */
  lowWidth: f64 = 1;
  width: f64 = 1;
  highWidth: f64 = 1;
  private crossover: Crossover;
  private low: Ramp = new Ramp();
  private middle: Ramp = new Ramp();
  private high: Ramp = new Ramp();
  /** Share of the split signal: 0 or 1, or on the way. */
  private share: Ramp = new Ramp();
  private isSplit: bool;

  constructor(sampleRate: f64) {
    this.crossover = crossoverNew(3, sampleRate);
  }

  /**
   * Takes the new values.
   *
   * @param highOff Hz, from which on the upper split is off
   * @param frames until they are there; 0: at once
   */
  derive(highOff: f64, frames: i32): void {
    const hasLow = this.lowFrequency >= 1;
    const hasHigh = this.highFrequency < highOff;
    const isSplit = hasLow || hasHigh;
    // What is not heard yet need not move.
    const way = this.runsWhole() ? 0 : frames;
    this.low.moveTo(hasLow ? this.lowWidth : this.width, way);
    this.middle.moveTo(this.width, frames);
    this.high.moveTo(hasHigh ? this.highWidth : this.width, way);
    if (isSplit) {
      if (this.runsWhole()) this.crossover.clear();
      const low = hasLow ? this.lowFrequency : PARKED_LOW;
      this.crossover.tune(0, low, way);
      this.crossover.tune(1, hasHigh ? max(low, this.highFrequency) : PARKED_HIGH, way);
    }
    if (isSplit != this.isSplit) this.share.moveTo(isSplit ? 1 : 0, frames);
    this.isSplit = isSplit;
  }

  /** @returns whether it leaves the signal alone */
  isIdle(): bool {
    return this.runsWhole() && !this.middle.moves() && this.middle.value == 1;
  }

  private runsWhole(): bool {
    return this.share.value == 0 && !this.share.moves();
  }

  /** Works in place on at most GRID f64x2 frames of middle and side, which must be finite. */
  run(samples: usize, frames: i32): void {
    if (!this.runsWhole()) {
      memory.copy(this.crossover.band(2), samples, (<usize>frames) << 4);
      this.crossover.run(frames);
    }
    let i: usize = 0;
    const end = (<usize>frames) << 4;
    // While something moves, frame by frame.
    for (; i < end && this.moves(); i += 16) {
      if (this.runsWhole()) this.scale(samples + i, 16);
      else this.weigh(samples, i, i + 16);
      this.next();
    }
    if (this.runsWhole()) this.scale(samples + i, end - i);
    else this.weigh(samples, i, end);
  }

  private moves(): bool {
    if (this.low.moves() || this.middle.moves() || this.high.moves()) return true;
    return this.share.moves();
  }

  private next(): void {
    this.low.next();
    this.middle.next();
    this.high.next();
    this.share.next();
  }

  private scale(samples: usize, bytes: usize): void {
    const factor = frameOf(1, this.middle.value);
    for (const end = samples + bytes; samples < end; samples += 16)
      v128.store(samples, f64x2.mul(v128.load(samples), factor));
  }

  /** Adds the bands up, each with its width. */
  private weigh(samples: usize, i: usize, end: usize): void {
    const low = frameOf(1, this.low.value);
    const middle = frameOf(1, this.middle.value);
    const high = frameOf(1, this.high.value);
    const share = f64x2.splat(this.share.value);
    const lows = this.crossover.band(0);
    const middles = this.crossover.band(1);
    const highs = this.crossover.band(2);
    for (; i < end; i += 16) {
      const whole = f64x2.mul(v128.load(samples + i), middle);
      const lower = f64x2.add(f64x2.mul(v128.load(lows + i), low), f64x2.mul(v128.load(middles + i), middle));
      const split = f64x2.add(lower, f64x2.mul(v128.load(highs + i), high));
      v128.store(samples + i, f64x2.add(whole, f64x2.mul(share, f64x2.sub(split, whole))));
    }
  }

  /** To be called at each point of the grid. */
  settle(): void {
    if (!this.runsWhole()) this.crossover.settle();
  }
}
