/**
 * Saturation at eight times the sample rate: three curves (curves.ts), driven, biased or bent,
 * and mixed with the dry signal, which is as late as the saturated one.
 *
 * Tape: a sigmoid between an emphasis of the highs and its exact inverse, so that the highs
 * saturate first and a quiet signal keeps its spectrum. Tube: the same sigmoid off its middle, which
 * adds even harmonics; its direct current is removed. Clip: straight up to the knee, then flat.
 *
 * A sine of 10 kHz at 0 dBFS, driven by 12 dB, has no alias above -84 dB of it at 44.1 or 48 kHz; by 24 dB
 * none above -63 dB. A quiet signal keeps its level within 0.01 dB to 20 kHz.
 */
import { designSection } from "../filters/design";
import { BandType, Prototype, prototypeOf } from "../filters/prototype";
import { GRID, Section, sectionNew, sectionRun } from "../filters/section";
import { fromFrames, toFrames } from "../frames";
import { allocate } from "../memory";
import { Ramp, rampFrames } from "../ramp";
import { Delay } from "../time/delay";
import { Clipper, Sigmoid } from "./curves";
import { FACTOR, FRAME, OVERSAMPLER_LATENCY, Oversampler } from "./oversampler";

export const enum SaturatorParameter {
  /** See {@link Curve}. */
  Curve = 0,
  /** dB into the curve, whose limit is 0 dBFS */
  Drive = 1,
  /** 0 to 100 %: emphasis of the tape, bias of the tube, knee of the clipper */
  Character = 2,
  /** dB from -12 to 12: tilt of the saturated signal around 1 kHz */
  Tone = 3,
  /** 1: turned down by what the curve raises a quiet signal */
  AutoGain = 4,
  /** dB, on the saturated signal */
  Output = 5,
  /** %, 100 saturated only, 0 dry only */
  Mix = 6,
}

const enum Curve {
  Tape = 0,
  Tube = 1,
  Clip = 2,
}

const PARAMETERS: i32 = 7;
/** Filters on their way step every so many frames. */
const STEP_FRAMES: i32 = 4;
const MAX_DRIVE: f64 = 48;
/** Tape: highs raised in front of the curve, at full character. */
const EMPHASIS_DB: f64 = 12;
const EMPHASIS_HZ: f64 = 4000;
/** Tube: the curve's point of rest at full character. */
const BIAS: f64 = 0.6;
const TONE_HZ: f64 = 1000;
/** Corner of the filter that removes direct current. */
const DC_HZ: f64 = 5;

const prototype = new Prototype();

@unmanaged
export class Saturator {
  sampleRate: f64;
  /** The parameters as they were set, f64. */
  private readonly values: usize = allocate(PARAMETERS << 3);
  private changed: bool;
  private started: bool;
  /** Frames since the last point of the grid. */
  private phase: i32;
  /** The curve that sounds; another one is taken when `presence` has come down to 0. */
  private curve: i32;
  private readonly drive: Ramp = new Ramp();
  private readonly shape: Ramp = new Ramp();
  private readonly level: Ramp = new Ramp();
  private readonly mix: Ramp = new Ramp();
  private readonly presence: Ramp = new Ramp();

  private readonly emphasis: Section = sectionNew();
  private readonly deemphasis: Section = sectionNew();
  private readonly tone: Section = sectionNew();
  private readonly dcFilter: Section = sectionNew();
  private readonly sigmoid: Sigmoid = new Sigmoid();
  private readonly clipper: Clipper = new Clipper();
  private readonly oversampler: Oversampler = new Oversampler();
  private readonly delay: Delay = new Delay();
  /** GRID frames of f64x2, and GRID + 1 of interleaved f32. */
  private readonly samples: usize = allocate(GRID << 4);
  private readonly narrow: usize = allocate((GRID + 1) << 3);

  set(parameter: i32, value: f64): void {
    if (parameter < 0 || parameter >= PARAMETERS || !isFinite(value)) return;
    store<f64>(this.values + ((<usize>parameter) << 3), value);
    this.changed = true;
  }

