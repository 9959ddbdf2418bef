import type { SourceFacts } from "../../../src/protocol/mixProtocol.js";
import { HIGHEST_LEVEL, TILE_COLUMNS } from "../../../src/protocol/wavProtocol.js";
import type { ColumnSource, PeakValues } from "../../../src/viewmodel/peakColumns.js";
import { fallbackLevels, levelFor, tilesOf } from "../../../src/viewmodel/tileGrid.js";
import type { Span } from "../../../src/viewmodel/viewport.js";
import { TileLoader, type TileWish } from "../../shared/tileLoader.js";
import type { MixModel } from "../mixModel.js";

const MOST_BYTES = 64 * 1024 * 1024;
const MOST_IN_FLIGHT = 6;

/** The peaks of the session's files, as far as they are in memory. */
export class FilePeaks {
  readonly #model: MixModel;
  readonly #loader: TileLoader<PeakValues>;
  /** Share of the overview of each file when its tiles were last asked for. */
  readonly #overviews = new Map<string, number>();
  /** By file: what the picture that is being drawn would like to have, and the keys that the last one wished for. */
  #wishes = new Map<string, TileWish<PeakValues>[]>();
  #wished = new Map<string, string>();

  constructor(model: MixModel) {
    this.#model = model;
    this.#loader = new TileLoader({
      mostWeight: MOST_BYTES,
      mostInFlight: MOST_IN_FLIGHT,
      onArrival: () => {
        // What could not be had is wished for again.
        this.#wished.clear();
        model.touch("peaks");
      },
    });
  }

  /** Something else is known of the files: better peaks take the place of drafts. */
  follow(): void {
    for (const [file, source] of Object.entries(this.#model.state.sources)) {
      if (source.kind !== "ready") continue;
      const before = this.#overviews.get(file);
      if (before !== undefined && before < source.overview) this.#loader.refreshDrafts();
      this.#overviews.set(file, source.overview);
    }
  }

  /** What is known for columns of this width; what is missing is asked for at the {@link end} of the picture. */
  source(file: string, facts: SourceFacts, span: Span, framesPerColumn: number): ColumnSource {
    const { channels, frames, sampleRate } = facts;
    // A file that was replaced has other peaks.
    const identity = `${file}|${frames}|${sampleRate}|${channels}`;
    const level = levelFor(framesPerColumn, 0, HIGHEST_LEVEL);
    const keyOf = (at: number, index: number): string => `${identity}/${at}/${index}`;
    const wishes = this.#wishes.get(file) ?? [];
    this.#wishes.set(file, wishes);
    for (const { index } of tilesOf(span, level, TILE_COLUMNS, frames)) {
      wishes.push({
        key: keyOf(level, index),
        load: async () => {
          const request = { file, level, first: index * TILE_COLUMNS, count: TILE_COLUMNS };
          const { values, isDraft } = await this.#model.ask("peaks", request);
          return { value: values, weight: values.byteLength + 100, isDraft };
        },
      });
    }
    return {
      columns: TILE_COLUMNS,
      channels,
      levels: [level, ...fallbackLevels(level, 0, HIGHEST_LEVEL)],
      find: (at, index) => this.#loader.find(keyOf(at, index)),
    };
  }

  /** The picture is drawn: what it lacked is on its way, what it did not need is not asked for any more. */
  end(): void {
    const wished = new Map<string, string>();
    for (const [file, wishes] of this.#wishes) {
      const key = wishes.map((wish) => wish.key).join();
      wished.set(file, key);
      if (this.#wished.get(file) !== key) this.#loader.wish(file, wishes);
    }
    for (const file of this.#wished.keys()) if (!wished.has(file)) this.#loader.wish(file, []);
    this.#wished = wished;
    this.#wishes = new Map();
  }
}
