/** What is wrong between a document and the audio files that it names. */
import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { AudioFileError } from "../audio/audioFile.js";
import { pictureOf } from "../audio/tags/picture.js";
import type { AlbumDocument } from "../session/albumDocument.js";
import type { Clip } from "../session/clip.js";
import type { Diagnostic, Path } from "../session/diagnostic.js";
import type { DocumentPositions } from "../session/documentPositions.js";
import { filesOfAlbum, filesOfMix } from "../session/fileNames.js";
import type { MixDocument } from "../session/mixDocument.js";
import { isMixDocument } from "./readSong.js";
import type { SourceFacts } from "./sourceFacts.js";

/** @param path absolute. @throws AudioFileError if the file there cannot be played */
export type ReadFacts = (path: string) => SourceFacts;

/** The engine plays the first two audio channels of a clip's file. */
const MOST_CHANNELS = 2;
/** How far an estimate of a file's length may be off: this part of it, and so many seconds. */
const UNSURE = { part: 0.02, seconds: 0.2 };

/** Checks that the files of a document can be played, as the document wants it. */
export class SourceCheck {
  readonly diagnostics: Diagnostic[] = [];
  readonly #folder: string;
  readonly #positions: DocumentPositions;
  readonly #readFacts: ReadFacts;
  /** By the file's name in the document; of a file that cannot be played, why. */
  readonly #files = new Map<string, SourceFacts | { code: string; message: string }>();

  /** @param folder of the document, absolute */
  constructor(folder: string, positions: DocumentPositions, readFacts: ReadFacts) {
    this.#folder = folder;
    this.#positions = positions;
    this.#readFacts = readFacts;
  }

  mix(document: MixDocument): readonly Diagnostic[] {
    for (const { file, at } of filesOfMix(document)) {
      if (isImpulse(at)) this.#impulse(file, at);
      else this.#facts(file, at);
    }
    document.tracks.forEach(({ clips }, t) => {
      clips.forEach((clip, c) => this.#clip(clip, ["tracks", t, "clips", c], document.sampleRate));
    });
    return this.diagnostics;
  }

  album(document: AlbumDocument): readonly Diagnostic[] {
    for (const { file, at } of filesOfAlbum(document)) {
      if (isImpulse(at)) this.#impulse(file, at);
      else if (isMixDocument(file)) this.#exists(file, at);
      else this.#song(file, at);
    }
    if (document.cover !== undefined) this.#cover(document.cover, ["cover"]);
    return this.diagnostics;
  }

  #exists(file: string, at: Path): void {
    const path = resolve(this.#folder, file);
    if (!existsSync(path)) this.#add("error", "file-missing", missing(file, path), at);
  }

  #cover(file: string, at: Path): void {
    const path = resolve(this.#folder, file);
    if (!existsSync(path)) {
      this.#add("error", "file-missing", missing(file, path), at);
      return;
    }
    const picture = pictureOf(new Uint8Array(readFileSync(path)));
    if ("fault" in picture)
      this.#add("error", "no-picture", `"${file}" ${picture.fault}. Choose another cover.`, at);
  }

  /** As `readImpulse` of src/engine/impulse.ts takes it. */
  #impulse(file: string, at: Path): void {
    const facts = this.#facts(file, at);
    if (!facts) return;
    const { channels, frames } = facts;
    if (channels === 3 || channels > 4) {
      const message = `"${file}" has ${channels} audio channels; an impulse response has 1, 2 or 4. Choose another file, or keep the channels that are wanted.`;
      this.#add("error", "impulse-channels", message, at);
    } else if (frames === 0) {
      this.#add(
        "error",
        "impulse-empty",
        `"${file}" is empty: no impulse response. Choose another file.`,
        at,
      );
    }
  }

  #song(file: string, at: Path): void {
    const facts = this.#facts(file, at);
    if (!facts || facts.channels <= MOST_CHANNELS || at[0] !== "songs" || at.at(-1) !== "source") return;
    const message = `"${file}" has ${facts.channels} audio channels; a song is mono or stereo. Mix it down to two channels first.`;
    this.#add("error", "too-many-channels", message, at);
  }

  #clip(clip: Clip, at: Path, sampleRate: number): void {
    const facts = this.#files.get(clip.file);
    if (!facts || "code" in facts) return;
    this.#checkLength(clip, facts, at, sampleRate);
    if (facts.channels <= MOST_CHANNELS) return;
    const message = `"${clip.file}" has ${facts.channels} audio channels; only the first two sound. Mix it down to two channels for the others to be heard.`;
    this.#add("warning", "too-many-channels", message, [...at, "file"]);
  }

  #checkLength(
    { file, offset, length, speed }: Clip,
    facts: SourceFacts,
    at: Path,
    sampleRate: number,
  ): void {
    const duration = facts.frames / facts.sampleRate;
    const longest = facts.isExact ? duration : duration * (1 + UNSURE.part) + UNSURE.seconds;
    if (offset >= longest && offset > 0) {
      const message = `The clip starts ${seconds(offset)} into "${file}", which is ${seconds(duration)} long. Choose an offset below that.`;
      this.#add("error", "offset-beyond-end", message, [...at, "offset"]);
      return;
    }
    const frames = Math.round(((longest - offset) / speed) * sampleRate);
    if (length === undefined || Math.round(length * sampleRate) <= frames) return;
    const message = `"${file}" has only ${seconds((duration - offset) / speed)} from the clip's offset on: it sounds that long, not ${seconds(length)}. Shorten the clip, or leave the length out.`;
    this.#add("warning", "length-beyond-end", message, [...at, "length"]);
  }

  /** @returns nothing, and tells of it, if the file cannot be played */
  #facts(file: string, at: Path): SourceFacts | undefined {
    const facts = this.#files.get(file) ?? this.#read(file);
    this.#files.set(file, facts);
    if (!("code" in facts)) return facts;
    this.#add("error", facts.code, facts.message, at);
    return undefined;
  }

  #read(file: string): SourceFacts | { code: string; message: string } {
    const path = resolve(this.#folder, file);
    if (!existsSync(path)) return { code: "file-missing", message: missing(file, path) };
    try {
      return this.#readFacts(path);
    } catch (error) {
      if (!(error instanceof AudioFileError)) throw error;
      const where = error.offset === undefined ? "" : ` (byte ${error.offset})`;
      return { code: "file-unreadable", message: `"${file}" cannot be played: ${error.reason}${where}.` };
    }
  }

  #add(severity: Diagnostic["severity"], code: string, message: string, path: Path): void {
    const range = this.#positions.rangeOf(path);
    if (range) this.diagnostics.push({ severity, code, message, path, ...range });
  }
}

/** Inserts name no other files. */
function isImpulse(at: Path): boolean {
  return at.at(-3) === "inserts" || at.at(-3) === "chain";
}

function missing(file: string, path: string): string {
  return `There is no file "${file}" (looked for as ${path}). Correct the path or bring the file back.`;
}

function seconds(value: number): string {
  return `${Number(value.toFixed(3))} s`;
}
