/**
 * Algorithmic reverberation: pre-delay, input diffusion, early reflections and a feedback delay network, on the wet
 * signal's own low and high cut.
 *
 * Deterministic: what looks random in it is a table. A steady sound is as loud wet as dry, whatever the decay. Kind
 * and size, changed while the signal runs, fade the reverberation out and start it anew; the pre-delay crosses over;
 * all else glides.
 */
import { allocate } from "../memory";
import { Eq, EqField, eqNew } from "../filters/eq";
import { BandType } from "../filters/prototype";
import { Ramp, rampFrames } from "../ramp";
import { DecayTimes, LINES } from "./absorption";
import { CrossingDelay } from "./crossingDelay";
import { Diffuser, STAGES } from "./diffuser";
import { Network } from "./network";
import { Reflections } from "./reflections";
import * as kinds from "./reverbKind";
import { NO_HIGH_CUT, PARAMETERS, ReverbParameter } from "./reverbParameter";
import { CELL, SHORTEST } from "./ring";
import { blend, guard, isSilent, largest } from "./wet";

const MAX_PRE_DELAY: f64 = 500;
const MAX_DEPTH: f64 = 2;
/** All-pass coefficient at a diffusion of 100 %. */
const MAX_DIFFUSION: f64 = 0.75;
/** Longest ringing of an all-pass, in parts of the shortest decay. */
const SMEAR_PART: f64 = 0.5;
/** All-passes of the right side are so much longer. */
const RIGHT: f64 = 1.09;
/** Seconds in which the reverberation fades before a change of its geometry, and after it. */
const FADE_SECONDS: f64 = 0.02;
/** Bands over which the loudness is made even: from 60 Hz, a third of an octave apart, to 12 kHz. */
const BANDS: i32 = 24;
/** A tail below this (-240 dB) is over. */
const OVER: f32 = 1e-12;

const LOW_CUT_BAND: i32 = 0;
const HIGH_CUT_BAND: i32 = 8;

@unmanaged
export class Reverb {
  private sampleRate: f64;
  private values: usize = allocate(PARAMETERS << 3);
  private started: bool;
  private geometryChanged: bool;
  private decayChanged: bool;
  private position: i32;
  /** Frames in a row in which nothing came out; asleep: nothing is on its way either. */
  private quiet: i32;
  private peak: f32;
  private asleep: bool;
  private times: DecayTimes = new DecayTimes();
  private cuts: Eq;
  private preDelayLeft: CrossingDelay;
  private preDelayRight: CrossingDelay;
  private diffusers: usize = allocate(8);
  /** Whether the diffusers have the coefficient and the decay that are set. */
  private smeared: bool;
  private diffusion: Ramp = new Ramp();
  private reflections: Reflections;
  private network: Network;
  /** Factors: of the dry signal, of the wet on its own side and on the other, of its parts, of all that is wet. */
  private dry: Ramp = new Ramp();
  private direct: Ramp = new Ramp();
  private cross: Ramp = new Ramp();
  private late: Ramp = new Ramp();
  private early: Ramp = new Ramp();
  private fade: Ramp = new Ramp();
  /** Runs of the wet signal, and of the early reflections. */
  private left: usize = allocate(SHORTEST << 2);
  private right: usize = allocate(SHORTEST << 2);
  private earlyLeft: usize = allocate(SHORTEST << 2);
  private earlyRight: usize = allocate(SHORTEST << 2);

  constructor(sampleRate: f64) {
    this.sampleRate = sampleRate;
    this.cuts = eqNew(sampleRate);
    const size = kinds.MAX_SIZE;
    this.preDelayLeft = new CrossingDelay(inFrames(MAX_PRE_DELAY, sampleRate));
    this.preDelayRight = new CrossingDelay(inFrames(MAX_PRE_DELAY, sampleRate));
    this.reflections = new Reflections(inFrames(kinds.LONGEST_SPAN * size, sampleRate));
    const longest = inFrames(kinds.LONGEST_LINE * size, sampleRate);
    this.network = new Network(sampleRate, longest, inFrames(MAX_DEPTH, sampleRate));
    for (let i: usize = 0; i < 2; i++) {
      const diffuser = new Diffuser(inFrames(kinds.LONGEST_STAGE * size, sampleRate));
      store<usize>(this.diffusers + (i << 2), changetype<usize>(diffuser));
    }
    this.fade.moveTo(1, 0);
  }

