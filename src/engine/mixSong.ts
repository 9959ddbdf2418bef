/**
 * A mix session as a song: the plan's clips, strips and master bus, compiled into one step
 * graph, and its sources read ahead block by block.
 */
import { basename } from "node:path";
import type { AudioFile } from "../audio/audioFile.js";
import { sourceWarnings } from "./blockDecoder.js";
import type { Dsp } from "./dsp.js";
import { FADE_SHAPES } from "../session/fadeShape.js";
import type { ClipPlan, MixPlan, TrackPlan } from "./mixPlan.js";
import { createInserts } from "./inserts.js";
import type { Block, Generator } from "./song.js";
import { BLOCK_FRAMES } from "./song.js";
import { SourceReader } from "./sourceReader.js";
import { StepGraph, type Buffer, type Bus } from "./stepGraph.js";

/** Opens a source of the plan; each clip reads through a handle of its own. */
export type OpenSource = (path: string) => AudioFile;

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

/** A clip that is being rendered: knows which of its frames fall into the next block. */
class RunningClip {
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
