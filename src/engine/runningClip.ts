/** A clip of the plan while it is rendered: reads ahead what its kernel (src/dsp/time/clip.ts) adds to the track. */
import { basename } from "node:path";
import type { AudioFile } from "../audio/audioFile.js";
import { FADE_SHAPES } from "../session/fadeShape.js";
import { sourceWarnings } from "./blockDecoder.js";
import type { ClipPlan } from "./clipPlan.js";
import type { Dsp } from "./dsp.js";
import { BLOCK_FRAMES } from "./song.js";
import { SourceReader } from "./sourceReader.js";

/** Opens a source of the plan; each clip reads through a handle of its own. */
export type OpenSource = (path: string) => AudioFile;

/** Knows which of its frames fall into the next block. */
export class RunningClip {
  readonly address: number;
  readonly #dsp: Dsp;
  readonly #plan: ClipPlan;
  readonly #sampleRate: number;
  readonly #start: number;
  readonly #open: OpenSource;
  #source: { file: AudioFile; reader: SourceReader } | undefined;
  readonly #warnings: string[] = [];

  /** @param delay frames by which the clip sounds later, to meet slower tracks */
  constructor(dsp: Dsp, plan: ClipPlan, sampleRate: number, delay: number, open: OpenSource) {
    this.#dsp = dsp;
    this.#plan = plan;
    this.#sampleRate = sampleRate;
    this.#start = plan.start + delay;
    this.#open = open;
    this.address = dsp.exports.clipNew(
      BLOCK_FRAMES,
      plan.channels > 1 ? 1 : 0,
      plan.gain,
      plan.length,
      plan.fadeIn.length,
      FADE_SHAPES.indexOf(plan.fadeIn.shape),
      plan.fadeOut.length,
      FADE_SHAPES.indexOf(plan.fadeOut.shape),
    );
  }

  /** Reads what sounds between `position` and `position + frames` of the timeline. */
  schedule(position: number, frames: number): void {
    const from = Math.max(position, this.#start);
    const to = Math.min(position + frames, this.#start + this.#plan.length);
    if (to > from) {
      const [left, right] = this.#dsp.int32(this.#dsp.exports.clipSources(this.address), 2);
      this.#reader().read(to - from, left!, right!);
      this.#dsp.exports.clipSchedule(this.address, from - position, to - from, from - this.#start);
    }
    if (position + frames >= this.#start + this.#plan.length) this.close();
  }

  warnings(): readonly string[] {
    return this.#warnings;
  }

  close(): void {
    if (!this.#source) return;
    const { file, reader } = this.#source;
    const name = basename(file.info.path);
    const warnings = sourceWarnings(file.info, reader.decoder.nonFinite);
    this.#warnings.push(...warnings.map((warning) => `${name}: ${warning}`));
    file.close();
    this.#source = undefined;
  }

  /** Files are open only while they sound: a session may have more clips than the system has file handles. */
  #reader(): SourceReader {
    if (!this.#source) {
      const file = this.#open(this.#plan.path);
      const startFrame = Math.round(this.#plan.offset * file.info.sampleRate);
      this.#source = { file, reader: new SourceReader(this.#dsp, file, this.#sampleRate, startFrame) };
    }
    return this.#source.reader;
  }
}
