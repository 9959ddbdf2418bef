/** Writes stems beside a mixdown, block by block, in step with it. */
import { join } from "node:path";
import type { SampleLayout } from "../../audio/audioFile.js";
import { WavWriter } from "../../audio/wavWriter.js";
import type { Dsp } from "../../engine/dsp.js";
import { PcmEncoder } from "../../engine/pcmEncoder.js";
import { Resampler } from "../../engine/resampler.js";
import type { Block } from "../../engine/song.js";
import type { Dither } from "../../session/delivery.js";
import { RangeCut } from "../rangeCut.js";
import type { TimeRange } from "../timeRange.js";

export interface StemFormat {
  readonly layout: SampleLayout;
  readonly dither: Dither;
  /** Hz, of the session and of the files. */
  readonly sessionRate: number;
  readonly sampleRate: number;
  /** Only this part of each. */
  readonly range?: TimeRange | undefined;
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
  readonly cut: RangeCut;
  clippedBefore: number;
}

export class StemWriters {
  readonly #stems: readonly Stem[];

  constructor(dsp: Dsp, folder: string, names: readonly StemName[], format: StemFormat) {
    const { layout, dither, sessionRate, sampleRate, range } = format;
    this.#stems = names.map(({ file }) => {
      const resampler = new Resampler(dsp, sessionRate, sampleRate);
      return {
        resampler,
        cut: new RangeCut(range ?? { from: 0 }, sampleRate),
        clippedBefore: 0,
        encoder: new PcmEncoder(dsp, layout, dither, sampleRate, resampler.maxOutput),
        writer: WavWriter.create(join(folder, file), { sampleRate, channels: 2, layout }),
      };
    });
  }

  /** Samples over full scale that an integer format had to clip. */
  get clipped(): number {
    return this.#stems.reduce((sum, { encoder, clippedBefore }) => sum + encoder.clipped - clippedBefore, 0);
  }

  /** Writes a block of all stems, in the order of their names. */
  write(taps: readonly Pick<Block, "left" | "right">[], frames: number): void {
    this.#stems.forEach((stem, i) => take(stem, stem.resampler.process({ ...taps[i]!, frames })));
  }

  finish(): void {
    for (const stem of this.#stems) {
      take(stem, stem.resampler.finish());
      stem.writer.finish();
    }
  }

  abort(): void {
    for (const { writer } of this.#stems) writer.abort();
  }
}

/** Dither runs from the start of the song, whatever part of it is written. */
function take(stem: Stem, block: Block): void {
  const { before, inside } = stem.cut.split(block);
  if (before.frames > 0) {
    stem.encoder.encode(before);
    stem.clippedBefore = stem.encoder.clipped;
  }
  if (inside.frames > 0) stem.writer.write(stem.encoder.encode(inside));
}
