/**
 * The signal of one track after its inserts and before its fader, with what drives its detectors: what a mix can take
 * from a file instead of computing it (FrozenTrack), with the same result.
 */
import type { OpenSource } from "./clipSources.js";
import type { Dsp } from "./dsp.js";
import { MixGraph } from "./mixGraph.js";
import type { MixPlan } from "./mixPlan.js";
import { BLOCK_FRAMES, LONGEST_TAIL, type Block } from "./song.js";

/** Seconds beyond the longest tail of the song: more than any latency. */
const MARGIN = 10;

export class TrackSignal {
  /** Frames by which it is late; they are part of it, as what sounds before the song's first frame is. */
  readonly latency: number;
  /** Frames of silence after which it may sound again. */
  readonly hold: number;
  /** Left and right of the blocks are then the same buffer. */
  readonly isMono: boolean;
  readonly #graph: MixGraph;
  readonly #id: string;
  /** Frames after which nobody listens any more. */
  readonly #most: number;
  #position = 0;

  /** @param id of a track of the plan */
  constructor(dsp: Dsp, plan: MixPlan, id: string, open: OpenSource) {
    this.#graph = new MixGraph(dsp, plan, open, { track: id });
    this.#id = id;
    this.latency = this.#graph.latency;
    this.hold = this.#graph.hold;
    this.isMono = this.#graph.output.left === this.#graph.output.right;
    this.#most = plan.frames + (LONGEST_TAIL + MARGIN) * plan.sampleRate;
  }

  /** @returns the next block, or `undefined` once the track rests for good */
  next(): Block | undefined {
    const frames = Math.min(BLOCK_FRAMES, this.#most - this.#position);
    if (frames <= 0 || this.#graph.restFrom(this.#id) <= this.#position) return undefined;
    this.#graph.process(this.#position, frames);
    this.#position += frames;
    return { ...this.#graph.output, frames };
  }

  warnings(): readonly string[] {
    return this.#graph.sources.warnings();
  }

  close(): void {
    this.#graph.close();
  }
}
