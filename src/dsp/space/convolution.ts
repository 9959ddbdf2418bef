/**
 * Reverberation of a real space: convolution with its impulse response.
 *
 * Without delay: the first frames one by one, the rest by Fourier transforms in parts that grow eightfold, each as
 * long as what comes before it. Or in blocks, all parts alike, which is cheaper and {@link LATEST} frames late.
 * What concerns the impulse response itself (trim, normalising, latency) is taken once, when it is prepared.
 */
import { allocate } from "../memory";
import { Eq, EqField, eqNew } from "../filters/eq";
import { BandType } from "../filters/prototype";
import { Ramp, rampFrames } from "../ramp";
import { Delay } from "../time/delay";
import { CrossingDelay } from "./crossingDelay";
import { Head, HEAD } from "./head";
import { Impulse } from "../spectrum/impulse";
import { Partitions } from "../spectrum/partitions";
import { CELL, SHORTEST } from "./ring";
import { blend, guard } from "./wet";

export const enum ConvolutionParameter {
  /** dB */
  Gain = 0,
  /** 0 or 1: noise comes out as loud as it goes in */
  Normalize = 1,
  /** ms */
  PreDelay = 2,
  /** ms left out at the start of the impulse response */
  Start = 3,
  /** s of the impulse response from there on; 0: all */
  Length = 4,
  /** Hz, 12 dB per octave; below 1: off. */
  LowCut = 5,
  /** Hz, 12 dB per octave; from {@link NO_HIGH_CUT}: off. */
  HighCut = 6,
  /** 0: without delay, 1: in blocks */
  Latency = 7,
  /** % of the wet signal */
  Mix = 8,
}

const PARAMETERS: i32 = 9;
const MAX_PRE_DELAY: f64 = 500;
/** Seconds of an impulse response. */
const LONGEST: f64 = 10;
/** Seconds in which one that is cut short fades out. */
const FADE_SECONDS: f64 = 0.01;
/** Hz */
const NO_HIGH_CUT: f64 = 20000;
/** Each size of parts is so many times the one before. */
const GROWTH: i32 = 8;
const STAGES: i32 = 3;
/** Frames of the largest parts, and of the delay in blocks. */
const LATEST: i32 = 4096;

const LOW_CUT_BAND: i32 = 0;
const HIGH_CUT_BAND: i32 = 8;

@unmanaged
export class Convolution {
  private sampleRate: f64;
  private values: usize = allocate(PARAMETERS << 3);
  private started: bool;
  private position: i32;
  private impulse: Impulse = new Impulse();
  /** Factor of normalising. */
  private loudness: f64;
  private head: Head | null;
  /** Addresses of up to STAGES partitions. */
  private stages: usize = allocate(STAGES << 2);
  private stageCount: i32;
  private gap: i32;
  private cuts: Eq;
  private preDelayLeft: CrossingDelay;
  private preDelayRight: CrossingDelay;
  private dryDelay: Delay = new Delay();
  private dry: Ramp = new Ramp();
  private wet: Ramp = new Ramp();
  private inLeft: usize = allocate(SHORTEST << 2);
  private inRight: usize = allocate(SHORTEST << 2);
  private left: usize = allocate(SHORTEST << 2);
  private right: usize = allocate(SHORTEST << 2);

  constructor(sampleRate: f64) {
    const longest = <i32>Math.ceil((MAX_PRE_DELAY / 1000) * sampleRate);
    this.sampleRate = sampleRate;
    this.loudness = 1;
    this.cuts = eqNew(sampleRate);
    this.preDelayLeft = new CrossingDelay(longest);
    this.preDelayRight = new CrossingDelay(longest);
    this.head = null;
    this.set(ConvolutionParameter.Normalize, 1);
    this.set(ConvolutionParameter.HighCut, NO_HIGH_CUT);
    this.set(ConvolutionParameter.Mix, 30);
  }

  /** The impulse response, see `processorImpulse`. */
  take(leftLeft: usize, leftRight: usize, rightLeft: usize, rightRight: usize, frames: i32): void {
    const impulse = this.impulse;
    impulse.leftLeft = leftLeft;
    impulse.leftRight = leftRight;
    impulse.rightLeft = rightLeft;
    impulse.rightRight = rightRight;
    impulse.frames = frames;
  }

  set(parameter: i32, value: f64): void {
    if (value != value || parameter < 0 || parameter >= PARAMETERS) return;
    const before = this.value(parameter);
    store<f64>(this.values + ((<usize>parameter) << 3), value);
    if (this.started && value != before) this.takeValue(parameter, rampFrames(this.sampleRate));
  }

  prepare(): void {
    this.prepareImpulse();
    this.build();
    for (let i = 0; i < PARAMETERS; i++) this.takeValue(i, 0);
    this.cuts.prepare();
    this.started = true;
  }

  private prepareImpulse(): void {
    const start = <i32>((max(0, this.value(ConvolutionParameter.Start)) / 1000) * this.sampleRate);
    const length = this.value(ConvolutionParameter.Length);
    const seconds = length > 0 ? min(length, LONGEST) : LONGEST;
    const fade = <i32>(FADE_SECONDS * this.sampleRate);
    this.impulse.trim(start, max(1, <i32>(seconds * this.sampleRate)), fade);
    this.gap = this.impulse.longestGap();
    const energy = this.impulse.energy();
    this.loudness = this.value(ConvolutionParameter.Normalize) == 0 || energy == 0 ? 1 : 1 / Math.sqrt(energy);
  }

