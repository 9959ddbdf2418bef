/**
 * A mix session as a song: the plan's clips, strips and master bus, compiled into one step
 * graph, and its sources read ahead block by block.
 */
import type { Dsp } from "./dsp.js";
import type { MixPlan, TrackPlan } from "./mixPlan.js";
import { createInserts } from "./inserts.js";
import { RunningClip, type OpenSource } from "./runningClip.js";
import type { Block, Generator } from "./song.js";
import { BLOCK_FRAMES } from "./song.js";
import { StepGraph, type Buffer, type Bus } from "./stepGraph.js";

export class MixSong implements Generator {
  readonly sampleRate: number;
  readonly latency: number;
  readonly frames: number;
  readonly sources: readonly string[];
  readonly hasTail = true;
  readonly #graph: StepGraph;
  readonly #output: Buffer;
  readonly #clips: RunningClip[] = [];
  readonly #open: OpenSource;
  #position = 0;

  constructor(dsp: Dsp, plan: MixPlan, open: OpenSource) {
    this.sampleRate = plan.sampleRate;
    this.frames = plan.frames;
    this.sources = plan.tracks.flatMap(({ clips }) => clips.map(({ path }) => path));
    this.#open = open;
    this.#graph = new StepGraph(dsp, BLOCK_FRAMES);
    const master = this.#graph.bus();
    this.#graph.clearBus(master);
    this.#output = this.#graph.buffer();
    const tracksLatency = this.#addTracks(dsp, plan.tracks, master);
    this.latency = tracksLatency + this.#addMaster(dsp, plan, master);
    this.#graph.finish();
  }

  render(frames: number): Block {
    for (const clip of this.#clips) clip.schedule(this.#position, frames);
    this.#graph.process(frames);
    this.#position += frames;
    return { ...this.#output, frames };
  }

  warnings(): readonly string[] {
    return [...new Set(this.#clips.flatMap((clip) => clip.warnings()))];
  }

  close(): void {
    for (const clip of this.#clips) clip.close();
  }

  /**
   * A track whose inserts are late starts that much earlier than the slowest one, so that
   * all tracks meet at the bus in time. @returns the slowest track's latency, frames
   */
  #addTracks(dsp: Dsp, tracks: readonly TrackPlan[], master: Bus): number {
    const buffer = this.#graph.buffer();
    const inserts = tracks.map((track) => createInserts(dsp, track.inserts, this.sampleRate));
    const slowest = Math.max(0, ...inserts.map(({ latency }) => latency));
    tracks.forEach((track, i) => {
      this.#graph.clearBuffer(buffer);
      for (const clip of track.clips) {
        const running = new RunningClip(
          dsp,
          clip,
          this.sampleRate,
          slowest - inserts[i]!.latency,
          this.#open,
        );
        this.#clips.push(running);
        this.#graph.addClip(running.address, buffer);
      }
      for (const processor of inserts[i]!.processors) this.#graph.processor(processor, buffer);
      this.#graph.addToBus(buffer, master, track.gainLeft, track.gainRight);
    });
    return slowest;
  }

  #addMaster(dsp: Dsp, plan: MixPlan, master: Bus): number {
    const { processors, latency } = createInserts(dsp, plan.masterInserts, this.sampleRate);
    this.#graph.fromBus(master, this.#output);
    for (const processor of processors) this.#graph.processor(processor, this.#output);
    return latency;
  }
}
