/**
 * Delays that wander slowly about a middle, read between the frames: four lines with one sine, a quarter of a turn
 * apart. Between the frames stands the polynomial through six of them (Lagrange), whose weights move in straight
 * lines from cell to cell: it takes at most 0.05 dB from a sixth of the sample rate, in a quarter of the lines.
 */
import { allocate } from "../memory";
import { Ramp } from "../ramp";
import { CELL, Ring } from "./ring";

export const WANDERERS: i32 = 4;
/** Samples of a polynomial. */
const POINTS: i32 = 6;
/** Bytes of a wanderer: weights, their steps per frame, frames of delay before the first sample. */
const BYTES: i32 = 64;
const STEPS: usize = 24;
const DELAY: usize = 48;

@unmanaged
export class Wander {
  /** Frames to either side. */
  depth: Ramp = new Ramp();
  private cosine: f64;
  private sine: f64;
  private stepCosine: f64;
  private stepSine: f64;
  /** Depth at the start of the cell. */
  private from: f64;
  private state: usize = allocate(WANDERERS * BYTES);
  private middles: usize = allocate(WANDERERS << 2);
  moves: bool;

  start(): void {
    this.cosine = 1;
    this.sine = 0;
  }

  /** @param turns of the sine per frame */
  turn(turns: f64): void {
    const angle = 2 * Math.PI * turns * <f64>CELL;
    this.stepCosine = Math.cos(angle);
    this.stepSine = Math.sin(angle);
  }

  middle(wanderer: i32, frames: i32): void {
    store<i32>(this.middles + ((<usize>wanderer) << 2), frames);
  }

  /** To be called before each cell: sets out from where the last one ended. */
  cell(): void {
    const cosine = this.cosine;
    const sine = this.sine;
    const start = this.from;
    const end = this.depth.next();
    this.from = end;
    const turnedCosine = cosine * this.stepCosine - sine * this.stepSine;
    const turnedSine = cosine * this.stepSine + sine * this.stepCosine;
    // Keeps the length of the pointer at 1 (one step of Newton's method).
    const length = (3 - turnedCosine * turnedCosine - turnedSine * turnedSine) / 2;
    this.cosine = turnedCosine * length;
    this.sine = turnedSine * length;
    this.moves = start != 0 || end != 0;
    if (!this.moves) return;
    this.aim(0, start * sine, end * this.sine);
    this.aim(1, start * cosine, end * this.cosine);
    this.aim(2, -start * sine, -end * this.sine);
    this.aim(3, -start * cosine, -end * this.cosine);
  }

  private aim(wanderer: i32, start: f64, end: f64): void {
    const at = this.state + <usize>(wanderer * BYTES);
    const whole = Math.ceil(start);
    weigh(at, whole - start);
    weigh(at + STEPS, whole - end);
    for (let i: usize = 0; i < <usize>POINTS << 2; i += 4) {
      const way = load<f32>(at + STEPS + i) - load<f32>(at + i);
      store<f32>(at + STEPS + i, way / <f32>CELL);
    }
    store<i32>(at, load<i32>(this.middles + ((<usize>wanderer) << 2)) + <i32>whole + 2, DELAY);
  }

  /** Reads the whole cell that starts at `position` to `to`. */
  read(wanderer: i32, ring: Ring, to: usize, position: i32): void {
    const at = this.state + <usize>(wanderer * BYTES);
    let from = ring.at(position - load<i32>(at, DELAY));
    let w0 = first(at);
    let w1 = first(at + 4);
    let w2 = first(at + 8);
    let w3 = first(at + 12);
    let w4 = first(at + 16);
    let w5 = first(at + 20);
    const s0 = next(at);
    const s1 = next(at + 4);
    const s2 = next(at + 8);
    const s3 = next(at + 12);
    const s4 = next(at + 16);
    const s5 = next(at + 20);
    for (const end = to + ((<usize>CELL) << 2); to < end; to += 16, from += 16) {
      let sum = f32x4.mul(v128.load(from), w0);
      w0 = f32x4.add(w0, s0);
      sum = f32x4.add(sum, f32x4.mul(v128.load(from, 4), w1));
      w1 = f32x4.add(w1, s1);
      sum = f32x4.add(sum, f32x4.mul(v128.load(from, 8), w2));
      w2 = f32x4.add(w2, s2);
      sum = f32x4.add(sum, f32x4.mul(v128.load(from, 12), w3));
      w3 = f32x4.add(w3, s3);
      sum = f32x4.add(sum, f32x4.mul(v128.load(from, 16), w4));
      w4 = f32x4.add(w4, s4);
      v128.store(to, f32x4.add(sum, f32x4.mul(v128.load(from, 20), w5)));
      w5 = f32x4.add(w5, s5);
    }
  }
}

/** @returns the weight of the first four frames */
// @ts-ignore: decorator
@inline
function first(weight: usize): v128 {
  const step = v128.load32_splat(weight, STEPS);
  return f32x4.add(v128.load32_splat(weight), f32x4.mul(step, f32x4(0, 1, 2, 3)));
}

/** @returns the step to the next four frames */
// @ts-ignore: decorator
@inline
function next(weight: usize): v128 {
  return f32x4.mul(v128.load32_splat(weight, STEPS), f32x4.splat(4));
}

/** Writes Lagrange's weights of the samples at -2 to 3 for a place `x` from 0 to 1. */
function weigh(to: usize, x: f64): void {
  const a = x + 2;
  const d = x - 1;
  const e = x - 2;
  const f = x - 3;
  const ab = a * (x + 1);
  const abc = ab * x;
  const def = d * e * f;
  store<f32>(to, <f32>((x + 1) * x * def * (-1.0 / 120)));
  store<f32>(to, <f32>(a * x * def * (1.0 / 24)), 4);
  store<f32>(to, <f32>(ab * def * (-1.0 / 12)), 8);
  store<f32>(to, <f32>(abc * e * f * (1.0 / 12)), 12);
  store<f32>(to, <f32>(abc * d * f * (-1.0 / 24)), 16);
  store<f32>(to, <f32>(abc * d * e * (1.0 / 120)), 20);
}
