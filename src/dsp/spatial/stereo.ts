/**
 * Stereo width, mono bass and balance. Width and mono bass change the side signal
 * (left - right) / 2 alone, so the mono sum stays as it was.
 */
import { designSection } from "../filters/design";
import { BandType, Prototype, prototypeOf } from "../filters/prototype";
import { GRID, Section, sectionNew, sectionRun } from "../filters/section";
import { allocate } from "../memory";
import { Ramp, rampFrames } from "../ramp";

export const enum StereoParameter {
  /** Level of the side signal, 0 (mono) to 200 %; 100 leaves it as it is. */
  Width = 0,
  /** Hz; below it the side signal is cut by 24 dB per octave (Butterworth). Below 1: off. */
  MonoBelow = 1,
  /** -1 (left alone) to 1 (right alone); 0 dB on the louder side. */
  Balance = 2,
}

/** Slope of the mono bass, dB per octave: two sections. */
const SLOPE: f64 = 24;
/** The mono bass on its way to another frequency steps every so many frames. */
const STEP_FRAMES: i32 = 4;
/** Hz, and as a part of the sample rate. */
const MIN_FREQUENCY: f64 = 1;
const MAX_FREQUENCY: f64 = 0.45;

const prototype = new Prototype();

@unmanaged
export class Stereo {
  sampleRate: f64;
  private monoBelow: f64;
  private changed: bool;
  private started: bool;
  /** Frames since the last point of the grid. */
  private phase: i32;
  private width: Ramp = new Ramp();
  private gainLeft: Ramp = new Ramp();
  private gainRight: Ramp = new Ramp();
  /** The high-pass of the side signal, which stands in both lanes. */
  private first: Section = sectionNew();
  private second: Section = sectionNew();
  private samples: usize = allocate(GRID << 4);

  set(parameter: i32, value: f64): void {
    if (!isFinite(value)) return;
    const frames = this.started ? rampFrames(this.sampleRate) : 0;
    if (parameter == StereoParameter.Width) {
      this.width.moveTo(min(2, max(0, value / 100)), frames);
    } else if (parameter == StereoParameter.MonoBelow) {
      this.monoBelow = value;
      this.changed = true;
    } else if (parameter == StereoParameter.Balance) {
      this.gainLeft.moveTo(min(1, max(0, 1 - value)), frames);
      this.gainRight.moveTo(min(1, max(0, 1 + value)), frames);
    }
  }

  prepare(): void {
    this.design();
  }

  process(left: usize, right: usize, frames: i32): void {
    if (this.changed) this.design();
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
    if (this.width.moves() || this.gainLeft.moves() || this.gainRight.moves() || this.first.sounds())
      return false;
    return this.width.value == 1 && this.gainLeft.value == 1 && this.gainRight.value == 1;
  }

  private design(): void {
    this.changed = false;
    this.designOne(this.first, 0);
    this.designOne(this.second, 1);
  }

  private designOne(section: Section, index: i32): void {
    const audible = this.monoBelow >= MIN_FREQUENCY;
    if (audible) {
      const w0 = 2 * Math.PI * min(MAX_FREQUENCY, this.monoBelow / this.sampleRate);
      prototypeOf(BandType.HighPass, 0, 1, SLOPE, index, prototype);
      designSection(prototype, w0, section.target);
    }
    section.begin(audible, this.started ? rampFrames(this.sampleRate) / STEP_FRAMES : 0);
  }

  private passGrid(): void {
    this.phase = 0;
    this.first.settle();
    this.second.settle();
  }

  private run(left: usize, right: usize, frames: i32): void {
    for (let i: usize = 0, end = (<usize>frames) << 2; i < end; i += 4) {
      const side = (<f64>load<f32>(left + i) - <f64>load<f32>(right + i)) / 2;
      v128.store(this.samples + (i << 2), f64x2.splat(isFinite(side) ? side : 0));
    }
    if (this.first.sounds()) {
      sectionRun(this.first, this.samples, frames);
      sectionRun(this.second, this.samples, frames);
    }
    for (let i: usize = 0, end = (<usize>frames) << 2; i < end; i += 4) {
      const middle = (<f64>load<f32>(left + i) + <f64>load<f32>(right + i)) / 2;
      const side = load<f64>(this.samples + (i << 2)) * this.width.next();
      store<f32>(left + i, <f32>((middle + side) * this.gainLeft.next()));
      store<f32>(right + i, <f32>((middle - side) * this.gainRight.next()));
    }
  }
}

/** A stereo image as it is: it leaves the signal alone, bit for bit. */
export function stereoNew(sampleRate: f64): Stereo {
  const stereo = new Stereo();
  stereo.sampleRate = sampleRate;
  stereo.set(StereoParameter.Width, 100);
  stereo.set(StereoParameter.Balance, 0);
  return stereo;
}
