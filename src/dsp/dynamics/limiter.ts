/**
 * True-peak look-ahead limiter for a stereo pair, both channels turned down together.
 *
 * Below the ceiling it is a pure delay, bit for bit. Above, the gain glides to what is needed
 * during the look-ahead and arrives with the peak (see reductionEnvelope.ts); it is known
 * every {@link GROUP_FRAMES} frames and runs straight between.
 */
import { powerToDb } from "../decibels";
import { allocate } from "../memory";
import { interleave } from "../metering/oversampling";
import {
  BLOCK_FRAMES,
  BLOCK_GROUPS,
  DETECTOR_REACH,
  detectSamplePeaks,
  GROUP_FRAMES,
  PeakDetector,
} from "./peakDetector";
import { Ramp, rampFrames } from "../ramp";
import { Reduction, reductionNew } from "./reduction";
import { ReductionEnvelope } from "./reductionEnvelope";

export const enum LimiterParameter {
  /** Ceiling in dBTP (dBFS without true peak), 0 or negative. */
  Ceiling = 0,
  /** Look-ahead in ms, 0.1 to 20; taken over by `prepare`, not while the signal runs. */
  Lookahead = 1,
  /** Time constant of the release in ms; with automatic release its fast end. */
  Release = 2,
  /** 1: the release slows down to a fifth under sustained reduction. */
  AutoRelease = 3,
  /** 1: peaks between the samples count. */
  TruePeak = 4,
  /** Gain before the limiter in dB. */
  InputGain = 5,
}

/** Bytes of one frame of a stereo pair. */
const FRAME: usize = 8;
const BLOCK_BYTES: usize = <usize>BLOCK_FRAMES * FRAME;
/** Frames that the delay line is filled with before it is moved back. */
const RUN_FRAMES: i32 = 4096;
/** Beyond this level a sample is an error upstream, as NaN is, and counts as silence. */
const LOUDEST: f32 = 1e9;

@unmanaged
export class Limiter {
  /** Gain reduction so far. */
  reduction!: Reduction;
  private ceilingDb: f64 = -1;
  private lookaheadMs: f64 = 5;
  private releaseMs: f64 = 100;
  private hasAutoRelease: bool = true;
  private detectsTruePeaks: bool = true;
  private inputGainDb: f64 = 0;

  private ceiling: f32;
  private inputGain: Ramp = new Ramp();
  private started: bool = false;
  private lookaheadGroups: i32;
  private detector!: PeakDetector;
  private envelope!: ReductionEnvelope;
  /** Levels of the groups of a block. */
  private peaks: usize;
  /** Stereo pairs; the newest block begins at `newest`. */
  private delayLine: usize;
  private newest: usize;
  /** Planar blocks: one being filled from the input, one being given to the output. */
  private inputLeft: usize;
  private inputRight: usize;
  private outputLeft: usize;
  private outputRight: usize;
  private filled: i32 = 0;
  /** Reduction at the end of the last group. */
  private lastReduction: f64 = 0;

  constructor(private sampleRate: f64) {}

  set(parameter: i32, value: f64): void {
    switch (parameter) {
      case LimiterParameter.Ceiling:
        this.ceilingDb = value;
        break;
      case LimiterParameter.Lookahead:
        this.lookaheadMs = value;
        break;
      case LimiterParameter.Release:
        this.releaseMs = value;
        break;
      case LimiterParameter.AutoRelease:
        this.hasAutoRelease = value != 0;
        break;
      case LimiterParameter.TruePeak:
        this.detectsTruePeaks = value != 0;
        break;
      case LimiterParameter.InputGain:
        this.inputGainDb = value;
        break;
    }
    if (this.started) this.takeValues(rampFrames(this.sampleRate));
  }

  /** Takes over what may change while the signal runs: the gain to come follows, without a step. */
  private takeValues(frames: i32): void {
    this.ceiling = <f32>Math.pow(10, this.ceilingDb / 20);
    this.inputGain.moveTo(Math.pow(10, this.inputGainDb / 20), frames);
    this.envelope.setRelease(this.release(), this.hasAutoRelease);
  }

