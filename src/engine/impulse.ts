/** The impulse response of a convolution: read from an audio file and converted to the sample rate of the session. */
import { AudioFileError, fileName, type AudioFile } from "../audio/audioFile.js";
import { BlockDecoder } from "./blockDecoder.js";
import type { Dsp } from "./dsp.js";
import type { ImpulseChannels } from "./impulseChannels.js";
import { Resampler } from "./resampler.js";
import { BLOCK_FRAMES, type Block } from "./song.js";

/** What is read of an impulse response, seconds: what is left out at its start, and the longest (src/dsp/space/convolution.ts). */
const LONGEST = 1 + 10;

/**
 * Reads the impulse response in `file`.
 *
 * @param sampleRate of the session, Hz
 * @throws AudioFileError if the file has not 1, 2 or 4 audio channels, or no frame
 */
export function readImpulse(dsp: Dsp, file: AudioFile, sampleRate: number): ImpulseChannels {
  const { path, channels, frames } = file.info;
  if (channels > 4 || channels === 3) {
    const reason = `it has ${channels} audio channels; an impulse response has 1, 2 or 4`;
    throw new AudioFileError(path, undefined, reason);
  }
  if (frames === 0)
    throw new AudioFileError(path, undefined, `${fileName(path)} is empty: no impulse response`);
  return new ImpulseReader(dsp, file, sampleRate).read();
}

/** Opens the file of an impulse response. @throws AudioFileError if it cannot be read */
export type OpenImpulse = (path: string) => AudioFile;

class ImpulseReader {
  readonly #dsp: Dsp;
  readonly #decoder: BlockDecoder;
  /** One for two audio channels. */
  readonly #resamplers: readonly Resampler[];
  readonly #targets: number[];
  readonly #capacity: number;
  /** More frames a second add up to more: each is worth less. */
  readonly #worth: number;
  #frames = 0;

  constructor(dsp: Dsp, file: AudioFile, sampleRate: number) {
    const { channels, frames, sampleRate: fileRate } = file.info;
    this.#dsp = dsp;
    this.#decoder = new BlockDecoder(dsp, file, BLOCK_FRAMES);
    const longest = Math.min(frames / fileRate, LONGEST);
    this.#capacity = Math.ceil(longest * sampleRate);
    this.#targets = Array.from({ length: channels }, () => dsp.allocate(this.#capacity * 4));
    this.#worth = fileRate / sampleRate;
    const pairs = sampleRate === fileRate ? 0 : Math.ceil(channels / 2);
    this.#resamplers = Array.from(
      { length: pairs },
      () => new Resampler(dsp, fileRate, sampleRate, channels > 1 ? 2 : 1),
    );
  }

  read(): ImpulseChannels {
    for (let frames = this.#decoder.next(); frames > 0; frames = this.#decoder.next()) {
      const blocks = this.#pairs(frames);
      const [first] = this.#resamplers;
      this.#keep(first ? blocks.map((block, pair) => this.#resamplers[pair]!.process(block)) : blocks);
      if (this.#frames === this.#capacity) break;
    }
    this.#keep(this.#resamplers.map((resampler) => resampler.finish()));
    if (this.#worth !== 1) {
      for (const target of this.#targets) {
        const samples = this.#dsp.float32(target, this.#frames);
        samples.forEach((sample, i) => (samples[i] = sample * this.#worth));
      }
    }
    return { addresses: this.#targets, frames: this.#frames };
  }

  /** What has been decoded, two audio channels a block. */
  #pairs(frames: number): Block[] {
    const { buffers } = this.#decoder;
    return buffers.flatMap((left, channel): Block[] =>
      channel % 2 === 1 ? [] : [{ left, right: buffers[channel + 1] ?? left, frames }],
    );
  }

  #keep(blocks: readonly Block[]): void {
    const frames = Math.min(blocks[0]?.frames ?? 0, this.#capacity - this.#frames);
    this.#targets.forEach((target, channel) => {
      const block = blocks[channel >> 1];
      if (!block) return;
      const from = channel % 2 === 0 ? block.left : block.right;
      this.#dsp.bytes.copyWithin(target + this.#frames * 4, from, from + frames * 4);
    });
    this.#frames += frames;
  }
}
