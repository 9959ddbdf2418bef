/**
 * A feedback delay network of 16 lines: each line's end loses what {@link Absorption} says, all ends are mixed by
 * Hadamard's matrix, which keeps their energy, and go into the lines again, in another order and with other signs,
 * with the input on top.
 *
 * Sources: J.-M. Jot, see absorption.ts; the matrix as sums and differences, and outputs that meet every row of it
 * equally: the signs of a bent function, O. S. Rothaus, "On 'bent' functions", J. Comb. Theory A 20, 1976.
 */
import { allocate } from "../memory";
import { Absorption, DecayTimes, LINES } from "./absorption";
import { primeFrom } from "./prime";
import { CELL, Ring, SHORTEST } from "./ring";
import { column0, column1, column2, column3 } from "./transpose";
import { Wander, WANDERERS } from "./wander";

/** Bytes of a frame of all lines. */
const FRAME: usize = <usize>LINES << 2;
/** Bytes of a run of one line. */
const RUN: usize = <usize>SHORTEST << 2;
/** The lines 0, 5, 10 and 15 wander. */
const WANDERING: i32 = 5;
/** Hadamard's matrix of order 16 is unitary with this factor. */
const UNITARY: f64 = 0.25;

@unmanaged
export class Network {
  absorption: Absorption = new Absorption();
  wander: Wander = new Wander();
  /** Frames of the longest line. */
  longest: i32;
  /** Frames of all lines. */
  total: i32;
  /** Most frames that a line wanders to either side. */
  private reach: i32;
  private rings: usize = allocate(LINES << 2);
  private lengths: usize = allocate(LINES << 2);
  /** Where a run of each line is read and written. */
  private sources: usize = allocate(LINES << 2);
  private targets: usize = allocate(LINES << 2);
  /** The wandering lines in this cell. */
  private wandered: usize = allocate(WANDERERS * <i32>RUN);
  /** A run of frames of all lines. */
  private frames: usize = allocate(SHORTEST * <i32>FRAME);

  /** @param longest line it will ever have, and how far lines wander, frames */
  constructor(sampleRate: f64, longest: i32, reach: i32) {
    this.absorption.sampleRate = sampleRate;
    this.reach = reach;
    for (let i = 0; i < LINES; i++) this.put(this.rings, i, changetype<usize>(new Ring(this.room(longest))));
    this.wander.start();
  }

  private room(longest: i32): i32 {
    return longest + this.reach + 64;
  }

  /** Gives line `line` about `frames` frames. */
  resize(line: i32, frames: i32): void {
    const length = primeFrom(max(SHORTEST + this.reach + 4, frames));
    if (line == 0) this.longest = this.total = 0;
    this.longest = max(this.longest, length);
    this.total += length;
    store<i32>(this.lengths + ((<usize>line) << 2), length);
    this.ring(line).resize(this.room(length));
    if (line % WANDERING == 0) this.wander.middle(line / WANDERING, length);
  }

  /** Sets the decay, reached after `steps` cells. */
  decay(times: DecayTimes, steps: i32): void {
    for (let i = 0; i < LINES; i++) this.absorption.design(i, this.length(i), times, UNITARY);
    this.absorption.begin(steps);
  }

  clear(): void {
    for (let i = 0; i < LINES; i++) this.ring(i).clear();
    this.absorption.clear();
    memory.fill(this.wandered, 0, <usize>WANDERERS * RUN);
  }

  /** To be called before each cell. */
  cell(): void {
    this.absorption.step();
    this.wander.cell();
  }

  /** Sends the run of `frames` frames at `left` and `right` through; what comes out replaces it. */
  run(left: usize, right: usize, position: i32, frames: i32): void {
    this.aim(position);
    this.gather(frames);
    this.absorption.run(this.frames, frames);
    this.mix(left, right, frames);
    for (let i = 0; i < LINES; i++) this.ring(i).written(position);
  }

  private aim(position: i32): void {
    for (let i = 0; i < LINES; i++) {
      const ring = this.ring(i);
      this.put(this.sources, i, ring.at(position - this.length(i)));
      this.put(this.targets, i, ring.at(position));
    }
    if (!this.wander.moves) return;
    const passed = position & (CELL - 1);
    for (let i = 0; i < WANDERERS; i++) {
      const cell = this.wandered + <usize>i * RUN;
      if (passed == 0) this.wander.read(i, this.ring(i * WANDERING), cell, position);
      this.put(this.sources, i * WANDERING, cell + ((<usize>passed) << 2));
    }
  }

