import { FADER_MARKS, levelToFader } from "../../../src/viewmodel/faderScale.js";
import { element } from "../element.js";
import { ValueControl, type ValueControlOptions } from "./valueControl.js";

/** Height of the cap, CSS pixels; as in controls.css. */
const CAP = 24;

/** Marks that stay on a short fader, dB. */
const MAJOR: ReadonlySet<number> = new Set([12, 0, -12, -30, -60]);

export type FaderOptions = Omit<ValueControlOptions, "travel" | "direction" | "scale"> &
  Pick<ValueControlOptions, "scale">;

/** A long vertical fader with marks in dB beside it. */
export class Fader {
  readonly element: HTMLElement;
  readonly #control: ValueControl;
  readonly #options: FaderOptions;
  #shown: number | undefined;

  constructor(options: FaderOptions) {
    this.#options = options;
    const marks = FADER_MARKS.map((level) => {
      const kind = level === 0 ? " zero" : MAJOR.has(level) ? "" : " minor";
      const mark = element("span", { class: `fader-mark${kind}` }, String(level));
      mark.style.setProperty("--at", String(levelToFader(level)));
      return mark;
    });
    this.element = element(
      "div",
      { class: "fader" },
      element("div", { class: "fader-marks", "aria-hidden": "true" }, ...marks),
      element("div", { class: "fader-slot" }),
      element("div", { class: "fader-cap" }),
    );
    this.#control = new ValueControl(this.element, {
      ...options,
      travel: () => Math.max(40, this.element.clientHeight - CAP),
    });
  }

  show(): void {
    this.#control.show();
    const value = this.#options.read();
    if (value === this.#shown) return;
    this.#shown = value;
    this.element.style.setProperty("--at", String(this.#options.scale.position(value)));
  }
}