  private build(): void {
    const frames = this.impulse.frames;
    if (this.value(ConvolutionParameter.Latency) != 0) {
      this.dryDelay.resize(LATEST);
      this.putStage(0, LATEST);
      return;
    }
    this.head = new Head(this.impulse);
    for (let size = HEAD; size <= LATEST && size < frames; size *= GROWTH) this.putStage(size, size);
  }

  /** Convolves from frame `start` on, in parts of `size`, up to where the next larger parts start. */
  private putStage(start: i32, size: i32): void {
    const end = size == LATEST ? this.impulse.frames : min(this.impulse.frames, size * GROWTH);
    const stage = new Partitions(this.impulse, start, end, size);
    store<usize>(this.stages + ((<usize>this.stageCount) << 2), changetype<usize>(stage));
    this.stageCount++;
  }

  /** Makes a changed parameter sound within `frames` frames. */
  private takeValue(parameter: i32, frames: i32): void {
    switch (parameter) {
      case ConvolutionParameter.PreDelay: {
        const seconds = min(MAX_PRE_DELAY, max(0, this.value(parameter))) / 1000;
        const length = <i32>Math.round(seconds * this.sampleRate);
        this.preDelayLeft.moveTo(length, frames);
        this.preDelayRight.moveTo(length, frames);
        break;
      }
      case ConvolutionParameter.LowCut:
        this.cut(LOW_CUT_BAND, BandType.HighPass, parameter, this.value(parameter) >= 1);
        break;
      case ConvolutionParameter.HighCut:
        this.cut(HIGH_CUT_BAND, BandType.LowPass, parameter, this.value(parameter) < NO_HIGH_CUT);
        break;
      case ConvolutionParameter.Gain:
      case ConvolutionParameter.Mix: {
        const mix = min(100, max(0, this.value(ConvolutionParameter.Mix))) / 100;
        const gain = Math.pow(10, min(60, this.value(ConvolutionParameter.Gain)) / 20);
        this.dry.moveTo(1 - mix, frames);
        this.wet.moveTo(mix * gain * this.loudness, frames);
        break;
      }
      default:
        break;
    }
  }

  private cut(band: i32, type: i32, parameter: i32, cuts: bool): void {
    this.cuts.set(band + EqField.Type, cuts ? <f64>type : -1);
    this.cuts.set(band + EqField.Frequency, this.value(parameter));
  }

  process(left: usize, right: usize, frames: i32): void {
    while (frames > 0) {
      const count = min(frames, CELL - (this.position & (CELL - 1)));
      this.run(left, right, count);
      this.position += count;
      if ((this.position & (CELL - 1)) == 0) {
        this.preDelayLeft.cell(rampFrames(this.sampleRate));
        this.preDelayRight.cell(rampFrames(this.sampleRate));
      }
      left += (<usize>count) << 2;
      right += (<usize>count) << 2;
      frames -= count;
    }
  }

  private run(left: usize, right: usize, frames: i32): void {
    guard(left, this.inLeft, frames);
    guard(right, this.inRight, frames);
    this.preDelayLeft.write(this.inLeft, this.position, frames);
    this.preDelayRight.write(this.inRight, this.position, frames);
    this.preDelayLeft.read(this.inLeft, this.position, frames);
    this.preDelayRight.read(this.inRight, this.position, frames);
    guard(this.inLeft, this.inLeft, frames);
    guard(this.inRight, this.inRight, frames);
    this.convolve(frames);
    if (this.cuts.activeCount > 0 || this.cuts.changed) this.cuts.process(this.left, this.right, frames);
    this.dryDelay.process(left, right, frames);
    if (!this.dry.moves() && !this.wet.moves()) {
      blend(left, this.left, <f32>this.dry.value, <f32>this.wet.value, frames);
      blend(right, this.right, <f32>this.dry.value, <f32>this.wet.value, frames);
      return;
    }
    for (let i: usize = 0, end = (<usize>frames) << 2; i < end; i += 4) {
      const dry = <f32>this.dry.next();
      const wet = <f32>this.wet.next();
      store<f32>(left + i, load<f32>(left + i) * dry + load<f32>(this.left + i) * wet);
      store<f32>(right + i, load<f32>(right + i) * dry + load<f32>(this.right + i) * wet);
    }
  }

  private convolve(frames: i32): void {
    const head = this.head;
    if (head) {
      head.run(this.inLeft, this.inRight, this.left, this.right, frames);
    } else {
      memory.fill(this.left, 0, (<usize>frames) << 2);
      memory.fill(this.right, 0, (<usize>frames) << 2);
    }
    for (let i: usize = 0; i < <usize>this.stageCount; i++) {
      const stage = changetype<Partitions>(load<usize>(this.stages + (i << 2)));
      stage.run(this.inLeft, this.inRight, this.left, this.right, this.position, frames);
    }
  }

  latency(): i32 {
    return this.dryDelay.length;
  }

  /** @returns frames that may be silent before something louder follows */
  hold(): i32 {
    return this.preDelayLeft.longest() + this.gap;
  }

  private value(parameter: i32): f64 {
    return load<f64>(this.values + ((<usize>parameter) << 3));
  }
}
