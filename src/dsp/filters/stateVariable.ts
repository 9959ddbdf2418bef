/**
 * State-variable filter: takes a stereo signal apart into a high, a band and a low part that add up to it,
 * x = high + damping band + low, each of second order over the same poles.
 *
 * Source: V. Zavalishin, "The Art of VA Filter Design", 2012, section 4.2: trapezoidal integrators, so the poles may
 * move while the signal runs.
 */
import { RAMP_STEPS } from "./section";

/** Hz, and as a part of the sample rate. */
const MIN_FREQUENCY: f64 = 10;
const MAX_FREQUENCY: f64 = 0.45;
/** A state below this (-600 dB) is cleared, long before it slows down as a denormal number. */
const NEGLIGIBLE: f64 = 1e-30;

@unmanaged
export class StateVariable {
  /** 1 / q */
  damping: f64;
  /** tan(w / 2) */
  private g: f64;
  private targetDamping: f64;
  private targetG: f64;
  private steps: i32;
  private s1: v128;
  private s2: v128;

  /** @param runs whether the signal runs: the new poles are then reached in {@link RAMP_STEPS} points of the grid */
  tune(frequency: f64, damping: f64, sampleRate: f64, runs: bool): void {
    this.targetG = Math.tan(Math.PI * min(MAX_FREQUENCY, max(MIN_FREQUENCY, frequency) / sampleRate));
    this.targetDamping = damping;
    this.steps = runs ? RAMP_STEPS : 0;
    if (runs) return;
    this.g = this.targetG;
    this.damping = damping;
  }

  /** To be called at each point of the grid. */
  step(): void {
    if (this.steps > 0) {
      this.g += (this.targetG - this.g) / <f64>this.steps;
      this.damping += (this.targetDamping - this.damping) / <f64>this.steps;
      this.steps--;
    }
    const largest = f64x2.max(f64x2.abs(this.s1), f64x2.abs(this.s2));
    if (!v128.any_true(f64x2.ge(largest, f64x2.splat(NEGLIGIBLE)))) this.s1 = this.s2 = f64x2.splat(0);
  }

  /** Writes the band and the high part of f64x2 frames, which must be finite. */
  run(samples: usize, bands: usize, highs: usize, frames: i32): void {
    const scale = 1 / (1 + this.g * (this.g + this.damping));
    const a1 = f64x2.splat(scale);
    const a2 = f64x2.splat(this.g * scale);
    const a3 = f64x2.splat(this.g * this.g * scale);
    const k = f64x2.splat(this.damping);
    let s1 = this.s1;
    let s2 = this.s2;
    for (let i: usize = 0, end = (<usize>frames) << 4; i < end; i += 16) {
      const x = v128.load(samples + i);
      const rest = f64x2.sub(x, s2);
      const band = f64x2.add(f64x2.mul(a1, s1), f64x2.mul(a2, rest));
      const low = f64x2.add(s2, f64x2.add(f64x2.mul(a2, s1), f64x2.mul(a3, rest)));
      s1 = f64x2.sub(f64x2.add(band, band), s1);
      s2 = f64x2.sub(f64x2.add(low, low), s2);
      v128.store(bands + i, band);
      v128.store(highs + i, f64x2.sub(f64x2.sub(x, f64x2.mul(k, band)), low));
    }
    this.s1 = s1;
    this.s2 = s2;
  }
}
