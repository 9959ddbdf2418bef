import { frequencyToPosition, spectrogramBounds } from "../../src/units/frequencyScale.js";
import { frequencyTicks } from "../../src/viewmodel/frequencyTicks.js";
import { frameToX, visibleSpan } from "../../src/viewmodel/viewport.js";
import { Surface } from "../shared/surface.js";
import type { SpectrogramTiles } from "./spectrogramTiles.js";
import type { Topics, WavModel } from "./wavModel.js";
import { hasAny } from "./wavPart.js";

/** The spectrogram of one audio channel. */
export class SpectrogramLane {
  readonly surface = new Surface("spectrum");
  readonly #tiles: SpectrogramTiles;
  readonly #channel: number;

  constructor(tiles: SpectrogramTiles, channel: number) {
    this.#tiles = tiles;
    this.#channel = channel;
  }

  show(model: WavModel, topics: Topics): void {
    if (!hasAny(topics, "viewport", "tiles", "audio", "theme")) return;
    if (!this.surface.begin()) return;
    const { context, height, ratio } = this.surface;
    const { viewport } = model;
    const pictures = this.#tiles.pictures(
      this.#channel,
      visibleSpan(viewport),
      viewport.framesPerPixel / ratio,
      Math.round(height * ratio),
    );
    context.imageSmoothingEnabled = true;
    for (const { start, framesPerColumn, picture } of pictures) {
      const x = frameToX(viewport, start);
      context.drawImage(
        picture,
        x,
        0,
        frameToX(viewport, start + picture.width * framesPerColumn) - x,
        height,
      );
    }
  }
}

/** Labels of the frequency axis and their places from the top of a lane. */
export function frequencyLabels(model: WavModel, height: number): { y: number; label: string }[] {
  const { scale } = model.settings.spectrogram;
  const bounds = spectrogramBounds(model.audio.sampleRate, scale);
  return frequencyTicks(bounds, (hertz) => frequencyToPosition(hertz, scale, bounds) * height).map(
    ({ hertz, label }) => ({ y: height * (1 - frequencyToPosition(hertz, scale, bounds)), label }),
  );
}
