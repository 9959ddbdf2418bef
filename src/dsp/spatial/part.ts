/**
 * Lets a processor work on a part of the stereo signal alone: one side, the middle (L + R) / 2, or the sides
 * (L - R) / 2. The rest is delayed by as much as the processor delays its own.
 */
import { allocate } from "../memory";
import { Delay } from "../time/delay";

/** The order is that of the choices in src/session/inserts/processing.ts. */
export const enum StereoPart {
  Stereo = 0,
  Left = 1,
  Right = 2,
  Mid = 3,
  Side = 4,
}

/** Frames that are taken apart at once; the result does not depend on it. */
export const PART_FRAMES: i32 = 1024;

@unmanaged
export class Part {
  kind: i32;
  /** Planar f32 buffers: the part, the same again for processors that want two sides, and the rest. */
  readonly active: usize = allocate(PART_FRAMES << 2);
  readonly twin: usize = allocate(PART_FRAMES << 2);
  private readonly rest: usize = allocate(PART_FRAMES << 2);
  private readonly delay: Delay = new Delay();

  /** @param latency frames of the processor */
  prepare(latency: i32): void {
    this.delay.resize(latency);
  }

  /** Takes at most {@link PART_FRAMES} frames apart. */
  take(left: usize, right: usize, frames: i32): void {
    const isMidSide = this.kind >= StereoPart.Mid;
    for (let i: usize = 0, end = (<usize>frames) << 2; i < end; i += 4) {
      const l = load<f32>(left + i);
      const r = load<f32>(right + i);
      this.put(i, isMidSide ? 0.5 * (l + r) : l, isMidSide ? 0.5 * (l - r) : r);
    }
    memory.copy(this.twin, this.active, (<usize>frames) << 2);
  }

  /** Puts the processed part and the rest together again. */
  give(left: usize, right: usize, frames: i32): void {
    this.delay.process(this.rest, this.rest, frames);
    const isMidSide = this.kind >= StereoPart.Mid;
    const first = this.isFirst() ? this.active : this.rest;
    const second = this.isFirst() ? this.rest : this.active;
    for (let i: usize = 0, end = (<usize>frames) << 2; i < end; i += 4) {
      const a = load<f32>(first + i);
      const b = load<f32>(second + i);
      store<f32>(left + i, isMidSide ? a + b : a);
      store<f32>(right + i, isMidSide ? a - b : b);
    }
  }

  private put(at: usize, first: f32, second: f32): void {
    store<f32>(this.active + at, this.isFirst() ? first : second);
    store<f32>(this.rest + at, this.isFirst() ? second : first);
  }

  private isFirst(): bool {
    return this.kind == StereoPart.Left || this.kind == StereoPart.Mid;
  }
}
