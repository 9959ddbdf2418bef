/** What is found out about a document's audio in the background: overviews, measurement, findings. */
import type { WavState } from "../../protocol/wavProtocol.js";
import type { EditedAudio } from "../../session/audioEdits.js";
import type { CacheFolder } from "./cacheFolder.js";
import { wholeOf } from "./editPlan.js";
import type { UseStudio } from "./wavStudio.js";

/** After an edit the audio rests this long before it is measured again, milliseconds. */
const REST_MILLISECONDS = 400;

type Found = Partial<Pick<WavState, "overview" | "measurement" | "findings">>;

export interface WavAnalysisOptions {
  readonly use: UseStudio;
  readonly cache: CacheFolder;
  /** Told of everything as it is found. */
  readonly onFound: (found: Found) => void;
  /** Told what went wrong or was odd, in a sentence for people. */
  readonly onNotice: (sentence: string) => void;
}

export class WavAnalysis {
  readonly #options: WavAnalysisOptions;
  /** Overviews that are whole, by the path of their source. */
  readonly #overviews = new Map<string, string>();
  /** Share done of those under way, by the path of their source. */
  readonly #building = new Map<string, number>();
  readonly #closed = new AbortController();
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
    this.#rest = setTimeout(() => void this.#measure(audio), isFirst ? 0 : REST_MILLISECONDS);
  }

  /** The file at `path` is another one now. */
  forget(path: string): void {
    this.#overviews.delete(path);
  }

  /** What was read at `from` is at `to` now. */
  relocate(from: string, to: string): void {
    const overview = this.#overviews.get(from);
    if (overview !== undefined) this.#overviews.set(to, overview);
    this.#overviews.delete(from);
    if (this.#audio) {
      const sources = this.#audio.sources.map((each) => (each.path === from ? { ...each, path: to } : each));
      this.#audio = { ...this.#audio, sources };
    }
  }

  dispose(): void {
    clearTimeout(this.#rest);
    this.#closed.abort();
    this.#measuring.abort();
  }

  async #build(path: string, frames: number): Promise<void> {
    if (this.#overviews.has(path) || this.#building.has(path)) return;
    this.#building.set(path, 0);
    const { use, cache, onNotice } = this.#options;
    try {
      const { path: target } = await cache.entry(path, "peaks");
      const { nonFinite } = await use((studio) =>
        studio.buildOverview(
          { source: { path, frames }, target },
          {
            signal: this.#closed.signal,
            onProgress: (fraction) => {
              this.#building.set(path, fraction);
              this.#tellOverview();
            },
          },
        ),
      );
      this.#overviews.set(path, target);
      if (nonFinite)
        onNotice(`${nonFinite.count} samples are no numbers (NaN or infinite); silence stands in for them.`);
    } catch (error) {
      if (!this.#closed.signal.aborted) onNotice(`The overview could not be made: ${sentenceOf(error)}`);
    } finally {
      this.#building.delete(path);
      this.#tellOverview();
    }
  }

  #tellOverview(): void {
    const sources = this.#audio?.sources ?? [];
    if (sources.length === 0 || this.#closed.signal.aborted) return;
    const shares = sources.map(({ path }) =>
      this.#overviews.has(path) ? 1 : Math.min(0.999, this.#building.get(path) ?? 0),
    );
    this.#options.onFound({ overview: shares.reduce((sum, share) => sum + share, 0) / shares.length });
  }

  async #measure(audio: EditedAudio): Promise<void> {
    const { use, onFound, onNotice } = this.#options;
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
      if (!signal.aborted && !this.#closed.signal.aborted)
        onNotice(`The audio could not be measured: ${sentenceOf(error)}`);
    }
  }
}

export function sentenceOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
