/** Wheel and keys have come to rest after so many milliseconds: what they did is one step for undo. */
const REST_MILLISECONDS = 350;

/** Does something once nothing has happened for a while. */
export class Rest {
  readonly #run: () => void;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(run: () => void) {
    this.#run = run;
  }

  /** Something happens. */
  stir(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.settle(), REST_MILLISECONDS);
  }

  /** Does it now, if it has yet to be done. */
  settle(): void {
    if (this.#timer === undefined) return;
    this.forget();
    this.#run();
  }

  /** It is not to be done any more. */
  forget(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }
}
