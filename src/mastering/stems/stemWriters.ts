/** Writes stems beside a mixdown, block by block, in step with it. */
import { join } from "node:path";
import type { SampleLayout } from "../../audio/audioFile.js";
import { WavWriter } from "../../audio/wavWriter.js";
import type { Dsp } from "../../engine/dsp.js";
import { PcmEncoder } from "../../engine/pcmEncoder.js";
import { Resampler } from "../../engine/resampler.js";
import type { Block } from "../../engine/song.js";
import type { Dither } from "../../session/albumDocument.js";

export interface StemFormat {
  readonly layout: SampleLayout;
  readonly dither: Dither;
  /** Hz, of the session and of the files. */
  readonly sessionRate: number;
  readonly sampleRate: number;
}

/** A stem by the id of its channel, and the name of its file. */
export interface StemName {
  readonly id: string;
  readonly file: string;
}

interface Stem {
  readonly writer: WavWriter;
  readonly encoder: PcmEncoder;
  readonly resampler: Resampler;
}

export class StemWriters {
  readonly #stems: readonly Stem[];

  constructor(dsp: Dsp, folder: string, names: readonly StemName[], format: StemFormat) {
    const { layout, dither, sessionRate, sampleRate } = format;
    this.#stems = names.map(({ file }) => {
      const resampler = new Resampler(dsp, sessionRate, sampleRate);
      return {
        resampler,
        encoder: new PcmEncoder(dsp, layout, dither, sampleRate, resampler.maxOutput),
        writer: WavWriter.create(join(folder, file), { sampleRate, channels: 2, layout }),
      };
    });
  }

  /** Samples over full scale that an integer format had to clip. */
  get clipped(): number {
    return this.#stems.reduce((sum, { encoder }) => sum + encoder.clipped, 0);
  }

  /** Writes a block of all stems, in the order of their names. */
  write(taps: readonly Pick<Block, "left" | "right">[], frames: number): void {
    this.#stems.forEach(({ resampler, encoder, writer }, i) => {
      writer.write(encoder.encode(resampler.process({ ...taps[i]!, frames })));
    });
  }

  finish(): void {
    for (const { resampler, encoder, writer } of this.#stems) {
      writer.write(encoder.encode(resampler.finish()));
      writer.finish();
    }
  }

  abort(): void {
    for (const { writer } of this.#stems) writer.abort();
  }
}
