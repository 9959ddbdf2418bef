import type { SongOverview } from "../mastering/results.js";
import type { StudioService } from "./studioService.js";

/** Songs to remember, of all albums opened in this window. */
const CAPACITY = 500;

/** Measurements of sources, kept for as long as the files stay as they are. */
export class OverviewCache {
  readonly #studio: Pick<StudioService, "use">;
  /** By path, least recently asked for first. */
  readonly #entries = new Map<string, { identity: string; overview: Promise<SongOverview> }>();

  constructor(studio: Pick<StudioService, "use">) {
    this.#studio = studio;
  }

  /** @param path absolute. @throws an error with a sentence for the user if the source cannot be measured */
  async overview(path: string): Promise<SongOverview> {
    const { sourceStamp } = await import("./sourceStamp.js");
    const { identity } = await sourceStamp(path);
    const known = this.#entries.get(path);
    const entry = known?.identity === identity ? known : { identity, overview: this.#measure(path) };
    this.#entries.delete(path);
    this.#entries.set(path, entry);
    for (const oldest of this.#entries.keys()) {
      if (this.#entries.size <= CAPACITY) break;
      this.#entries.delete(oldest);
    }
    return entry.overview;
  }

  #measure(path: string): Promise<SongOverview> {
    const overview = this.#studio.use((studio) => studio.overview(path));
    // A failure is not remembered: what was wrong may have been put right elsewhere.
    overview.catch(() => this.#entries.delete(path));
    return overview;
  }
}
