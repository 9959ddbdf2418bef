/** A finished mix in an audio file, as a song. */
import { basename } from "node:path";
import type { AudioFile } from "../audio/audioFile.js";
import { AudioFileError } from "../audio/audioFile.js";
import { BlockDecoder, sourceWarnings } from "./blockDecoder.js";
import type { Dsp } from "./dsp.js";
import type { Block, Generator } from "./song.js";
import { BLOCK_FRAMES } from "./song.js";

export class FileSong implements Generator {
  readonly sampleRate: number;
  readonly latency = 0;
  readonly frames: number;
  readonly sources: readonly string[];
  readonly hasTail = false;
  readonly hold = 0;
  readonly #file: AudioFile;
  readonly #dsp: Dsp;
  readonly #decoder: BlockDecoder;
  readonly #left: number;
  /** A buffer of its own for mono files, too: what follows works in place on both sides. */
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
    this.#dsp = dsp;
    this.#decoder = new BlockDecoder(dsp, file, BLOCK_FRAMES);
    const [left, right] = this.#decoder.buffers;
    this.#left = left!;
    this.#right = right ?? dsp.allocate(BLOCK_FRAMES * 4);
  }

  render(frames: number): Block {
    const decoded = this.#decoder.next(frames) * 4;
    const { bytes } = this.#dsp;
    if (this.#decoder.buffers.length === 1) bytes.copyWithin(this.#right, this.#left, this.#left + decoded);
    for (const side of [this.#left, this.#right]) bytes.fill(0, side + decoded, side + frames * 4);
    return { left: this.#left, right: this.#right, frames };
  }

  warnings(): readonly string[] {
    const { info } = this.#file;
    const name = basename(info.path);
    return sourceWarnings(info, this.#decoder.nonFinite).map((warning) => `${name}: ${warning}`);
  }

  close(): void {
    this.#file.close();
  }
}
