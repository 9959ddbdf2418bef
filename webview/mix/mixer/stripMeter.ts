import { element } from "../../shared/element.js";
import { paintMeterBar } from "../../shared/meters/meterBar.js";
import type { MeterColors } from "../../shared/meters/meterColors.js";
import { formatLevel } from "../../shared/meters/meterText.js";
import { Surface } from "../../shared/surface.js";
import type { ChannelMeters } from "./meterBank.js";

/** CSS pixels between the two bars. */
const GAP = 1;

/** Two bars with held peaks, and above them a light that stays on once a sample has reached full scale. */
export class StripMeter {
  readonly element: HTMLElement;
  readonly #surface = new Surface("strip-meter-bars");
  readonly #light = element("button", { type: "button", class: "clip-light", disabled: true });
  #meters: ChannelMeters | undefined;
  #name = "";

  constructor() {
    this.#light.addEventListener("click", () => {
      this.#meters?.bars.forEach((bar) => bar.resetClip());
      this.#showLight(false);
    });
    this.element = element("div", { class: "strip-meter" }, this.#light, this.#surface.canvas);
  }

  show(name: string): void {
    if (name === this.#name) return;
    this.#name = name;
    const label = `${name} reached full scale; press to reset`;
    this.#light.title = label;
    this.#light.setAttribute("aria-label", label);
  }

  paint(meters: ChannelMeters, colors: MeterColors): void {
    this.#meters = meters;
    this.#showLight(meters.bars.some(({ hasClipped }) => hasClipped));
    const surface = this.#surface;
    if (!surface.begin()) return;
    const { width: whole, height } = surface;
    const width = (whole - GAP) / 2;
    meters.bars.forEach((bar, side) =>
      paintMeterBar(surface.context, bar, { x: side * (width + GAP), width, height }, colors),
    );
  }

  /** In words, for who asks. */
  static text({ bars }: ChannelMeters): string {
    const [left, right] = bars;
    const peak = Math.max(left.held, right.held);
    const mean = Math.max(left.mean, right.mean);
    return `peak ${formatLevel(peak)}, RMS ${formatLevel(mean)}`;
  }

  #showLight(isOn: boolean): void {
    if (this.#light.classList.toggle("clipped", isOn) === this.#light.disabled) this.#light.disabled = !isOn;
  }
}
