/** Measures what is listened to, before the volume: levels since the last tick, loudness, points for a goniometer. */
import type { Dsp } from "../../../../src/engine/dsp.js";
import { GONIOMETER_POINTS, type MeterFrame } from "../playerMessages.js";
import { LiveLoudness } from "./liveLoudness.js";
import { QUANTUM } from "./stretcher.js";

export class SignalMeter {
  readonly #dsp: Dsp;
  readonly #channels: readonly [number, number];
  readonly #loudness: LiveLoudness;
  /** Every so many frames a point. */
  readonly #stride: number;
  #phase = 0;

  /** @param frames between two ticks, about */
  constructor(dsp: Dsp, sampleRate: number, frames: number) {
    this.#dsp = dsp;
    this.#channels = [dsp.allocate(QUANTUM * 4), dsp.allocate(QUANTUM * 4)];
    this.#loudness = new LiveLoudness(dsp, sampleRate, ...this.#channels);
    this.#stride = Math.ceil(frames / (GONIOMETER_POINTS / 2));
  }

  /** Adds `frames` frames, at most {@link QUANTUM}, to `sum`. */
  take(left: Float32Array, right: Float32Array, frames: number, sum: MeterFrame): void {
    for (let frame = 0; frame < frames; frame++) {
      const l = left[frame]!;
      const r = right[frame]!;
      sum.peaks[0] = Math.max(sum.peaks[0]!, Math.abs(l));
      sum.peaks[1] = Math.max(sum.peaks[1]!, Math.abs(r));
      sum.squares[0]! += l * l;
      sum.squares[1]! += r * r;
      sum.product += l * r;
      if (++this.#phase < this.#stride || sum.pointCount === GONIOMETER_POINTS) continue;
      this.#phase = 0;
      sum.points[2 * sum.pointCount] = l;
      sum.points[2 * sum.pointCount + 1] = r;
      sum.pointCount++;
    }
    sum.frames += frames;
    this.#dsp.float32(this.#channels[0], frames).set(left.subarray(0, frames));
    this.#dsp.float32(this.#channels[1], frames).set(right.subarray(0, frames));
    this.#loudness.take(frames);
    sum.momentary = this.#loudness.momentary;
    sum.shortTerm = this.#loudness.shortTerm;
  }
}

/** A frame of meters that has measured nothing. */
export function emptyMeterFrame(): MeterFrame {
  return {
    seconds: 0,
    frames: 0,
    peaks: new Float32Array(2),
    squares: new Float64Array(2),
    product: 0,
    momentary: -Infinity,
    shortTerm: -Infinity,
    points: new Float32Array(2 * GONIOMETER_POINTS),
    pointCount: 0,
    inserts: null,
  };
}

/** Empties it for the next tick; the loudness stays. */
export function clearMeterFrame(frame: MeterFrame): void {
  frame.seconds = frame.frames = frame.product = frame.pointCount = 0;
  frame.peaks.fill(0);
  frame.squares.fill(0);
}
