/**
 * Power spectra of windowed stretches of signals, four at a time, and the columns of a spectrogram made of them. A
 * full-scale sine in the middle of a bin has power 1, a constant of 1 as well.
 */
import { allocate } from "../memory";
import { FourFourier } from "./fft";
import { windowAt } from "./window";

/** The bytes span 150 dB; an octave of power is 10 log10(2) dB. */
const BYTES_PER_OCTAVE: f32 = 255.0 / 150.0 * 3.0102999566;
/** Far below the floor; its logarithm exists. */
const LEAST_POWER: f32 = 1e-30;

/** A row of a spectrogram, as the host writes it (src/engine/overview/spectrogramRows.ts). */
@unmanaged
class Row {
  /** Bins that it covers; with a fraction, the bin below it. */
  first: i32;
  last: i32;
  /** Where it lies between bin `first` and the next, 0 to 1; below 0: the largest of `first` to `last` counts. */
  fraction: f32;
}

@unmanaged
class Spectrum {
  fourier!: FourFourier;
  /** f32, scaled. */
  window: usize;

  /** Windows the signals and deals them out to the lanes. */
  gather(a: usize, b: usize, c: usize, d: usize): void {
    let to = this.fourier.input;
    let window = this.window;
    for (
      const end = window + (<usize>this.fourier.size << 2);
      window < end;
      window += 16, a += 16, b += 16, c += 16, d += 16, to += 64
    ) {
      const w = v128.load(window);
      const w0 = f32x4.mul(v128.load(a), w);
      const w1 = f32x4.mul(v128.load(b), w);
      const w2 = f32x4.mul(v128.load(c), w);
      const w3 = f32x4.mul(v128.load(d), w);
      const low01 = v128.shuffle<f32>(w0, w1, 0, 4, 1, 5);
      const low23 = v128.shuffle<f32>(w2, w3, 0, 4, 1, 5);
      const high01 = v128.shuffle<f32>(w0, w1, 2, 6, 3, 7);
      const high23 = v128.shuffle<f32>(w2, w3, 2, 6, 3, 7);
      v128.store(to, v128.shuffle<f32>(low01, low23, 0, 1, 4, 5));
      v128.store(to, v128.shuffle<f32>(low01, low23, 2, 3, 6, 7), 16);
      v128.store(to, v128.shuffle<f32>(high01, high23, 0, 1, 4, 5), 32);
      v128.store(to, v128.shuffle<f32>(high01, high23, 2, 3, 6, 7), 48);
    }
  }
}

/** @param size samples of a window, a power of two from 16 to 65536 @param window as SpectrumWindow */
export function spectrumNew(size: i32, window: i32): usize {
  const spectrum = new Spectrum();
  spectrum.fourier = new FourFourier(size);
  spectrum.window = allocate(size << 2);
  let sum: f64 = 0;
  for (let i = 0; i < size; i++) sum += windowAt(window, <f64>i / <f64>size);
  for (let i = 0; i < size; i++) {
    store<f32>(spectrum.window + (<usize>i << 2), <f32>(windowAt(window, <f64>i / <f64>size) / sum));
  }
  return changetype<usize>(spectrum);
}

/** Begins new sums. */
export function spectrumClear(address: usize): void {
  changetype<Spectrum>(address).fourier.clear();
}

/** Adds the power of the `size` samples at each of four addresses (any alignment) to the sum of its lane. */
export function spectrumAdd(address: usize, a: usize, b: usize, c: usize, d: usize): void {
  const spectrum = changetype<Spectrum>(address);
  spectrum.gather(a, b, c, d);
  spectrum.fourier.transform();
}

/** @returns address of the sums: size / 2 + 1 bins of four f32, one a lane */
export function spectrumPower(address: usize): usize {
  return changetype<Spectrum>(address).fourier.power;
}

/**
 * Turns the sums into bytes: 0 for -150 dBFS or less, 255 for 0 dBFS or more.
 * @param rows address of `count` {@link Row}s
 * @param scale what the sums are multiplied by
 * @param target column after column, `count` bytes each; four columns are written
 */
export function spectrumColumns(address: usize, rows: usize, count: i32, scale: f32, target: usize): void {
  const power = changetype<Spectrum>(address).fourier.power;
  const factor = f32x4.splat(scale);
  let known = -1;
  let low = f32x4.splat(0);
  let high = low;
  for (let i = 0; i < count; i++, target++) {
    const row = changetype<Row>(rows + <usize>i * offsetof<Row>());
    const first = row.first;
    let level: v128;
    if (row.fraction < 0) {
      level = toBytes(f32x4.mul(largest(power, first, row.last), factor));
    } else {
      if (known != first) {
        const at = power + (<usize>first << 4);
        low = toBytes(f32x4.mul(v128.load(at), factor));
        high = toBytes(f32x4.mul(v128.load(at, 16), factor));
        known = first;
      }
      level = f32x4.add(low, f32x4.mul(f32x4.sub(high, low), f32x4.splat(row.fraction)));
    }
    const bytes = i32x4.trunc_sat_f32x4_u(f32x4.add(f32x4.min(level, f32x4.splat(255)), f32x4.splat(0.5)));
    store<u8>(target, <u8>i32x4.extract_lane(bytes, 0));
    store<u8>(target + <usize>count, <u8>i32x4.extract_lane(bytes, 1));
    store<u8>(target + 2 * <usize>count, <u8>i32x4.extract_lane(bytes, 2));
    store<u8>(target + 3 * <usize>count, <u8>i32x4.extract_lane(bytes, 3));
  }
}

// @ts-ignore: decorator
@inline
function largest(power: usize, first: i32, last: i32): v128 {
  let at = power + (<usize>first << 4);
  let most = v128.load(at);
  for (const end = power + (<usize>last << 4); at < end; at += 16) most = f32x4.pmax(most, v128.load(at, 16));
  return most;
}

/** Four powers on the scale of the bytes, not yet cut at its top. */
// @ts-ignore: decorator
@inline
function toBytes(power: v128): v128 {
  return f32x4.add(f32x4.mul(log2(f32x4.pmax(f32x4.splat(LEAST_POWER), power)), f32x4.splat(BYTES_PER_OCTAVE)), f32x4.splat(255));
}

/**
 * Binary logarithm of four normal numbers above 0, within 1e-3 (0.003 dB of power): colours need no more. The
 * exponent and a line through the mantissa, plus what the logarithm bulges above that line.
 */
// @ts-ignore: decorator
@inline
function log2(x: v128): v128 {
  const exponent = f32x4.convert_i32x4_s(i32x4.sub(i32x4.shr_u(x, 23), i32x4.splat(127)));
  const mantissa = v128.or(v128.and(x, i32x4.splat(0x007fffff)), i32x4.splat(0x3f800000));
  const t = f32x4.sub(mantissa, f32x4.splat(1));
  const bulge = f32x4.add(f32x4.splat(0.42157659), f32x4.mul(t, f32x4.splat(-0.15684817)));
  const above = f32x4.mul(f32x4.mul(t, f32x4.sub(f32x4.splat(1), t)), bulge);
  return f32x4.add(exponent, f32x4.add(t, above));
}
