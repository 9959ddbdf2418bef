/** A mix session as a song: the graph of its plan, and its sources read ahead block by block. */
import type { OpenSource } from "./clipSources.js";
import type { Dsp } from "./dsp.js";
import { MixGraph } from "./mixGraph.js";
import type { MixPlan } from "./mixPlan.js";
import type { Block, Generator } from "./song.js";
import type { SumsStore } from "./trackSums.js";

export class MixSong implements Generator {
  readonly sampleRate: number;
  readonly latency: number;
  readonly frames: number;
  readonly sources: readonly string[];
  readonly hasTail = true;
  readonly hold: number;
  readonly taps: number;
  readonly #graph: MixGraph;
  #position = 0;

  /**
   * @param taps ids of channels whose sound after fader and pan comes with each block, in this order; silent if nobody hears them
   * @param sums where sums of frozen tracks are kept
   */
  constructor(dsp: Dsp, plan: MixPlan, open: OpenSource, taps: readonly string[] = [], sums?: SumsStore) {
    this.sampleRate = plan.sampleRate;
    this.frames = plan.frames;
    this.sources = plan.channels.flatMap(({ clips }) => clips.map(({ source }) => source.path));
    this.taps = taps.length;
    this.#graph = new MixGraph(dsp, plan, open, { taps, sums });
    this.latency = this.#graph.latency;
    this.hold = this.#graph.hold;
  }

  render(frames: number): Block {
    this.#graph.process(this.#position, frames);
    this.#position += frames;
    return { ...this.#graph.output, frames, taps: this.#graph.taps };
  }

  warnings(): readonly string[] {
    return this.#graph.sources.warnings();
  }

  finish(): void {
    this.#graph.finish();
  }

  close(): void {
    this.#graph.close();
  }
}
