/** A finished mix in an audio file, as a song. */
import { basename } from "node:path";
import type { AudioFile } from "../audio/audioFile.js";
import { AudioFileError } from "../audio/audioFile.js";
import { sourceWarnings } from "./blockDecoder.js";
import type { Dsp } from "./dsp.js";
import type { Block, Generator } from "./song.js";
import { BLOCK_FRAMES } from "./song.js";
import { SourceReader } from "./sourceReader.js";

export class FileSong implements Generator {
  readonly sampleRate: number;
  readonly latency = 0;
  readonly frames: number;
  readonly sources: readonly string[];
  readonly hasTail = false;
  readonly hold = 0;
  readonly #file: AudioFile;
  readonly #reader: SourceReader;
  readonly #left: number;
  readonly #right: number;

  /** @throws AudioFileError if the file has more than two audio channels */
  constructor(dsp: Dsp, file: AudioFile) {
    const { channels, path, sampleRate, frames } = file.info;
    if (channels > 2) {
      throw new AudioFileError(
        path,
        undefined,
        `it has ${channels} audio channels; a song is mono or stereo`,
      );
    }
    this.sampleRate = sampleRate;
    this.frames = frames;
    this.sources = [path];
    this.#file = file;
    this.#reader = new SourceReader(dsp, file, sampleRate);
    this.#left = dsp.allocate(BLOCK_FRAMES * 4);
    this.#right = dsp.allocate(BLOCK_FRAMES * 4);
  }

  render(frames: number): Block {
    this.#reader.read(frames, this.#left, this.#right);
    return { left: this.#left, right: this.#right, frames };
  }

  warnings(): readonly string[] {
    const { info } = this.#file;
    const name = basename(info.path);
    return sourceWarnings(info, this.#reader.decoder.nonFinite).map((warning) => `${name}: ${warning}`);
  }

  close(): void {
    this.#file.close();
  }
}
