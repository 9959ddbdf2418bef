/**
 * Stereo image: middle and side level, width (in up to three bands), spread, mono bass, rotation and balance. Width,
 * spread and mono bass change the side signal (left - right) / 2 alone, so the mono sum stays as it was; where bands
 * are split it passes an all-pass filter (bandWidths.ts).
 */
import { designSection } from "../filters/design";
import { BandType, Prototype, prototypeOf } from "../filters/prototype";
import { GRID, Section, sectionNew, sectionRun } from "../filters/section";
import { fromFrames, toFrames } from "../frames";
import { allocate } from "../memory";
import { rampFrames } from "../ramp";
import { BandWidths } from "./bandWidths";
import { Decorrelator, LONGEST_SPREAD } from "./decorrelator";
import { frameOf, Image } from "./image";

export const enum StereoParameter {
  /** Level of the side signal, 0 (mono) to 200 %; 100 leaves it as it is. With bands, of the one between. */
  Width = 0,
  /** Hz; below it the side signal is cut by 24 dB per octave (Butterworth). Below 1: off. */
  MonoBelow = 1,
  /** -1 (left alone) to 1 (right alone); 0 dB on the louder side. */
  Balance = 2,
  /** dB, of (left + right) / 2; -Infinity is silence. */
  Mid = 3,
  /** dB, of (left - right) / 2; -Infinity is silence. */
  Side = 4,
  /** Hz, upper end of the lower band; below 1: there is none. */
  LowFrequency = 5,
  /** % */
  LowWidth = 6,
  /** Hz, lower end of the upper band; 20000: there is none. */
  HighFrequency = 7,
  /** % */
  HighWidth = 8,
  /** 0 to 100 % of the middle, as a side signal. */
  Spread = 9,
  /** ms, of what is spread. */
  SpreadDelay = 10,
  /** Degrees, -45 (the middle is left) to 45 (right). */
  Rotation = 11,
}

const NO_HIGH_BAND: f64 = 20000;
/** Slope of the mono bass, dB per octave: two sections. */
const SLOPE: f64 = 24;
/** The mono bass on its way to another frequency steps every so many frames. */
const STEP_FRAMES: i32 = 4;
/** Hz, and as a part of the sample rate. */
const MIN_FREQUENCY: f64 = 1;
const MAX_FREQUENCY: f64 = 0.45;

const prototype = new Prototype();

/** New, it leaves the signal alone, bit for bit. */
@unmanaged
export class Stereo {
  sampleRate: f64;
  private monoBelow: f64;
  private started: bool;
  private bassChanged: bool;
  private bandsChanged: bool;
  /** Frames since the last point of the grid. */
  private phase: i32;
  private image: Image = new Image();
  private widths: BandWidths;
  private spread: Decorrelator;
  /** The high-pass of the side signal, which stands in both lanes. */
  private first: Section = sectionNew();
  private second: Section = sectionNew();
  /** f64x2: middle and side; the side twice. */
  private samples: usize = allocate(GRID << 4);
  private sides: usize = allocate(GRID << 4);

  constructor(sampleRate: f64) {
    this.sampleRate = sampleRate;
    this.widths = new BandWidths(sampleRate);
    this.spread = new Decorrelator(sampleRate);
    this.widths.highFrequency = NO_HIGH_BAND;
    this.widths.lowWidth = this.widths.width = this.widths.highWidth = 1;
    this.bandsChanged = true;
    this.image.begin();
  }

  set(parameter: i32, value: f64): void {
    if (value != value || value == Infinity) return;
    const frames = this.started ? rampFrames(this.sampleRate) : 0;
    // The two levels alone may be off.
    if (parameter == StereoParameter.Mid) this.image.setMid(value, frames);
    else if (parameter == StereoParameter.Side) this.image.setSide(value, frames);
    else if (isFinite(value)) this.setFinite(parameter, value, frames);
  }

  private setFinite(parameter: i32, value: f64, frames: i32): void {
    if (parameter == StereoParameter.MonoBelow) {
      this.monoBelow = value;
      this.bassChanged = true;
    } else if (parameter == StereoParameter.Balance) {
      this.image.setBalance(value, frames);
    } else if (parameter == StereoParameter.Spread) {
      this.spread.spread(min(1, max(0, value / 100)), frames);
    } else if (parameter == StereoParameter.SpreadDelay) {
      const seconds = min(LONGEST_SPREAD, max(0, value / 1000));
      this.spread.delay(<i32>Math.round(seconds * this.sampleRate), frames);
    } else if (parameter == StereoParameter.Rotation) {
      this.image.setRotation(value, frames);
    } else {
      this.setBand(parameter, value);
    }
  }

