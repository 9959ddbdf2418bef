/**
 * Automation: breakpoints over the time of the song, and values that follow them. A value is taken every
 * {@link AUTOMATION_GRID} frames, counted from the song's first frame.
 */
import { allocate } from "./memory";

export const AUTOMATION_GRID: i32 = 32;

/** How a curve goes on from a breakpoint to the next; the order is that of CURVE_SHAPES in src/session/curveShape.ts. */
const enum CurveShape {
  Linear = 0,
  Hold = 1,
  /** 3 t^2 - 2 t^3 */
  Smooth = 2,
  /** t^2 */
  Slow = 3,
  /** 1 - (1 - t)^2 */
  Fast = 4,
}

/** Silence (-Infinity dB), where a curve comes from it or goes to it, in dB. */
const SILENCE: f64 = -144;
/** Bytes of a breakpoint: time in frames, value, shape, each an f64. */
const POINT: usize = 24;

/** Breakpoints in order of time; the first value holds before them, the last one after. */
@unmanaged
export class Curve {
  points: usize;
  count: i32;
  /** The last point at or before the frame asked for last; -1 if it lies before the first. */
  private at: i32;

  constructor(count: i32) {
    this.points = allocate(count * <i32>POINT);
    this.count = count;
    this.at = -1;
  }

  /** @returns the value at `frame` of the song; where two points share a time, that of the later one */
  value(frame: f64): f64 {
    const at = this.find(frame);
    if (at < 0) return this.valueOf(0);
    const from = this.valueOf(at);
    if (at == this.count - 1) return from;
    const shape = this.shapeOf(at);
    const to = this.valueOf(at + 1);
    const t = (frame - this.timeOf(at)) / (this.timeOf(at + 1) - this.timeOf(at));
    if (t <= 0 || from == to || shape == CurveShape.Hold) return from;
    const low = from == -Infinity ? SILENCE : from;
    const high = to == -Infinity ? SILENCE : to;
    return low + (high - low) * bend(shape, t);
  }

  /** @returns first frame at which the value may differ from that at `frame`; Infinity: never again */
  steadyUntil(frame: f64): f64 {
    const at = this.find(frame);
    if (at == this.count - 1) return Infinity;
    if (at < 0) return this.timeOf(0);
    const isFlat = this.shapeOf(at) == CurveShape.Hold || this.valueOf(at) == this.valueOf(at + 1);
    return isFlat ? this.timeOf(at + 1) : frame;
  }

  /** @returns the last point at or before `frame`, -1 if there is none; cheap while the frames go up */
  private find(frame: f64): i32 {
    if (this.at >= 0 && this.timeOf(this.at) > frame) this.at = -1;
    if (this.at + 1 < this.count && this.timeOf(this.at + 1) <= frame) {
      // Gallops ahead, then halves the stretch that holds the frame.
      let step = 1;
      let low = this.at + 1;
      while (low + step < this.count && this.timeOf(low + step) <= frame) {
        low += step;
        step <<= 1;
      }
      let high = min(this.count, low + step);
      while (high - low > 1) {
        const middle = (low + high) >> 1;
        if (this.timeOf(middle) <= frame) low = middle;
        else high = middle;
      }
      this.at = low;
    }
    return this.at;
  }

  private timeOf(index: i32): f64 {
    return load<f64>(this.points + <usize>index * POINT);
  }

  private valueOf(index: i32): f64 {
    return load<f64>(this.points + <usize>index * POINT, 8);
  }

  private shapeOf(index: i32): i32 {
    return <i32>load<f64>(this.points + <usize>index * POINT, 16);
  }
}

/** @param t 0 to 1 */
function bend(shape: i32, t: f64): f64 {
  switch (shape) {
    case CurveShape.Smooth:
      return t * t * (3 - 2 * t);
    case CurveShape.Slow:
      return t * t;
    case CurveShape.Fast:
      return t * (2 - t);
    default:
      return t;
  }
}

/** A number that stands still or follows a curve. */
@unmanaged
export class Moving {
  fixed: f64;
  /** Address of its curve; 0: none. */
  curve: usize;
  /** Where `fixed` goes. */
  private target: f64;

  at(frame: f64): f64 {
    return this.curve == 0 ? this.fixed : changetype<Curve>(this.curve).value(frame);
  }

  /** Sends the number to `target`, by {@link approach}; NaN leaves it as it is. */
  aim(target: f64): void {
    this.target = target == target ? target : this.fixed;
  }

  /** Goes a step towards there, of `steps` that are left. */
  approach(steps: i32): void {
    this.fixed = steps <= 1 ? this.target : this.fixed + (this.target - this.fixed) / <f64>steps;
  }

  steadyUntil(frame: f64): f64 {
    return this.curve == 0 ? Infinity : changetype<Curve>(this.curve).steadyUntil(frame);
  }
}

/** @returns the point of the grid that is the last one before `frame`, or at it */
export function gridAt(frame: f64): f64 {
  return Math.floor(frame / AUTOMATION_GRID) * AUTOMATION_GRID;
}

/** @returns the point of the grid that is the last one before `frame` */
export function gridBelow(frame: f64): f64 {
  return (Math.ceil(frame / AUTOMATION_GRID) - 1) * AUTOMATION_GRID;
}

/** A curve of `count` points, at least 1. */
export function curveNew(count: i32): usize {
  return changetype<usize>(new Curve(count));
}

/** @returns where the host writes the points, f64 each: time in frames of the song, value, shape */
export function curvePoints(address: usize): usize {
  return changetype<Curve>(address).points;
}

/** @returns the value at `frame` of the song */
export function curveValue(address: usize, frame: f64): f64 {
  return changetype<Curve>(address).value(frame);
}