  /** In groups. */
  private release(): f64 {
    return Math.max(this.releaseMs, 1) * (this.sampleRate / (1000 * <f64>GROUP_FRAMES));
  }

  prepare(): void {
    const groupsPerMs = this.sampleRate / (1000 * <f64>GROUP_FRAMES);
    const lookahead = Math.min(Math.max(this.lookaheadMs, 0.1), 20);
    this.lookaheadGroups = <i32>Math.max(Math.round(lookahead * groupsPerMs), 1);
    this.envelope = new ReductionEnvelope(
      this.lookaheadGroups,
      BLOCK_GROUPS,
      this.release(),
      this.hasAutoRelease,
    );
    this.takeValues(0);
    this.detector = new PeakDetector(this.sampleRate);
    this.peaks = allocate(BLOCK_GROUPS << 2);
    this.reduction = reductionNew();
    this.delayLine = allocate((this.historyFrames() + RUN_FRAMES) * <i32>FRAME);
    this.newest = this.delayLine + <usize>this.historyFrames() * FRAME;
    const planarBytes = BLOCK_FRAMES << 2;
    this.inputLeft = allocate(planarBytes);
    this.inputRight = allocate(planarBytes);
    this.outputLeft = allocate(planarBytes);
    this.outputRight = allocate(planarBytes);
    this.started = true;
  }

  /** One block to fill, one that the detector looks ahead, and the look-ahead proper. */
  latency(): i32 {
    return BLOCK_FRAMES + this.delayFrames();
  }

  process(left: usize, right: usize, frames: i32): void {
    while (frames > 0) {
      const count = min(frames, BLOCK_FRAMES - this.filled);
      const at = <usize>this.filled << 2;
      exchange(left, this.inputLeft + at, this.outputLeft + at, count);
      exchange(right, this.inputRight + at, this.outputRight + at, count);
      left += <usize>count << 2;
      right += <usize>count << 2;
      frames -= count;
      this.filled += count;
      if (this.filled == BLOCK_FRAMES) {
        this.processBlock();
        this.filled = 0;
      }
    }
  }

  /** From the newest block back to the one that is given out. */
  private delayFrames(): i32 {
    return DETECTOR_REACH + this.lookaheadGroups * GROUP_FRAMES;
  }

  private historyFrames(): i32 {
    return this.delayFrames() + 2 * DETECTOR_REACH;
  }

  private processBlock(): void {
    this.takeBlock();
    const detected = this.newest - <usize>DETECTOR_REACH * FRAME;
    const delayed = this.newest - <usize>this.delayFrames() * FRAME;
    this.detect(detected);
    if (this.isTransparent()) {
      deinterleave(delayed, this.outputLeft, this.outputRight);
      this.reduction.add(0, <f64>BLOCK_FRAMES);
    } else {
      this.reduceBlock(delayed);
    }
    this.newest += BLOCK_BYTES;
  }

  /**
   * Finds the peaks that matter: those above the ceiling even with the reduction that lasts
   * anyway until they are given out.
   */
  private detect(block: usize): void {
    const lasting = this.envelope.lastingReduction();
    const threshold = this.ceiling / <f32>(1 - lasting);
    if (this.detectsTruePeaks) this.detector.detect(block, threshold, this.peaks);
    else detectSamplePeaks(block, this.peaks);
  }

  private isTransparent(): bool {
    if (!this.envelope.isIdle()) return false;
    const over = f32x4.gt(v128.load(this.peaks), f32x4.splat(this.ceiling));
    return !v128.any_true(over);
  }

