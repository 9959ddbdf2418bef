/** Builds and runs the step graph of `src/dsp/graph.ts`. */
import type { Dsp } from "./dsp.js";

/** A stereo signal: addresses of two planar f32 buffers. */
export interface Buffer {
  readonly left: number;
  readonly right: number;
}

/** A stereo sum: addresses of two planar f64 buffers. */
export interface Bus {
  readonly busLeft: number;
  readonly busRight: number;
}

/** The same numbers stand in `StepKind` of src/dsp/graph.ts. */
const STEP = { clearBuffer: 0, clearBus: 1, addClip: 2, process: 3, addToBus: 4, fromBus: 5 } as const;

interface Step extends Partial<Buffer>, Partial<Bus> {
  readonly kind: number;
  readonly object?: number;
  readonly gainLeft?: number;
  readonly gainRight?: number;
}

export class StepGraph {
  readonly #dsp: Dsp;
  readonly #maxBlock: number;
  readonly #steps: Step[] = [];
  #address = 0;

  constructor(dsp: Dsp, maxBlock: number) {
    this.#dsp = dsp;
    this.#maxBlock = maxBlock;
  }

  buffer(): Buffer {
    return { left: this.#dsp.allocate(this.#maxBlock * 4), right: this.#dsp.allocate(this.#maxBlock * 4) };
  }

  bus(): Bus {
    return {
      busLeft: this.#dsp.allocate(this.#maxBlock * 8),
      busRight: this.#dsp.allocate(this.#maxBlock * 8),
    };
  }

  clearBuffer(buffer: Buffer): void {
    this.#steps.push({ kind: STEP.clearBuffer, ...buffer });
  }

  clearBus(bus: Bus): void {
    this.#steps.push({ kind: STEP.clearBus, ...bus });
  }

  addClip(clip: number, buffer: Buffer): void {
    this.#steps.push({ kind: STEP.addClip, object: clip, ...buffer });
  }

  processor(processor: number, buffer: Buffer): void {
    this.#steps.push({ kind: STEP.process, object: processor, ...buffer });
  }

  addToBus(buffer: Buffer, bus: Bus, gainLeft: number, gainRight: number): void {
    this.#steps.push({ kind: STEP.addToBus, ...buffer, ...bus, gainLeft, gainRight });
  }

  fromBus(bus: Bus, buffer: Buffer): void {
    this.#steps.push({ kind: STEP.fromBus, ...bus, ...buffer });
  }

  /** Compiles the steps into the engine's memory; call once, after the last one. */
  finish(): void {
    const { exports } = this.#dsp;
    this.#address = exports.graphNew(this.#steps.length);
    for (const { kind, object = 0, left = 0, right = 0, ...step } of this.#steps) {
      const { busLeft = 0, busRight = 0, gainLeft = 1, gainRight = 1 } = step;
      exports.graphAdd(this.#address, kind, object, left, right, busLeft, busRight, gainLeft, gainRight);
    }
  }

  process(frames: number): void {
    this.#dsp.exports.graphProcess(this.#address, frames);
  }
}