  /** The runs of the lines become frames of all lines. */
  private gather(frames: i32): void {
    for (let group: usize = 0; group < FRAME; group += 16) {
      let a = load<usize>(this.sources + group);
      let b = load<usize>(this.sources + group, 4);
      let c = load<usize>(this.sources + group, 8);
      let d = load<usize>(this.sources + group, 12);
      let to = this.frames + group;
      for (const end = a + ((<usize>frames) << 2); a < end; a += 16, b += 16, c += 16, d += 16) {
        const p = v128.load(a);
        const q = v128.load(b);
        const r = v128.load(c);
        const s = v128.load(d);
        v128.store(to, column0(p, q, r, s));
        v128.store(to, column1(p, q, r, s), FRAME);
        v128.store(to, column2(p, q, r, s), 2 * FRAME);
        v128.store(to, column3(p, q, r, s), 3 * FRAME);
        to += 4 * FRAME;
      }
    }
  }

  private mix(left: usize, right: usize, frames: i32): void {
    let from = this.frames;
    for (let at: usize = 0, end = (<usize>frames) << 2; at < end; at += 16, from += 4 * FRAME) {
      const c0 = mixGroups(from);
      const c1 = mixGroups(from + FRAME);
      const c2 = mixGroups(from + 2 * FRAME);
      const c3 = mixGroups(from + 3 * FRAME);
      const l = v128.load(left + at);
      const r = v128.load(right + at);
      const even = f32x4.add(column0(c0, c1, c2, c3), column2(c0, c1, c2, c3));
      const odd = f32x4.sub(column1(c0, c1, c2, c3), column3(c0, c1, c2, c3));
      const first = f32x4.sub(column0(c0, c1, c2, c3), column2(c0, c1, c2, c3));
      const second = f32x4.add(column1(c0, c1, c2, c3), column3(c0, c1, c2, c3));
      v128.store(left + at, f32x4.add(even, odd));
      v128.store(right + at, f32x4.add(first, second));
      this.scatter(from, 0, l, r, at);
      this.scatter(from + 16, 4, l, f32x4.neg(r), at);
      this.scatter(from + 32, 8, f32x4.neg(l), r, at);
      this.scatter(from + 48, 12, l, r, at);
    }
  }

  /** Mixes the four lines of a group over four frames and sends them into the lines again. */
  // @ts-ignore: decorator
  @inline
  private scatter(from: usize, group: i32, l: v128, r: v128, at: usize): void {
    const p = v128.load(from);
    const q = v128.load(from, FRAME);
    const s = v128.load(from, 2 * FRAME);
    const t = v128.load(from, 3 * FRAME);
    const a = column0(p, q, s, t);
    const b = column1(p, q, s, t);
    const c = column2(p, q, s, t);
    const d = column3(p, q, s, t);
    const e = f32x4.add(a, b);
    const f = f32x4.sub(a, b);
    const g = f32x4.add(c, d);
    const h = f32x4.sub(c, d);
    this.send(group, f32x4.add(r, f32x4.add(e, g)), at);
    this.send(group + 1, f32x4.add(l, f32x4.add(f, h)), at);
    this.send(group + 2, f32x4.sub(f32x4.sub(e, g), r), at);
    this.send(group + 3, f32x4.sub(l, f32x4.sub(f, h)), at);
  }

  /** Row `row` of the matrix goes into another line than it came from. */
  // @ts-ignore: decorator
  @inline
  private send(row: i32, value: v128, at: usize): void {
    const line = (5 * row + 3) & (LINES - 1);
    v128.store(load<usize>(this.targets + ((<usize>line) << 2)) + at, value);
  }

  private ring(line: i32): Ring {
    return changetype<Ring>(load<usize>(this.rings + ((<usize>line) << 2)));
  }

  private length(line: i32): i32 {
    return load<i32>(this.lengths + ((<usize>line) << 2));
  }

  private put(list: usize, line: i32, address: usize): void {
    store<usize>(list + ((<usize>line) << 2), address);
  }
}

/** Mixes the four groups of one frame in place. @returns their sum with the last one's sign turned */
// @ts-ignore: decorator
@inline
function mixGroups(frame: usize): v128 {
  const v0 = v128.load(frame);
  const v1 = v128.load(frame, 16);
  const v2 = v128.load(frame, 32);
  const v3 = v128.load(frame, 48);
  const s0 = f32x4.add(v0, v1);
  const d0 = f32x4.sub(v0, v1);
  const s1 = f32x4.add(v2, v3);
  const d1 = f32x4.sub(v2, v3);
  v128.store(frame, f32x4.add(s0, s1));
  v128.store(frame, f32x4.add(d0, d1), 16);
  v128.store(frame, f32x4.sub(s0, s1), 32);
  v128.store(frame, f32x4.sub(d0, d1), 48);
  return f32x4.add(s0, d1);
}
