/**
 * Feed-forward compressor with a log-domain detector, linked over both channels.
 *
 * Gain computer with soft knee: D. Giannoulis, M. Massberg, J. Reiss, "Digital Dynamic Range
 * Compressor Design", J. Audio Eng. Soc. 60(6), 2012, eq. 4. The reduction is then smoothed in
 * decibels as in section 2.3 there: a peak follower that falls with the release, and a rise
 * towards it with the attack, so both times are exact time constants (63 %).
 *
 * Level of a frame: that of its louder channel. With `Rms` it is the mean power over 10 ms;
 * a sine then reads 3 dB less than its peak.
 */
import { dbToGain, powerToDb } from "../decibels";
import { designSection } from "../filters/design";
import { BandType, Prototype, prototypeOf } from "../filters/prototype";
import { GRID, RAMP_STEPS, Section, sectionNew, sectionRun } from "../filters/section";
import { toFrames, multiply } from "../frames";
import { allocate } from "../memory";
import { Ramp, rampFrames } from "../ramp";
import { Delay } from "../time/delay";
import { peakPower } from "./detector";
import { Reduction, reductionNew } from "./reduction";

export const enum CompressorParameter {
  /** dB */
  Threshold = 0,
  /** 1 (nothing happens) to Infinity */
  Ratio = 1,
  /** ms, 0 to 1000 */
  Attack = 2,
  /** ms, 1 to 10000 */
  Release = 3,
  /** Width of the knee in dB, centred on the threshold; 0: hard. */
  Knee = 4,
  /** dB, on the compressed signal */
  Makeup = 5,
  /** 0 peak, 1 RMS */
  Detector = 6,
  /** Hz, 12 dB per octave in front of the detector; below 1: off */
  SidechainHighpass = 7,
  /** %, 100 compressed only, 0 dry only */
  Mix = 8,
  /** ms, 0 to 50; taken over by `prepare`, not while the signal runs */
  Lookahead = 9,
  /** 1: after a lasting reduction the release takes {@link SLOW_RELEASE} times as long. */
  AutoRelease = 10,
}

const PARAMETERS: i32 = 11;
const RMS_SECONDS: f64 = 0.01;
/** Slow stage of the automatic release, in release times. */
const SLOW_RELEASE: f64 = 8;
/** Least power and least reduction (dB): nothing decays into denormal numbers. */
const LEAST: f64 = 1e-30;
/** A narrower knee (dB) is a hard one. */
const LEAST_KNEE: f64 = 0.01;
/** Hz, and as a part of the sample rate. */
const MIN_SIDECHAIN: f64 = 1;
const MAX_SIDECHAIN: f64 = 0.45;

const prototype = new Prototype();

@unmanaged
export class Compressor {
  sampleRate: f64;
  readonly reduction: Reduction = reductionNew();
  /** The parameters as they were set, f64. */
  private values: usize = allocate(PARAMETERS << 3);
  private changed: bool;
  private started: bool;
  /** Frames since the last point of the grid. */
  private phase: i32;
  /** Deepest reduction since then, in dB, positive. */
  private deepest: f64;

  /** 1 - 1 / ratio */
  private slope: f64;
  private attack: f64;
  private release: f64;
  private slowRelease: f64;
  private meanWeight: f64;
  private dry: Ramp = new Ramp();
  private wet: Ramp = new Ramp();

  private highpass: Section = sectionNew();
  private delay: Delay = new Delay();
  /** Mean power of both channels (RMS detector). */
  private mean: v128;
  /** Reduction in dB, positive: peak follower, its slow floor, and what is applied. */
  private follower: f64;
  private floor: f64;
  private applied: f64;
  /** GRID frames of f64x2 and as many f64, and one more: powers, reductions, gains in turn. */
  private samples: usize = allocate(GRID << 4);
  private work: usize = allocate((GRID + 1) << 3);

