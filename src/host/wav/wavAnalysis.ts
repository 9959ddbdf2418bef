/** What is found out about a document's audio in the background: overviews, measurement, findings. */
import type { WavState } from "../../protocol/wavProtocol.js";
import type { EditedAudio } from "../../session/audioEdits.js";
import type { CacheFolder } from "../../mastering/cacheFolder.js";
import { wholeOf } from "./editPlan.js";
import type { UseStudio } from "./wavStudio.js";

/** After an edit the audio rests this long before it is measured again, milliseconds. */
const REST_MILLISECONDS = 400;

type Found = Partial<Pick<WavState, "overview" | "measurement" | "unmeasured" | "findings">>;

export interface WavAnalysisOptions {
  readonly use: UseStudio;
  readonly cache: CacheFolder;
  /** Told of everything as it is found. */
  readonly onFound: (found: Found) => void;
  /** Told what went wrong or was odd, in a sentence for people. */
  readonly onNotice: (sentence: string) => void;
}

/** An overview under way. */
interface Building {
  /** Of its source; it changes when the source moves. */
  path: string;
  /** Share done, 0 to 1. */
  fraction: number;
  readonly controller: AbortController;
}

export class WavAnalysis {
  readonly #options: WavAnalysisOptions;
  /** Overviews that are whole, by the path of their source. */
  readonly #overviews = new Map<string, string>();
  readonly #building = new Set<Building>();
  #isClosed = false;
  #audio: EditedAudio | undefined;
  #measuring = new AbortController();
  #rest: NodeJS.Timeout | undefined;

  constructor(options: WavAnalysisOptions) {
    this.#options = options;
  }

  /** Paths of the overviews of the audio's sources; `null` where there is none yet. */
  overviewsOf({ sources }: EditedAudio): (string | null)[] {
    return sources.map(({ path }) => this.#overviews.get(path) ?? null);
  }

  get files(): Iterable<string> {
    return this.#overviews.values();
  }

  /** Turns to another audio. @param isSameSound measurement and findings still hold */
  follow(audio: EditedAudio, isSameSound = false): void {
    const isFirst = this.#audio === undefined;
    this.#audio = audio;
    for (const { path, frames } of audio.sources) void this.#build(path, frames);
    this.#tellOverview();
    if (isSameSound) return;
    this.#measuring.abort();
    clearTimeout(this.#rest);
    this.#rest = setTimeout(() => void this.#measure(), isFirst ? 0 : REST_MILLISECONDS);
  }

  /** The file at `path` is another one now. */
  forget(path: string): void {
    this.#overviews.delete(path);
    for (const building of this.#building) {
      if (building.path !== path) continue;
      building.controller.abort();
      this.#building.delete(building);
    }
  }

  /** What was read at `from` is at `to` now. */
  relocate(from: string, to: string): void {
    const overview = this.#overviews.get(from);
    if (overview !== undefined) this.#overviews.set(to, overview);
    this.#overviews.delete(from);
    for (const building of this.#building) if (building.path === from) building.path = to;
    if (this.#audio) {
      const sources = this.#audio.sources.map((each) => (each.path === from ? { ...each, path: to } : each));
      this.#audio = { ...this.#audio, sources };
    }
  }

  dispose(): void {
    this.#isClosed = true;
    clearTimeout(this.#rest);
    this.#measuring.abort();
    for (const { controller } of this.#building) controller.abort();
  }

  async #build(path: string, frames: number): Promise<void> {
    if (this.#overviews.has(path) || this.#buildingOf(path)) return;
    const building: Building = { path, fraction: 0, controller: new AbortController() };
    this.#building.add(building);
    const { signal } = building.controller;
    const { use, cache, onNotice } = this.#options;
    const onProgress = (fraction: number): void => {
      building.fraction = fraction;
      this.#tellOverview();
    };
    try {
      const { path: target } = await cache.entry(path, "peaks");
      const { nonFinite } = await use((studio) =>
        studio.buildOverview({ source: { path, frames }, target }, { signal, onProgress }),
      );
      if (signal.aborted) return;
      this.#overviews.set(building.path, target);
      if (nonFinite)
        onNotice(`${nonFinite.count} samples are no numbers (NaN or infinite); silence stands in for them.`);
    } catch (error) {
      if (!signal.aborted) onNotice(`The overview could not be made. ${sentenceOf(error)}`);
    } finally {
      this.#building.delete(building);
      this.#tellOverview();
    }
  }

  #buildingOf(path: string): Building | undefined {
    return [...this.#building].find((building) => building.path === path);
  }

  #tellOverview(): void {
    const sources = this.#audio?.sources ?? [];
    if (sources.length === 0 || this.#isClosed) return;
    // Not 1 before the last one is there.
    const shares = sources.map(({ path }) =>
      this.#overviews.has(path) ? 1 : Math.min(0.999, this.#buildingOf(path)?.fraction ?? 0),
    );
    this.#options.onFound({ overview: shares.reduce((sum, share) => sum + share, 0) / shares.length });
  }

  async #measure(): Promise<void> {
    const audio = this.#audio;
    if (!audio) return;
    const { use, onFound } = this.#options;
    const { signal } = (this.#measuring = new AbortController());
    try {
      await use(async (studio) => {
        const measurement = await studio.measureEdited({ audio, range: wholeOf(audio) }, { signal });
        if (signal.aborted) return;
        onFound({ measurement });
        const findings = await studio.findings({ audio }, { signal });
        if (!signal.aborted) onFound({ findings });
      });
    } catch (error) {
      if (!signal.aborted) onFound({ unmeasured: sentenceOf(error) });
    }
  }
}

export function sentenceOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