  prepare(): void {
    this.delay.resize(OVERSAMPLER_LATENCY);
    this.curve = this.wantedCurve();
    this.presence.moveTo(1, 0);
    this.derive();
    this.sigmoid.reset(<f32>this.bias());
    this.clipper.reset();
  }

  latency(): i32 {
    return OVERSAMPLER_LATENCY;
  }

  process(left: usize, right: usize, frames: i32): void {
    if (this.changed) this.derive();
    this.started = true;
    while (frames > 0) {
      const interval = this.filtersMove() ? STEP_FRAMES : GRID;
      const count = min(frames, interval - (this.phase % interval));
      this.run(left, right, count);
      this.phase += count;
      if (this.phase % STEP_FRAMES == 0) this.stepFilters();
      if (this.phase == GRID) this.passGrid();
      left += (<usize>count) << 2;
      right += (<usize>count) << 2;
      frames -= count;
    }
  }

  private get(parameter: i32): f64 {
    return load<f64>(this.values + ((<usize>parameter) << 3));
  }

  private wantedCurve(): i32 {
    return min(Curve.Clip, max(Curve.Tape, <i32>this.get(SaturatorParameter.Curve)));
  }

  private character(): f64 {
    return min(1, max(0, this.get(SaturatorParameter.Character) / 100));
  }

  private bias(): f64 {
    return this.curve == Curve.Tube ? this.shape.value : 0;
  }

  /** Starts towards the parameters; another curve is only taken once the present one is silent. */
  private derive(): void {
    this.changed = false;
    const frames = this.started ? rampFrames(this.sampleRate) : 0;
    const drive = this.get(SaturatorParameter.Drive);
    const gain = Math.pow(10, min(MAX_DRIVE, max(-MAX_DRIVE, drive)) / 20);
    const output = Math.pow(10, this.get(SaturatorParameter.Output) / 20);
    const compensation = this.get(SaturatorParameter.AutoGain) != 0 ? 1 / gain : 1;
    this.drive.moveTo(gain, frames);
    this.level.moveTo(output * compensation, frames);
    this.mix.moveTo(min(1, max(0, this.get(SaturatorParameter.Mix) / 100)), frames);
    if (this.wantedCurve() != this.curve) this.presence.moveTo(0, frames);
    else if (this.presence.value < 1) this.presence.moveTo(1, frames);
    this.shapeCurve(frames);
  }

  private shapeCurve(frames: i32): void {
    const steps = frames / STEP_FRAMES;
    const character = this.character();
    this.shape.moveTo(this.curve == Curve.Tube ? character * BIAS : character, frames);
    this.designEmphasis(this.curve == Curve.Tape ? character * EMPHASIS_DB : 0, steps);
    const tone = min(12.0, max(-12.0, this.get(SaturatorParameter.Tone)));
    this.design(this.tone, BandType.Tilt, TONE_HZ, tone, tone != 0, steps);
    this.design(this.dcFilter, BandType.HighPass, DC_HZ, 0, this.curve == Curve.Tube, steps);
  }

  private design(section: Section, type: i32, frequency: f64, gain: f64, audible: bool, steps: i32): void {
    if (audible) {
      prototypeOf(type, gain, Math.SQRT1_2, 6, 0, prototype);
      designSection(prototype, (2 * Math.PI * frequency) / this.sampleRate, section.target);
    }
    section.begin(audible, steps);
  }

  private designEmphasis(gain: f64, steps: i32): void {
    const top = min(EMPHASIS_HZ, this.sampleRate / 5);
    this.design(this.emphasis, BandType.HighShelf, top, gain, gain > 0, steps);
    if (gain > 0) this.deemphasis.target.invert(this.emphasis.target);
    this.deemphasis.begin(gain > 0, steps);
  }

