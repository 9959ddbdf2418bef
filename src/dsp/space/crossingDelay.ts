/** Delays one audio channel; a change crosses over from the old delay to the new one, so that the pitch stays. */
import { Ramp } from "../ramp";
import { Ring, SHORTEST } from "./ring";
import { copyRun } from "./wet";

@unmanaged
export class CrossingDelay {
  /** Frames: what is heard, what it crosses over to, and what is to come after that. */
  private length: i32;
  private next: i32;
  private wanted: i32;
  /** Share of the old delay. */
  private share: Ramp = new Ramp();
  private ring: Ring;

  /** @param longest delay in frames */
  constructor(longest: i32) {
    this.ring = new Ring(longest + SHORTEST);
    this.share.moveTo(1, 0);
  }

  /** Sets the delay, reached by a crossfade of `fade` frames once a crossfade under way has ended; 0: at once. */
  moveTo(length: i32, fade: i32): void {
    this.wanted = length;
    if (fade == 0) this.length = this.next = length;
    else this.cell(fade);
  }

  /** To be called between cells: goes on to a delay that has been waiting, by a crossfade of `fade` frames. */
  cell(fade: i32): void {
    if (this.wanted == this.next || this.share.moves()) return;
    this.length = this.next;
    this.next = this.wanted;
    this.share.moveTo(1, 0);
    this.share.moveTo(0, fade);
  }

  /** @returns the longest and the shortest of the delays that sound or will, frames */
  longest(): i32 {
    return max(this.length, max(this.next, this.wanted));
  }

  shortest(): i32 {
    return min(this.length, this.next);
  }

  clear(): void {
    this.ring.clear();
  }

  write(from: usize, position: i32, frames: i32): void {
    copyRun(this.ring.at(position), from, frames);
    this.ring.written(position);
  }

  /** Reads the run that starts at `position` to `to`; what it reads must have been written. */
  read(to: usize, position: i32, frames: i32): void {
    if (!this.share.moves()) {
      copyRun(to, this.ring.at(position - this.next), frames);
      return;
    }
    for (let i = 0; i < frames; i++) {
      const old = <f32>this.share.next();
      const before = load<f32>(this.ring.at(position + i - this.length));
      const after = load<f32>(this.ring.at(position + i - this.next));
      store<f32>(to + ((<usize>i) << 2), after + (before - after) * old);
    }
    if (!this.share.moves()) this.length = this.next;
  }
}
