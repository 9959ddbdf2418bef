/**
 * Multiband compressor: up to 5 bands, each with the compressor's detector, curve and times.
 *
 * At rest the bands of minimum phase (crossover.ts) add up to an all-pass response, flat in magnitude; those of linear
 * phase (linearCrossover.ts) to the input, later. With `Mix` the uncompressed part has that same phase.
 *
 * Parameter number = band * 8 + {@link MultibandField}, band 0 to 4, and {@link MultibandParameter} for all. The
 * highest band that has been set before `prepare` is the last one.
 */
import { Crossover, crossoverNew } from "../filters/crossover";
import { LinearCrossover } from "../filters/linearCrossover";
import { GRID } from "../filters/section";
import { fromFrames, toFrames } from "../frames";
import { allocate } from "../memory";
import { Ramp, rampFrames } from "../ramp";
import { decayOf } from "./decay";
import { mixGains, toGains } from "./gains";
import { LevelDetector } from "./levelDetector";
import { Reduction, reductionNew } from "./reduction";
import { ReductionCurve } from "./reductionCurve";

/** Fields of a band. */
export const enum MultibandField {
  /** Hz, upper end; the last band has none. Never below that of the band beneath. */
  Frequency = 0,
  /** dB */
  Threshold = 1,
  /** 1 (nothing happens) to Infinity */
  Ratio = 2,
  /** ms, 0 to 1000 */
  Attack = 3,
  /** ms, 1 to 10000 */
  Release = 4,
  /** dB, width; 0: hard */
  Knee = 5,
  /** dB */
  Makeup = 6,
}

export const enum MultibandParameter {
  /** 0 peak, 1 RMS */
  Detector = 128,
  /** %, 100 compressed only, 0 dry only */
  Mix = 129,
  /** 0 minimum, 1 linear; taken when it is prepared */
  Phase = 130,
}

const BANDS: i32 = 5;
const FIELDS_PER_BAND: i32 = 8;
const RMS_SECONDS: f64 = 0.01;

@unmanaged
class Band {
  frequency: f64;
  threshold: f64;
  ratio: f64 = 1;
  attack: f64;
  release: f64;
  knee: f64;
  makeup: f64;
  private detector: LevelDetector = new LevelDetector();
  private curve: ReductionCurve = new ReductionCurve();
  private dry: Ramp = new Ramp();
  private wet: Ramp = new Ramp();

  set(field: i32, value: f64): void {
    if (value != value || (!isFinite(value) && field != MultibandField.Ratio)) return;
    if (field == MultibandField.Frequency) this.frequency = value;
    else if (field == MultibandField.Threshold) this.threshold = value;
    else if (field == MultibandField.Ratio) this.ratio = value;
    else if (field == MultibandField.Attack) this.attack = value;
    else if (field == MultibandField.Release) this.release = value;
    else if (field == MultibandField.Knee) this.knee = max(0, value);
    else if (field == MultibandField.Makeup) this.makeup = value;
  }

  /** @param frames length of the ramps to the new values */
  derive(mix: f64, sampleRate: f64, frames: i32): void {
    this.curve.computer.set(this.threshold, this.ratio, this.knee, frames);
    this.curve.setTimes(this.attack, this.release, false, sampleRate);
    this.dry.moveTo(1 - mix, frames);
    this.wet.moveTo(mix * Math.pow(10, this.makeup / 20), frames);
  }

  /**
   * Compresses f64x2 frames and adds them to `sum`.
   *
   * @param work room for GRID f64 and three more
   * @returns least gain in dB, without makeup
   */
  addTo(sum: usize, samples: usize, frames: i32, keep: f64, work: usize): f64 {
    this.detector.runFrames(samples, work, frames, keep);
    const least = this.curve.run(work, frames);
    toGains(work, frames, least);
    mixGains(work, frames, this.dry, this.wet);
    for (let i: usize = 0, end = (<usize>frames) << 4; i < end; i += 16) {
      const gain = f64x2.promote_low_f32x4(v128.load32_splat(work + (i >> 2)));
      v128.store(sum + i, f64x2.add(v128.load(sum + i), f64x2.mul(gain, v128.load(samples + i))));
    }
    return least;
  }
}

