/** What an album's view listens to: opens the files, and hands out their sound. */
import { dirname, join, resolve } from "node:path";
import type { Program } from "../../mastering/listening/programJobs.js";
import type { AlbumProgram, MastersState, SoundRequest } from "../../protocol/albumProtocol.js";
import type { AlbumDocument } from "../../session/albumDocument.js";
import type { OverviewCache } from "../overviewCache.js";
import type { StudioService } from "../studioService.js";

export interface AlbumListeningServices {
  readonly studio: Pick<StudioService, "use">;
  readonly overviews: OverviewCache;
}

export class AlbumListening {
  readonly #services: AlbumListeningServices;
  #program: Program | undefined;
  #id = 0;

  constructor(services: AlbumListeningServices) {
    this.#services = services;
  }

  /** @param path of the album document */
  async open(path: string, album: AlbumDocument, masters: MastersState | null): Promise<AlbumProgram> {
    const id = ++this.#id;
    const folder = dirname(path);
    const { referencesOf } = await import("../../session/albumDocument.js");
    const [first] = referencesOf(album);
    const reference = first && resolve(folder, first.file);
    const songs = album.songs.map(({ title, source, gap, start, end }, song) => ({
      ...{ title, gap, source: resolve(folder, source), master: masterOf(masters, song) },
      part: { from: start, to: end },
    }));
    const program = await this.#services.studio.use((studio) => studio.openProgram({ songs, reference }));
    if (id === this.#id) this.#program = program;
    const { sampleRate, sides, frames, problems } = program;
    const isHeard = reference !== undefined && sides.includes("reference");
    return {
      ...{ id, sampleRate, sides, frames, problems, songs: program.songs },
      reference: isHeard ? (await this.#services.overviews.overview(reference)).loudness : null,
    };
  }

  /** @throws Error if the album has been opened anew since */
  async sound({ program: id, start, count }: SoundRequest): Promise<readonly Float32Array<ArrayBuffer>[]> {
    const program = this.#program;
    if (!program || id !== this.#id) throw new Error("The album has been opened anew.");
    const frames = Math.max(0, Math.min(count, program.frames - start));
    return this.#services.studio.use((studio) => studio.programSound({ program, start, count: frames }));
  }
}

/** The best file of a song that was delivered, absolute path. */
function masterOf(masters: MastersState | null, song: number): string | undefined {
  const deliveries = masters?.result.songs[song]?.deliveries ?? [];
  const best = FORMATS.flatMap((format) => deliveries.filter((each) => each.format === format))[0];
  return masters && best ? join(masters.result.folder, best.file) : undefined;
}

/** A WAV file can be read at any frame as it is. */
const FORMATS = ["wav", "flac", "mp3"] as const;
