/**
 * A ring of f32 samples that is written and read in runs of up to {@link CELL} frames. All rings of a processor
 * share one position, the frames that have passed; a run never crosses a whole multiple of CELL, so it never
 * crosses the end of a ring when written, and the first frames are repeated behind the end for those who read.
 */
import { allocate } from "../memory";

/** Most frames of a run. */
export const CELL: i32 = 64;
/** Shortest delay that may be read before the run itself is written: pairs of vectors are read. */
export const SHORTEST: i32 = CELL + 8;
/** Frames repeated behind the end. */
const GUARD: i32 = 2 * CELL;

@unmanaged
export class Ring {
  private base: usize;
  private mask: i32;

  /** @param longest delay that it will ever hold, frames */
  constructor(longest: i32) {
    this.mask = sizeFor(longest) - 1;
    this.base = allocate((this.mask + 1 + GUARD) << 2);
  }

  /** Makes room for delays up to `longest` frames, at most what it was made for, and silences it. */
  resize(longest: i32): void {
    this.mask = sizeFor(longest) - 1;
    this.clear();
  }

  clear(): void {
    memory.fill(this.base, 0, (<usize>(this.mask + 1 + GUARD)) << 2);
  }

  /** @returns address of the frame that `position` falls on; so many frames follow as a run takes */
  // @ts-ignore: decorator
  @inline
  at(position: i32): usize {
    return this.base + ((<usize>(position & this.mask)) << 2);
  }

  /** To be called once the run that starts at `position` has been written. */
  // @ts-ignore: decorator
  @inline
  written(position: i32): void {
    if ((position & this.mask) < GUARD) {
      memory.copy(this.base + ((<usize>(this.mask + 1)) << 2), this.base, (<usize>GUARD) << 2);
    }
  }
}

function sizeFor(longest: i32): i32 {
  let size = GUARD;
  while (size < longest + GUARD) size <<= 1;
  return size;
}