  private setBand(parameter: i32, value: f64): void {
    const widths = this.widths;
    const width = min(2, max(0, value / 100));
    if (parameter == StereoParameter.Width) widths.width = width;
    else if (parameter == StereoParameter.LowWidth) widths.lowWidth = width;
    else if (parameter == StereoParameter.HighWidth) widths.highWidth = width;
    else if (parameter == StereoParameter.LowFrequency) widths.lowFrequency = value;
    else if (parameter == StereoParameter.HighFrequency) widths.highFrequency = value;
    this.bandsChanged = true;
  }

  prepare(): void {
    this.derive();
  }

  /** @returns the longest delay of what is spread, frames */
  hold(): i32 {
    return <i32>Math.ceil(LONGEST_SPREAD * this.sampleRate);
  }

  process(left: usize, right: usize, frames: i32): void {
    this.derive();
    this.started = true;
    while (frames > 0) {
      const interval = this.first.steps > 0 ? STEP_FRAMES : GRID;
      const count = min(frames, interval - (this.phase % interval));
      if (!this.isIdentity()) this.run(left, right, count);
      this.phase += count;
      if (this.phase % STEP_FRAMES == 0) {
        this.first.step();
        this.second.step();
      }
      if (this.phase == GRID) this.passGrid();
      left += (<usize>count) << 2;
      right += (<usize>count) << 2;
      frames -= count;
    }
  }

  private isIdentity(): bool {
    return this.widths.isIdle() && this.spread.isIdle() && !this.first.sounds() && this.image.isIdle();
  }

  private derive(): void {
    const frames = this.started ? rampFrames(this.sampleRate) : 0;
    if (this.bandsChanged) this.widths.derive(NO_HIGH_BAND, frames);
    if (this.bassChanged) {
      this.designBass(this.first, 0, frames);
      this.designBass(this.second, 1, frames);
    }
    this.bandsChanged = this.bassChanged = false;
  }

  private designBass(section: Section, index: i32, frames: i32): void {
    const audible = this.monoBelow >= MIN_FREQUENCY;
    if (audible) {
      const w0 = 2 * Math.PI * min(MAX_FREQUENCY, this.monoBelow / this.sampleRate);
      prototypeOf(BandType.HighPass, 0, 1, SLOPE, index, prototype);
      designSection(prototype, w0, section.target);
    }
    section.begin(audible, frames / STEP_FRAMES);
  }

  private passGrid(): void {
    this.phase = 0;
    this.first.settle();
    this.second.settle();
    this.widths.settle();
    this.spread.settle();
  }

  private run(left: usize, right: usize, frames: i32): void {
    toFrames(left, right, this.samples, frames);
    this.toMiddleAndSide(frames);
    if (!this.spread.isIdle() || this.first.sounds()) this.shapeSide(frames);
    if (!this.widths.isIdle()) this.widths.run(this.samples, frames);
    this.toLeftAndRight(frames);
    fromFrames(this.samples, left, right, frames);
  }

  private toMiddleAndSide(frames: i32): void {
    const half = f64x2.splat(0.5);
    for (let at = this.samples, end = at + ((<usize>frames) << 4); at < end; at += 16)
      v128.store(at, f64x2.mul(half, sumAndDifference(v128.load(at))));
  }

  /** Spread and mono bass. */
  private shapeSide(frames: i32): void {
    const end = (<usize>frames) << 4;
    for (let i: usize = 0; i < end; i += 16)
      v128.store(this.sides + i, v128.load64_splat(this.samples + i + 8));
    if (!this.spread.isIdle()) this.spread.addTo(this.sides, this.samples, frames);
    if (this.first.sounds()) {
      sectionRun(this.first, this.sides, frames);
      sectionRun(this.second, this.sides, frames);
    }
    for (let i: usize = 0; i < end; i += 16) store<f64>(this.samples + i, load<f64>(this.sides + i), 8);
  }

  /** With the levels, the rotation and the balance. */
  private toLeftAndRight(frames: i32): void {
    const image = this.image;
    let i: usize = 0;
    const end = (<usize>frames) << 4;
    for (; i < end && image.moves(); i += 16) {
      v128.store(this.samples + i, image.frame(v128.load(this.samples + i)));
      image.next();
    }
    for (; i < end; i += 16) v128.store(this.samples + i, image.frame(v128.load(this.samples + i)));
  }
}

/** Left and right to twice middle and side. */
// @ts-ignore: decorator
@inline
function sumAndDifference(frame: v128): v128 {
  const rights = v128.shuffle<i64>(frame, frame, 1, 1);
  return f64x2.add(v128.shuffle<i64>(frame, frame, 0, 0), f64x2.mul(rights, frameOf(1, -1)));
}
