/**
 * All-passes in series that smear one audio channel: y[n] = x'[n - m] - g x[n], x'[n] = x[n] + g y[n].
 * Source: M. R. Schroeder, "Natural Sounding Artificial Reverberation", JAES 10(3), 1962.
 */
import { allocate } from "../memory";
import { primeFrom } from "./prime";
import { Ring, SHORTEST } from "./ring";

export const STAGES: i32 = 4;

@unmanaged
export class Diffuser {
  /** Addresses of the rings, frames of delay, coefficients. */
  private rings: usize = allocate(STAGES << 2);
  private lengths: usize = allocate(STAGES << 2);
  private coefficients: usize = allocate(STAGES << 2);

  /** @param longest delay of a stage, frames */
  constructor(longest: i32) {
    for (let i = 0; i < STAGES; i++) {
      store<usize>(this.rings + ((<usize>i) << 2), changetype<usize>(new Ring(longest)));
    }
  }

  /** Gives stage `stage` a delay of about `frames` frames, and silences it. */
  resize(stage: i32, frames: i32): void {
    const length = primeFrom(max(SHORTEST, frames));
    store<i32>(this.lengths + ((<usize>stage) << 2), length);
    this.ring(stage).resize(length);
  }

  /** Sets the coefficient, less for those stages that would with it ring on by 60 dB for longer than `longest` frames. */
  smear(coefficient: f64, longest: f64): void {
    for (let i: usize = 0; i < <usize>STAGES << 2; i += 4) {
      const most = Math.pow(10, (-3 * <f64>load<i32>(this.lengths + i)) / longest);
      store<f32>(this.coefficients + i, <f32>min(coefficient, most));
    }
  }

  clear(): void {
    for (let i = 0; i < STAGES; i++) this.ring(i).clear();
  }

  /** Smears the run of `frames` frames at `samples`, which starts at `position`, in place. */
  run(samples: usize, position: i32, frames: i32): void {
    const bytes = (<usize>frames) << 2;
    for (let stage = 0; stage < STAGES; stage++) {
      const g = v128.load32_splat(this.coefficients + ((<usize>stage) << 2));
      const ring = this.ring(stage);
      const from = ring.at(position - load<i32>(this.lengths + ((<usize>stage) << 2)));
      const to = ring.at(position);
      for (let i: usize = 0; i < bytes; i += 16) {
        const x = v128.load(samples + i);
        const y = f32x4.sub(v128.load(from + i), f32x4.mul(g, x));
        v128.store(to + i, f32x4.add(x, f32x4.mul(g, y)));
        v128.store(samples + i, y);
      }
      ring.written(position);
    }
  }

  private ring(stage: i32): Ring {
    return changetype<Ring>(load<usize>(this.rings + ((<usize>stage) << 2)));
  }
}
