/**
 * The greatest power of the last 10 ms or a little more (whole cells of the grid), so that a sine of 50 Hz or more
 * reads its peak all the time.
 */
import { GRID } from "../filters/section";
import { allocate } from "../memory";

/** Half a period of 50 Hz. */
export const WINDOW_SECONDS: f64 = 0.01;
/** Most cells of the window: that of 192 kHz. */
const MOST_CELLS: i32 = 30;

@unmanaged
export class PeakWindow {
  /** Greatest powers of the last cells of the grid, a ring. */
  private cells: usize = allocate(MOST_CELLS << 3);
  private count: i32;
  private at: i32;
  /** Greatest of them, and of the cell that is under way. */
  private past: f64;
  private present: f64;

  init(sampleRate: f64): void {
    this.count = min(MOST_CELLS, <i32>Math.ceil((WINDOW_SECONDS * sampleRate) / GRID));
  }

  /** Writes the greatest power up to each of `frames` frames to `greatest`. */
  run(powers: usize, greatest: usize, frames: i32): void {
    const past = this.past;
    let present = this.present;
    for (let i: usize = 0, end = (<usize>frames) << 3; i < end; i += 8) {
      present = max(present, load<f64>(powers + i));
      store<f64>(greatest + i, max(present, past));
    }
    this.present = present;
  }

  /** To be called at each point of the grid. */
  passGrid(): void {
    store<f64>(this.cells + ((<usize>this.at) << 3), this.present);
    this.at = (this.at + 1) % this.count;
    this.present = 0;
    this.past = 0;
    for (let i = 0; i < this.count; i++)
      this.past = max(this.past, load<f64>(this.cells + ((<usize>i) << 3)));
  }
}
