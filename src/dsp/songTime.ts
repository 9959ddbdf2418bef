/**
 * Which frame of the song comes when. The graph's time goes straight on; the song's jumps where playback loops or
 * goes elsewhere. A graph that renders never jumps: both are then the same.
 */

/** Jumps that are remembered: as many as can be under way through the graph's latency. */
const CAPACITY: i32 = 256;

/** A jump: frame of the graph and frame of the song from there on, f64 each; a ring. */
const jumps: usize = memory.data(4096);
/** Jumps so far; the graph's first frame is the first one. */
let count: i32 = 1;

// @ts-ignore: decorator
@inline
function jumpAt(index: i32): usize {
  return jumps + ((<usize>(index & (CAPACITY - 1))) << 4);
}

/** @returns number of the last jump at `frame` or before it; the oldest one that is remembered, if it is before all */
function jumpBefore(frame: f64): i32 {
  let index = count - 1;
  const oldest = max(0, count - CAPACITY);
  while (index > oldest && load<f64>(jumpAt(index)) > frame) index--;
  return index;
}

/** @param frame of the graph, what comes before it not counted. @returns frame of the song */
export function songFrame(frame: f64): f64 {
  const jump = jumpAt(jumpBefore(frame));
  return frame - load<f64>(jump) + load<f64>(jump, 8);
}

/** @returns frames from `frame` on until the song jumps; Infinity: it goes straight on */
export function songSpan(frame: f64): f64 {
  const index = jumpBefore(frame);
  if (index == count - 1) return Infinity;
  return load<f64>(jumpAt(index + 1)) - frame;
}

/** From frame `frame` of the graph on, no earlier than that of the last jump, the song goes on at its frame `song`. */
export function songJump(frame: f64, song: f64): void {
  if (load<f64>(jumpAt(count - 1)) < frame) count++;
  store<f64>(jumpAt(count - 1), frame);
  store<f64>(jumpAt(count - 1), song, 8);
}
