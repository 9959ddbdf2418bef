/** How a note comes and goes. */

/** Times in seconds, `sustain` 0..1. */
export interface EnvelopeShape {
  readonly attack: number;
  readonly decay: number;
  readonly sustain: number;
  readonly release: number;
}

/** Exponential segments aim this far beyond their end, so that they reach it in the time given. */
const OVERSHOOT = 0.001;

/** Attack (linear), decay, sustain and release (exponential); 0 at both ends, so that nothing clicks. */
export class Envelope {
  /** Length of the whole, release included. */
  readonly frames: number;
  readonly #attackFrames: number;
  readonly #heldFrames: number;
  readonly #decay: number;
  readonly #release: number;
  readonly #sustain: number;
  #level = 0;
  #frame = 0;

  /** @param heldSeconds from the start of the note to its release */
  constructor(shape: EnvelopeShape, heldSeconds: number, sampleRate: number) {
    this.#attackFrames = Math.max(1, Math.round(shape.attack * sampleRate));
    this.#heldFrames = Math.round(heldSeconds * sampleRate);
    this.frames = this.#heldFrames + Math.ceil(shape.release * sampleRate);
    this.#decay = coefficient(shape.decay * sampleRate);
    this.#release = coefficient(shape.release * sampleRate);
    this.#sustain = shape.sustain;
  }

  /** Level of the last frame, 0..1. */
  get level(): number {
    return this.#level;
  }

  next(): number {
    const frame = this.#frame++;
    if (frame >= this.#heldFrames) {
      this.#level = Math.max(0, (this.#level + OVERSHOOT) * this.#release - OVERSHOOT);
    } else if (frame < this.#attackFrames) {
      this.#level = (frame + 1) / this.#attackFrames;
    } else {
      const aim = this.#sustain - OVERSHOOT;
      this.#level = Math.max(this.#sustain, aim + (this.#level - aim) * this.#decay);
    }
    return this.#level;
  }
}

/** Factor a sample with which a distance of 1 shrinks to `OVERSHOOT` in `frames`. */
function coefficient(frames: number): number {
  return Math.exp(Math.log(OVERSHOOT / (1 + OVERSHOOT)) / Math.max(1, frames));
}