  private run(left: usize, right: usize, frames: i32): void {
    toFrames(left, right, this.samples, frames);
    // The dry signal, too, without what is not finite.
    fromFrames(this.samples, left, right, frames);
    this.delay.process(left, right, frames);
    if (this.emphasis.sounds()) sectionRun(this.emphasis, this.samples, frames);
    this.driveInto(this.oversampler.input(), frames);
    this.oversampler.up(frames);
    this.saturate(frames);
    this.oversampler.down(this.narrow, frames);
    this.widen(frames);
    if (this.deemphasis.sounds()) sectionRun(this.deemphasis, this.samples, frames);
    if (this.tone.sounds()) sectionRun(this.tone, this.samples, frames);
    if (this.dcFilter.sounds()) sectionRun(this.dcFilter, this.samples, frames);
    this.mixWith(left, right, frames);
  }

  /** Samples to interleaved f32 at `target`, driven. */
  private driveInto(target: usize, frames: i32): void {
    for (let i: usize = 0, end = (<usize>frames) << 4; i < end; i += 16, target += FRAME) {
      const driven = f64x2.mul(v128.load(this.samples + i), f64x2.splat(this.drive.next()));
      v128.store64_lane(target, f32x4.demote_f64x2_zero(driven), 0);
    }
  }

  private saturate(frames: i32): void {
    const vectors = FACTOR / 2;
    let at = this.oversampler.high;
    for (let frame = 0; frame < frames; ) {
      const count = this.shape.moves() ? 1 : frames - frame;
      const shape = this.shape.next();
      if (this.curve == Curve.Clip) {
        this.clipper.run(at, vectors * count, shape, 1);
      } else {
        const bias = this.curve == Curve.Tube ? shape : 0;
        // The curve's slope at its point of rest becomes 1.
        const scale = Math.pow(1 + bias * bias, 1.5);
        this.sigmoid.run(at, vectors * count, <f32>bias, <f32>scale);
      }
      at += <usize>(count * FACTOR) * FRAME;
      frame += count;
    }
  }

  /** Interleaved f32 to samples. */
  private widen(frames: i32): void {
    for (let i: usize = 0, end = (<usize>frames) << 3; i < end; i += FRAME) {
      v128.store(this.samples + (i << 1), f64x2.promote_low_f32x4(v128.load64_zero(this.narrow + i)));
    }
  }

  private mixWith(left: usize, right: usize, frames: i32): void {
    for (let i: usize = 0, end = (<usize>frames) << 2; i < end; i += 4) {
      const wet = this.mix.next() * this.presence.next();
      const level = wet * this.level.next();
      const dry = 1 - wet;
      const l = <f64>load<f32>(left + i);
      const r = <f64>load<f32>(right + i);
      const saturated = this.samples + (i << 2);
      store<f32>(left + i, <f32>(l * dry + load<f64>(saturated) * level));
      store<f32>(right + i, <f32>(r * dry + load<f64>(saturated, 8) * level));
    }
  }

  private filtersMove(): bool {
    return this.emphasis.steps > 0 || this.deemphasis.steps > 0 || this.tone.steps > 0 || this.dcFilter.steps > 0;
  }

  private stepFilters(): void {
    this.emphasis.step();
    this.deemphasis.step();
    this.tone.step();
    this.dcFilter.step();
  }

  private passGrid(): void {
    this.phase = 0;
    this.emphasis.settle();
    this.deemphasis.settle();
    this.tone.settle();
    this.dcFilter.settle();
    if (this.curve != this.wantedCurve() && this.presence.value == 0) this.takeCurve();
  }

  /** Nothing of it sounds yet, so all of it is there at once. */
  private takeCurve(): void {
    this.curve = this.wantedCurve();
    this.shapeCurve(0);
    this.sigmoid.reset(<f32>this.bias());
    this.clipper.reset();
    this.presence.moveTo(1, rampFrames(this.sampleRate));
  }
}

/** Tape with common settings: 6 dB of drive, 50 % of character, compensated. */
export function saturatorNew(sampleRate: f64): Saturator {
  const saturator = new Saturator();
  saturator.sampleRate = sampleRate;
  saturator.set(SaturatorParameter.Drive, 6);
  saturator.set(SaturatorParameter.Character, 50);
  saturator.set(SaturatorParameter.AutoGain, 1);
  saturator.set(SaturatorParameter.Mix, 100);
  return saturator;
}
