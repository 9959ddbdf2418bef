/**
 * One section of an equaliser on a stereo signal, left and right in the lanes of an f64x2:
 * a first-order correction followed by a biquad,
 *
 *   H(z) = (1 + zero z^-1) / (1 + pole z^-1) * (b0 + b1 z^-1 + b2 z^-2) / (1 + a1 z^-1 + a2 z^-2).
 *
 * The biquad is the transposed direct form II with its output eliminated from the state:
 * y = b0 x + s1, s1' = s2 - a1 s1 + c1 x, s2' = c2 x - a2 s1, where ci = bi - ai b0. Only one
 * product and one sum wait for the frame before.
 */
import { Coefficients } from "./coefficients";
import { Journey } from "./journey";

/** Sections step and settle every so many frames, counted from the first frame of the signal. */
export const GRID: i32 = 64;
/** A change while the signal runs is reached in so many steps, some 20 ms. */
export const RAMP_STEPS: i32 = 16;

/** A state below this (-600 dB) is cleared, long before it slows down as a denormal number. */
const NEGLIGIBLE: f64 = 1e-30;

@unmanaged
export class Section {
  /** State: the correction's, then the biquad's two. */
  t: v128;
  s1: v128;
  s2: v128;
  current: Coefficients = new Coefficients();
  target: Coefficients = new Coefficients();
  private readonly journey: Journey = new Journey();
  /** Whether `target` does anything. */
  audible: bool;
  /** Steps left on the way from `current` to `target`. */
  steps: i32;

  /**
   * Starts towards `target`, or to passing everything if not `audible`; reached after `steps`
   * calls of {@link step}, or at once if 0.
   */
  begin(audible: bool, steps: i32): void {
    if (!audible) this.target.pass(this.current);
    else if (!this.sounds()) this.current.pass(this.target);
    this.steps = audible || this.audible || this.steps > 0 ? steps : 0;
    this.audible = audible;
    if (this.steps == 0) this.current.copy(this.target);
    else this.journey.begin(this.current, this.target, this.steps);
  }

  /** @returns whether it does anything, now or on its way */
  sounds(): bool {
    return this.audible || this.steps > 0;
  }

  /** @returns whether its first-order correction does anything, now or on its way */
  isCorrected(): bool {
    return this.current.isCorrected() || this.target.isCorrected();
  }

  step(): void {
    if (this.steps == 0) return;
    this.steps--;
    if (this.steps == 0) this.current.copy(this.target);
    else this.journey.step(this.current);
  }

  /** Clears a state that has died away. */
  settle(): void {
    const largest = f64x2.max(f64x2.max(f64x2.abs(this.t), f64x2.abs(this.s1)), f64x2.abs(this.s2));
    if (v128.any_true(f64x2.ge(largest, f64x2.splat(NEGLIGIBLE)))) return;
    this.reset();
  }

  reset(): void {
    this.t = this.s1 = this.s2 = f64x2.splat(0);
  }
}

/** A section at rest that passes everything unchanged. */
export function sectionNew(): Section {
  const section = new Section();
  section.current.clear();
  section.target.clear();
  return section;
}

/** Runs `section` in place on `frames` f64x2 frames at `samples`. */
export function sectionRun(section: Section, samples: usize, frames: i32): void {
  const k = section.current;
  const zero = f64x2.splat(k.zero);
  const pole = f64x2.splat(k.pole);
  const b0 = f64x2.splat(k.b0);
  const c1 = f64x2.splat(k.c1);
  const c2 = f64x2.splat(k.c2);
  const a1 = f64x2.splat(k.a1);
  const a2 = f64x2.splat(k.a2);
  let t = section.t;
  let s1 = section.s1;
  let s2 = section.s2;
  for (let end = samples + ((<usize>frames) << 4); samples < end; samples += 16) {
    const corrected = f64x2.sub(v128.load(samples), f64x2.mul(pole, t));
    const x = f64x2.add(corrected, f64x2.mul(zero, t));
    t = corrected;
    v128.store(samples, f64x2.add(f64x2.mul(b0, x), s1));
    const held = f64x2.mul(a2, s1);
    s1 = f64x2.sub(f64x2.add(s2, f64x2.mul(c1, x)), f64x2.mul(a1, s1));
    s2 = f64x2.sub(f64x2.mul(c2, x), held);
  }
  section.t = t;
  section.s1 = s1;
  section.s2 = s2;
}
