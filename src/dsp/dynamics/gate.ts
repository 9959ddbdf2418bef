/**
 * Gate and downward expander, linked over both channels, with a log-domain envelope.
 *
 * The gate opens with the first frame whose louder channel reaches the threshold. It closes when all frames have been
 * below threshold - hysteresis for the hold time.
 *
 * An open gate leaves the signal alone. A closed one turns it down by the range; as an expander by
 * (ratio - 1) (threshold - level) dB, at most by the range, where the level is that of peakWindow.ts.
 * That target is followed in decibels, upwards with the attack, downwards with the release, both exact time constants
 * (63 %): the mirror image of the compressor's smoothing (compressor.ts).
 */
import { powerToDb } from "../decibels";
import { GRID } from "../filters/section";
import { toFrames } from "../frames";
import { allocate } from "../memory";
import { Ramp, rampFrames } from "../ramp";
import { Delay } from "../time/delay";
import { decayOf } from "./decay";
import { framePower, peakPower } from "./detector";
import { applyGains, leastOf, toGains } from "./gains";
import { KeyFilter } from "./keyFilter";
import { PeakWindow, WINDOW_SECONDS } from "./peakWindow";
import { Reduction, reductionNew } from "./reduction";
import { Riser } from "./riser";

export const enum GateParameter {
  /** 0 gate, 1 expander */
  Mode = 0,
  /** dB */
  Threshold = 1,
  /** dB below the threshold, 0 or more */
  Hysteresis = 2,
  /** dB, 0 or negative: gain of the closed gate */
  Range = 3,
  /** 1 (nothing happens) or more, of the expander */
  Ratio = 4,
  /** ms, 0 to 1000 */
  Attack = 5,
  /** ms, 10 to 10000 */
  Hold = 6,
  /** ms, 1 to 10000 */
  Release = 7,
  /** ms, 0 to 50; taken over by `prepare`, not while the signal runs */
  Lookahead = 8,
  /** Hz, 12 dB per octave in front of the detector; below 1: off */
  SidechainHighpass = 9,
  /** The same, low-pass. */
  SidechainLowpass = 10,
}

const PARAMETERS: i32 = 11;
/** Nothing is turned down further, in dB. */
const MOST_RANGE: f64 = 144;
/** Least power, and least reduction in dB: nothing decays into denormal numbers, and a gain so close to 1 is 1. */
const LEAST: f64 = 1e-30;

@unmanaged
export class Gate {
  sampleRate: f64;
  readonly reduction: Reduction = reductionNew();
  /** The parameters as they were set, f64. */
  private values: usize = allocate(PARAMETERS << 3);
  private changed: bool;
  private started: bool;
  /** Frames since the last point of the grid. */
  private phase: i32;
  /** Least gain since then, in dB. */
  private least: f64;

  private expands: bool;
  /** Powers that open the gate and keep it open. */
  private opening: f64;
  private keeping: f64;
  private threshold: Ramp = new Ramp();
  private range: Ramp = new Ramp();
  /** ratio - 1 */
  private slope: Ramp = new Ramp();
  private attack: f64;
  private release: f64;
  /** Frames that the gate stays open, and those left of them; 0: closed. */
  private hold: i32;
  private held: i32;

  private filter: KeyFilter = new KeyFilter();
  private delay: Delay = new Delay();
  private window: PeakWindow = new PeakWindow();
  private closing: Riser = new Riser();
  private opened: Riser = new Riser();
  /** GRID frames of f64x2: filtered frames, then the reduction when closed; as many f64, and three more: powers, gains. */
  private samples: usize = allocate(GRID << 4);
  private work: usize = allocate((GRID + 3) << 3);

  set(parameter: i32, value: f64): void {
    if (parameter < 0 || parameter >= PARAMETERS || !isFinite(value)) return;
    store<f64>(this.values + ((<usize>parameter) << 3), value);
    this.changed = true;
  }

  prepare(): void {
    const lookahead = min(50, max(0, this.get(GateParameter.Lookahead))) / 1000;
    this.delay.resize(<i32>Math.round(lookahead * this.sampleRate));
    this.window.init(this.sampleRate);
    this.derive();
    // Before the first sound it is closed.
    this.closing.reset(this.range.value);
    this.opened.reset(-this.range.value - LEAST);
  }

  latency(): i32 {
    return this.delay.length;
  }

  process(left: usize, right: usize, keyLeft: usize, keyRight: usize, frames: i32): void {
    if (this.changed) this.derive();
    this.started = true;
    while (frames > 0) {
      const count = min(frames, GRID - this.phase);
      const bytes = (<usize>count) << 2;
      this.run(left, right, keyLeft, keyRight, count);
      this.phase += count;
      if (this.phase == GRID) this.passGrid();
      left += bytes;
      right += bytes;
      keyLeft += bytes;
      keyRight += bytes;
      frames -= count;
    }
  }

  private get(parameter: i32): f64 {
    return load<f64>(this.values + ((<usize>parameter) << 3));
  }