@unmanaged
export class Multiband {
  sampleRate: f64;
  readonly reduction: Reduction = reductionNew();
  /** Addresses of the bands, and how many are in use. */
  private bands: usize = allocate(BANDS << 2);
  private count: i32;
  private crossover: Crossover = changetype<Crossover>(0);
  private isLinear: bool;
  private linear: LinearCrossover | null;
  private isRms: bool = true;
  private mix: f64 = 1;
  private changed: bool;
  private started: bool;
  /** Frames since the last point of the grid. */
  private phase: i32;
  /** Least gain since then, in dB. */
  private least: f64;
  private sum: usize = allocate(GRID << 4);
  private work: usize = allocate((GRID + 3) << 3);

  init(): void {
    for (let i = 0; i < BANDS; i++)
      store<usize>(this.bands + ((<usize>i) << 2), changetype<usize>(new Band()));
  }

  set(parameter: i32, value: f64): void {
    const index = parameter / FIELDS_PER_BAND;
    if (parameter == MultibandParameter.Detector) this.isRms = value == 1;
    else if (parameter == MultibandParameter.Mix && isFinite(value))
      this.mix = min(1, max(0, value / 100));
    else if (parameter == MultibandParameter.Phase) this.isLinear = value == 1;
    else if (parameter >= 0 && index < BANDS) {
      this.band(index).set(parameter % FIELDS_PER_BAND, value);
      if (!this.started) this.count = max(this.count, index + 1);
    }
    this.changed = true;
  }

  prepare(): void {
    if (this.isLinear && this.count > 1) {
      const linear = new LinearCrossover(this.count, this.sampleRate);
      this.linear = linear;
      this.derive();
      linear.prepare();
    } else {
      this.crossover = crossoverNew(this.count, this.sampleRate);
      this.derive();
    }
  }

  /** @returns frames */
  latency(): i32 {
    const linear = this.linear;
    return linear ? linear.latency : 0;
  }

  process(left: usize, right: usize, frames: i32): void {
    if (this.changed) this.derive();
    this.started = true;
    if (this.count == 0) return;
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

  private band(index: i32): Band {
    return changetype<Band>(load<usize>(this.bands + ((<usize>index) << 2)));
  }

  private derive(): void {
    this.changed = false;
    const frames = this.started ? rampFrames(this.sampleRate) : 0;
    let frequency: f64 = 0;
    for (let i = 0; i < this.count; i++) {
      const band = this.band(i);
      band.derive(this.mix, this.sampleRate, frames);
      frequency = max(frequency, band.frequency);
      const linear = this.linear;
      if (linear) linear.tune(i, frequency);
      else this.crossover.tune(i, frequency, frames);
    }
  }

  /** Takes `frames` frames apart. @returns address of the f64x2 frames of the lowest band; the others follow, GRID frames each */
  private split(left: usize, right: usize, frames: i32): usize {
    const last = this.count - 1;
    const linear = this.linear;
    if (linear) {
      toFrames(left, right, linear.band(last), frames);
      linear.run(frames);
      return linear.band(0);
    }
    toFrames(left, right, this.crossover.band(last), frames);
    this.crossover.run(frames);
    return this.crossover.band(0);
  }

  private run(left: usize, right: usize, frames: i32): void {
    const keep = this.isRms ? decayOf(RMS_SECONDS, this.sampleRate) : 0;
    let samples = this.split(left, right, frames);
    memory.fill(this.sum, 0, (<usize>frames) << 4);
    for (let i = 0; i < this.count; i++, samples += GRID << 4) {
      const least = this.band(i).addTo(this.sum, samples, frames, keep, this.work);
      this.least = min(this.least, least);
    }
    fromFrames(this.sum, left, right, frames);
  }

  private passGrid(): void {
    this.phase = 0;
    this.reduction.add(this.least, GRID);
    this.least = 0;
    if (!this.linear) this.crossover.settle();
  }
}

/** A multiband compressor without bands: it leaves the signal alone, bit for bit. */
export function multibandNew(sampleRate: f64): Multiband {
  const multiband = new Multiband();
  multiband.sampleRate = sampleRate;
  multiband.init();
  return multiband;
}
