import { element } from "../element.js";
import { ValueControl, type ValueControlOptions } from "./valueControl.js";

/** A slider that is a bar with its name and value written on it: for lists where room is scarce. */
export class BarSlider {
  readonly element = element("div", { class: "bar-slider" });
  readonly #name = element("span", { class: "bar-name" });
  readonly #figure = element("span", { class: "bar-figure" });
  readonly #control: ValueControl;
  readonly #options: Omit<ValueControlOptions, "travel" | "direction">;

  constructor(options: Omit<ValueControlOptions, "travel" | "direction">) {
    this.#options = options;
    this.element.append(this.#name, this.#figure);
    this.#control = new ValueControl(this.element, {
      ...options,
      direction: "right",
      travel: () => Math.max(40, this.element.clientWidth),
    });
  }

  /** @param name written on the bar */
  show(name: string): void {
    this.#control.show();
    const { scale, read } = this.#options;
    this.#name.textContent = name;
    this.#figure.textContent = scale.text(read()).replace(/ dB$/, "");
    this.element.style.setProperty("--at", String(scale.position(read())));
  }
}
