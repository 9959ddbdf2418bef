import type { EditedAudio } from "../../session/audioEdits.js";
import { relocated } from "./relocated.js";

/** A state of the audio that undo or redo may come back to. */
export interface WavVersion {
  /** The same audio for ever; the files that it is read from may get other names. */
  audio: EditedAudio;
  /** What it is read from was overwritten by another program. */
  isLost: boolean;
}

/** All states that a document has had since it was opened. */
export class WavVersions {
  readonly #all: WavVersion[] = [];
  /** What is shown. */
  current: WavVersion | undefined;
  /** What is in the file. */
  saved: WavVersion | undefined;

  /** The file as it was opened. */
  get first(): WavVersion | undefined {
    return this.#all[0];
  }

  get isDirty(): boolean {
    return this.current !== this.saved;
  }

  add(audio: EditedAudio): WavVersion {
    const version = { audio, isLost: false };
    this.#all.push(version);
    return version;
  }

  reads(path: string): boolean {
    return this.#all.some(({ audio }) => audio.sources.some((source) => source.path === path));
  }

  relocate(from: string, to: string): void {
    for (const version of this.#all) version.audio = relocated(version.audio, from, to);
  }

  /** What is read from `path` cannot be shown any more. @param path absent: from anywhere */
  lose(path?: string): void {
    for (const version of this.#all) {
      const { sources } = version.audio;
      version.isLost ||= path === undefined || sources.some((source) => source.path === path);
    }
  }

  /** What is shown was overwritten. */
  loseCurrent(): void {
    if (this.current) this.current.isLost = true;
  }

  /** What the files hold now counts as what they held. */
  find(): void {
    for (const version of this.#all) version.isLost = false;
  }

  /** Paths of everything that any version is read from. */
  *paths(): Iterable<string> {
    for (const { audio } of this.#all) for (const { path } of audio.sources) yield path;
  }
}
