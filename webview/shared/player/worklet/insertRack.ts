import { Dsp } from "../../../../src/engine/dsp.js";
import { takeImpulse, type ImpulseChannels } from "../../../../src/engine/impulseChannels.js";
import { needsNewProcessor } from "../../../../src/engine/preparedParameters.js";
import type { InsertReading, InsertSetting } from "../playerMessages.js";
import { LiveLoudness } from "./liveLoudness.js";
import { QUANTUM } from "./stretcher.js";

/** Planar samples of impulse responses by their ids. */
export type Impulses = Map<string, readonly Float32Array[]>;

/**
 * Inserts in series, in a memory of their own, as the renderer runs them (InsertChain of src/engine/inserts.ts):
 * the same samples give the same result, bit for bit. Beside them runs the untouched sound, as late as theirs.
 */
export class InsertRack {
  /** Frames by which the result is late. */
  readonly latency: number;
  readonly left: Float32Array;
  readonly right: Float32Array;
  /** The sound before the inserts, in time with the result. */
  readonly dryLeft: Float32Array;
  readonly dryRight: Float32Array;
  readonly #dsp = new Dsp();
  readonly #buffers: readonly [number, number];
  /** One for each setting; 0 where it is bypassed. */
  readonly #processors: readonly number[];
  readonly #delay: readonly [Float32Array, Float32Array];
  readonly #before: LiveLoudness;
  readonly #after: LiveLoudness;
  readonly #reading: InsertReading;
  #settings: readonly InsertSetting[];
  #delayed = 0;

  constructor(settings: readonly InsertSetting[], impulses: Impulses, sampleRate: number) {
    const dsp = this.#dsp;
    this.#settings = settings;
    this.#processors = settings.map(({ kind, isBypassed, values, impulse }) => {
      if (isBypassed) return 0;
      const processor = dsp.exports.processorNew(kind, sampleRate);
      for (const [parameter, value] of values) dsp.exports.processorSet(processor, parameter, value);
      const channels = impulse === undefined ? undefined : impulses.get(impulse);
      if (channels) takeImpulse(dsp, processor, impulseIn(dsp, channels));
      dsp.exports.processorPrepare(processor);
      return processor;
    });
    this.latency = this.#processors.reduce(
      (sum, processor) => sum + (processor && dsp.exports.processorLatency(processor)),
      0,
    );
    const buffer = (): number => dsp.allocate(QUANTUM * 4);
    this.#buffers = [buffer(), buffer()];
    const dry = [buffer(), buffer()] as const;
    this.#before = new LiveLoudness(dsp, sampleRate, ...dry);
    this.#after = new LiveLoudness(dsp, sampleRate, ...this.#buffers);
    // Nothing is allocated from here on: the views stay good.
    this.left = dsp.float32(this.#buffers[0], QUANTUM);
    this.right = dsp.float32(this.#buffers[1], QUANTUM);
    this.dryLeft = dsp.float32(dry[0], QUANTUM);
    this.dryRight = dsp.float32(dry[1], QUANTUM);
    this.#delay = [new Float32Array(this.latency), new Float32Array(this.latency)];
    this.#reading = { reductions: new Float32Array(settings.length), before: -Infinity, after: -Infinity };
  }

  /** Loudness after the inserts minus that before, LU; 0 while it is unknown. */
  get gained(): number {
    const difference = this.#after.longest - this.#before.longest;
    return Number.isFinite(difference) ? difference : 0;
  }

  /** Changes parameters while the sound runs. @returns false if that takes a new rack */
  set(settings: readonly InsertSetting[]): boolean {
    if (!this.#canTake(settings)) return false;
    settings.forEach(({ values, isBypassed }, index) => {
      const old = this.#settings[index]!;
      values.forEach(([parameter, value], place) => {
        if (!isBypassed && value !== old.values[place]![1])
          this.#dsp.exports.processorSet(this.#processors[index]!, parameter, value);
      });
    });
    this.#settings = settings;
    return true;
  }

  /** Takes `frames` frames, at most a quantum; the result stands in `left` and `right`. */
  process(left: Float32Array, right: Float32Array, frames: number): void {
    this.left.set(left.subarray(0, frames));
    this.right.set(right.subarray(0, frames));
    this.#delayDry(frames);
    for (const processor of this.#processors)
      if (processor !== 0) this.#dsp.exports.processorProcess(processor, ...this.#buffers, frames);
    this.#before.take(frames);
    this.#after.take(frames);
  }

  /** What the inserts did since the last call. The same object each time. */
  read(): InsertReading {
    this.#processors.forEach((processor, index) => {
      const address = processor && this.#dsp.exports.processorReduction(processor);
      if (address === 0) {
        this.#reading.reductions[index] = NaN;
        return;
      }
      // The first of its numbers is the deepest reduction so far (src/dsp/dynamics/reduction.ts).
      const deepest = this.#dsp.float64(address, 1);
      this.#reading.reductions[index] = deepest[0]!;
      deepest[0] = 0;
    });
    this.#reading.before = this.#before.longest;
    this.#reading.after = this.#after.longest;
    return this.#reading;
  }

  #canTake(settings: readonly InsertSetting[]): boolean {
    return (
      settings.length === this.#settings.length &&
      settings.every(({ kind, isBypassed, values, impulse }, index) => {
        const old = this.#settings[index]!;
        if (kind !== old.kind || isBypassed !== old.isBypassed || impulse !== old.impulse) return false;
        if (values.length !== old.values.length) return false;
        return values.every(([parameter, value], place) => {
          const [oldParameter, oldValue] = old.values[place]!;
          if (parameter !== oldParameter) return false;
          return isBypassed || value === oldValue || !needsNewProcessor(kind, parameter);
        });
      })
    );
  }

  #delayDry(frames: number): void {
    if (this.latency === 0) {
      this.dryLeft.set(this.left.subarray(0, frames));
      this.dryRight.set(this.right.subarray(0, frames));
      return;
    }
    const [delayLeft, delayRight] = this.#delay;
    for (let frame = 0; frame < frames; frame++) {
      const at = this.#delayed;
      this.dryLeft[frame] = delayLeft[at]!;
      this.dryRight[frame] = delayRight[at]!;
      delayLeft[at] = this.left[frame]!;
      delayRight[at] = this.right[frame]!;
      this.#delayed = at + 1 === this.latency ? 0 : at + 1;
    }
  }
}

function impulseIn(dsp: Dsp, channels: readonly Float32Array[]): ImpulseChannels {
  const frames = channels[0]?.length ?? 0;
  const addresses = channels.map((samples) => {
    const address = dsp.allocate(frames * 4);
    dsp.float32(address, frames).set(samples);
    return address;
  });
  return { addresses, frames };
}
