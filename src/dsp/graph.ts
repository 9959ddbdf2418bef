/**
 * A mix plan, compiled into memory once and run with one call a block: a list of steps that work on buffers.
 * Signals are planar stereo: a buffer is a pair of f32 addresses, twice the same for a mono signal; a bus is a pair
 * of f64 addresses.
 */
import { Blend } from "./blend";
import { Drive } from "./drive";
import { allocate } from "./memory";
import { Scope } from "./metering/scope";
import { StripLevel } from "./metering/stripLevel";
import { processorProcessKeyed } from "./processor";
import { busNarrow } from "./spatial/bus";
import { Route } from "./spatial/route";
import { Clips } from "./time/clip";
import { Delay } from "./time/delay";
import { Rest } from "./time/rest";

const enum StepKind {
  /** Silences the buffer. */
  ClearBuffer = 0,
  /** Silences the bus, the other pair. */
  ClearBus = 1,
  /** Adds the clip `object` to the buffer. */
  AddClip = 2,
  /** Runs the processor `object` on the buffer; the other pair is the key, a buffer that drives its detector. */
  Process = 3,
  /** The same with a {@link Drive}. */
  Drive = 4,
  /** Adds the buffer by the {@link Route} `object` to the bus, the other pair. */
  Route = 5,
  /** Rounds the bus, the other pair, times `gain` to the buffer. */
  FromBus = 6,
  /** Makes the mono signal in `left` a stereo one. */
  Widen = 7,
  /** Copies the buffer to the other one through the {@link Delay} `object`. */
  Delay = 8,
  /** Lets the {@link Rest} `object` watch the buffer. */
  Rest = 9,
  /** Mixes the buffer by the {@link Blend} `object` with the other one, the same before an insert. */
  Blend = 10,
  /** Lets the {@link StripLevel} `object` measure the buffer. */
  Level = 11,
  /** Shows the buffer, and the other one, the same before an insert, to the {@link Scope} `object`. */
  Scope = 12,
}

@unmanaged
class Step {
  kind: i32;
  object: usize;
  left: usize;
  right: usize;
  otherLeft: usize;
  otherRight: usize;
  gain: f64;
  /** Frame of the graph from which on it works. */
  start: f64;
  /** Address of a {@link Rest} that ends it; 0: none. */
  rest: usize;
}

@unmanaged
class Graph {
  steps: usize;
  capacity: i32;
  count: i32;
  /** Frames that have been processed. */
  position: f64;
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
  otherLeft: usize,
  otherRight: usize,
  gain: f64,
  start: f64,
  rest: usize,
): void {
  const graph = changetype<Graph>(address);
  if (graph.count >= graph.capacity) unreachable();
  const step = changetype<Step>(graph.steps + <usize>graph.count * offsetof<Step>());
  graph.count++;
  step.kind = kind;
  step.object = object;
  step.left = left;
  step.right = right;
  step.otherLeft = otherLeft;
  step.otherRight = otherRight;
  step.gain = gain;
  step.start = start;
  step.rest = rest;
}

/** Runs every step on `frames` frames. */
export function graphProcess(address: usize, frames: i32): void {
  const graph = changetype<Graph>(address);
  for (let i = 0; i < graph.count; i++) {
    const step = changetype<Step>(graph.steps + <usize>i * offsetof<Step>());
    if (step.rest != 0 && changetype<Rest>(step.rest).from <= graph.position) continue;
    const late = <i32>min(<f64>frames, max(0, step.start - graph.position));
    if (late < frames) runStep(step, graph.position + <f64>late, late, frames - late);
  }
  graph.position += <f64>frames;
}

/** Runs the step on the `frames` frames from frame `from` of its buffers on; that is frame `position` of the graph. */
function runStep(step: Step, position: f64, from: i32, frames: i32): void {
  const offset = (<usize>from) << 2;
  const left = step.left + offset;
  const right = step.right + offset;
  const bytes = (<usize>frames) << 2;
  switch (step.kind) {
    case StepKind.ClearBuffer:
      memory.fill(left, 0, bytes);
      memory.fill(right, 0, bytes);
      break;
    case StepKind.ClearBus:
      memory.fill(step.otherLeft + 2 * offset, 0, 2 * bytes);
      memory.fill(step.otherRight + 2 * offset, 0, 2 * bytes);
      break;
    case StepKind.AddClip: {
      const clips = changetype<Clips>(step.object);
      if (clips.count > 0) clips.addTo(step.left, step.right);
      break;
    }
    case StepKind.Process:
      processorProcessKeyed(
        step.object,
        left,
        right,
        step.otherLeft + offset,
        step.otherRight + offset,
        frames,
      );
      break;
    case StepKind.Drive:
      changetype<Drive>(step.object).process(
        left,
        right,
        step.otherLeft + offset,
        step.otherRight + offset,
        position,
        frames,
      );
      break;
    case StepKind.Route:
      changetype<Route>(step.object).add(
        left,
        right,
        step.otherLeft + 2 * offset,
        step.otherRight + 2 * offset,
        position,
        frames,
      );
      break;
    case StepKind.FromBus:
      busNarrow(step.otherLeft + 2 * offset, left, step.gain, frames);
      if (right != left) busNarrow(step.otherRight + 2 * offset, right, step.gain, frames);
      break;
    case StepKind.Widen:
      memory.copy(right, left, bytes);
      break;
    case StepKind.Delay: {
      const otherLeft = step.otherLeft + offset;
      const otherRight = step.otherRight + offset;
      memory.copy(otherLeft, left, bytes);
      if (otherRight != otherLeft) memory.copy(otherRight, right, bytes);
      changetype<Delay>(step.object).process(otherLeft, otherRight, frames);
      break;
    }
    case StepKind.Rest:
      changetype<Rest>(step.object).watch(left, right, position, frames);
      break;
    case StepKind.Blend:
      changetype<Blend>(step.object).process(
        left,
        right,
        step.otherLeft + offset,
        step.otherRight + offset,
        frames,
      );
      break;
    case StepKind.Level:
      changetype<StripLevel>(step.object).take(left, right, frames);
      break;
    case StepKind.Scope:
      changetype<Scope>(step.object).take(
        left,
        right,
        step.otherLeft + offset,
        step.otherRight + offset,
        frames,
      );
      break;
    default:
      unreachable();
  }
}
