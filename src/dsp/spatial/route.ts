/**
 * The way of a channel's signal into a bus: fader, pan and width of the strip and level and balance of a send,
 * together one matrix of gains. What is automated is taken on the grid and interpolated linearly in between.
 */
import { AUTOMATION_GRID, gridAt, gridBelow, Moving } from "../automation";
import { songFrame, songSpan } from "../songTime";
import { busAdd, busAddMatrix, busAddMoving, ROUNDER } from "./bus";
import { balanceLeft, balanceRight, Matrix, panMatrix } from "./pan";

/** Numbers of {@link routeSet}. */
const enum RouteValue {
  /** -1 to 1 */
  Pan = 0,
  /** %, 100 leaves the signal as it is */
  Width = 1,
  /** Balance of the send, -1 to 1 */
  Balance = 2,
  /** Levels in dB, that are added: from here on. */
  Level = 3,
}

/** An automated level, and the next one. */
@unmanaged
class Level extends Moving {
  next: Level | null;
}

@unmanaged
export class Route {
  /** See PanMode. */
  mode: i32;
  /** dB at the centre of a mono source. */
  law: f64;
  /** What is not automated of the levels, linear. */
  gain: f64;
  /** Frame of the graph at which the first frame of the song passes here. */
  start: f64;
  /** See busAdd. */
  rounder: f64;
  /** Steps of the grid until the gain, pan, width and balance have come to where a hand has sent them. */
  private glideSteps: i32;
  private gainTarget: f64;
  private pan: Moving = new Moving();
  private width: Moving = new Moving();
  private balance: Moving = new Moving();
  private levels: Level | null;

  /** The stretch of the song, in frames, over which the matrix goes from `from` to `to`, or stays at `from`. */
  private segmentStart: f64;
  private segmentEnd: f64;
  private from: Matrix = new Matrix();
  private to: Matrix = new Matrix();
  private change: Matrix = new Matrix();
  private moves: bool;
  /** The matrix of pan and width alone, and of which pan and width it is. */
  private placed: Matrix = new Matrix();
  private placedPan: f64;
  private placedWidth: f64;

  set(number: i32, value: f64, curve: usize): void {
    if (number >= RouteValue.Level) {
      if (curve == 0) this.gain *= Math.pow(10, value / 20);
      else this.addLevel(curve);
      return;
    }
    const moving =
      number == RouteValue.Pan ? this.pan : number == RouteValue.Width ? this.width : this.balance;
    moving.fixed = value;
    moving.curve = curve;
  }

  /** Makes the first segment begin with the next frame. */
  begin(): void {
    this.placedPan = NaN;
    this.segmentStart = this.segmentEnd = -Infinity;
  }

  /** Adds the planar f32 signal, whose first frame is frame `position` of the graph, to the planar f64 bus. */
  add(left: usize, right: usize, busLeft: usize, busRight: usize, position: f64, frames: i32): void {
    let at = position - this.start;
    while (frames > 0) {
      const song = songFrame(at);
      if (song >= this.segmentEnd || song < this.segmentStart) this.findSegment(song);
      else if (this.glideSteps > 0 && !this.moves) this.cutSegment(song);
      const count = <i32>min(min(<f64>frames, songSpan(at)), this.segmentEnd - song);
      if (this.moves) {
        busAddMoving(left, right, busLeft, busRight, this.from, this.change, song - this.segmentStart, this.rounder, count);
      } else if (this.from.isDiagonal()) {
        busAdd(left, right, busLeft, busRight, this.from.leftToLeft, this.from.rightToRight, this.rounder, count);
      } else {
        busAddMatrix(left, right, busLeft, busRight, this.from, this.rounder, count);
      }
      at += <f64>count;
      frames -= count;
      left += (<usize>count) << 2;
      right += (<usize>count) << 2;
      busLeft += (<usize>count) << 3;
      busRight += (<usize>count) << 3;
    }
  }

  /**
   * Sends what is not automated to other values; NaN leaves one as it is.
   * @param steps of the automation's grid in which it gets there; 0: before the first frame
   */
  glide(gain: f64, pan: f64, width: f64, balance: f64, steps: i32): void {
    this.gainTarget = gain == gain ? gain : this.gain;
    this.pan.aim(pan);
    this.width.aim(width);
    this.balance.aim(balance);
    this.glideSteps = steps;
    if (steps > 0) return;
    this.approach(0);
    this.begin();
  }