  set(parameter: i32, value: f64): void {
    if (value != value || parameter < 0 || parameter >= PARAMETERS) return;
    const before = this.value(parameter);
    store<f64>(this.values + ((<usize>parameter) << 3), value);
    if (!this.started || value == before) return;
    this.take(parameter, rampFrames(this.sampleRate));
  }

  prepare(): void {
    this.resize();
    this.setDecay(0);
    for (let i = 0; i < PARAMETERS; i++) this.take(i, 0);
    this.geometryChanged = this.decayChanged = false;
    this.asleep = true;
    this.started = true;
    this.beginCell();
  }

  /** Makes a changed parameter sound within `frames` frames. */
  private take(parameter: i32, frames: i32): void {
    switch (parameter) {
      case ReverbParameter.Kind:
      case ReverbParameter.Size:
        this.geometryChanged = true;
        break;
      case ReverbParameter.Decay:
      case ReverbParameter.BassDecay:
      case ReverbParameter.TrebleDecay:
      case ReverbParameter.BassCrossover:
      case ReverbParameter.TrebleCrossover:
        this.decayChanged = true;
        break;
      case ReverbParameter.PreDelay:
        this.setPreDelay(this.frames(this.between(parameter, 0, MAX_PRE_DELAY)), frames);
        break;
      case ReverbParameter.Diffusion:
        this.diffusion.moveTo((this.between(parameter, 0, 100) / 100) * MAX_DIFFUSION, cells(frames));
        this.smeared = false;
        break;
      case ReverbParameter.EarlyReflections:
        this.setLevels(frames);
        break;
      case ReverbParameter.ModulationDepth:
        this.network.wander.depth.moveTo(
          (this.between(parameter, 0, MAX_DEPTH) / 1000) * this.sampleRate,
          cells(frames),
        );
        break;
      case ReverbParameter.ModulationRate:
        this.network.wander.turn(this.between(parameter, 0, 20) / this.sampleRate);
        break;
      case ReverbParameter.LowCut:
        this.cut(LOW_CUT_BAND, BandType.HighPass, parameter, this.value(parameter) >= 1);
        break;
      case ReverbParameter.HighCut:
        this.cut(HIGH_CUT_BAND, BandType.LowPass, parameter, this.value(parameter) < NO_HIGH_CUT);
        break;
      default:
        this.setMix(frames);
    }
  }

  private setPreDelay(length: i32, fade: i32): void {
    this.preDelayLeft.moveTo(length, fade);
    this.preDelayRight.moveTo(length, fade);
  }

  private cut(band: i32, type: i32, parameter: i32, cuts: bool): void {
    this.cuts.set(band + EqField.Type, cuts ? <f64>type : -1);
    this.cuts.set(band + EqField.Frequency, this.value(parameter));
    if (!this.started) this.cuts.prepare();
  }

  private setMix(frames: i32): void {
    const mix = this.between(ReverbParameter.Mix, 0, 100) / 100;
    const width = this.between(ReverbParameter.Width, 0, 200) / 100;
    this.dry.moveTo(1 - mix, frames);
    this.direct.moveTo((mix * (1 + width)) / 2, frames);
    this.cross.moveTo((mix * (1 - width)) / 2, frames);
  }

  /** Reverberation and early reflections together have the energy of what caused them. */
  private setLevels(frames: i32): void {
    const early = Math.pow(10, min(24, this.value(ReverbParameter.EarlyReflections)) / 20);
    const whole = 1 / Math.sqrt(1 + early * early);
    this.early.moveTo(early * whole, frames);
    this.late.moveTo(whole / Math.sqrt(this.meanEnergy()), frames);
  }

  /** @returns energy of the network's impulse response against the impulse, mean of the bands */
  private meanEnergy(): f64 {
    const pass = (6 * <f64>this.network.total) / (<f64>LINES * this.sampleRate);
    let sum: f64 = 0;
    for (let i = 0; i < BANDS; i++) {
      const frequency = 60 * Math.pow(2, <f64>i / 3);
      sum += 1 / (Math.pow(10, pass * this.times.rate(frequency)) - 1);
    }
    return sum / <f64>BANDS;
  }

