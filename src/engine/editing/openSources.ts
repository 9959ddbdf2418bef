/** The files that edited audio is made of, opened when they are needed. */
import { AudioFileError, type AudioFile } from "../../audio/audioFile.js";
import { openAudioFile } from "../../audio/openAudioFile.js";
import type { EditSource } from "../../session/audioEdits.js";

/** Files open at once; the one that was not used for longest is closed for the next. */
const MOST_OPEN = 8;

export class OpenSources {
  readonly #sources: readonly EditSource[];
  readonly #channels: number;
  /** By number of the source, the least recently used first. */
  readonly #files = new Map<number, AudioFile>();

  /** @param channels audio channels that every source must have */
  constructor(sources: readonly EditSource[], channels: number) {
    this.#sources = sources;
    this.#channels = channels;
  }

  /**
   * @returns the open file of source `index`
   * @throws AudioFileError if it cannot be opened or is no longer the file that the edits were made with
   */
  file(index: number): AudioFile {
    const file = this.#files.get(index) ?? this.#open(index);
    this.#files.delete(index);
    this.#files.set(index, file);
    return file;
  }

  close(): void {
    for (const file of this.#files.values()) file.close();
    this.#files.clear();
  }

  #open(index: number): AudioFile {
    const source = this.#sources[index];
    if (!source) throw new RangeError(`There is no source ${index}; there are ${this.#sources.length}.`);
    for (const [oldest, file] of this.#files) {
      if (this.#files.size < MOST_OPEN) break;
      file.close();
      this.#files.delete(oldest);
    }
    const file = openAudioFile(source.path);
    const fault = this.#fault(source, file);
    if (fault === undefined) return file;
    file.close();
    throw new AudioFileError(source.path, undefined, `${fault}: it was changed since it was opened`);
  }

  #fault({ frames }: EditSource, { info }: AudioFile): string | undefined {
    if (info.channels !== this.#channels)
      return `it has ${info.channels} audio channels instead of ${this.#channels}`;
    return info.frames < frames ? `it has ${info.frames} frames instead of ${frames}` : undefined;
  }
}
