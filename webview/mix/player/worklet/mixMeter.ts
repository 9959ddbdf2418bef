/** Gathers what the meters of a mix show between two ticks. */
import { Dsp } from "../../../../src/engine/dsp.js";
import { InsertWatch } from "../../../../src/engine/live/insertWatch.js";
import type { LiveMix } from "../../../../src/engine/live/liveMix.js";
import { LiveLoudness } from "../../../shared/player/worklet/liveLoudness.js";
import { QUANTUM } from "../../../shared/player/worklet/stretcher.js";
import type { MixMeters, WatchedInsert } from "../mixPlayer.js";

/** Seconds over which the load is averaged. */
const LOAD_SECONDS = 1;

export class MixMeter {
  readonly #dsp = new Dsp();
  readonly #sides: readonly [number, number];
  readonly #loudness: LiveLoudness;
  readonly #watch: InsertWatch;
  #frames = 0;
  #seconds = 0;
  /** Seconds that computing took. */
  #busy = 0;
  #load = 0;

  /** @param sampleRate of the session, Hz */
  constructor(sampleRate: number) {
    this.#sides = [this.#dsp.allocate(QUANTUM * 4), this.#dsp.allocate(QUANTUM * 4)];
    this.#loudness = new LiveLoudness(this.#dsp, sampleRate, ...this.#sides);
    this.#watch = new InsertWatch(sampleRate);
  }

  /** Takes up to {@link QUANTUM} frames of the mix. */
  take(left: Float32Array, right: Float32Array, frames: number): void {
    this.#dsp.float32(this.#sides[0], frames).set(left.subarray(0, frames));
    this.#dsp.float32(this.#sides[1], frames).set(right.subarray(0, frames));
    this.#loudness.take(frames);
    this.#frames += frames;
  }

  /** Time goes on, sound or not. @param busy how long computing took, seconds */
  pass(seconds: number, busy: number): void {
    this.#seconds += seconds;
    this.#busy += busy;
  }

  /** @returns what there was since the last call */
  read({ run }: LiveMix, watched: WatchedInsert | null): MixMeters {
    const channels = run?.graph.channels ?? [];
    const peaks = new Float32Array(2 * channels.length);
    const squares = new Float64Array(2 * channels.length);
    channels.forEach((id, i) => run?.graph.readLevel(id, peaks, squares, 2 * i));
    const { momentary, shortTerm, integrated } = this.#loudness;
    if (this.#seconds > 0) {
      const share = 1 - Math.exp(-this.#seconds / LOAD_SECONDS);
      this.#load += share * (this.#busy / this.#seconds - this.#load);
    }
    const meters = {
      ...{ seconds: this.#seconds, frames: this.#frames, load: this.#load, channels, peaks, squares },
      ...{ reductions: channels.map((id) => run?.graph.readReductions(id) ?? new Float32Array()) },
      ...{ momentary, shortTerm, integrated },
      watched: run && watched ? this.#watch.read(run.graph, watched) : null,
    };
    this.#seconds = this.#frames = this.#busy = 0;
    return meters;
  }
}
