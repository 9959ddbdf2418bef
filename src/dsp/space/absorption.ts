/**
 * What the lines of a reverberator lose on each pass, so that the sound has decayed by 60 dB after the time set for
 * each frequency: a gain, a first-order shelf for the bass and one for the treble, in every line.
 *
 * A line of m frames loses 60 m / (rate T(f)) dB, where the loss 1 / T(f) goes from the one of a band to that of
 * the next as the first-order shelf of the crossover frequency does, by 1 / (1 + (f / crossover)^2). Method:
 * J.-M. Jot and A. Chaigne, "Digital delay networks for designing artificial reverberators", AES Convention 90, 1991.
 */
import { allocate } from "../memory";

/** Lines of the network, four to a vector. */
export const LINES: i32 = 16;
const GROUPS: i32 = LINES >> 2;
/** Vectors of a group: scale, and pole and difference of either shelf. */
const VECTORS: i32 = 5;
const GROUP_BYTES: usize = VECTORS << 4;
/** Highest crossover, as a part of the sample rate. */
const MAX_CROSSOVER: f64 = 0.35;

/** Reverberation times in seconds, crossovers in Hz. */
@unmanaged
export class DecayTimes {
  bass: f64;
  middle: f64;
  treble: f64;
  bassCrossover: f64;
  trebleCrossover: f64;

  shortest(): f64 {
    return min(this.middle, min(this.bass, this.treble));
  }

  /** @returns 1 / T(f) */
  rate(frequency: f64): f64 {
    return 1 / this.middle + this.bassRate(frequency) + this.trebleRate(frequency);
  }

  bassRate(frequency: f64): f64 {
    return (1 / this.bass - 1 / this.middle) / (1 + square(frequency / this.bassCrossover));
  }

  trebleRate(frequency: f64): f64 {
    const x = square(frequency / this.trebleCrossover);
    return ((1 / this.treble - 1 / this.middle) * x) / (1 + x);
  }
}

function square(x: f64): f64 {
  return x * x;
}

/**
 * A shelf y = x + s, s' = difference x - pole s, and the factor it leaves to others, so that its power is
 * `low`, `middle` and `high` at 0 Hz, at the crossover and at half the sample rate.
 */
@unmanaged
class Shelf {
  scale: f64;
  pole: f64;
  difference: f64;

  design(cosine: f64, low: f64, middle: f64, high: f64): void {
    this.scale = Math.sqrt(low);
    this.pole = this.difference = 0;
    if (Math.abs(low / high - 1) < 1e-9) return;
    // |H|^2 = (n0 + n1 u) / (1 + d u) with u = cos w: three linear equations, then spectral factors.
    const a = (low * (1 + cosine)) / 2;
    const b = (high * (1 - cosine)) / 2;
    const quotient = (middle - a - b) / (a - b - middle * cosine);
    const d = min(0.99999, max(-0.99999, quotient));
    this.pole = d == 0 ? 0 : (1 - Math.sqrt(1 - d * d)) / d;
    const norm = 1 + this.pole * this.pole;
    const sum = Math.sqrt(low * (1 + d) * norm);
    const difference = Math.sqrt(high * (1 - d) * norm);
    const b0 = (sum + difference) / 2;
    const b1 = (sum - difference) / 2;
    this.scale = b0;
    this.difference = b1 / b0 - this.pole;
  }
}

const shelf = new Shelf();

@unmanaged
export class Absorption {
  sampleRate: f64;
  /** Cells left on the way from the current to the target coefficients. */
  private steps: i32;
  private current: usize = allocate(GROUPS * <i32>GROUP_BYTES);
  private target: usize = allocate(GROUPS * <i32>GROUP_BYTES);
  /** Two states of each group. */
  private states: usize = allocate(GROUPS << 5);

