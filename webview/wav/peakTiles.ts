import {
  HIGHEST_LEVEL,
  TILE_COLUMNS,
  type CoarsePeaks,
  type PeaksTile,
} from "../../src/protocol/wavProtocol.js";
import type { ColumnSource, PeakValues } from "../../src/viewmodel/peakColumns.js";
import { fallbackLevels, levelFor, tilesOf } from "../../src/viewmodel/tileGrid.js";
import type { Span } from "../../src/viewmodel/viewport.js";
import { TileLoader } from "../shared/tileLoader.js";
import type { WavModel } from "./wavModel.js";

const MOST_BYTES = 32 * 1024 * 1024;
const MOST_IN_FLIGHT = 6;
/** Lowest sample, highest, RMS. */
const PEAK_VALUES = 3;

/** The peaks of the audio, as far as they are in memory. */
export class PeakTiles {
  readonly #model: WavModel;
  readonly #loader: TileLoader<PeakValues>;
  /** Revision before the last edit of which tiles may be left: drawn until the new ones are there. */
  #olderRevision = -1;
  #revision = -1;

  constructor(model: WavModel) {
    this.#model = model;
    this.#loader = new TileLoader({
      mostWeight: MOST_BYTES,
      mostInFlight: MOST_IN_FLIGHT,
      onArrival: () => model.touch("tiles"),
    });
  }

  /** Drafts are exchanged: more of the exact overview is there. */
  refreshDrafts(): void {
    this.#loader.refreshDrafts();
  }

  /** Peaks that the host computed before they were asked for. */
  take({ revision, level, values, isDraft }: CoarsePeaks): void {
    const size = TILE_COLUMNS * this.#model.audio.channels * PEAK_VALUES;
    for (let index = 0; index * size < values.length; index++) {
      const tile = values.slice(index * size, (index + 1) * size);
      this.#loader.put(keyOf(revision, level, index), loaded({ revision, values: tile, isDraft }));
    }
    this.#model.touch("tiles");
  }

  /**
   * What is known for columns of this width; what is missing is on its way.
   * @param wisher who draws
   */
  source(wisher: string, span: Span, framesPerColumn: number): ColumnSource {
    const { channels, frames, revision } = this.#model.audio;
    if (revision !== this.#revision) {
      this.#olderRevision = this.#revision;
      this.#revision = revision;
    }
    const level = levelFor(framesPerColumn, 0, HIGHEST_LEVEL);
    const width = span.end - span.start;
    const near = { start: span.start - width / 2, end: span.end + width / 2 };
    const places = [
      ...tilesOf(span, level, TILE_COLUMNS, frames),
      ...tilesOf(near, level, TILE_COLUMNS, frames),
    ];
    this.#loader.wish(
      wisher,
      places.map(({ index }) => ({
        key: keyOf(revision, level, index),
        load: async () => loaded(await this.#ask(revision, level, index)),
      })),
    );
    return {
      columns: TILE_COLUMNS,
      channels,
      levels: [level, ...fallbackLevels(level, 0, HIGHEST_LEVEL)],
      find: (at, index) =>
        this.#loader.find(keyOf(revision, at, index)) ??
        (at === level ? this.#loader.find(keyOf(this.#olderRevision, at, index)) : undefined),
    };
  }

  async #ask(revision: number, level: number, index: number): Promise<PeaksTile> {
    return this.#model.ask("peaks", { revision, level, first: index * TILE_COLUMNS, count: TILE_COLUMNS });
  }
}

const keyOf = (revision: number, level: number, index: number): string => `${revision}/${level}/${index}`;

function loaded({ values, isDraft }: PeaksTile) {
  return { value: values, weight: values.byteLength + 100, isDraft };
}
