/**
 * Linkwitz-Riley crossovers of 24 dB per octave, into 2 to 5 bands that add up to an all-pass response: flat in
 * magnitude whatever the corner frequencies.
 *
 * One split: the low part is a Butterworth low-pass of second order, twice (S. Linkwitz, "Active Crossover Networks for
 * Noncoincident Drivers", J. Audio Eng. Soc. 24(1), 1976). Low and high part add up to the all-pass with the same
 * poles, so the high part is that all-pass less the low part. A split takes apart the high part of the one before; the
 * bands below pass the all-pass of each split above them, so that all have the same phase.
 *
 * Biquads by the bilinear transform, in the form of section.ts.
 */
import { allocate } from "../memory";
import { GRID } from "./section";

/** Hz, and as a part of the sample rate. */
const MIN_FREQUENCY: f64 = 10;
const MAX_FREQUENCY: f64 = 0.45;
/** A state below this (-600 dB) is cleared, long before it slows down as a denormal number. */
const NEGLIGIBLE: f64 = 1e-30;

/** State of one biquad, left and right in the lanes. */
@unmanaged
class State {
  s1: v128;
  s2: v128;

  settle(): void {
    const largest = f64x2.max(f64x2.abs(this.s1), f64x2.abs(this.s2));
    if (!v128.any_true(f64x2.ge(largest, f64x2.splat(NEGLIGIBLE)))) this.clear();
  }

  clear(): void {
    this.s1 = this.s2 = f64x2.splat(0);
  }
}

@unmanaged
class Split {
  /** Poles. */
  private a1: f64;
  private a2: f64;
  /** Their frequency in radians per frame, where it is going, and the factor of each frame on the way. */
  private w: f64;
  private target: f64;
  private factor: f64;
  /** Frames left on the way. */
  private remaining: i32;
  private pass: State = new State();
  private first: State = new State();
  private second: State = new State();
  /** Addresses of the states of its all-pass on the bands below. */
  private compensations: usize;
  private compensated: i32;

  init(bandsBelow: i32): void {
    this.compensated = bandsBelow;
    this.compensations = allocate(bandsBelow << 2);
    for (let i = 0; i < bandsBelow; i++)
      store<usize>(this.compensations + ((<usize>i) << 2), changetype<usize>(new State()));
  }

  /**
   * @param w radians per frame
   * @param frames until the poles are there, at a steady pace in octaves; 0: at once
   */
  tune(w: f64, frames: i32): void {
    this.target = w;
    this.remaining = w == this.w ? 0 : frames;
    if (frames == 0) this.placePoles(w);
    else this.factor = Math.pow(w / this.w, 1 / <f64>frames);
  }

  moves(): bool {
    return this.remaining > 0;
  }

  /** One frame further on the way. */
  move(): void {
    this.remaining--;
    this.placePoles(this.remaining == 0 ? this.target : this.w * this.factor);
  }

  private placePoles(w: f64): void {
    const k = Math.tan(w / 2);
    const scale = 1 / (1 + Math.SQRT2 * k + k * k);
    this.w = w;
    this.a1 = 2 * (k * k - 1) * scale;
    this.a2 = (1 - Math.SQRT2 * k + k * k) * scale;
  }

  settle(): void {
    this.pass.settle();
    this.first.settle();
    this.second.settle();
    for (let i = 0; i < this.compensated; i++) this.compensation(i).settle();
  }

  clear(): void {
    this.pass.clear();
    this.first.clear();
    this.second.clear();
    for (let i = 0; i < this.compensated; i++) this.compensation(i).clear();
  }

  /** Leaves the high part in the f64x2 frames at `samples` and writes the low one to `low`. */
  run(samples: usize, low: usize, frames: i32): void {
    const a1 = f64x2.splat(this.a1);
    const a2 = f64x2.splat(this.a2);
    const passC1 = f64x2.splat(this.a1 * (1 - this.a2));
    const passC2 = f64x2.splat(1 - this.a2 * this.a2);
    const gain = (1 + this.a1 + this.a2) / 4;
    const b0 = f64x2.splat(gain);
    const c1 = f64x2.splat(gain * (2 - this.a1));
    const c2 = f64x2.splat(gain * (1 - this.a2));
    let p1 = this.pass.s1;
    let p2 = this.pass.s2;
    let s1 = this.first.s1;
    let s2 = this.first.s2;
    let t1 = this.second.s1;
    let t2 = this.second.s2;
    for (const end = samples + ((<usize>frames) << 4); samples < end; samples += 16, low += 16) {
      const x = v128.load(samples);
      const passed = f64x2.add(f64x2.mul(a2, x), p1);
      const heldP = f64x2.mul(a2, p1);
      p1 = f64x2.sub(f64x2.add(p2, f64x2.mul(passC1, x)), f64x2.mul(a1, p1));
      p2 = f64x2.sub(f64x2.mul(passC2, x), heldP);
      const once = f64x2.add(f64x2.mul(b0, x), s1);
      const heldS = f64x2.mul(a2, s1);
      s1 = f64x2.sub(f64x2.add(s2, f64x2.mul(c1, x)), f64x2.mul(a1, s1));
      s2 = f64x2.sub(f64x2.mul(c2, x), heldS);
      const twice = f64x2.add(f64x2.mul(b0, once), t1);
      const heldT = f64x2.mul(a2, t1);
      t1 = f64x2.sub(f64x2.add(t2, f64x2.mul(c1, once)), f64x2.mul(a1, t1));
      t2 = f64x2.sub(f64x2.mul(c2, once), heldT);
      v128.store(low, twice);
      v128.store(samples, f64x2.sub(passed, twice));
    }
    this.pass.s1 = p1;
    this.pass.s2 = p2;
    this.first.s1 = s1;
    this.first.s2 = s2;
    this.second.s1 = t1;
    this.second.s2 = t2;
  }