  private setDecay(frames: i32): void {
    const times = this.times;
    times.middle = this.between(ReverbParameter.Decay, 0.05, 60);
    times.bass = times.middle * this.between(ReverbParameter.BassDecay, 0.1, 4);
    times.treble = times.middle * this.between(ReverbParameter.TrebleDecay, 0.05, 2);
    times.bassCrossover = this.between(ReverbParameter.BassCrossover, 10, 20000);
    times.trebleCrossover = this.between(ReverbParameter.TrebleCrossover, 10, 20000);
    this.network.decay(times, cells(frames));
    this.smeared = false;
    this.setLevels(frames);
  }

  /** Gives all that has a length its length, and silences it. */
  private resize(): void {
    const kind = <i32>this.value(ReverbParameter.Kind);
    const size = min(kinds.MAX_SIZE, max(kinds.MIN_SIZE, this.value(ReverbParameter.Size) / 100));
    for (let i = 0; i < LINES; i++) this.network.resize(i, this.frames(kinds.lineOf(kind, i) * size));
    for (let i = 0; i < STAGES; i++) {
      const stage = kinds.stageOf(kind, i) * size;
      this.diffuser(0).resize(i, this.frames(stage));
      this.diffuser(1).resize(i, this.frames(stage * RIGHT));
    }
    this.reflections.resize(<f64>this.frames(kinds.spanOf(kind) * size));
    this.network.clear();
  }

  process(left: usize, right: usize, frames: i32): void {
    if (this.decayChanged) {
      this.decayChanged = false;
      this.setDecay(rampFrames(this.sampleRate));
    }
    while (frames > 0) {
      const count = min(frames, CELL - (this.position & (CELL - 1)));
      this.run(left, right, count);
      this.position += count;
      if ((this.position & (CELL - 1)) == 0) this.passCell();
      left += (<usize>count) << 2;
      right += (<usize>count) << 2;
      frames -= count;
    }
  }

  private run(left: usize, right: usize, frames: i32): void {
    guard(left, this.left, frames);
    guard(right, this.right, frames);
    if (this.cuts.activeCount > 0 || this.cuts.changed) {
      this.cuts.process(this.left, this.right, frames);
      guard(this.left, this.left, frames);
      guard(this.right, this.right, frames);
    }
    if (this.asleep && isSilent(this.left, frames) && isSilent(this.right, frames)) {
      this.silenceEarly(frames);
    } else {
      if (this.asleep) this.quiet = 0;
      this.asleep = false;
      this.reverberate(frames);
    }
    const steady = !(
      this.dry.moves() ||
      this.direct.moves() ||
      this.cross.moves() ||
      this.late.moves() ||
      this.early.moves() ||
      this.fade.moves()
    );
    if (steady) this.blendSteady(left, right, frames);
    else this.blendMoving(left, right, frames);
  }

  private silenceEarly(frames: i32): void {
    memory.fill(this.earlyLeft, 0, (<usize>frames) << 2);
    memory.fill(this.earlyRight, 0, (<usize>frames) << 2);
  }

  private reverberate(frames: i32): void {
    this.preDelayLeft.write(this.left, this.position, frames);
    this.preDelayRight.write(this.right, this.position, frames);
    this.preDelayLeft.read(this.left, this.position, frames);
    this.preDelayRight.read(this.right, this.position, frames);
    this.diffuser(0).run(this.left, this.position, frames);
    this.diffuser(1).run(this.right, this.position, frames);
    this.reflections.run(this.left, this.right, this.earlyLeft, this.earlyRight, this.position, frames);
    this.network.run(this.left, this.right, this.position, frames);
    this.peak = max(this.peak, max(largest(this.left, frames), largest(this.right, frames)));
  }

  private blendSteady(left: usize, right: usize, frames: i32): void {
    const late = <f32>this.late.value * <f32>this.fade.value;
    const early = <f32>this.early.value * <f32>this.fade.value;
    blend(this.left, this.earlyLeft, late, early, frames);
    blend(this.right, this.earlyRight, late, early, frames);
    const direct = <f32>this.direct.value;
    const cross = <f32>this.cross.value;
    blend(left, this.left, <f32>this.dry.value, direct, frames);
    blend(right, this.right, <f32>this.dry.value, direct, frames);
    if (cross == 0) return;
    blend(left, this.right, 1, cross, frames);
    blend(right, this.left, 1, cross, frames);
  }