  /** Derives the coefficients from the parameters. */
  private derive(): void {
    this.changed = false;
    const frames = this.started ? rampFrames(this.sampleRate) : 0;
    this.expands = this.get(GateParameter.Mode) == 1;
    const threshold = this.get(GateParameter.Threshold);
    this.opening = Math.pow(10, threshold / 10);
    this.keeping = Math.pow(10, (threshold - max(0, this.get(GateParameter.Hysteresis))) / 10);
    this.threshold.moveTo(threshold, frames);
    this.range.moveTo(min(MOST_RANGE, max(0, -this.get(GateParameter.Range))), frames);
    this.slope.moveTo(max(1, this.get(GateParameter.Ratio)) - 1, frames);
    this.attack = decayOf(min(1000, max(0, this.get(GateParameter.Attack))) / 1000, this.sampleRate);
    this.release = decayOf(min(10000, max(1, this.get(GateParameter.Release))) / 1000, this.sampleRate);
    const hold = max(WINDOW_SECONDS, min(10000, this.get(GateParameter.Hold)) / 1000);
    this.hold = <i32>Math.round(hold * this.sampleRate);
    const highpass = this.get(GateParameter.SidechainHighpass);
    this.filter.tune(highpass, this.get(GateParameter.SidechainLowpass), this.sampleRate, this.started);
  }

  private run(left: usize, right: usize, keyLeft: usize, keyRight: usize, frames: i32): void {
    if (this.filter.sounds()) {
      toFrames(keyLeft, keyRight, this.samples, frames);
      this.filter.run(this.samples, frames);
      framePower(this.samples, this.work, frames);
    } else {
      peakPower(keyLeft, keyRight, this.work, frames);
    }
    this.computeClosed(frames);
    this.openAndClose(frames);
    this.smooth(frames);
    this.delay.process(left, right, frames);
    applyGains(left, this.work, frames);
    if (right != left) applyGains(right, this.work, frames);
  }

  private passGrid(): void {
    this.phase = 0;
    this.reduction.add(this.least, GRID);
    this.least = 0;
    this.filter.step();
    this.window.passGrid();
  }

  /** Writes the reduction of a closed gate to `samples`, in dB, positive. */
  private computeClosed(frames: i32): void {
    const end = this.samples + ((<usize>frames) << 3);
    if (this.expands) this.computeLevel(frames);
    if (this.range.moves() || this.threshold.moves() || this.slope.moves()) {
      for (let i = this.samples; i < end; i += 8) {
        const below = max(0, this.threshold.next() - load<f64>(i));
        const range = this.range.next();
        const asked = this.slope.next() * below;
        store<f64>(i, this.expands ? min(range, asked) : range);
      }
      return;
    }
    const range = f64x2.splat(this.range.value);
    const threshold = f64x2.splat(this.threshold.value);
    const slope = f64x2.splat(this.slope.value);
    for (let i = this.samples; i < end; i += 16) {
      const below = f64x2.pmax(f64x2.sub(threshold, v128.load(i)), f64x2.splat(0));
      v128.store(i, this.expands ? f64x2.pmin(range, f64x2.mul(slope, below)) : range);
    }
  }

  /** Writes the level of each frame to `samples`, in dB. */
  private computeLevel(frames: i32): void {
    this.window.run(this.work, this.samples, frames);
    for (let i = this.samples, end = i + ((<usize>frames) << 3); i < end; i += 16) {
      v128.store(i, powerToDb(f64x2.add(v128.load(i), f64x2.splat(LEAST))));
    }
  }

  /** Turns powers into the reduction they ask for, in dB, positive. */
  private openAndClose(frames: i32): void {
    const opening = this.opening;
    const keeping = this.keeping;
    const hold = this.hold;
    let held = this.held;
    for (let i: usize = 0, end = (<usize>frames) << 3; i < end; i += 8) {
      const isLoud = load<f64>(this.work + i) >= select<f64>(keeping, opening, held > 0);
      held = select<i32>(hold, max(0, held - 1), isLoud);
      store<f64>(this.work + i, select<f64>(0, load<f64>(this.samples + i), held > 0));
    }
    this.held = held;
  }

  /** Reduction asked for to gain, by release and attack. */
  private smooth(frames: i32): void {
    this.closing.run(this.work, frames, this.release);
    for (let i = this.work, end = i + ((<usize>frames) << 3); i < end; i += 16) {
      v128.store(i, f64x2.sub(f64x2.splat(-LEAST), v128.load(i)));
    }
    this.opened.run(this.work, frames, this.attack);
    const least = leastOf(this.work, frames);
    this.least = min(this.least, least);
    toGains(this.work, frames, least);
  }
}

/** A gate with common settings: -50 dB, hysteresis 4 dB, range -80 dB, 1 ms, 50 ms, 100 ms. */
export function gateNew(sampleRate: f64): Gate {
  const gate = new Gate();
  gate.sampleRate = sampleRate;
  gate.set(GateParameter.Threshold, -50);
  gate.set(GateParameter.Hysteresis, 4);
  gate.set(GateParameter.Range, -80);
  gate.set(GateParameter.Ratio, 2);
  gate.set(GateParameter.Attack, 1);
  gate.set(GateParameter.Hold, 50);
  gate.set(GateParameter.Release, 100);
  return gate;
}
