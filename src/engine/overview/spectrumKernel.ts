/** Power spectra, four windows at a time: the door to src/dsp/spectrum/spectrum.ts. */
import type { Dsp } from "../dsp.js";

/** Numbers of the kernel's windows. */
export const SPECTRUM_WINDOWS = ["hann", "blackmanHarris", "kaiser"] as const;
export type SpectrumWindow = (typeof SPECTRUM_WINDOWS)[number];

/** Windows that are transformed together. */
export const LANES = 4;

export class SpectrumKernel {
  readonly #dsp: Dsp;
  readonly #address: number;
  readonly #bins: number;
  #rows = 0;
  #rowCount = 0;
  #columns = 0;

  /** @param size samples of a window: a power of two from 16 to 65536 */
  constructor(dsp: Dsp, size: number, window: SpectrumWindow) {
    this.#dsp = dsp;
    this.#address = dsp.exports.spectrumNew(size, SPECTRUM_WINDOWS.indexOf(window));
    this.#bins = size / 2 + 1;
  }

  clear(): void {
    this.#dsp.exports.spectrumClear(this.#address);
  }

  /** Adds the power of the window at each of the four addresses to its sum. */
  add(a: number, b: number, c: number, d: number): void {
    this.#dsp.exports.spectrumAdd(this.#address, a, b, c, d);
  }

  /** The sums: `[bin][lane]`; a view. A full-scale sine in the middle of a bin adds 1. */
  get power(): Float32Array {
    const { spectrumPower } = this.#dsp.exports;
    const power = this.#dsp.float32(spectrumPower(this.#address), this.#bins * LANES);
    return power;
  }

  /** Says what the rows of {@link columns} are. */
  setRows(rows: readonly SpectrogramRow[]): void {
    this.#rows = this.#dsp.allocate(rows.length * ROW_BYTES);
    this.#columns = this.#dsp.allocate(rows.length * LANES);
    this.#rowCount = rows.length;
    rows.forEach(({ first, last, fraction }, i) => {
      const at = this.#rows + i * ROW_BYTES;
      this.#dsp.int32(at, 2).set([first, last]);
      this.#dsp.float32(at + 8, 1)[0] = fraction ?? -1;
    });
  }

  /** The sums, times `scale`, as four columns of bytes (see SpectrogramTile of the view's protocol); a view. */
  columns(scale: number): Uint8Array {
    const { spectrumColumns } = this.#dsp.exports;
    spectrumColumns(this.#address, this.#rows, this.#rowCount, scale, this.#columns);
    return this.#dsp.bytes.subarray(this.#columns, this.#columns + LANES * this.#rowCount);
  }
}

/** A row of a spectrogram: the largest of the bins `first` to `last`, or what lies between `first` and the next. */
export interface SpectrogramRow {
  readonly first: number;
  readonly last: number;
  /** 0 to 1; `null` if the row covers bins. */
  readonly fraction: number | null;
}

/** As `Row` of the kernel. */
const ROW_BYTES = 12;
