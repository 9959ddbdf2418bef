/** A factor that goes in a straight line to where it is sent, so that nothing clicks. */
export class Glide {
  #value: number;
  #target: number;
  #step = 0;
  #left = 0;

  constructor(value: number) {
    this.#value = this.#target = value;
  }

  get value(): number {
    return this.#value;
  }

  get isMoving(): boolean {
    return this.#left > 0;
  }

  /** Frames until it has arrived. */
  get framesLeft(): number {
    return this.#left;
  }

  /** @param frames 0: at once */
  moveTo(target: number, frames: number): void {
    this.#target = target;
    this.#left = frames;
    if (frames === 0) this.#value = target;
    else this.#step = (target - this.#value) / frames;
  }

  /** @returns the factor of this frame, and goes on to the next */
  next(): number {
    const value = this.#value;
    if (this.#left > 0) this.#value = --this.#left === 0 ? this.#target : value + this.#step;
    return value;
  }
}
