/** What a person is shown of one insert while it works: how loud what comes in is, and the spectrum of what goes out. */
import { Dsp } from "../dsp.js";
import { LANES, SpectrumKernel } from "../overview/spectrumKernel.js";
import { SCOPE_FRAMES, type LiveGraph } from "./liveGraph.js";

/** An insert that somebody looks at. */
export interface WatchedInsert {
  /** Id of its channel; the master's is MASTER. */
  readonly channel: string;
  readonly index: number;
}

/** That insert at work. */
export interface WatchReading extends WatchedInsert {
  /** Largest sample of what came in since the last one, linear. */
  readonly peak: number;
  /** Of what has just gone out, the mean of both sides: dBFS of bins that are `binHz` apart, from 0 Hz on. */
  readonly spectrum: { readonly binHz: number; readonly levels: Float32Array };
}

export class InsertWatch {
  readonly #dsp = new Dsp();
  readonly #kernel = new SpectrumKernel(this.#dsp, SCOPE_FRAMES, "hann");
  readonly #sides: readonly [number, number];
  readonly #silence: number;
  readonly #binHz: number;

  /** @param sampleRate of the session, Hz */
  constructor(sampleRate: number) {
    const side = (): number => this.#dsp.allocate(SCOPE_FRAMES * 4);
    this.#sides = [side(), side()];
    this.#silence = side();
    this.#binHz = sampleRate / SCOPE_FRAMES;
  }

  /** @returns `null` if nothing can be shown of it */
  read(graph: LiveGraph, { channel, index }: WatchedInsert): WatchReading | null {
    const reading = graph.readScope(channel, index);
    if (!reading) return null;
    const { peak, left, right } = reading;
    [left, right].forEach((samples, side) =>
      this.#dsp.float32(this.#sides[side]!, SCOPE_FRAMES).set(samples),
    );
    this.#kernel.clear();
    this.#kernel.add(...this.#sides, this.#silence, this.#silence);
    const { power } = this.#kernel;
    const levels = Float32Array.from(
      { length: power.length / LANES },
      (_, bin) => 10 * Math.log10((power[bin * LANES]! + power[bin * LANES + 1]!) / 2),
    );
    return { channel, index, peak, spectrum: { binHz: this.#binHz, levels } };
  }
}
