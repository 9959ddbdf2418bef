/** Inserts of a document, made into running processors by the rows of the insert table. */
import type { Insert } from "../session/insertTable.js";
import { openAudioFile } from "../audio/openAudioFile.js";
import type { Dsp } from "./dsp.js";
import type { OpenImpulse } from "./impulse.js";
import { createProcessor } from "./processor.js";
import { processorPlan } from "./processorPlan.js";
import type { Block } from "./song.js";
import { BLOCK_FRAMES } from "./song.js";
import type { Buffer } from "./stepGraph.js";

/** Beats per minute, outside a session. */
const DEFAULT_TEMPO = 120;

export interface Inserts {
  /** Addresses of the processors, in order; bypassed ones are left out. */
  readonly processors: readonly number[];
  /** Sum of their latencies, frames. */
  readonly latency: number;
}

/**
 * Creates and prepares the processors of `inserts` for `sampleRate` Hz.
 *
 * @param open opens impulse responses
 */
export function createInserts(
  dsp: Dsp,
  inserts: readonly Insert[],
  sampleRate: number,
  open?: OpenImpulse,
): Inserts {
  const processors = inserts
    .filter(({ bypass }) => !bypass)
    .map((insert) => createInsert(dsp, insert, sampleRate, open));
  const latency = processors.reduce((sum, processor) => sum + dsp.exports.processorLatency(processor), 0);
  return { processors, latency };
}

/**
 * Creates and prepares the processor of `insert`; the `file` of a convolution is an absolute path.
 * @throws AudioFileError if that cannot be read
 */
export function createInsert(
  dsp: Dsp,
  insert: Insert,
  sampleRate: number,
  open: OpenImpulse = openAudioFile,
): number {
  return createProcessor(dsp, processorPlan(insert), sampleRate, DEFAULT_TEMPO, [], open);
}

/**
 * Inserts in series that hide their latency: what comes out is in time with what went in,
 * and `flush` gives what was still on its way.
 */
export class InsertChain {
  readonly processors: readonly number[];
  readonly #dsp: Dsp;
  readonly #silence: Buffer;
  /** Frames of latency still to be dropped at the start. */
  #toDrop: number;
  readonly #latency: number;

  /** @param open opens impulse responses */
  constructor(dsp: Dsp, inserts: readonly Insert[], sampleRate: number, open?: OpenImpulse) {
    this.#dsp = dsp;
    const { processors, latency } = createInserts(dsp, inserts, sampleRate, open);
    this.processors = processors;
    this.#toDrop = this.#latency = latency;
    this.#silence = { left: dsp.allocate(BLOCK_FRAMES * 4), right: dsp.allocate(BLOCK_FRAMES * 4) };
  }

  /** Processes a block in place. @returns the part of it that is due, possibly of 0 frames */
  process({ left, right, frames }: Block): Block {
    for (const processor of this.processors)
      this.#dsp.exports.processorProcess(processor, left, right, frames);
    const dropped = Math.min(this.#toDrop, frames);
    this.#toDrop -= dropped;
    return { left: left + dropped * 4, right: right + dropped * 4, frames: frames - dropped };
  }

  /** Gives the last frames of the sound, block by block. */
  *flush(): Generator<Block> {
    for (let left = this.#latency; left > 0; left -= BLOCK_FRAMES) {
      const frames = Math.min(left, BLOCK_FRAMES);
      this.#dsp.bytes.fill(0, this.#silence.left, this.#silence.left + frames * 4);
      this.#dsp.bytes.fill(0, this.#silence.right, this.#silence.right + frames * 4);
      yield this.process({ ...this.#silence, frames });
    }
  }
}
