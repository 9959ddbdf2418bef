/**
 * A mix plan, compiled into memory once and run with one call a block: a list of steps that
 * work on buffers. Signals are planar stereo: a buffer is a pair of f32 addresses, a bus a
 * pair of f64 addresses.
 */
import { allocate } from "./memory";
import { processorProcess } from "./processor";
import { Clip } from "./time/clip";
import { busAdd, busNarrow } from "./spatial/bus";

const enum StepKind {
  /** Silences the buffer. */
  ClearBuffer = 0,
  /** Silences the bus. */
  ClearBus = 1,
  /** Adds the clip `object` to the buffer. */
  AddClip = 2,
  /** Runs the processor `object` on the buffer. */
  Process = 3,
  /** Adds the buffer to the bus with `gainLeft` and `gainRight`. */
  AddToBus = 4,
  /** Rounds the bus to the buffer. */
  FromBus = 5,
}

@unmanaged
class Step {
  kind: i32;
  object: usize;
  left: usize;
  right: usize;
  busLeft: usize;
  busRight: usize;
  gainLeft: f64;
  gainRight: f64;
}

@unmanaged
class Graph {
  steps: usize;
  capacity: i32;
  count: i32;
}

/** A graph with room for `capacity` steps. */
export function graphNew(capacity: i32): usize {
  const graph = new Graph();
  graph.steps = allocate(capacity * <i32>offsetof<Step>());
  graph.capacity = capacity;
  graph.count = 0;
  return changetype<usize>(graph);
}

/** Appends a step; the arguments that its kind does not use are ignored. */
export function graphAdd(
  address: usize,
  kind: i32,
  object: usize,
  left: usize,
  right: usize,
  busLeft: usize,
  busRight: usize,
  gainLeft: f64,
  gainRight: f64,
): void {
  const graph = changetype<Graph>(address);
  if (graph.count >= graph.capacity) unreachable();
  const step = changetype<Step>(graph.steps + <usize>graph.count * offsetof<Step>());
  graph.count++;
  step.kind = kind;
  step.object = object;
  step.left = left;
  step.right = right;
  step.busLeft = busLeft;
  step.busRight = busRight;
  step.gainLeft = gainLeft;
  step.gainRight = gainRight;
}

/** Runs every step on `frames` frames. */
export function graphProcess(address: usize, frames: i32): void {
  const graph = changetype<Graph>(address);
  for (let i = 0; i < graph.count; i++) {
    runStep(changetype<Step>(graph.steps + <usize>i * offsetof<Step>()), frames);
  }
}

function runStep(step: Step, frames: i32): void {
  switch (step.kind) {
    case StepKind.ClearBuffer:
      memory.fill(step.left, 0, (<usize>frames) << 2);
      memory.fill(step.right, 0, (<usize>frames) << 2);
      break;
    case StepKind.ClearBus:
      memory.fill(step.busLeft, 0, (<usize>frames) << 3);
      memory.fill(step.busRight, 0, (<usize>frames) << 3);
      break;
    case StepKind.AddClip: {
      const clip = changetype<Clip>(step.object);
      if (clip.count > 0) clip.addTo(step.left, step.right);
      break;
    }
    case StepKind.Process:
      processorProcess(step.object, step.left, step.right, frames);
      break;
    case StepKind.AddToBus:
      busAdd(step.left, step.right, step.busLeft, step.busRight, step.gainLeft, step.gainRight, frames);
      break;
    case StepKind.FromBus:
      busNarrow(step.busLeft, step.left, frames);
      busNarrow(step.busRight, step.right, frames);
      break;
    default:
      unreachable();
  }
}
