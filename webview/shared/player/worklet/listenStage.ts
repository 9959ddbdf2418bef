import type { ListenMatrix } from "../playerMessages.js";
import { Glide } from "./glide.js";

/** Folds the audio's channels to what the two ears hear; a change is reached over some milliseconds. */
export class ListenStage {
  readonly #factors: readonly [left: readonly Glide[], right: readonly Glide[]];
  readonly #rampFrames: number;
  #hasStarted = false;

  constructor(channels: number, rampFrames: number) {
    const glides = (): Glide[] => Array.from({ length: channels }, () => new Glide(0));
    this.#factors = [glides(), glides()];
    this.#rampFrames = rampFrames;
  }

  setMatrix(matrix: ListenMatrix): void {
    const frames = this.#hasStarted ? this.#rampFrames : 0;
    this.#factors.forEach((glides, ear) =>
      glides.forEach((glide, channel) => glide.moveTo(matrix[ear]![channel] ?? 0, frames)),
    );
  }

  /** Samples that are not finite count as silence. */
  process(channels: readonly Float32Array[], frames: number, left: Float32Array, right: Float32Array): void {
    this.#hasStarted = true;
    fold(channels, frames, this.#factors[0], left);
    fold(channels, frames, this.#factors[1], right);
  }
}

function fold(
  channels: readonly Float32Array[],
  frames: number,
  factors: readonly Glide[],
  ear: Float32Array,
): void {
  ear.fill(0, 0, frames);
  for (let channel = 0; channel < factors.length; channel++) {
    const factor = factors[channel]!;
    if (factor.value === 0 && !factor.isMoving) continue;
    const samples = channels[channel]!;
    for (let frame = 0; frame < frames; frame++) {
      const sample = samples[frame]!;
      const share = factor.next();
      if (sample - sample === 0) ear[frame]! += sample * share;
    }
  }
}
