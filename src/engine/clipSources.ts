/** The audio files of a song's clips: open while they sound, each once, however many clips play it. */
import { fileName, type AudioFile } from "../audio/audioFile.js";
import { sourceWarnings } from "./blockDecoder.js";
import { ClipGains } from "./clipGains.js";
import { ClipReader } from "./clipReader.js";
import type { Dsp } from "./dsp.js";
import { NonFiniteCount } from "./nonFiniteCount.js";

/** Opens the source of the plan at `path`. */
export type OpenSource = (path: string) => AudioFile;

/** Files that no clip plays stay open until there are more of them: clips that follow each other often share one. */
const MOST_IDLE = 8;

interface OpenFile {
  readonly file: AudioFile;
  users: number;
}

export class ClipSources {
  /** Reads the frames of all clips. */
  readonly reader: ClipReader;
  /** Moves the gains of all clips. */
  readonly gains: ClipGains;
  readonly #open: OpenSource;
  /** By the plan's path, in the order in which they were given back last. */
  readonly #files = new Map<string, OpenFile>();
  readonly #pathOf = new WeakMap<AudioFile, string>();
  readonly #nonFinite = new Map<string, NonFiniteCount>();
  readonly #facts = new Map<string, { warnings: readonly string[]; sampleRate: number }>();

  /** @param sampleRate of the session, Hz */
  constructor(dsp: Dsp, open: OpenSource, sampleRate: number) {
    this.gains = new ClipGains(dsp, sampleRate);
    this.#open = open;
    this.reader = new ClipReader(dsp, (file, start, frames, count) => {
      const path = this.#pathOf.get(file)!;
      const counted = this.#nonFinite.get(path) ?? new NonFiniteCount();
      this.#nonFinite.set(path, counted);
      counted.add(start, frames, count);
    });
  }

  /** @throws AudioFileError if the file cannot be read; give it back with {@link release} */
  acquire(path: string): AudioFile {
    const known = this.#files.get(path);
    if (known) {
      known.users++;
      return known.file;
    }
    const file = this.#open(path);
    this.#files.set(path, { file, users: 1 });
    this.#pathOf.set(file, path);
    const { warnings, sampleRate } = file.info;
    this.#facts.set(path, { warnings, sampleRate });
    return file;
  }

  release(path: string): void {
    const known = this.#files.get(path);
    if (!known) return;
    known.users--;
    this.#files.delete(path);
    this.#files.set(path, known);
    const idle = [...this.#files].filter(([, { users }]) => users === 0);
    for (const [oldest, { file }] of idle.slice(0, Math.max(0, idle.length - MOST_IDLE))) {
      file.close();
      this.#files.delete(oldest);
    }
  }

  /** What was odd about the files that have been played, each a plain sentence. */
  warnings(): readonly string[] {
    return [...this.#facts].flatMap(([path, { warnings, sampleRate }]) => {
      const nonFinite = this.#nonFinite.get(path)?.samples(sampleRate);
      return sourceWarnings({ warnings }, nonFinite).map((warning) => `${fileName(path)}: ${warning}`);
    });
  }

  close(): void {
    for (const { file } of this.#files.values()) file.close();
    this.#files.clear();
  }
}
