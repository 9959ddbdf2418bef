/** A mix session as a song: the graph of its plan, and its sources read ahead block by block. */
import type { OpenSource } from "./clipSources.js";
import type { Dsp } from "./dsp.js";
import { MixGraph } from "./mixGraph.js";
import type { MixPlan } from "./mixPlan.js";
import type { Block, Generator } from "./song.js";

export class MixSong implements Generator {
  readonly sampleRate: number;
  readonly latency: number;
  readonly frames: number;
  readonly sources: readonly string[];
  readonly hasTail = true;
  readonly hold: number;
  readonly #graph: MixGraph;
  #position = 0;

  /** @param taps ids of channels whose sound after fader and pan is wanted too */
  constructor(dsp: Dsp, plan: MixPlan, open: OpenSource, taps: readonly string[] = []) {
    this.sampleRate = plan.sampleRate;
    this.frames = plan.frames;
    this.sources = plan.channels.flatMap(({ clips }) => clips.map(({ source }) => source.path));
    this.#graph = new MixGraph(dsp, plan, open, { taps });
    this.latency = this.#graph.latency;
    this.hold = this.#graph.hold;
  }

  render(frames: number): Block {
    this.#graph.process(this.#position, frames);
    this.#position += frames;
    return { ...this.#graph.output, frames };
  }

  /** @returns what channel `id`, one of the taps, contributed to the last block: its sound after fader and pan */
  tap(id: string, frames: number): Block {
    const tap = this.#graph.taps.get(id);
    if (!tap) throw new Error(`MixSong.tap: "${id}" is not tapped`);
    return { ...tap, frames };
  }

  warnings(): readonly string[] {
    return this.#graph.sources.warnings();
  }

  close(): void {
    this.#graph.sources.close();
  }
}
