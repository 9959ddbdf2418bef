/** Milliseconds between two pictures where the user wants little motion. */
const CALM_INTERVAL = 250;

/** Paints before the next frame, however often it is asked to; seldom where the user wants little motion. */
export class PaintPace {
  readonly #paint: () => void;
  readonly #calm = matchMedia("(prefers-reduced-motion: reduce)");
  #isWaiting = false;
  #lastPainted = 0;

  constructor(paint: () => void) {
    this.#paint = paint;
  }

  soon(): void {
    if (this.#isWaiting) return;
    this.#isWaiting = true;
    requestAnimationFrame((now) => {
      this.#isWaiting = false;
      if (this.#calm.matches && now - this.#lastPainted < CALM_INTERVAL) return;
      this.#lastPainted = now;
      this.#paint();
    });
  }
}
