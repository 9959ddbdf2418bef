import { formatLevel } from "./meterText.js";
import type { LevelBallistics } from "../../../src/viewmodel/levelBallistics.js";
import { levelToMeter, METER_TICKS } from "../../../src/viewmodel/meterScale.js";
import { element } from "../element.js";
import { Surface } from "../surface.js";
import { paintMeterBar } from "./meterBar.js";
import type { MeterColors } from "./meterColors.js";

/** CSS pixels: room for the scale's figures, and between two figures at least. */
const SCALE_WIDTH = 24;
const LABEL_HEIGHT = 12;
const GAP = 2;

/** Bars of peak (thin) over mean level (broad), with the held peak as a line, a scale in dBFS, and clip lights. */
export class LevelMeter {
  readonly element: HTMLElement;
  readonly #surface = new Surface("level-meter-bars");
  readonly #bars: readonly LevelBallistics[];
  readonly #lights: readonly HTMLButtonElement[];
  readonly #names: readonly string[];

  /** @param names one for each bar, for people */
  constructor(bars: readonly LevelBallistics[], names: readonly string[]) {
    this.#bars = bars;
    this.#names = names;
    this.#lights = names.map((name) => this.#clipLight(name));
    const lights = element("div", { class: "clip-lights" }, ...this.#lights);
    this.element = element("div", { class: "level-meter" }, lights, this.#surface.canvas);
  }

  /** What it shows, in words. */
  get text(): string {
    return this.#bars
      .map(({ held, mean, hasClipped }, bar) => {
        const levels = `peak ${formatLevel(held)}, mean ${formatLevel(mean)}`;
        return `${this.#names[bar]!}: ${levels}${hasClipped ? ", clipped" : ""}`;
      })
      .join("; ");
  }

  paint(colors: MeterColors): void {
    this.#bars.forEach(({ hasClipped }, bar) => {
      const light = this.#lights[bar]!;
      if (light.classList.toggle("clipped", hasClipped) === light.disabled) light.disabled = !hasClipped;
    });
    const surface = this.#surface;
    if (!surface.begin()) return;
    const { height } = surface;
    const width = (surface.width - SCALE_WIDTH) / this.#bars.length - GAP;
    this.#paintScale(colors);
    this.#bars.forEach((bar, index) =>
      paintMeterBar(surface.context, bar, { x: SCALE_WIDTH + index * (width + GAP), width, height }, colors),
    );
  }

  #clipLight(name: string): HTMLButtonElement {
    const label = `${name} reached full scale; click to reset`;
    const light = element("button", { type: "button", class: "clip-light", disabled: true, title: label });
    light.setAttribute("aria-label", label);
    light.addEventListener("click", () => {
      for (const bar of this.#bars) bar.resetClip();
    });
    return light;
  }

  #paintScale(colors: MeterColors): void {
    const { context, height } = this.#surface;
    context.fillStyle = colors["--quiet"];
    context.font = `10px ${getComputedStyle(document.body).fontFamily}`;
    context.textAlign = "right";
    context.textBaseline = "middle";
    let lowest = -LABEL_HEIGHT;
    for (const level of METER_TICKS) {
      const y = Math.max(LABEL_HEIGHT / 2, (1 - levelToMeter(level)) * height);
      if (y - lowest < LABEL_HEIGHT || y > height - LABEL_HEIGHT / 2) continue;
      lowest = y;
      context.fillText(String(level), SCALE_WIDTH - 5, y);
    }
  }
}
