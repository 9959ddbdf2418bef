/**
 * Transient shaper: raises or lowers onsets and what follows them, whatever their level, linked over both channels.
 *
 * Three envelopes follow the peak of peakWindow.ts: A quickly up and down, S slowly up and quickly down, B quickly up
 * and slowly down, so that S <= A <= B. An onset parts S from A, a decay parts A from B, and the gain in dB is
 *
 *   attack (1 - S / A) + sustain (1 - A / B).
 *
 * The quotients do not change with the level, lie between 0 and 1, and are 1 for a steady tone, which therefore passes
 * with the output gain alone.
 */
import { GRID } from "../filters/section";
import { allocate } from "../memory";
import { Ramp, rampFrames } from "../ramp";
import { decayOf } from "./decay";
import { peakPower } from "./detector";
import { applyGains, mixGains, toGains } from "./gains";
import { PeakWindow } from "./peakWindow";

export const enum TransientParameter {
  /** dB on an onset, at most */
  Attack = 0,
  /** dB on a decay, at most */
  Sustain = 1,
  /** ms, time constant of S: how long an onset lasts */
  AttackTime = 2,
  /** ms, time constant of B: how long a decay counts as one */
  SustainTime = 3,
  /** dB */
  Output = 4,
}

const PARAMETERS: i32 = 5;
/** Time constants of the quick envelope. */
const QUICK_RISE: f64 = 0.001;
const QUICK_FALL: f64 = 0.02;
/** Added to the power, -240 dB: silence is steady, and nothing decays into denormal numbers. */
const LEAST: f64 = 1e-24;

@unmanaged
export class Transient {
  sampleRate: f64;
  /** The parameters as they were set, f64. */
  private values: usize = allocate(PARAMETERS << 3);
  private changed: bool;
  private started: bool;
  /** Frames since the last point of the grid. */
  private phase: i32;

  private attack: Ramp = new Ramp();
  private sustain: Ramp = new Ramp();
  private output: Ramp = new Ramp();
  /** Stays 0: nothing of the signal passes unshaped. */
  private dry: Ramp = new Ramp();
  private quickRise: f64;
  private quickFall: f64;
  private slowRise: f64;
  private slowFall: f64;
  private window: PeakWindow = new PeakWindow();
  /** The envelopes A, S and B. */
  private quick: f64 = 1e-12;
  private late: f64 = 1e-12;
  private long: f64 = 1e-12;
  /** GRID f64, and three more: powers, gains in dB, linear f32 gains in turn. */
  private work: usize = allocate((GRID + 3) << 3);

  set(parameter: i32, value: f64): void {
    if (parameter < 0 || parameter >= PARAMETERS || !isFinite(value)) return;
    store<f64>(this.values + ((<usize>parameter) << 3), value);
    this.changed = true;
  }

  prepare(): void {
    this.window.init(this.sampleRate);
    this.derive();
  }

  process(left: usize, right: usize, frames: i32): void {
    if (this.changed) this.derive();
    this.started = true;
    while (frames > 0) {
      const count = min(frames, GRID - this.phase);
      this.run(left, right, count);
      this.phase += count;
      if (this.phase == GRID) this.passGrid();
      left += (<usize>count) << 2;
      right += (<usize>count) << 2;
      frames -= count;
    }
  }

  private get(parameter: i32): f64 {
    return load<f64>(this.values + ((<usize>parameter) << 3));
  }

  private derive(): void {
    this.changed = false;
    const frames = this.started ? rampFrames(this.sampleRate) : 0;
    this.attack.moveTo(this.get(TransientParameter.Attack), frames);
    this.sustain.moveTo(this.get(TransientParameter.Sustain), frames);
    this.output.moveTo(Math.pow(10, this.get(TransientParameter.Output) / 20), frames);
    const attackSeconds = max(this.get(TransientParameter.AttackTime) / 1000, QUICK_RISE);
    const sustainSeconds = max(this.get(TransientParameter.SustainTime) / 1000, QUICK_FALL);
    this.quickRise = 1 - decayOf(QUICK_RISE, this.sampleRate);
    this.quickFall = 1 - decayOf(QUICK_FALL, this.sampleRate);
    this.slowRise = 1 - decayOf(attackSeconds, this.sampleRate);
    this.slowFall = 1 - decayOf(sustainSeconds, this.sampleRate);
  }

  private run(left: usize, right: usize, frames: i32): void {
    peakPower(left, right, this.work, frames);
    this.window.run(this.work, this.work, frames);
    this.computeGain(frames);
    toGains(this.work, frames, -Infinity);
    mixGains(this.work, frames, this.dry, this.output);
    applyGains(left, this.work, frames);
    if (right != left) applyGains(right, this.work, frames);
  }

  private passGrid(): void {
    this.phase = 0;
    this.window.passGrid();
  }

  /** Peak power to gain in dB. */
  private computeGain(frames: i32): void {
    let quick = this.quick;
    let late = this.late;
    let long = this.long;
    for (let i = this.work, end = i + ((<usize>frames) << 3); i < end; i += 8) {
      const peak = Math.sqrt(load<f64>(i) + LEAST);
      quick += (peak - quick) * (peak > quick ? this.quickRise : this.quickFall);
      late += (peak - late) * (peak > late ? this.slowRise : this.quickFall);
      long += (peak - long) * (peak > long ? this.quickRise : this.slowFall);
      const onset = 1 - late / quick;
      const decay = 1 - quick / long;
      store<f64>(i, this.attack.next() * max(0, onset) + this.sustain.next() * max(0, decay));
    }
    this.quick = quick;
    this.late = late;
    this.long = long;
  }
}

/** A transient shaper that leaves the signal alone; 20 ms and 300 ms. */
export function transientNew(sampleRate: f64): Transient {
  const transient = new Transient();
  transient.sampleRate = sampleRate;
  transient.set(TransientParameter.AttackTime, 20);
  transient.set(TransientParameter.SustainTime, 300);
  return transient;
}