  /** Passes band `index`, which lies below, through the all-pass. */
  compensate(index: i32, samples: usize, frames: i32): void {
    const state = this.compensation(index);
    const a1 = f64x2.splat(this.a1);
    const a2 = f64x2.splat(this.a2);
    const c1 = f64x2.splat(this.a1 * (1 - this.a2));
    const c2 = f64x2.splat(1 - this.a2 * this.a2);
    let s1 = state.s1;
    let s2 = state.s2;
    for (const end = samples + ((<usize>frames) << 4); samples < end; samples += 16) {
      const x = v128.load(samples);
      v128.store(samples, f64x2.add(f64x2.mul(a2, x), s1));
      const held = f64x2.mul(a2, s1);
      s1 = f64x2.sub(f64x2.add(s2, f64x2.mul(c1, x)), f64x2.mul(a1, s1));
      s2 = f64x2.sub(f64x2.mul(c2, x), held);
    }
    state.s1 = s1;
    state.s2 = s2;
  }

  private compensation(index: i32): State {
    return changetype<State>(load<usize>(this.compensations + ((<usize>index) << 2)));
  }
}

@unmanaged
export class Crossover {
  sampleRate: f64;
  /** How many bands, at least 1. */
  count: i32;
  private splits: usize;
  private buffers: usize;

  init(): void {
    this.splits = allocate(this.count << 2);
    this.buffers = allocate(this.count * (GRID << 4));
    for (let i = 0; i < this.count - 1; i++) {
      const split = new Split();
      split.init(i);
      store<usize>(this.splits + ((<usize>i) << 2), changetype<usize>(split));
      split.tune(1, 0);
    }
  }

  /**
   * Starts the split above band `index` towards `frequency` Hz.
   *
   * @param frames until it is there; 0: at once
   */
  tune(index: i32, frequency: f64, frames: i32): void {
    if (index < 0 || index >= this.count - 1) return;
    const part = min(MAX_FREQUENCY, max(MIN_FREQUENCY, frequency) / this.sampleRate);
    this.split(index).tune(2 * Math.PI * part, frames);
  }

  /** Address of the GRID f64x2 frames of band `index`; the last one takes the input. */
  band(index: i32): usize {
    return this.buffers + <usize>index * (GRID << 4);
  }

  /** Takes apart at most GRID frames that lie in the last band; they must be finite. */
  run(frames: i32): void {
    for (let i = 0; i < this.count - 1; i++) {
      const split = this.split(i);
      let done = 0;
      for (; done < frames && split.moves(); done++) {
        this.runSplit(i, done, 1);
        split.move();
      }
      if (done < frames) this.runSplit(i, done, frames - done);
    }
  }

  private runSplit(index: i32, from: i32, frames: i32): void {
    const split = this.split(index);
    const offset = (<usize>from) << 4;
    split.run(this.band(this.count - 1) + offset, this.band(index) + offset, frames);
    for (let below = 0; below < index; below++) split.compensate(below, this.band(below) + offset, frames);
  }

  /** To be called at each point of the grid. */
  settle(): void {
    for (let i = 0; i < this.count - 1; i++) this.split(i).settle();
  }

  /** Forgets the signal. */
  clear(): void {
    for (let i = 0; i < this.count - 1; i++) this.split(i).clear();
  }

  private split(index: i32): Split {
    return changetype<Split>(load<usize>(this.splits + ((<usize>index) << 2)));
  }
}

/** A crossover into `count` bands; its splits have yet to be tuned. */
export function crossoverNew(count: i32, sampleRate: f64): Crossover {
  const crossover = new Crossover();
  crossover.sampleRate = sampleRate;
  crossover.count = max(1, count);
  crossover.init();
  return crossover;
}