  /** Moves the input block, with gain, to the end of the delay line. */
  private takeBlock(): void {
    const history = <usize>this.historyFrames() * FRAME;
    if (this.newest == this.delayLine + history + <usize>RUN_FRAMES * FRAME) {
      memory.copy(this.delayLine, this.newest - history, history);
      this.newest = this.delayLine + history;
    }
    interleave(this.inputLeft, this.inputRight, this.newest, BLOCK_FRAMES);
    const moves = this.inputGain.moves();
    let gain = f32x4.splat(<f32>this.inputGain.value);
    const loudest = f32x4.splat(LOUDEST);
    for (let at = this.newest, end = at + BLOCK_BYTES; at < end; at += 16) {
      if (moves) {
        const first = f32x4.splat(<f32>this.inputGain.next());
        gain = v128.shuffle<f32>(first, f32x4.splat(<f32>this.inputGain.next()), 0, 1, 4, 5);
      }
      const samples = f32x4.mul(v128.load(at), gain);
      v128.store(at, v128.and(samples, f32x4.le(f32x4.abs(samples), loudest)));
    }
  }

  /** Gives out the delayed block with the reduction that is due. */
  private reduceBlock(delayed: usize): void {
    let deepest: f64 = 0;
    for (let group: usize = 0; group < <usize>BLOCK_GROUPS; group++) {
      const peak = load<f32>(this.peaks + (group << 2));
      const need: f64 = peak > this.ceiling ? 1 - <f64>this.ceiling / <f64>peak : 0;
      const before = this.lastReduction;
      const after = this.envelope.push(need);
      this.applyGain(delayed, group * <usize>GROUP_FRAMES, <f32>(1 - before), <f32>(1 - after));
      if (deepest < after) deepest = after;
      this.lastReduction = after;
    }
    const gain = 1 - deepest;
    this.reduction.add(f64x2.extract_lane(powerToDb(f64x2.splat(gain * gain)), 0), <f64>BLOCK_FRAMES);
  }

  /** Gives out the group from frame `frame` of the block on, with the gain running from `start` to `end`. */
  // @ts-ignore: decorator
  @inline
  private applyGain(block: usize, frame: usize, start: f32, end: f32): void {
    const step = (end - start) * (1.0 / <f32>GROUP_FRAMES);
    let gains = f32x4.add(f32x4.splat(start), f32x4.mul(f32x4.splat(step), f32x4(0, 1, 2, 3)));
    const steps = f32x4.splat(4 * step);
    for (const last = frame + <usize>GROUP_FRAMES; frame < last; frame += 4) {
      const early = v128.load(block + frame * FRAME);
      const late = v128.load(block + frame * FRAME, 16);
      const offset = frame << 2;
      v128.store(this.outputLeft + offset, f32x4.mul(gains, v128.shuffle<f32>(early, late, 0, 2, 4, 6)));
      v128.store(this.outputRight + offset, f32x4.mul(gains, v128.shuffle<f32>(early, late, 1, 3, 5, 7)));
      gains = f32x4.add(gains, steps);
    }
  }
}

/** Saves `count` samples to `taken` and replaces them by those at `given`. */
// @ts-ignore: decorator
@inline
function exchange(samples: usize, taken: usize, given: usize, count: i32): void {
  let frame = 0;
  for (; frame + 4 <= count; frame += 4, samples += 16, taken += 16, given += 16) {
    v128.store(taken, v128.load(samples));
    v128.store(samples, v128.load(given));
  }
  for (; frame < count; frame++, samples += 4, taken += 4, given += 4) {
    store<f32>(taken, load<f32>(samples));
    store<f32>(samples, load<f32>(given));
  }
}

/** Takes a block of stereo pairs apart to planar channels. */
function deinterleave(pairs: usize, left: usize, right: usize): void {
  for (const end = pairs + BLOCK_BYTES; pairs < end; pairs += 32, left += 16, right += 16) {
    const early = v128.load(pairs);
    const late = v128.load(pairs, 16);
    v128.store(left, v128.shuffle<f32>(early, late, 0, 2, 4, 6));
    v128.store(right, v128.shuffle<f32>(early, late, 1, 3, 5, 7));
  }
}
