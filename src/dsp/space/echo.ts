/**
 * Echoes: a delay line for each side with feedback, low and high cut inside the loop, ping-pong between the sides,
 * and ducking by the input. The n-th echo has the level feedback^(n - 1), and has passed the cuts n times.
 *
 * A change of the time crosses over to the new one; all else glides.
 */
import { allocate } from "../memory";
import { Eq, EqField, eqNew } from "../filters/eq";
import { BandType } from "../filters/prototype";
import { Ramp, rampFrames } from "../ramp";
import { CrossingDelay } from "./crossingDelay";
import { beatsOf } from "./noteValue";
import { CELL, SHORTEST } from "./ring";
import { blend, copyRun, guard, isSilent, largest } from "./wet";

export const enum EchoParameter {
  /** ms, if not in step with the tempo */
  Time = 0,
  /** 0: off; else note value + 1, see noteValue.ts */
  Sync = 1,
  /** % */
  Feedback = 2,
  /** 0 or 1 */
  PingPong = 3,
  /** ms by which the right side is later; negative: the left side */
  Offset = 4,
  /** Hz, 12 dB per octave; below 1: off. */
  LowCut = 5,
  /** Hz, 12 dB per octave; from {@link NO_HIGH_CUT}: off. */
  HighCut = 6,
  /** dB by which a loud input lowers the echoes */
  Ducking = 7,
  /** % of the wet signal */
  Mix = 8,
}

const PARAMETERS: i32 = 9;
/** ms; a note value that is longer is halved until it fits. */
const LONGEST: f64 = 5000;
const SHORTEST_TIME: f64 = 1;
const MAX_OFFSET: f64 = 100;
const MAX_FEEDBACK: f64 = 98;
/** Hz */
const NO_HIGH_CUT: f64 = 20000;
/** dBFS of the input's peak at which ducking sets in, and from which on it is whole. */
const DUCK_FROM: f64 = -50;
const DUCK_WHOLE: f64 = -20;
/** Seconds in which the ducking follows a louder and a quieter input by 63 %. */
const DUCK_ATTACK: f64 = 0.01;
const DUCK_RELEASE: f64 = 0.3;
/** Echoes below this (-240 dB) are over. */
const OVER: f32 = 1e-12;

const LOW_CUT_BAND: i32 = 0;
const HIGH_CUT_BAND: i32 = 8;

@unmanaged
export class Echo {
  private sampleRate: f64;
  private beatsPerMinute: f64;
  private values: usize = allocate(PARAMETERS << 3);
  private started: bool;
  private position: i32;
  /** Frames in a row in which nothing came out; asleep: nothing is on its way either. */
  private quiet: i32;
  private peak: f32;
  private asleep: bool;
  private cuts: Eq;
  private leftLine: CrossingDelay;
  private rightLine: CrossingDelay;
  private feedback: Ramp = new Ramp();
  private pingPong: Ramp = new Ramp();
  private dry: Ramp = new Ramp();
  private wet: Ramp = new Ramp();
  private duck: Ramp = new Ramp();
  /** The input's level as the ducking sees it, and its peak in this cell. */
  private envelope: f64;
  private inputPeak: f32;
  /** Runs of the input, of the echoes and of what goes into the lines. */
  private inLeft: usize = allocate(SHORTEST << 2);
  private inRight: usize = allocate(SHORTEST << 2);
  private left: usize = allocate(SHORTEST << 2);
  private right: usize = allocate(SHORTEST << 2);
  private toLeft: usize = allocate(SHORTEST << 2);
  private toRight: usize = allocate(SHORTEST << 2);

  constructor(sampleRate: f64) {
    const longest = <i32>Math.ceil(((LONGEST + MAX_OFFSET) / 1000) * sampleRate);
    this.sampleRate = sampleRate;
    this.beatsPerMinute = 120;
    this.cuts = eqNew(sampleRate);
    this.leftLine = new CrossingDelay(longest);
    this.rightLine = new CrossingDelay(longest);
    this.duck.moveTo(1, 0);
  }

  tempo(beatsPerMinute: f64): void {
    if (beatsPerMinute > 0 && isFinite(beatsPerMinute)) this.beatsPerMinute = beatsPerMinute;
  }

