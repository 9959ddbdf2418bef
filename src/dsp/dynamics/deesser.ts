/**
 * De-esser: turns down a band while it is loud, linked over both channels.
 *
 * The signal is taken apart by a state-variable filter, x = high + k band + low (k = 1 / q), and put together again
 * with the gain g of the moment:
 *
 *   shelf  y = g high + sqrt(g) k band + low, k = sqrt(2): -3 dB and half-way at the frequency, everything above by g
 *   bell   y = high + g k band + low: a peak filter of this q, by g at the frequency
 *
 * Without reduction y is x, bit for bit. The detector follows the mean power over 3 ms of the louder channel, of high
 * (shelf) or k band (bell): as an absolute level in dB (a full-scale sine reads -3 dB), or relative to the whole
 * signal's, so that quiet and loud words are treated alike (below {@link QUIET} dB both fade out). Curve, attack and
 * release are those of the compressor, with a hard knee; the range ends the reduction.
 */
import { GRID } from "../filters/section";
import { StateVariable } from "../filters/stateVariable";
import { fromFrames, toFrames } from "../frames";
import { allocate } from "../memory";
import { Ramp, rampFrames } from "../ramp";
import { decayOf } from "./decay";
import { toGains } from "./gains";
import { LevelDetector } from "./levelDetector";
import { Reduction, reductionNew } from "./reduction";
import { ReductionCurve } from "./reductionCurve";

export const enum DeesserParameter {
  /** Hz */
  Frequency = 0,
  /** 0 shelf, 1 bell */
  Shape = 1,
  /** of the bell, 0.1 to 10 */
  Q = 2,
  /** 0 relative, 1 absolute */
  Detection = 3,
  /** dB */
  Threshold = 4,
  /** 1 (nothing happens) to Infinity */
  Ratio = 5,
  /** dB, 0 or negative: least gain */
  Range = 6,
  /** ms, 0 to 1000 */
  Attack = 7,
  /** ms, 1 to 10000 */
  Release = 8,
  /** 1: gives only what the detector hears. */
  Listen = 9,
}

const PARAMETERS: i32 = 10;
const DETECTOR_SECONDS: f64 = 0.003;
/** Mean power in dB below which a relative detection reads less and less. */
const QUIET: f64 = -70;

@unmanaged
export class Deesser {
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

  private filter: StateVariable = new StateVariable();
  private detector: LevelDetector = new LevelDetector();
  private whole: LevelDetector = new LevelDetector();
  private curve: ReductionCurve = new ReductionCurve();
  private keep: f64;
  private floor: f64;
  /** 1 shelf, 0 bell */
  private shelf: Ramp = new Ramp();
  /** 1: what the detector hears, 0: the de-essed signal */
  private listens: Ramp = new Ramp();
  /** 1: relative */
  private relative: Ramp = new Ramp();
  /** GRID frames of f64x2 each: the signal, its parts, what the detector hears. */
  private samples: usize = allocate(GRID << 4);
  private bands: usize = allocate(GRID << 4);
  private highs: usize = allocate(GRID << 4);
  private heard: usize = allocate(GRID << 4);
  /** GRID f64 each, and three more. */
  private work: usize = allocate((GRID + 3) << 3);
  private wholes: usize = allocate((GRID + 3) << 3);

  set(parameter: i32, value: f64): void {
    if (parameter < 0 || parameter >= PARAMETERS || value != value) return;
    if (!isFinite(value) && parameter != DeesserParameter.Ratio) return;
    store<f64>(this.values + ((<usize>parameter) << 3), value);
    this.changed = true;
  }

  prepare(): void {
    this.keep = decayOf(DETECTOR_SECONDS, this.sampleRate);
    this.floor = Math.pow(10, QUIET / 10);
    this.derive();
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
    const frames = this.started ? rampFrames(this.sampleRate) : 0;
    const isShelf = this.get(DeesserParameter.Shape) != 1;
    const damping = isShelf ? Math.SQRT2 : 1 / min(10, max(0.1, this.get(DeesserParameter.Q)));
    this.filter.tune(this.get(DeesserParameter.Frequency), damping, this.sampleRate, this.started);
    this.shelf.moveTo(isShelf ? 1 : 0, frames);
    this.listens.moveTo(this.get(DeesserParameter.Listen) == 1 ? 1 : 0, frames);
    this.relative.moveTo(this.get(DeesserParameter.Detection) != 1 ? 1 : 0, frames);
    const threshold = this.get(DeesserParameter.Threshold);
    this.curve.computer.set(threshold, this.get(DeesserParameter.Ratio), 0, frames);
    this.curve.setRange(-this.get(DeesserParameter.Range), frames);
    const attack = this.get(DeesserParameter.Attack);
    this.curve.setTimes(attack, this.get(DeesserParameter.Release), false, this.sampleRate);
  }