  private blendMoving(left: usize, right: usize, frames: i32): void {
    for (let i: usize = 0, end = (<usize>frames) << 2; i < end; i += 4) {
      const fade = <f32>this.fade.next();
      const late = <f32>this.late.next() * fade;
      const early = <f32>this.early.next() * fade;
      const l = load<f32>(this.left + i) * late + load<f32>(this.earlyLeft + i) * early;
      const r = load<f32>(this.right + i) * late + load<f32>(this.earlyRight + i) * early;
      const dry = <f32>this.dry.next();
      const direct = <f32>this.direct.next();
      const cross = <f32>this.cross.next();
      store<f32>(left + i, load<f32>(left + i) * dry + l * direct + r * cross);
      store<f32>(right + i, load<f32>(right + i) * dry + r * direct + l * cross);
    }
  }

  private passCell(): void {
    this.beginCell();
    this.preDelayLeft.cell(rampFrames(this.sampleRate));
    this.preDelayRight.cell(rampFrames(this.sampleRate));
    this.quiet = this.peak < OVER ? this.quiet + CELL : 0;
    this.peak = 0;
    if (!this.asleep && this.quiet > this.hold()) this.sleep();
    if (this.geometryChanged && !this.fade.moves()) this.changeGeometry();
  }

  private beginCell(): void {
    this.network.cell();
    if (this.smeared && !this.diffusion.moves()) return;
    const diffusion = this.diffusion.next();
    const longest = SMEAR_PART * this.times.shortest() * this.sampleRate;
    this.diffuser(0).smear(diffusion, longest);
    this.diffuser(1).smear(diffusion, longest);
    this.smeared = !this.diffusion.moves();
  }

  /** Once faded out, starts anew. */
  private changeGeometry(): void {
    const frames = <i32>Math.round(FADE_SECONDS * this.sampleRate);
    if (this.fade.value != 0) {
      this.fade.moveTo(0, frames);
      return;
    }
    this.geometryChanged = false;
    this.resize();
    this.setDecay(0);
    this.fade.moveTo(1, frames);
  }

  private sleep(): void {
    this.asleep = true;
    this.preDelayLeft.clear();
    this.preDelayRight.clear();
    this.diffuser(0).clear();
    this.diffuser(1).clear();
    this.reflections.clear();
    this.network.clear();
  }

  /** @returns frames after which something may come out when nothing went in */
  hold(): i32 {
    return this.preDelayLeft.longest() + 2 * this.network.longest + this.frames(200);
  }

  private frames(milliseconds: f64): i32 {
    return inFrames(milliseconds, this.sampleRate);
  }

  private value(parameter: i32): f64 {
    return load<f64>(this.values + ((<usize>parameter) << 3));
  }

  private between(parameter: i32, least: f64, most: f64): f64 {
    return min(most, max(least, this.value(parameter)));
  }

  private diffuser(side: i32): Diffuser {
    return changetype<Diffuser>(load<usize>(this.diffusers + ((<usize>side) << 2)));
  }
}

function inFrames(milliseconds: f64, sampleRate: f64): i32 {
  return <i32>Math.round((milliseconds / 1000) * sampleRate);
}

/** @returns cells in `frames` frames, at least one unless there is no frame */
function cells(frames: i32): i32 {
  return (frames + CELL - 1) / CELL;
}

/** A plate of 1.5 s. */
export function reverbNew(sampleRate: f64): Reverb {
  const reverb = new Reverb(sampleRate);
  reverb.set(ReverbParameter.Kind, <f64>kinds.ReverbKind.Plate);
  reverb.set(ReverbParameter.Decay, 1.5);
  reverb.set(ReverbParameter.BassDecay, 1.1);
  reverb.set(ReverbParameter.TrebleDecay, 0.5);
  reverb.set(ReverbParameter.BassCrossover, 250);
  reverb.set(ReverbParameter.TrebleCrossover, 4000);
  reverb.set(ReverbParameter.PreDelay, 10);
  reverb.set(ReverbParameter.Size, 100);
  reverb.set(ReverbParameter.Diffusion, 85);
  reverb.set(ReverbParameter.EarlyReflections, -6);
  reverb.set(ReverbParameter.ModulationDepth, 0.2);
  reverb.set(ReverbParameter.ModulationRate, 0.6);
  reverb.set(ReverbParameter.HighCut, NO_HIGH_CUT);
  reverb.set(ReverbParameter.Width, 100);
  reverb.set(ReverbParameter.Mix, 30);
  return reverb;
}
