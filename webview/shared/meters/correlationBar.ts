import { Surface } from "../surface.js";
import type { MeterColors } from "./meterColors.js";

/** A bar from the middle: to the right where the channels are alike, to the left where they cancel. */
export class CorrelationBar {
  readonly #surface = new Surface("correlation-bar");

  get element(): HTMLElement {
    return this.#surface.canvas;
  }

  /** @param value -1 to 1; `null` where there is none */
  paint(value: number | null, colors: MeterColors): void {
    const surface = this.#surface;
    if (!surface.begin()) return;
    const { context, width, height } = surface;
    const middle = width / 2;
    context.fillStyle = colors["--meter-track"];
    context.fillRect(0, 0, width, height);
    if (value !== null) {
      context.fillStyle = colors[value < 0 ? "--error" : "--good"];
      context.fillRect(Math.min(middle, middle * (1 + value)), 0, Math.abs(value) * middle, height);
    }
    context.fillStyle = colors["--text"];
    context.fillRect(Math.round(middle) - 0.5, 0, 1, height);
  }
}
