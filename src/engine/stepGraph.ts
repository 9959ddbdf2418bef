/** Builds and runs the step graph of `src/dsp/graph.ts`. */
import type { Dsp } from "./dsp.js";

/** A stereo signal: addresses of two planar f32 buffers; twice the same for a mono signal. */
export interface Buffer {
  readonly left: number;
  readonly right: number;
}

/** A stereo sum: addresses of two planar f64 buffers. */
export interface Bus {
  readonly busLeft: number;
  readonly busRight: number;
}

/** When a step works. */
export interface StepSpan {
  /** Frame of the graph from which on it does. */
  readonly start?: number;
  /** Address of the rest (src/dsp/time/rest.ts) that ends it. */
  readonly rest?: number;
}

/** The same numbers stand in `StepKind` of src/dsp/graph.ts. */
const STEP = {
  ...{ clearBuffer: 0, clearBus: 1, addClip: 2, process: 3, drive: 4 },
  ...{ route: 5, fromBus: 6, widen: 7, delay: 8, rest: 9, blend: 10, level: 11, scope: 12 },
} as const;

interface Step extends Partial<Buffer>, StepSpan {
  readonly kind: number;
  readonly object?: number;
  /** Key, bus or target. */
  readonly other?: Buffer;
  readonly gain?: number;
}

const asBuffer = ({ busLeft, busRight }: Bus): Buffer => ({ left: busLeft, right: busRight });
export const isMono = ({ left, right }: Buffer): boolean => left === right;

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

  clearBus(bus: Bus, span: StepSpan = {}): void {
    this.#steps.push({ kind: STEP.clearBus, other: asBuffer(bus), ...span });
  }

  addClip(clip: number, buffer: Buffer, rest: number): void {
    this.#steps.push({ kind: STEP.addClip, object: clip, ...buffer, rest });
  }

  /** @param key what drives the detector; the buffer itself if nothing else does */
  processor(processor: number, buffer: Buffer, key: Buffer, span: StepSpan): void {
    this.#steps.push({ kind: STEP.process, object: processor, ...buffer, other: key, ...span });
  }

  /** @param drive address of a processor that is moved by automation */
  drive(drive: number, buffer: Buffer, key: Buffer, span: StepSpan): void {
    this.#steps.push({ kind: STEP.drive, object: drive, ...buffer, other: key, ...span });
  }

  route(route: number, buffer: Buffer, bus: Bus, span: StepSpan): void {
    this.#steps.push({ kind: STEP.route, object: route, ...buffer, other: asBuffer(bus), ...span });
  }

  fromBus(bus: Bus, buffer: Buffer, gain = 1, span: StepSpan = {}): void {
    this.#steps.push({ kind: STEP.fromBus, ...buffer, other: asBuffer(bus), gain, ...span });
  }

  widen(buffer: Buffer, span: StepSpan): void {
    this.#steps.push({ kind: STEP.widen, ...buffer, ...span });
  }

  /** Copies `source` to `target`, `frames` frames late. */
  delay(source: Buffer, target: Buffer, frames: number): void {
    const object = this.#dsp.exports.delayNew(frames);
    this.#steps.push({ kind: STEP.delay, object, ...source, other: target });
  }

  rest(rest: number, buffer: Buffer, span: StepSpan): void {
    this.#steps.push({ kind: STEP.rest, object: rest, ...buffer, ...span });
  }

  /** Mixes `buffer` by the blend at address `blend` with `dry`, the same before an insert. */
  blend(blend: number, buffer: Buffer, dry: Buffer, span: StepSpan): void {
    this.#steps.push({ kind: STEP.blend, object: blend, ...buffer, other: dry, ...span });
  }

  /** @param scope address of what shows the buffer, and `dry`, the same before an insert */
  scope(scope: number, buffer: Buffer, dry: Buffer, span: StepSpan): void {
    this.#steps.push({ kind: STEP.scope, object: scope, ...buffer, other: dry, ...span });
  }

  /** @param level address of what measures the buffer */
  level(level: number, buffer: Buffer): void {
    this.#steps.push({ kind: STEP.level, object: level, ...buffer });
  }

  /** Compiles the steps into the engine's memory; call once, after the last one. */
  finish(): void {
    const { exports } = this.#dsp;
    this.#address = exports.graphNew(this.#steps.length);
    for (const { kind, object = 0, left = 0, right = 0, other, ...step } of this.#steps) {
      const { gain = 1, start = 0, rest = 0 } = step;
      const [otherLeft, otherRight] = [other?.left ?? 0, other?.right ?? 0];
      exports.graphAdd(this.#address, kind, object, left, right, otherLeft, otherRight, gain, start, rest);
    }
  }

  process(frames: number): void {
    this.#dsp.exports.graphProcess(this.#address, frames);
  }
}
