import type { AmplitudeScale } from "../../src/viewmodel/amplitudeScale.js";
import { amplitudeTicks } from "../../src/viewmodel/amplitudeScale.js";
import { visibleSpan } from "../../src/viewmodel/viewport.js";
import { Surface } from "../shared/surface.js";
import { themeColors } from "../shared/theme.js";
import type { PeakTiles } from "./peakTiles.js";
import type { Topics, WavModel } from "./wavModel.js";
import { hasAny } from "./wavPart.js";
import { WaveformPainter } from "./waveformPainter.js";

export function amplitudeScaleOf(model: WavModel): AmplitudeScale {
  return { kind: model.settings.amplitude, zoom: model.amplitudeZoom };
}

/** The waveform of one audio channel, with a grid at the labels of its ruler. */
export class WaveformLane {
  readonly surface = new Surface("wave");
  readonly #tiles: PeakTiles;
  readonly #channel: number;
  readonly #painter = new WaveformPainter();
  readonly #grid = new Surface("grid");
  readonly elements = [this.#grid.canvas, this.surface.canvas];

  constructor(tiles: PeakTiles, channel: number) {
    this.#tiles = tiles;
    this.#channel = channel;
  }

  show(model: WavModel, topics: Topics): void {
    if (topics.has("theme")) this.#painter.takeTheme();
    if (!hasAny(topics, "viewport", "tiles", "audio", "theme")) return;
    const scale = amplitudeScaleOf(model);
    if (hasAny(topics, "viewport", "theme")) this.#drawGrid(scale);
    if (!this.surface.begin()) return;
    const { viewport } = model;
    const framesPerColumn = WaveformPainter.framesPerColumn(viewport, this.surface);
    // All channels come in the same tiles, so all lanes wish alike.
    const source = this.#tiles.source("lanes", visibleSpan(viewport), framesPerColumn);
    this.#painter.draw(this.surface, viewport, source, this.#channel, scale);
  }

  #drawGrid(scale: AmplitudeScale): void {
    if (!this.#grid.begin()) return;
    const { context, width, height } = this.#grid;
    const colors = themeColors(["--grid", "--axis"]);
    for (const tick of amplitudeTicks(scale, height)) {
      context.fillStyle = tick.height === 0 ? colors["--axis"] : colors["--grid"];
      context.fillRect(0, Math.round(height / 2 - tick.height * (height / 2 - 0.5)), width, 1);
    }
  }
}
