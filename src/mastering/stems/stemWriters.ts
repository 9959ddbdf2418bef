/** Writes stems beside a mixdown, block by block, in step with it. */
import { join } from "node:path";
import type { SampleLayout } from "../../audio/audioFile.js";
import { WavWriter } from "../../audio/wavWriter.js";
import type { Dsp } from "../../engine/dsp.js";
import { PcmEncoder } from "../../engine/pcmEncoder.js";
import { Resampler } from "../../engine/resampler.js";
import { BLOCK_FRAMES, type Block } from "../../engine/song.js";
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
  readonly id: string;
  readonly writer: WavWriter;
  readonly encoder: PcmEncoder;
  readonly resampler: Resampler;
}

/** Planar samples of one block of all stems. */
type Kept = readonly (readonly [left: Float32Array, right: Float32Array])[];

export class StemWriters {
  readonly #dsp: Dsp;
  readonly #stems: readonly Stem[];
  readonly #room: Pick<Block, "left" | "right">;
  /** Blocks that have been computed; whether they are part of the mixdown shows later, in its tail. */
  readonly #waiting: Kept[] = [];

  constructor(dsp: Dsp, folder: string, names: readonly StemName[], format: StemFormat) {
    const { layout, dither, sessionRate, sampleRate } = format;
    this.#dsp = dsp;
    this.#room = { left: dsp.allocate(BLOCK_FRAMES * 4), right: dsp.allocate(BLOCK_FRAMES * 4) };
    this.#stems = names.map(({ id, file }) => {
      const resampler = new Resampler(dsp, sessionRate, sampleRate);
      return {
        id,
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

  /** Keeps what the channels give for the block that has just been computed. @param blockOf by the channel's id */
  keep(blockOf: (id: string) => Block): void {
    this.#waiting.push(
      this.#stems.map(({ id }) => {
        const { left, right, frames } = blockOf(id);
        return [this.#dsp.float32(left, frames).slice(), this.#dsp.float32(right, frames).slice()] as const;
      }),
    );
  }

  /** Writes the block that was kept first: it is part of the mixdown. */
  write(): void {
    this.#waiting.shift()?.forEach(([left, right], i) => {
      this.#dsp.float32(this.#room.left, left.length).set(left);
      this.#dsp.float32(this.#room.right, right.length).set(right);
      const { resampler, encoder, writer } = this.#stems[i]!;
      writer.write(encoder.encode(resampler.process({ ...this.#room, frames: left.length })));
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
