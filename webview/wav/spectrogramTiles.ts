import { HIGHEST_LEVEL, TILE_COLUMNS } from "../../src/protocol/wavProtocol.js";
import { colorTable } from "../../src/viewmodel/colorMaps.js";
import { fallbackLevels, levelFor, tilesOf, type TilePlace } from "../../src/viewmodel/tileGrid.js";
import type { Span } from "../../src/viewmodel/viewport.js";
import { TileLoader } from "../shared/tileLoader.js";
import type { WavModel } from "./wavModel.js";

/** Values and pictures together. */
const MOST_BYTES = 64 * 1024 * 1024;
const MOST_IN_FLIGHT = 3;
/** Columns are not closer than this share of a transform: closer ones look the same. */
const COLUMNS_PER_TRANSFORM = 64;

/** A tile of one channel. */
interface SpectrogramTileImage {
  readonly values: Uint8Array;
  readonly rows: number;
  picture: OffscreenCanvas | undefined;
  /** Colours that the picture is painted in. */
  colors: Uint32Array | undefined;
}

export interface PlacedPicture {
  /** Frame at the left edge of the picture's first column. */
  readonly start: number;
  readonly framesPerColumn: number;
  readonly picture: OffscreenCanvas;
}

/** Spectrograms of the audio, as far as they are in memory, in colours. */
export class SpectrogramTiles {
  readonly #model: WavModel;
  /** One per channel: they are asked for together, so that the audio is read once. */
  readonly #loader: TileLoader<readonly SpectrogramTileImage[]>;
  #colors = new Uint32Array(256);
  #colorsOf = "";

  constructor(model: WavModel) {
    this.#model = model;
    this.#loader = new TileLoader({
      mostWeight: MOST_BYTES,
      mostInFlight: MOST_IN_FLIGHT,
      onArrival: () => model.touch("tiles"),
    });
  }

  /**
   * What is known of a channel for columns of this width, to be drawn in this order; what is missing is on its way.
   * @param rows of the lane; rounded up to a power of two
   */
  pictures(channel: number, span: Span, framesPerColumn: number, rows: number): PlacedPicture[] {
    const { frames } = this.#model.audio;
    const { size } = this.#model.settings.spectrogram;
    const tileRows = Math.min(1024, Math.max(64, 2 ** Math.ceil(Math.log2(rows))));
    const lowest = Math.max(0, Math.round(Math.log2(size / COLUMNS_PER_TRANSFORM)));
    const level = levelFor(framesPerColumn, lowest, HIGHEST_LEVEL);
    const places = tilesOf(span, level, TILE_COLUMNS, frames);
    this.#loader.wish(
      `lane ${channel}`,
      places.map(({ index }) => ({
        key: this.#keyOf(tileRows, { level, index }),
        load: () => this.#load(tileRows, { level, index }),
      })),
    );
    // The coarsest first: finer ones are drawn over them.
    const levels = [level, ...fallbackLevels(level, lowest, HIGHEST_LEVEL)].reverse();
    const missing = places.some((place) => !this.#loader.find(this.#keyOf(tileRows, place)));
    return (missing ? levels : [level]).flatMap((each) =>
      tilesOf(span, each, TILE_COLUMNS, frames).flatMap((place) => this.#placed(channel, tileRows, place)),
    );
  }

  #placed(channel: number, rows: number, place: TilePlace): PlacedPicture[] {
    const tile = this.#loader.find(this.#keyOf(rows, place))?.[channel];
    if (!tile || tile.values.length < rows) return [];
    const framesPerColumn = 2 ** place.level;
    const start = place.index * TILE_COLUMNS * framesPerColumn;
    return [{ start, framesPerColumn, picture: this.#painted(tile) }];
  }

  #painted(tile: SpectrogramTileImage): OffscreenCanvas {
    const { spectrogramColors, spectrogramRange } = this.#model.settings;
    const wanted = `${spectrogramColors} ${spectrogramRange.join(" ")}`;
    if (wanted !== this.#colorsOf) {
      this.#colors = new Uint32Array(colorTable(spectrogramColors, spectrogramRange));
      this.#colorsOf = wanted;
    }
    if (tile.picture && tile.colors === this.#colors) return tile.picture;
    tile.picture = paint(tile, this.#colors, tile.picture);
    tile.colors = this.#colors;
    return tile.picture;
  }

  async #load(rows: number, { level, index }: TilePlace) {
    const { revision, channels } = this.#model.audio;
    const { size, window, scale } = this.#model.settings.spectrogram;
    const { values } = await this.#model.ask("spectrogram", {
      ...{ revision, level, rows, size, window, scale },
      first: index * TILE_COLUMNS,
      count: TILE_COLUMNS,
    });
    // A byte a value, four a pixel of its picture.
    const bytes = values.length / channels;
    const value = Array.from({ length: channels }, (_, channel) => ({
      values: values.subarray(channel * bytes, (channel + 1) * bytes),
      ...{ rows, picture: undefined, colors: undefined },
    }));
    return { value, weight: values.length * 5 };
  }

  #keyOf(rows: number, { level, index }: TilePlace): string {
    const { size, window, scale } = this.#model.settings.spectrogram;
    return [this.#model.audio.revision, rows, size, window, scale, level, index].join("/");
  }
}

/** The pixels of the last picture painted: two megabytes a picture are more than the garbage collector keeps up with. */
let image: ImageData | undefined;

/** Columns of values, lowest frequency first, to an upright picture. */
function paint(
  { values, rows }: SpectrogramTileImage,
  colors: Uint32Array,
  old: OffscreenCanvas | undefined,
): OffscreenCanvas {
  const columns = Math.floor(values.length / rows);
  const picture = old ?? new OffscreenCanvas(columns, rows);
  if (image?.width !== columns || image.height !== rows) image = new ImageData(columns, rows);
  const pixels = new Uint32Array(image.data.buffer);
  for (let column = 0; column < columns; column++) {
    for (let row = 0; row < rows; row++) {
      pixels[(rows - 1 - row) * columns + column] = colors[values[column * rows + row]!]!;
    }
  }
  picture.getContext("2d")?.putImageData(image, 0, 0);
  return picture;
}
