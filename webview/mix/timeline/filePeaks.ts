import { HIGHEST_LEVEL, TILE_COLUMNS } from "../../../src/protocol/wavProtocol.js";
import type { ColumnSource, PeakValues } from "../../../src/viewmodel/peakColumns.js";
import { fallbackLevels, levelFor, tilesOf } from "../../../src/viewmodel/tileGrid.js";
import type { Span } from "../../../src/viewmodel/viewport.js";
import { TileLoader } from "../../shared/tileLoader.js";
import type { MixModel } from "../mixModel.js";

const MOST_BYTES = 64 * 1024 * 1024;
const MOST_IN_FLIGHT = 6;

/** The peaks of the session's files, as far as they are in memory. */
export class FilePeaks {
  readonly #model: MixModel;
  readonly #loader: TileLoader<PeakValues>;
  /** Share of the overview of each file when its tiles were last asked for. */
  readonly #overviews = new Map<string, number>();

  constructor(model: MixModel) {
    this.#model = model;
    this.#loader = new TileLoader({
      mostWeight: MOST_BYTES,
      mostInFlight: MOST_IN_FLIGHT,
      onArrival: () => model.touch("peaks"),
    });
  }

  /** Something else is known of the files: exact peaks take the place of drafts. */
  follow(): void {
    for (const [file, source] of Object.entries(this.#model.state.sources)) {
      if (source.kind !== "ready") continue;
      const before = this.#overviews.get(file);
      if (before !== undefined && before < 1 && source.overview === 1) this.#loader.refreshDrafts();
      this.#overviews.set(file, source.overview);
    }
  }

  /**
   * What is known for columns of this width; what is missing is on its way.
   * @param wisher who draws
   * @returns `undefined` if the file cannot be read, or not yet
   */
  source(wisher: string, file: string, span: Span, framesPerColumn: number): ColumnSource | undefined {
    const source = this.#model.state.sources[file];
    if (source?.kind !== "ready") return undefined;
    const { channels, frames, sampleRate } = source.facts;
    // A file that was replaced has other peaks.
    const identity = `${file}|${frames}|${sampleRate}|${channels}`;
    const level = levelFor(framesPerColumn, 0, HIGHEST_LEVEL);
    const keyOf = (at: number, index: number): string => `${identity}/${at}/${index}`;
    this.#loader.wish(
      wisher,
      tilesOf(span, level, TILE_COLUMNS, frames).map(({ index }) => ({
        key: keyOf(level, index),
        load: async () => {
          const request = { file, level, first: index * TILE_COLUMNS, count: TILE_COLUMNS };
          const { values, isDraft } = await this.#model.ask("peaks", request);
          return { value: values, weight: values.byteLength + 100, isDraft };
        },
      })),
    );
    return {
      columns: TILE_COLUMNS,
      channels,
      levels: [level, ...fallbackLevels(level, 0, HIGHEST_LEVEL)],
      find: (at, index) => this.#loader.find(keyOf(at, index)),
    };
  }

  /** Whoever drew nothing of it any more wishes nothing. */
  forget(wisher: string): void {
    this.#loader.wish(wisher, []);
  }
}