  /** Sets what line `line` of `frames` frames loses; `scale` is a factor on top. */
  design(line: i32, frames: i32, times: DecayTimes, scale: f64): void {
    const loss = (-6 * <f64>frames) / this.sampleRate;
    const at = this.target + <usize>(line >> 2) * GROUP_BYTES + ((<usize>(line & 3)) << 2);
    const nyquist = this.sampleRate / 2;
    let f = min(times.bassCrossover, MAX_CROSSOVER * this.sampleRate);
    let cosine = Math.cos((Math.PI * f) / nyquist);
    shelf.design(
      cosine,
      Math.pow(10, loss * times.bassRate(0)),
      Math.pow(10, loss * times.bassRate(f)),
      Math.pow(10, loss * times.bassRate(nyquist)),
    );
    let gain = scale * Math.pow(10, loss / 2 / times.middle) * shelf.scale;
    store<f32>(at, <f32>shelf.pole, 16);
    store<f32>(at, <f32>shelf.difference, 32);
    f = min(times.trebleCrossover, MAX_CROSSOVER * this.sampleRate);
    cosine = Math.cos((Math.PI * f) / nyquist);
    shelf.design(
      cosine,
      1,
      Math.pow(10, loss * times.trebleRate(f)),
      Math.pow(10, loss * times.trebleRate(nyquist)),
    );
    gain *= shelf.scale;
    store<f32>(at, <f32>shelf.pole, 48);
    store<f32>(at, <f32>shelf.difference, 64);
    store<f32>(at, <f32>gain);
  }

  /** Starts towards what was designed, reached after `steps` cells; 0: at once. */
  begin(steps: i32): void {
    this.steps = steps;
    if (steps == 0) memory.copy(this.current, this.target, <usize>GROUPS * GROUP_BYTES);
  }

  /** A cell has passed. */
  step(): void {
    if (this.steps == 0) return;
    const part = f32x4.splat(1 / <f32>this.steps);
    for (let i: usize = 0; i < <usize>GROUPS * GROUP_BYTES; i += 16) {
      const value = v128.load(this.current + i);
      const way = f32x4.sub(v128.load(this.target + i), value);
      v128.store(this.current + i, f32x4.add(value, f32x4.mul(way, part)));
    }
    this.steps--;
    if (this.steps == 0) this.begin(0);
  }

  clear(): void {
    memory.fill(this.states, 0, GROUPS << 5);
  }

  /** Runs `frames` frames of 16 lines each at `samples` in place. */
  run(samples: usize, frames: i32): void {
    this.runPair(samples, 0, frames);
    this.runPair(samples + 32, 2, frames);
  }

  /** Two groups at once, as each frame waits for the one before. */
  private runPair(samples: usize, group: i32, frames: i32): void {
    const k = this.current + <usize>group * GROUP_BYTES;
    const states = this.states + ((<usize>group) << 5);
    let s1 = v128.load(states);
    let s2 = v128.load(states, 16);
    let t1 = v128.load(states, 32);
    let t2 = v128.load(states, 48);
    for (let end = samples + ((<usize>frames) << 6); samples < end; samples += 64) {
      const x = v128.load(samples);
      const y = f32x4.add(x, s1);
      s1 = f32x4.sub(f32x4.mul(v128.load(k, 32), x), f32x4.mul(v128.load(k, 16), s1));
      v128.store(samples, f32x4.mul(f32x4.add(y, s2), v128.load(k)));
      s2 = f32x4.sub(f32x4.mul(v128.load(k, 64), y), f32x4.mul(v128.load(k, 48), s2));
      const u = v128.load(samples, 16);
      const v = f32x4.add(u, t1);
      t1 = f32x4.sub(f32x4.mul(v128.load(k, 112), u), f32x4.mul(v128.load(k, 96), t1));
      v128.store(samples, f32x4.mul(f32x4.add(v, t2), v128.load(k, 80)), 16);
      t2 = f32x4.sub(f32x4.mul(v128.load(k, 144), v), f32x4.mul(v128.load(k, 128), t2));
    }
    v128.store(states, s1);
    v128.store(states, s2, 16);
    v128.store(states, t1, 32);
    v128.store(states, t2, 48);
  }
}
