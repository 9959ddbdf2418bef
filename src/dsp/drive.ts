/**
 * A processor moved by automation: at each point of the grid the parameters are sent to where their curves stand
 * one grid step later, and the processor reaches that within the step.
 */
import { AUTOMATION_GRID, Curve, gridAt, gridBelow } from "./automation";
import { allocate } from "./memory";
import { processorProcessKeyed, processorSet } from "./processor";
import { automateWithin } from "./ramp";
import { songFrame, songSpan } from "./songTime";

@unmanaged
class DrivenParameter {
  parameter: i32;
  /** Address of its curve. */
  curve: usize;
  /** What was set last. */
  value: f64;
}

@unmanaged
export class Drive {
  private processor: usize;
  /** Frame of the graph at which the first frame of the song enters the processor. */
  private start: f64;
  private parameters: usize;
  private count: i32;
  /** Frames of the song between which nothing has to be set. */
  private segmentStart: f64;
  private segmentEnd: f64;
  private running: bool;

  constructor(processor: usize, start: f64, capacity: i32) {
    this.processor = processor;
    this.start = start;
    this.parameters = allocate(capacity << 2);
    this.segmentStart = this.segmentEnd = -Infinity;
  }

  add(parameter: i32, curve: usize): void {
    const driven = new DrivenParameter();
    driven.parameter = parameter;
    driven.curve = curve;
    driven.value = changetype<Curve>(curve).value(-this.start);
    store<usize>(this.parameters + ((<usize>this.count) << 2), changetype<usize>(driven));
    this.count++;
  }

  /** As `processorProcessKeyed`; the first frame is frame `position` of the graph. */
  process(left: usize, right: usize, keyLeft: usize, keyRight: usize, position: f64, frames: i32): void {
    // The signal runs from now on: what is set is approached.
    if (!this.running) processorProcessKeyed(this.processor, left, right, keyLeft, keyRight, 0);
    this.running = true;
    automateWithin(AUTOMATION_GRID);
    let at = position - this.start;
    while (frames > 0) {
      const song = songFrame(at);
      if (song >= this.segmentEnd || song < this.segmentStart) this.passGrid(song);
      const count = <i32>min(min(<f64>frames, songSpan(at)), this.segmentEnd - song);
      processorProcessKeyed(this.processor, left, right, keyLeft, keyRight, count);
      const bytes = (<usize>count) << 2;
      at += <f64>count;
      frames -= count;
      left += bytes;
      right += bytes;
      keyLeft += bytes;
      keyRight += bytes;
    }
    automateWithin(0);
  }

  private passGrid(song: f64): void {
    this.segmentStart = gridAt(song);
    const end = this.segmentStart + AUTOMATION_GRID;
    let steadyUntil = Infinity;
    for (let i = 0; i < this.count; i++) {
      const driven = changetype<DrivenParameter>(load<usize>(this.parameters + ((<usize>i) << 2)));
      const curve = changetype<Curve>(driven.curve);
      const value = curve.value(end);
      if (value != driven.value) processorSet(this.processor, driven.parameter, value);
      driven.value = value;
      steadyUntil = min(steadyUntil, curve.steadyUntil(end));
    }
    this.segmentEnd = steadyUntil == Infinity ? Infinity : max(end, gridBelow(steadyUntil));
  }
}

/**
 * @param start frame of the graph at which the first frame of the song enters the processor
 * @param capacity most parameters that are driven
 */
export function driveNew(processor: usize, start: f64, capacity: i32): usize {
  return changetype<usize>(new Drive(processor, start, capacity));
}

/** Lets a parameter, which stands at the curve's first value, follow the curve at `curve`. */
export function driveAdd(address: usize, parameter: i32, curve: usize): void {
  changetype<Drive>(address).add(parameter, curve);
}
