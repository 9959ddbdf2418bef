/** The first frames of a convolution, frame by frame: they come out without delay. */
import { allocate } from "../memory";
import { Impulse } from "../spectrum/impulse";
import { CELL, SHORTEST } from "./ring";
import { isSilent } from "./wet";

/** Frames of the impulse response. */
export const HEAD: i32 = CELL;

@unmanaged
export class Head {
  private impulse: Impulse;
  private count: i32;
  /** The last HEAD frames of either side, and the run that follows them. */
  private left: usize = allocate((HEAD + SHORTEST) << 2);
  private right: usize = allocate((HEAD + SHORTEST) << 2);
  /** Frames in a row that were silent. */
  private silent: i32;

  constructor(impulse: Impulse) {
    this.impulse = impulse;
    this.count = min(HEAD, impulse.frames);
    this.silent = HEAD;
  }

  /** Writes what the run of `frames` frames at `left` and `right`, of whole vectors, sounds like. */
  run(left: usize, right: usize, toLeft: usize, toRight: usize, frames: i32): void {
    const bytes = (<usize>frames) << 2;
    const start = (<usize>HEAD) << 2;
    memory.copy(this.left + start, left, bytes);
    memory.copy(this.right + start, right, bytes);
    memory.fill(toLeft, 0, bytes);
    memory.fill(toRight, 0, bytes);
    const sounds = !isSilent(left, frames) || !isSilent(right, frames);
    this.silent = sounds ? 0 : min(HEAD, this.silent + frames);
    if (this.silent < HEAD) {
      const impulse = this.impulse;
      this.add(impulse.leftLeft, this.left + start, toLeft, bytes);
      this.add(impulse.rightLeft, this.right + start, toLeft, bytes);
      this.add(impulse.rightRight, this.right + start, toRight, bytes);
      this.add(impulse.leftRight, this.left + start, toRight, bytes);
    }
    memory.copy(this.left, this.left + bytes, start);
    memory.copy(this.right, this.right + bytes, start);
  }

  private add(way: usize, from: usize, to: usize, bytes: usize): void {
    if (way == 0) return;
    const end = (<usize>this.count) << 2;
    for (let at: usize = 0; at < bytes; at += 16) {
      let sum = v128.load(to + at);
      for (let tap: usize = 0; tap < end; tap += 4) {
        sum = f32x4.add(sum, f32x4.mul(v128.load32_splat(way + tap), v128.load(from + at - tap)));
      }
      v128.store(to + at, sum);
    }
  }
}
