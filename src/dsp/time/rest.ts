/**
 * Puts a track to rest: once its last clip has ended and its effects have died away, it gives silence, and is no
 * longer computed. The frame depends on the signal alone.
 */

/** What stays below this (-180 dB) has died away. */
const NEGLIGIBLE: f32 = 1e-9;

@unmanaged
export class Rest {
  /** Frame of the graph from which on it gives silence; Infinity: not known yet. */
  from: f64;
  /** Frame after the last one that was not negligible, no earlier than the end of the last clip. */
  private quietFrom: f64;
  /** Frames of quiet after which nothing more comes. */
  private hold: f64;

  constructor(end: f64, hold: f64) {
    this.hold = hold;
    this.begin(end);
  }

  begin(end: f64): void {
    this.from = Infinity;
    this.quietFrom = end;
  }

  /** Watches the planar f32 signal, whose first frame is frame `position` of the graph, and silences it when it may. */
  watch(left: usize, right: usize, position: f64, frames: i32): void {
    let frame = <i32>max(0, min(<f64>frames, this.quietFrom - position));
    for (; frame < frames; frame++) {
      const i = (<usize>frame) << 2;
      const at = position + <f64>frame;
      if (max(Mathf.abs(load<f32>(left + i)), Mathf.abs(load<f32>(right + i))) > NEGLIGIBLE) {
        this.quietFrom = at + 1;
      } else if (at - this.quietFrom >= this.hold) {
        this.from = at;
        break;
      }
    }
    const start = (<usize>frame) << 2;
    memory.fill(left + start, 0, ((<usize>frames) << 2) - start);
    memory.fill(right + start, 0, ((<usize>frames) << 2) - start);
  }
}

/**
 * @param end frame of the graph at which the last clip has ended
 * @param hold frames of quiet after which the effects do not sound again
 */
export function restNew(end: f64, hold: f64): usize {
  return changetype<usize>(new Rest(end, hold));
}

/** The track sounds again: its last clip now ends at frame `end` of the graph. */
export function restBegin(address: usize, end: f64): void {
  changetype<Rest>(address).begin(end);
}

/** @returns frame of the graph from which on the track gives silence; Infinity if it still sounds */
export function restFrom(address: usize): f64 {
  return changetype<Rest>(address).from;
}
