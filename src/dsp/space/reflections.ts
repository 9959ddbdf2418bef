/**
 * Early reflections: a few echoes of either side on its own and, later and fewer, on the other side. Their energy
 * is that of the sound they answer.
 */
import { allocate } from "../memory";
import { Ring, SHORTEST } from "./ring";
import { copyRun } from "./wet";

/** Echoes of a side: its own, then those of the other side. */
const OWN: i32 = 6;
const OTHERS: i32 = 3;
const TAPS: i32 = OWN + OTHERS;
/** Fall of an echo at the end of the span, in dB. */
const FALL: f64 = 12;

@unmanaged
export class Reflections {
  /** Gain, f32, and delay, frames, of each echo: those of the left, then those of the right. */
  private taps: usize = allocate(TAPS << 4);
  private sources: usize = allocate(TAPS << 2);
  private left: Ring;
  private right: Ring;
  private seed: u32;

  /** @param longest span in frames */
  constructor(longest: i32) {
    this.left = new Ring(longest + SHORTEST);
    this.right = new Ring(longest + SHORTEST);
  }

  /** Spreads the echoes over `span` frames. */
  resize(span: f64): void {
    this.left.resize(<i32>span + SHORTEST);
    this.right.resize(<i32>span + SHORTEST);
    this.seed = 20261125;
    this.spread(this.taps, span);
    this.spread(this.taps + ((<usize>TAPS) << 3), span);
  }

  clear(): void {
    this.left.clear();
    this.right.clear();
  }

  private spread(taps: usize, span: f64): void {
    let energy: f64 = 0;
    for (let i = 0; i < TAPS; i++) {
      const own = i < OWN;
      const share = own ? (<f64>i + this.chance()) / <f64>OWN : (<f64>(i - OWN) + 1 + this.chance()) / (<f64>OTHERS + 1);
      const gain = Math.pow(10, (-FALL * share) / 20) * (own ? 1 : Math.SQRT1_2);
      energy += gain * gain;
      store<f32>(taps + ((<usize>i) << 3), <f32>(this.chance() < 0.5 ? -gain : gain));
      store<i32>(taps + ((<usize>i) << 3), SHORTEST + <i32>(share * (span - <f64>SHORTEST)), 4);
    }
    const scale = <f32>(1 / Math.sqrt(energy));
    for (let i: usize = 0; i < <usize>TAPS << 3; i += 8) store<f32>(taps + i, load<f32>(taps + i) * scale);
  }

  /** A linear congruential generator (Numerical Recipes, section 7.1). @returns 0 to 1 */
  private chance(): f64 {
    this.seed = this.seed * 1664525 + 1013904223;
    return <f64>(this.seed >> 8) / 16777216;
  }

  /** Writes the echoes of the run of `frames` frames at `left` and `right` to `toLeft` and `toRight`. */
  run(left: usize, right: usize, toLeft: usize, toRight: usize, position: i32, frames: i32): void {
    const bytes = (<usize>frames) << 2;
    copyRun(this.left.at(position), left, frames);
    copyRun(this.right.at(position), right, frames);
    this.left.written(position);
    this.right.written(position);
    this.answer(this.taps, this.left, this.right, toLeft, position, bytes);
    this.answer(this.taps + ((<usize>TAPS) << 3), this.right, this.left, toRight, position, bytes);
  }

  private answer(taps: usize, own: Ring, other: Ring, to: usize, position: i32, bytes: usize): void {
    for (let i = 0; i < TAPS; i++) {
      const ring = i < OWN ? own : other;
      const source = ring.at(position - load<i32>(taps + ((<usize>i) << 3), 4));
      store<usize>(this.sources + ((<usize>i) << 2), source);
    }
    for (let at: usize = 0; at < bytes; at += 32) {
      let a = f32x4.splat(0);
      let b = f32x4.splat(0);
      for (let i: usize = 0; i < <usize>TAPS; i++) {
        const gain = v128.load32_splat(taps + (i << 3));
        const from = load<usize>(this.sources + (i << 2)) + at;
        a = f32x4.add(a, f32x4.mul(gain, v128.load(from)));
        b = f32x4.add(b, f32x4.mul(gain, v128.load(from, 16)));
      }
      v128.store(to + at, a);
      v128.store(to + at, b, 16);
    }
  }
}