  set(parameter: i32, value: f64): void {
    if (value != value || parameter < 0 || parameter >= PARAMETERS) return;
    const before = this.value(parameter);
    store<f64>(this.values + ((<usize>parameter) << 3), value);
    if (this.started && value != before) this.take(parameter, rampFrames(this.sampleRate));
  }

  prepare(): void {
    for (let i = 0; i < PARAMETERS; i++) this.take(i, 0);
    this.cuts.prepare();
    this.asleep = true;
    this.started = true;
  }

  /** Makes a changed parameter sound within `frames` frames. */
  private take(parameter: i32, frames: i32): void {
    switch (parameter) {
      case EchoParameter.Time:
      case EchoParameter.Sync:
      case EchoParameter.Offset:
        this.setTimes(frames);
        break;
      case EchoParameter.Feedback:
        this.feedback.moveTo(this.between(parameter, 0, MAX_FEEDBACK) / 100, frames);
        break;
      case EchoParameter.PingPong:
        this.pingPong.moveTo(this.value(parameter) == 0 ? 0 : 1, frames);
        break;
      case EchoParameter.LowCut:
        this.cut(LOW_CUT_BAND, BandType.HighPass, parameter, this.value(parameter) >= 1);
        break;
      case EchoParameter.HighCut:
        this.cut(HIGH_CUT_BAND, BandType.LowPass, parameter, this.value(parameter) < NO_HIGH_CUT);
        break;
      case EchoParameter.Mix: {
        const mix = this.between(parameter, 0, 100) / 100;
        this.dry.moveTo(1 - mix, frames);
        this.wet.moveTo(mix, frames);
        break;
      }
      default:
        break;
    }
  }

  private setTimes(fade: i32): void {
    const offset = this.between(EchoParameter.Offset, -MAX_OFFSET, MAX_OFFSET);
    const time = this.time();
    this.leftLine.moveTo(this.frames(time + max(0, -offset)), fade);
    this.rightLine.moveTo(this.frames(time + max(0, offset)), fade);
  }

  /** @returns ms between the echoes */
  private time(): f64 {
    const sync = <i32>this.value(EchoParameter.Sync);
    if (sync <= 0) return this.between(EchoParameter.Time, SHORTEST_TIME, LONGEST);
    let time = (beatsOf(sync - 1) * 60000) / this.beatsPerMinute;
    while (time > LONGEST) time /= 2;
    return max(SHORTEST_TIME, time);
  }

  private cut(band: i32, type: i32, parameter: i32, cuts: bool): void {
    this.cuts.set(band + EqField.Type, cuts ? <f64>type : -1);
    this.cuts.set(band + EqField.Frequency, this.value(parameter));
  }

  process(left: usize, right: usize, frames: i32): void {
    while (frames > 0) {
      const cell = CELL - (this.position & (CELL - 1));
      const count = min(min(frames, cell), min(this.leftLine.shortest(), this.rightLine.shortest()));
      this.run(left, right, count);
      this.position += count;
      if ((this.position & (CELL - 1)) == 0) this.passCell();
      left += (<usize>count) << 2;
      right += (<usize>count) << 2;
      frames -= count;
    }
  }

  private run(left: usize, right: usize, frames: i32): void {
    guard(left, this.inLeft, frames);
    guard(right, this.inRight, frames);
    if (this.asleep && isSilent(this.inLeft, frames) && isSilent(this.inRight, frames)) {
      memory.fill(this.left, 0, (<usize>frames) << 2);
      memory.fill(this.right, 0, (<usize>frames) << 2);
    } else {
      if (this.asleep) this.quiet = 0;
      this.asleep = false;
      this.echo(frames);
    }
    if (this.dry.moves() || this.wet.moves() || this.duck.moves()) {
      this.blendMoving(left, right, frames);
      return;
    }
    const dry = <f32>this.dry.value;
    const wet = <f32>this.wet.value * <f32>this.duck.value;
    blend(left, this.left, dry, wet, frames);
    blend(right, this.right, dry, wet, frames);
  }

  private blendMoving(left: usize, right: usize, frames: i32): void {
    for (let i: usize = 0, end = (<usize>frames) << 2; i < end; i += 4) {
      const dry = <f32>this.dry.next();
      const wet = <f32>this.wet.next() * <f32>this.duck.next();
      store<f32>(left + i, load<f32>(left + i) * dry + load<f32>(this.left + i) * wet);
      store<f32>(right + i, load<f32>(right + i) * dry + load<f32>(this.right + i) * wet);
    }
  }

