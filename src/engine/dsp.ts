/**
 * The way into `dsp.wasm`. Free of Node and of the DOM: the workers, the command line and
 * the preview's AudioWorklet come in here.
 */
import type { instantiate } from "../../dist/dsp.js";
import wasm from "../../dist/dsp.wasm";

/** Everything `src/dsp/index.ts` exports; addresses are numbers. */
export type DspExports = Awaited<ReturnType<typeof instantiate>>;

let compiled: WebAssembly.Module | undefined;

/** What an instance begins with; as `--initialMemory` of the kernels' compiler. */
const INITIAL_PAGES = 16;

/**
 * One instance of the engine with a memory of its own. It is set up, used and thrown away
 * as a whole: its arena never frees.
 */
export class Dsp {
  readonly exports: DspExports;
  #bytes: Uint8Array;

  /** @param memory all zeros, and of no other instance in use */
  constructor(memory = new WebAssembly.Memory({ initial: INITIAL_PAGES })) {
    compiled ??= new WebAssembly.Module(wasm);
    const abort = (): never => {
      throw new Error("dsp.wasm: out of memory");
    };
    const { exports } = new WebAssembly.Instance(compiled, { env: { abort, memory } });
    this.exports = exports as unknown as DspExports;
    this.#bytes = new Uint8Array(memory.buffer);
  }

  /** Allocates `bytes` zeroed bytes, 16-byte aligned; may move {@link bytes}. */
  allocate(bytes: number): number {
    return this.exports.allocate(bytes);
  }

  /** The whole memory. Ask again after any allocation: growing detaches older views. */
  get bytes(): Uint8Array {
    if (this.#bytes.buffer !== this.exports.memory.buffer)
      this.#bytes = new Uint8Array(this.exports.memory.buffer);
    return this.#bytes;
  }

  /** View of `length` floats at `address`; the same caution as for {@link bytes}. */
  float32(address: number, length: number): Float32Array {
    return new Float32Array(this.exports.memory.buffer, address, length);
  }

  float64(address: number, length: number): Float64Array {
    return new Float64Array(this.exports.memory.buffer, address, length);
  }

  int32(address: number, length: number): Int32Array {
    return new Int32Array(this.exports.memory.buffer, address, length);
  }
}
