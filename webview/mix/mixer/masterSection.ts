import { element } from "../../shared/element.js";
import type { MeterColors } from "../../shared/meters/meterColors.js";
import { formatLoudness } from "../../shared/meters/meterText.js";
import type { Channel } from "./channel.js";
import type { Desk } from "./desk.js";
import { Strip } from "./strip.js";
import { StripMeter } from "./stripMeter.js";

const FIGURES = [
  ["momentary", "M", "Momentary loudness: the last 400 ms"],
  ["shortTerm", "S", "Short-term loudness: the last 3 s"],
  ["integrated", "I", "Integrated loudness since playback was started"],
] as const;

/** The master's strip, always in sight, with the loudness of the mix. */
export class MasterSection {
  readonly element: HTMLElement;
  readonly strip: Strip;
  readonly #desk: Desk;
  readonly #figures = FIGURES.map(([key, sign, title]) => {
    const value = element("output", { "aria-live": "off", title });
    return {
      key,
      value,
      row: element("div", { class: "loudness-figure", title }, element("span", {}, sign), value),
    };
  });
  readonly #loudness: HTMLElement;

  constructor(desk: Desk, master: Channel) {
    this.#desk = desk;
    this.strip = new Strip(desk, master);
    this.#loudness = element(
      "div",
      { class: "loudness", tabindex: 0, role: "group", "aria-label": "Loudness of the mix" },
      ...this.#figures.map(({ row }) => row),
    );
    // Figures that change all the time are said when someone comes here for them.
    this.#loudness.addEventListener("focus", () => this.#loudness.setAttribute("aria-label", this.#text));
    this.element = element("div", { class: "master-section" }, this.#loudness, this.strip.element);
  }

  paint(colors: MeterColors): void {
    this.strip.paint(colors);
    const { loudness } = this.#desk.bank;
    for (const { key, value } of this.#figures) {
      const text = formatLoudness(loudness[key]);
      if (value.textContent !== text) value.textContent = text;
    }
  }

  get #text(): string {
    const { loudness } = this.#desk.bank;
    const figures = FIGURES.map(
      ([key, , title]) => `${title.split(":")[0]!} ${formatLoudness(loudness[key])}`,
    );
    return `Mix: ${[...figures, StripMeter.text(this.#desk.bank.of("master"))].join("; ")}`;
  }
}