  private echo(frames: i32): void {
    this.leftLine.read(this.left, this.position, frames);
    this.rightLine.read(this.right, this.position, frames);
    if (this.cuts.activeCount > 0 || this.cuts.changed) this.cuts.process(this.left, this.right, frames);
    if (this.feedback.moves() || this.pingPong.moves() || this.pingPong.value != 0) this.feed(frames);
    else this.feedStraight(frames);
    guard(this.toLeft, this.toLeft, frames);
    guard(this.toRight, this.toRight, frames);
    this.leftLine.write(this.toLeft, this.position, frames);
    this.rightLine.write(this.toRight, this.position, frames);
    this.peak = max(this.peak, max(largest(this.left, frames), largest(this.right, frames)));
    this.inputPeak = max(this.inputPeak, max(largest(this.inLeft, frames), largest(this.inRight, frames)));
  }

  private feedStraight(frames: i32): void {
    const feedback = <f32>this.feedback.value;
    copyRun(this.toLeft, this.inLeft, frames);
    copyRun(this.toRight, this.inRight, frames);
    blend(this.toLeft, this.left, 1, feedback, frames);
    blend(this.toRight, this.right, 1, feedback, frames);
  }

  private feed(frames: i32): void {
    for (let i: usize = 0, end = (<usize>frames) << 2; i < end; i += 4) {
      const other = <f32>this.pingPong.next();
      const own: f32 = <f32>1 - other;
      const feedback = <f32>this.feedback.next();
      const inLeft = load<f32>(this.inLeft + i);
      const inRight = load<f32>(this.inRight + i);
      const left = load<f32>(this.left + i);
      const right = load<f32>(this.right + i);
      const middle = (inLeft + inRight) * 0.5;
      store<f32>(this.toLeft + i, inLeft * own + middle * other + feedback * (left * own + right * other));
      store<f32>(this.toRight + i, inRight * own + feedback * (right * own + left * other));
    }
  }

  private passCell(): void {
    const fade = rampFrames(this.sampleRate);
    this.leftLine.cell(fade);
    this.rightLine.cell(fade);
    this.followInput();
    this.quiet = this.peak < OVER ? this.quiet + CELL : 0;
    this.peak = this.inputPeak = 0;
    if (!this.asleep && this.quiet > this.hold() + CELL) this.sleep();
  }

  private followInput(): void {
    const ducking = max(0, this.value(EchoParameter.Ducking));
    if (ducking == 0 && this.duck.value == 1) return;
    const level = <f64>this.inputPeak;
    const seconds = level > this.envelope ? DUCK_ATTACK : DUCK_RELEASE;
    this.envelope += (level - this.envelope) * (1 - Math.exp(-<f64>CELL / (seconds * this.sampleRate)));
    const db = 20 * Math.log10(max(this.envelope, 1e-9));
    const part = min(1, max(0, (db - DUCK_FROM) / (DUCK_WHOLE - DUCK_FROM)));
    this.duck.moveTo(Math.pow(10, (-ducking * part) / 20), CELL);
  }

  private sleep(): void {
    this.asleep = true;
    this.leftLine.clear();
    this.rightLine.clear();
  }

  /** @returns frames between echoes */
  hold(): i32 {
    return max(this.leftLine.longest(), this.rightLine.longest());
  }

  private frames(milliseconds: f64): i32 {
    return max(1, <i32>Math.round((milliseconds / 1000) * this.sampleRate));
  }

  private value(parameter: i32): f64 {
    return load<f64>(this.values + ((<usize>parameter) << 3));
  }

  private between(parameter: i32, least: f64, most: f64): f64 {
    return min(most, max(least, this.value(parameter)));
  }
}

/** Echoes of 350 ms. */
export function echoNew(sampleRate: f64): Echo {
  const echo = new Echo(sampleRate);
  echo.set(EchoParameter.Time, 350);
  echo.set(EchoParameter.Feedback, 35);
  echo.set(EchoParameter.HighCut, NO_HIGH_CUT);
  echo.set(EchoParameter.Mix, 30);
  return echo;
}
