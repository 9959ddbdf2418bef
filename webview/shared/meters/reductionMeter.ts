import { formatRatio } from "../../../src/viewmodel/formats.js";
import { ReductionBallistics } from "../../../src/viewmodel/reductionBallistics.js";
import { element } from "../element.js";
import "../inserts.css";

/** dB at the left end of the bar. */
const DEEPEST = -24;

/** Gain reduction of an insert while it sounds: a bar from the right, and the figure in dB. */
export class ReductionMeter {
  readonly element: HTMLElement;
  readonly #bar = element("div", { class: "reduction-bar" });
  readonly #figure = element("span", { class: "reduction-figure", "aria-hidden": "true" });
  readonly #meter: HTMLElement;
  readonly #ballistics = new ReductionBallistics();

  /** @param label name of the insert */
  constructor(label: string) {
    this.#meter = element(
      "div",
      {
        ...{ class: "reduction-track", role: "meter", "aria-label": `Gain reduction of ${label}` },
        ...{ "aria-valuemin": DEEPEST, "aria-valuemax": 0 },
      },
      this.#bar,
    );
    const title = "Gain reduction: how far the insert turns the sound down";
    this.element = element("div", { class: "reduction", title }, "GR", this.#meter, this.#figure);
    // Not every insert reduces, and none does while it is not heard.
    this.element.hidden = true;
    this.#paint();
  }

  /** @param reduction deepest in the last `seconds` seconds, dB; NaN: the insert is of a kind without any */
  push(reduction: number, seconds: number): void {
    this.element.hidden = Number.isNaN(reduction);
    if (this.element.hidden) return;
    this.#ballistics.push(reduction, seconds);
    this.#paint();
  }

  /** The sound has stopped. */
  rest(): void {
    this.#ballistics.reset();
    this.#paint();
  }

  #paint(): void {
    const { value, held } = this.#ballistics;
    this.#bar.style.transform = `scaleX(${Math.min(1, value / DEEPEST)})`;
    const text = formatRatio(held);
    if (this.#figure.textContent === text) return;
    this.#figure.textContent = text;
    this.#meter.setAttribute("aria-valuenow", Math.max(DEEPEST, held).toFixed(1));
    this.#meter.setAttribute("aria-valuetext", text);
  }
}