  /** The gains as they were at the end of the last segment or at least within it: for a meter. */
  heard(): Matrix {
    return this.moves ? this.to : this.from;
  }

  /** Ends the segment, in which nothing moves, at the next point of the grid. */
  private cutSegment(song: f64): void {
    this.segmentEnd = min(this.segmentEnd, gridAt(song) + AUTOMATION_GRID);
  }

  private approach(steps: i32): void {
    this.gain = steps <= 1 ? this.gainTarget : this.gain + (this.gainTarget - this.gain) / <f64>steps;
    this.pan.approach(steps);
    this.width.approach(steps);
    this.balance.approach(steps);
  }

  private addLevel(curve: usize): void {
    const level = new Level();
    level.curve = curve;
    level.next = this.levels;
    this.levels = level;
  }

  private findSegment(song: f64): void {
    const start = gridAt(song);
    const steady = this.glideSteps > 0 ? start : this.steadyUntil(start);
    if (start != this.segmentEnd) this.matrixAt(start, this.from);
    else if (this.moves) this.from.copy(this.to);
    this.segmentStart = start;
    // Up to the last point of the grid at which all is as it was.
    this.segmentEnd = steady == Infinity ? Infinity : gridBelow(steady);
    this.moves = false;
    if (this.segmentEnd > start) return;
    this.segmentEnd = start + AUTOMATION_GRID;
    if (this.glideSteps > 0) this.approach(this.glideSteps--);
    this.matrixAt(this.segmentEnd, this.to);
    this.moves = !this.from.equals(this.to);
    this.change.between(this.from, this.to, AUTOMATION_GRID);
  }

  private steadyUntil(song: f64): f64 {
    let until = min(this.pan.steadyUntil(song), this.width.steadyUntil(song));
    until = min(until, this.balance.steadyUntil(song));
    let level = this.levels;
    while (level) {
      until = min(until, level.steadyUntil(song));
      level = level.next;
    }
    return until;
  }

  private matrixAt(song: f64, matrix: Matrix): void {
    this.place(this.pan.at(song), this.width.at(song) / 100);
    matrix.copy(this.placed);
    let gain = this.gain;
    let level = this.levels;
    while (level) {
      gain *= Math.pow(10, level.at(song) / 20);
      level = level.next;
    }
    const balance = this.balance.at(song);
    matrix.scale(gain * balanceLeft(balance), gain * balanceRight(balance));
  }

  private place(pan: f64, width: f64): void {
    if (pan == this.placedPan && width == this.placedWidth) return;
    this.placedPan = pan;
    this.placedWidth = width;
    panMatrix(this.placed, this.mode, pan, width, this.law);
  }
}

/**
 * @param mode see PanMode of pan.ts
 * @param law dB at the centre of a mono source
 * @param gain linear, on top of the levels
 * @param start frame of the graph at which the first frame of the song passes here
 * @param alone 1: nothing else goes into the bus, and what goes into it is not rounded
 */
export function routeNew(mode: i32, law: f64, gain: f64, start: f64, alone: i32): usize {
  const route = new Route();
  route.mode = mode;
  route.law = law;
  route.gain = gain;
  route.start = start;
  route.rounder = alone ? 0 : ROUNDER;
  route.set(RouteValue.Width, 100, 0);
  route.begin();
  return changetype<usize>(route);
}

/** Sets what {@link RouteValue} `number` names: to `value`, or to follow the curve at `curve`. */
export function routeSet(address: usize, number: i32, value: f64, curve: usize): void {
  changetype<Route>(address).set(number, value, curve);
}

/**
 * Sends what is not automated to other values, in `steps` steps of the automation's grid: the gain with all fixed
 * levels, linear; pan, width and balance as in {@link RouteValue}. NaN leaves one as it is.
 */
export function routeGlide(
  address: usize,
  gain: f64,
  pan: f64,
  width: f64,
  balance: f64,
  steps: i32,
): void {
  changetype<Route>(address).glide(gain, pan, width, balance, steps);
}
