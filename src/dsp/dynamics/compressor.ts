/**
 * Feed-forward compressor with a log-domain detector, linked over both channels.
 *
 * The static curve is that of gainComputer.ts. The reduction is then smoothed in decibels as in section 2.3 of the
 * paper named there: a peak follower that falls with the release, and a rise towards it with the attack, so both times
 * are exact time constants (63 %).
 *
 * Level of a frame: that of its louder channel. With `Rms` it is the mean power over 10 ms; a sine then reads 3 dB
 * less than its peak. What follows from the mean is worked out once every four frames (powerSteps.ts), and the gain
 * moves in a straight line in between, reached four frames later: about a hundredth of the mean's own delay.
 *
 * Automatic make-up: half of the reduction that the static curve gives at 0 dBFS, added to `Makeup`.
 */
import { GRID } from "../filters/section";
import { allocate } from "../memory";
import { Ramp, rampFrames } from "../ramp";
import { Delay } from "../time/delay";
import { decayOf } from "./decay";
import { applyGains, mixGains, toGains } from "./gains";
import { GainSteps } from "./gainSteps";
import { LevelDetector } from "./levelDetector";
import { STEP_FRAMES } from "./powerSteps";
import { Reduction, reductionNew } from "./reduction";
import { ReductionCurve } from "./reductionCurve";

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
  /** 1: see above. */
  AutoMakeup = 11,
  /** Hz, 12 dB per octave in front of the detector; below 1: off */
  SidechainLowpass = 12,
}

const PARAMETERS: i32 = 13;
const RMS_SECONDS: f64 = 0.01;

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
  /** Least gain since then, in dB. */
  private least: f64;

  private detector: LevelDetector = new LevelDetector();
  private curve: ReductionCurve = new ReductionCurve();
  private delay: Delay = new Delay();
  /** Factor per step of the detector's mean; 0: peaks. */
  private keep: f64;
  private steps: GainSteps = new GainSteps();
  private dry: Ramp = new Ramp();
  private wet: Ramp = new Ramp();
  /** As many f64 as a grid has frames, and three more: powers, gains in dB, linear f32 gains in turn. */
  private work: usize = allocate((GRID + 3) << 3);

  set(parameter: i32, value: f64): void {
    if (parameter < 0 || parameter >= PARAMETERS || value != value) return;
    if (!isFinite(value) && parameter != CompressorParameter.Ratio) return;
    store<f64>(this.values + ((<usize>parameter) << 3), value);
    this.changed = true;
  }

  prepare(): void {
    const lookahead = min(50, max(0, this.get(CompressorParameter.Lookahead))) / 1000;
    this.delay.resize(<i32>Math.round(lookahead * this.sampleRate));
    this.derive();
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
    const isRms = this.get(CompressorParameter.Detector) == 1;
    const stride = isRms ? STEP_FRAMES : 1;
    const rate = this.sampleRate / <f64>stride;
    const frames = this.started ? rampFrames(this.sampleRate) / stride : 0;
    const threshold = this.get(CompressorParameter.Threshold);
    this.curve.computer.set(
      threshold,
      this.get(CompressorParameter.Ratio),
      max(0, this.get(CompressorParameter.Knee)),
      frames,
    );
    this.curve.setTimes(
      this.get(CompressorParameter.Attack),
      this.get(CompressorParameter.Release),
      this.get(CompressorParameter.AutoRelease) != 0,
      rate,
    );
    this.keep = isRms ? decayOf(RMS_SECONDS, rate) : 0;

    const mix = min(1, max(0, this.get(CompressorParameter.Mix) / 100));
    this.dry.moveTo(1 - mix, frames);
    this.wet.moveTo(mix * Math.pow(10, this.makeup() / 20), frames);
    this.detector.filter.tune(
      this.get(CompressorParameter.SidechainHighpass),
      this.get(CompressorParameter.SidechainLowpass),
      this.sampleRate,
      this.started,
    );
  }

  /** @returns dB */
  private makeup(): f64 {
    const automatic = this.get(CompressorParameter.AutoMakeup) != 0;
    return this.get(CompressorParameter.Makeup) + (automatic ? this.curve.computer.reductionAt(0) / 2 : 0);
  }

  private run(left: usize, right: usize, keyLeft: usize, keyRight: usize, frames: i32): void {
    const work = this.work;
    if (this.keep > 0) {
      const steps = this.detector.runSteps(keyLeft, keyRight, work, frames, this.phase, this.keep);
      this.gains(steps);
      this.delay.process(left, right, frames);
      this.steps.apply(left, right, work, frames, this.phase);
    } else {
      this.detector.run(keyLeft, keyRight, work, frames, 0);
      this.gains(frames);
      this.delay.process(left, right, frames);
      applyGains(left, work, frames);
      if (right != left) applyGains(right, work, frames);
    }
  }

  /** Turns `count` powers in `work` into linear gains, in place. */
  private gains(count: i32): void {
    const least = this.curve.run(this.work, count);
    this.least = min(this.least, least);
    toGains(this.work, count, least);
    mixGains(this.work, count, this.dry, this.wet);
  }

  private passGrid(): void {
    this.phase = 0;
    this.reduction.add(this.least, GRID);
    this.least = 0;
    this.detector.filter.step();
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
