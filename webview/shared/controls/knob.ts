import { dialAngle, dialArc, dialPoint } from "../../../src/viewmodel/dialArc.js";
import { element } from "../element.js";
import { ValueControl, type ValueControlOptions } from "./valueControl.js";

const SVG = "http://www.w3.org/2000/svg";
const RADIUS = 9;
/** CSS pixels from end to end. */
const TRAVEL = 150;

export interface KnobOptions extends Omit<ValueControlOptions, "travel" | "readout" | "direction"> {
  /** The value under the knob, where room is scarce. */
  readonly short?: (value: number) => string;
}

/** A knob: an arc from its rest to the value, a pointer, and the value in figures. */
export class Knob {
  readonly element: HTMLElement;
  readonly #control: ValueControl;
  readonly #options: KnobOptions;
  readonly #arc = path("knob-arc");
  readonly #pointer = path("knob-pointer");
  readonly #figure = element("span", { class: "knob-figure", "aria-hidden": "true" });
  #shown: number | undefined;

  constructor(options: KnobOptions) {
    this.#options = options;
    const picture = document.createElementNS(SVG, "svg");
    picture.setAttribute("viewBox", "-12 -12 24 24");
    picture.setAttribute("aria-hidden", "true");
    const way = path("knob-way");
    way.setAttribute("d", dialArc(0, 1, RADIUS));
    picture.append(way, this.#arc, this.#pointer);
    const dial = element("div", { class: "knob-dial" }, picture);
    this.element = element("div", { class: "knob" }, dial, this.#figure);
    this.#control = new ValueControl(dial, {
      ...options,
      travel: () => TRAVEL,
      readout: this.#figure,
    });
  }

  show(): void {
    this.#control.show();
    const { scale, read, short } = this.#options;
    const value = read();
    if (value === this.#shown) return;
    this.#shown = value;
    const at = scale.position(value);
    this.#arc.setAttribute("d", dialArc(scale.position(scale.rest), at, RADIUS));
    const angle = dialAngle(at);
    this.#pointer.setAttribute("d", `M${dialPoint(angle, 3)}L${dialPoint(angle, RADIUS - 1)}`);
    this.#figure.textContent = short?.(value) ?? scale.text(value);
    this.element.classList.toggle("at-rest", value === scale.rest);
  }
}

function path(name: string): SVGPathElement {
  const built = document.createElementNS(SVG, "path");
  built.setAttribute("class", name);
  return built;
}