  set(parameter: i32, value: f64): void {
    if (parameter < 0 || parameter >= PARAMETERS || value != value) return;
    if (!isFinite(value) && parameter != CompressorParameter.Ratio) return;
    store<f64>(this.values + ((<usize>parameter) << 3), value);
    this.changed = true;
  }

  prepare(): void {
    const length = Math.round(
      (min(50, max(0, this.get(CompressorParameter.Lookahead))) / 1000) * this.sampleRate,
    );
    this.delay.resize(<i32>length);
    this.derive();
  }

  latency(): i32 {
    return this.delay.length;
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

  /** Derives the coefficients from the parameters. */
  private derive(): void {
    this.changed = false;
    const release = min(10000, max(1, this.get(CompressorParameter.Release)));
    const slow = this.get(CompressorParameter.AutoRelease) != 0;
    this.slope = 1 - 1 / max(1, this.get(CompressorParameter.Ratio));
    this.attack = this.decay(min(1000, max(0, this.get(CompressorParameter.Attack))) / 1000);
    this.release = this.decay(release / 1000);
    this.slowRelease = slow ? this.decay((SLOW_RELEASE * release) / 1000) : 0;
    this.meanWeight = this.get(CompressorParameter.Detector) == 1 ? 1 - this.decay(RMS_SECONDS) : 1;

    const mix = min(1, max(0, this.get(CompressorParameter.Mix) / 100));
    const frames = this.started ? rampFrames(this.sampleRate) : 0;
    this.dry.moveTo(1 - mix, frames);
    this.wet.moveTo(mix * Math.pow(10, this.get(CompressorParameter.Makeup) / 20), frames);
    this.designHighpass();
  }

  /** @returns factor per frame of a decay with this time constant; 0 for 0 s */
  private decay(seconds: f64): f64 {
    return seconds > 0 ? Math.exp(-1 / (seconds * this.sampleRate)) : 0;
  }

  private designHighpass(): void {
    const frequency = this.get(CompressorParameter.SidechainHighpass);
    const audible = frequency >= MIN_SIDECHAIN;
    if (audible) {
      prototypeOf(BandType.HighPass, 0, Math.SQRT1_2, 12, 0, prototype);
      const w0 = 2 * Math.PI * min(MAX_SIDECHAIN, frequency / this.sampleRate);
      designSection(prototype, w0, this.highpass.target);
    }
    this.highpass.begin(audible, this.started ? RAMP_STEPS : 0);
  }

  private run(left: usize, right: usize, frames: i32): void {
    const filters = this.highpass.sounds();
    if (filters || this.meanWeight < 1) {
      toFrames(left, right, this.samples, frames);
      if (filters) sectionRun(this.highpass, this.samples, frames);
      this.meanPower(frames);
    } else {
      peakPower(left, right, this.work, frames);
    }
    this.computeReduction(frames);
    this.smooth(frames);
    this.computeGain(frames);
    this.delay.process(left, right, frames);
    multiply(left, this.work, frames);
    multiply(right, this.work, frames);
  }

  private passGrid(): void {
    this.phase = 0;
    this.reduction.add(-this.deepest, GRID);
    this.deepest = 0;
    this.highpass.step();
    this.highpass.settle();
  }

  /** Frames to mean power, of the louder channel. */
  private meanPower(frames: i32): void {
    const weight = f64x2.splat(this.meanWeight);
    const keep = f64x2.splat(1 - this.meanWeight);
    let mean = this.mean;
    for (let i: usize = 0, end = (<usize>frames) << 3; i < end; i += 8) {
      const sample = v128.load(this.samples + (i << 1));
      const power = f64x2.add(f64x2.mul(sample, sample), f64x2.splat(LEAST));
      mean = f64x2.add(f64x2.mul(keep, mean), f64x2.mul(weight, power));
      v128.store64_lane(this.work + i, f64x2.pmax(mean, i64x2.shuffle(mean, mean, 1, 0)), 0);
    }
    this.mean = mean;
  }

  /** Power to the reduction the static curve asks for, in dB, positive; two frames at a time. */
  private computeReduction(frames: i32): void {
    const asked = this.get(CompressorParameter.Knee);
    const knee = asked < LEAST_KNEE ? 0 : asked;
    const threshold = f64x2.splat(this.get(CompressorParameter.Threshold));
    const half = f64x2.splat(knee / 2);
    const width = f64x2.splat(knee);
    const bend = f64x2.splat(knee > 0 ? 1 / (2 * knee) : 0);
    const slope = f64x2.splat(this.slope);
    const zero = f64x2.splat(0);
    for (let i: usize = 0, end = (<usize>frames) << 3; i < end; i += 16) {
      const over = f64x2.sub(powerToDb(v128.load(this.work + i)), threshold);
      const inKnee = f64x2.pmin(f64x2.pmax(f64x2.add(over, half), zero), width);
      const bent = f64x2.mul(f64x2.mul(inKnee, inKnee), bend);
      const straight = f64x2.pmax(f64x2.sub(over, half), zero);
      v128.store(this.work + i, f64x2.mul(f64x2.add(bent, straight), slope));
    }
  }

  /** Attack and release. */
  private smooth(frames: i32): void {
    const attack = f64x2.splat(this.attack);
    const rise = f64x2.splat(1 - this.attack);
    const release = f64x2.splat(this.release);
    const fall = f64x2.splat(1 - this.release);
    const slow = f64x2.splat(this.slowRelease);
    const slowRise = f64x2.splat(this.slowRelease > 0 ? 1 - this.slowRelease : 0);
    const least = f64x2.splat(LEAST);
    let follower = f64x2.splat(this.follower);
    let floor = f64x2.splat(this.floor);
    let applied = f64x2.splat(this.applied);
    let deepest = f64x2.splat(this.deepest);
    for (let i = this.work, end = this.work + ((<usize>frames) << 3); i < end; i += 8) {
      const wanted = f64x2.pmax(v128.load64_splat(i), least);
      const fallen = f64x2.add(f64x2.mul(release, follower), f64x2.mul(fall, floor));
      floor = f64x2.add(f64x2.mul(slow, floor), f64x2.mul(slowRise, wanted));
      follower = f64x2.pmax(wanted, fallen);
      const risen = f64x2.add(f64x2.mul(attack, applied), f64x2.mul(rise, follower));
      applied = f64x2.pmin(follower, risen);
      deepest = f64x2.pmax(deepest, applied);
      v128.store64_lane(i, applied, 0);
    }
    this.follower = f64x2.extract_lane(follower, 0);
    this.floor = f64x2.extract_lane(floor, 0);
    this.applied = f64x2.extract_lane(applied, 0);
    this.deepest = f64x2.extract_lane(deepest, 0);
  }

  /** Reduction to linear gain, with makeup and mix; two frames at a time. */
  private computeGain(frames: i32): void {
    const end = this.work + ((<usize>frames) << 3);
    for (let i = this.work; i < end; i += 16) v128.store(i, dbToGain(f64x2.neg(v128.load(i))));
    let i = this.work;
    for (; i < end && (this.dry.moves() || this.wet.moves()); i += 8) {
      store<f64>(i, this.dry.next() + this.wet.next() * load<f64>(i));
    }
    const dry = this.dry.value;
    const wet = this.wet.value;
    if (dry == 0 && wet == 1) return;
    for (; i < end; i += 8) store<f64>(i, dry + wet * load<f64>(i));
  }
}

/** A compressor with common settings: -18 dB, 4 to 1, 10 ms, 120 ms, a knee of 6 dB. */
export function compressorNew(sampleRate: f64): Compressor {
  const compressor = new Compressor();
  compressor.sampleRate = sampleRate;
  compressor.set(CompressorParameter.Threshold, -18);
  compressor.set(CompressorParameter.Ratio, 4);
  compressor.set(CompressorParameter.Attack, 10);
  compressor.set(CompressorParameter.Release, 120);
  compressor.set(CompressorParameter.Knee, 6);
  compressor.set(CompressorParameter.Mix, 100);
  return compressor;
}
