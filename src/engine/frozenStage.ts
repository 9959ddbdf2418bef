/** The first stage of a mix: frozen tracks on their way into the buses, or what is kept of their sums. */
import { dB, dbToGain } from "../units/decibels.js";
import type { MovingValue } from "./automationPlan.js";
import { wholeFile } from "./clipPlan.js";
import type { ClipSources } from "./clipSources.js";
import type { Dsp } from "./dsp.js";
import { BLOCK_FRAMES } from "./song.js";
import { StepGraph, type Buffer, type Bus } from "./stepGraph.js";
import { SongTime } from "./songTime.js";
import { createRoute } from "./strip.js";
import { TrackClips } from "./trackClips.js";
import {
  changesBetween,
  type KeptSums,
  type MixedRoute,
  type MixedTrack,
  type SumsStore,
  type SumsWriter,
} from "./trackSums.js";

/** Frames of quiet after which a track may rest. */
const REST_FRAMES = 4096;

/** Bytes of a frame of both sides of a sum. */
const SUM_BYTES = 16;

/** Sums are exact below twice this, linear (src/dsp/spatial/bus.ts): there is room for tracks that are taken out. */
const LOUDEST_SUM = 2 ** 10;

/** More than any pan, width and balance make of a sample. */
const MOST_PLACED = 8;

/** @returns whether reading the sums is clearly less than reading the tracks, and they are sure to be exact */
export function isWorthSumming(buses: readonly string[], tracks: readonly MixedTrack[]): boolean {
  const trackBytes = tracks.reduce((sum, { frozen }) => sum + 4 * frozen.channels, 0);
  const loudest = tracks.reduce((sum, { frozen, routes }) => sum + frozen.peak * mostGain(routes), 0);
  return buses.length > 0 && buses.length * SUM_BYTES * 1.5 <= trackBytes && loudest < LOUDEST_SUM;
}

/** @returns no less than the gain of the loudest of the routes, linear */
function mostGain(routes: readonly MixedRoute[]): number {
  const highest = ({ value, curve = [] }: MovingValue): number =>
    Math.max(value, ...curve.map(([, each]) => each));
  const gains = routes.map(({ settings: { levels = [] } }) =>
    dbToGain(dB(levels.reduce((sum, level) => sum + highest(level), 0))),
  );
  return MOST_PLACED * Math.max(0, ...gains);
}

export class FrozenStage {
  readonly #dsp: Dsp;
  readonly #sampleRate: number;
  readonly #sources: ClipSources;
  readonly #time: SongTime;
  readonly #steps: StepGraph;
  readonly #clips: TrackClips[] = [];
  readonly #buses: ReadonlyMap<string, Bus>;
  /** Addresses of the sides of the buses. */
  readonly #sides: readonly number[];
  readonly #signal: Buffer;
  readonly #delayed: Buffer;
  readonly #kept: KeptSums | undefined;
  #writer: SumsWriter | undefined;
  /** Frame of the graph from which on no track sounds. */
  readonly #end: number;
  #position = 0;

  /** @param buses those that the tracks go into, by id; this clears them */
  constructor(
    dsp: Dsp,
    sampleRate: number,
    sources: ClipSources,
    tracks: readonly MixedTrack[],
    buses: ReadonlyMap<string, Bus>,
    store: SumsStore,
  ) {
    this.#dsp = dsp;
    this.#sampleRate = sampleRate;
    this.#sources = sources;
    this.#time = new SongTime(dsp);
    this.#buses = buses;
    this.#sides = [...buses.values()].flatMap(({ busLeft, busRight }) => [busLeft, busRight]);
    this.#steps = new StepGraph(dsp, BLOCK_FRAMES);
    this.#signal = this.#steps.buffer();
    this.#delayed = this.#steps.buffer();
    this.#end = Math.max(...tracks.map(endOf));
    this.#kept = store.find([...buses.keys()], tracks);
    if (this.#kept) {
      const { removed, added } = changesBetween(this.#kept.tracks, tracks);
      for (const track of removed) this.#addTrack(track, -1);
      for (const track of added) this.#addTrack(track, 1);
    } else {
      for (const bus of buses.values()) this.#steps.clearBus(bus);
      for (const track of tracks) this.#addTrack(track, 1);
      this.#writer = store.create([...buses.keys()], tracks);
    }
    this.#steps.finish();
  }

  /** Fills the buses with the next `frames` frames. */
  process(frames: number): void {
    const bytes = frames * 8;
    this.#sides.forEach((side, i) => {
      this.#kept?.read(i, this.#position, this.#dsp.bytes.subarray(side, side + bytes));
    });
    for (const clips of this.#clips) clips.schedule(this.#position, frames);
    this.#steps.process(frames);
    this.#position += frames;
    this.#sides.forEach((side, i) => {
      this.#writer?.append(i, this.#dsp.bytes.subarray(side, side + bytes));
    });
  }

  /** The song has ended: keeps the sums, if they are new, to the end of all tracks. */
  finish(): void {
    if (!this.#writer) return;
    while (this.#position < this.#end) this.process(Math.min(BLOCK_FRAMES, this.#end - this.#position));
    this.#writer.finish();
    this.#writer = undefined;
  }

  close(): void {
    this.#writer?.abort();
    this.#kept?.close();
  }

  /** @param sign 1, or -1: takes it out */
  #addTrack({ frozen, start, routes }: MixedTrack, sign: number): void {
    const [signal, delayed] = [this.#signal, this.#delayed].map(({ left, right }) => ({
      left,
      right: frozen.channels === 1 ? left : right,
    })) as [Buffer, Buffer];
    const rest = this.#dsp.exports.restNew(start + frozen.frames, REST_FRAMES);
    const file = wholeFile(frozen.path, frozen.channels, frozen.frames);
    const clips = new TrackClips(this.#dsp, [file], start, this.#sources, this.#time);
    this.#clips.push(clips);
    this.#steps.clearBuffer(signal);
    this.#steps.addClip(clips.address, signal, rest);
    this.#steps.rest(rest, signal, { start, rest });
    for (const { to, settings, time, late } of routes) {
      const route = createRoute(this.#dsp, { ...settings, gain: sign }, this.#sampleRate, time);
      const bus = this.#buses.get(to)!;
      if (late === 0) {
        this.#steps.route(route, signal, bus, { start, rest });
        continue;
      }
      this.#steps.delay(signal, delayed, late);
      this.#steps.route(route, delayed, bus, {});
    }
  }
}

function endOf({ frozen, start, routes }: MixedTrack): number {
  return start + frozen.frames + Math.max(0, ...routes.map(({ late }) => late));
}