  private run(left: usize, right: usize, frames: i32): void {
    toFrames(left, right, this.samples, frames);
    this.filter.run(this.samples, this.bands, this.highs, frames);
    this.hear(frames);
    this.detector.runFrames(this.heard, this.work, frames, this.keep);
    this.whole.run(left, right, this.wholes, frames, this.keep);
    this.compare(frames);
    const least = this.curve.run(this.work, frames);
    this.least = min(this.least, least);
    toGains(this.work, frames, least);
    this.putTogether(frames);
    fromFrames(this.samples, left, right, frames);
  }

  private passGrid(): void {
    this.phase = 0;
    this.reduction.add(this.least, GRID);
    this.least = 0;
    this.filter.step();
  }

  /** Writes what the detector hears, and scales the band by its damping. */
  private hear(frames: i32): void {
    const damping = f64x2.splat(this.filter.damping);
    const shelf = this.shelf.value;
    const moves = this.shelf.moves();
    for (let i: usize = 0, end = (<usize>frames) << 4; i < end; i += 16) {
      const band = f64x2.mul(damping, v128.load(this.bands + i));
      v128.store(this.bands + i, band);
      const high = v128.load(this.highs + i);
      if (moves) {
        const part = f64x2.splat(shelf);
        v128.store(this.heard + i, f64x2.add(band, f64x2.mul(part, f64x2.sub(high, band))));
      } else {
        v128.store(this.heard + i, shelf == 1 ? high : band);
      }
    }
  }

  /** Relates the power of the band to that of the whole signal. */
  private compare(frames: i32): void {
    const end = (<usize>frames) << 3;
    let i: usize = 0;
    for (; i < end && this.relative.moves(); i += 8) {
      const related = load<f64>(this.work + i) / (load<f64>(this.wholes + i) + this.floor);
      const part = this.relative.next();
      store<f64>(this.work + i, part * related + (1 - part) * load<f64>(this.work + i));
    }
    if (this.relative.value == 0) return;
    const floor = f64x2.splat(this.floor);
    for (; i < end; i += 16) {
      const whole = f64x2.add(v128.load(this.wholes + i), floor);
      v128.store(this.work + i, f64x2.div(v128.load(this.work + i), whole));
    }
  }

  /** Puts the parts together again by the f32 gains in `work`. */
  private putTogether(frames: i32): void {
    for (let i: usize = 0, end = (<usize>frames) << 4; i < end; i += 16) {
      const gain = <f64>load<f32>(this.work + (i >> 2));
      const shelf = this.shelf.next();
      const listens = this.listens.next();
      const high = f64x2.mul(f64x2.splat(shelf * (gain - 1)), v128.load(this.highs + i));
      const bandGain = shelf * (Math.sqrt(gain) - 1) + (1 - shelf) * (gain - 1);
      const band = f64x2.mul(f64x2.splat(bandGain), v128.load(this.bands + i));
      const output = f64x2.add(v128.load(this.samples + i), f64x2.add(high, band));
      const apart = f64x2.sub(v128.load(this.heard + i), output);
      v128.store(this.samples + i, f64x2.add(output, f64x2.mul(f64x2.splat(listens), apart)));
    }
  }
}

/** A de-esser with common settings: a shelf at 6 kHz, -12 dB relative, 4 to 1, range -8 dB, 1 ms, 60 ms. */
export function deesserNew(sampleRate: f64): Deesser {
  const deesser = new Deesser();
  deesser.sampleRate = sampleRate;
  deesser.set(DeesserParameter.Frequency, 6000);
  deesser.set(DeesserParameter.Q, 1);
  deesser.set(DeesserParameter.Threshold, -12);
  deesser.set(DeesserParameter.Ratio, 4);
  deesser.set(DeesserParameter.Range, -8);
  deesser.set(DeesserParameter.Attack, 1);
  deesser.set(DeesserParameter.Release, 60);
  return deesser;
}
