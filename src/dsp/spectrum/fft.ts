/**
 * Fourier transforms of four real signals at once, one in each lane of a vector: no lane ever waits for another, so
 * the scalar algorithm becomes four times as fast as it stands.
 *
 * A signal of N samples is taken for N / 2 complex ones, transformed by radix 4 in the order that sorts itself, and
 * taken apart. Sources: Stockham's autosort as in C. Van Loan, "Computational Frameworks for the Fast Fourier
 * Transform", SIAM 1992, section 1.7; the real transform by half the length in H. V. Sorensen et al., "Real-Valued
 * Fast Fourier Transform Algorithms", IEEE Trans. ASSP 35(6), 1987.
 */
import { allocate } from "../memory";

/** Bytes of a complex value of four lanes: real parts, imaginary parts. */
const COMPLEX: usize = 32;
const VECTOR: usize = 16;

@unmanaged
export class FourFourier {
  /** Samples of a signal: a power of two from 16 to 65536. */
  size: i32;
  /** `size` vectors: sample after sample, a lane a signal. The transform overwrites them. */
  input: usize;
  /** Power of each bin, times 4 but for the first and the last: size / 2 + 1 vectors, to which transforms add. */
  power: usize;
  private other: usize;
  /** cos and -sin of 2 pi k / size for k < 3/4 size, f32. */
  private twiddles: usize;

  constructor(size: i32) {
    this.size = size;
    this.input = allocate(size << 4);
    this.other = allocate(size << 4);
    this.power = allocate(((size >> 1) + 1) << 4);
    const turns = (size >> 2) * 3;
    this.twiddles = allocate(turns << 3);
    for (let k = 0; k < turns; k++) {
      const angle = (2 * Math.PI * <f64>k) / <f64>size;
      store<f32>(this.twiddles + (<usize>k << 3), <f32>Math.cos(angle));
      store<f32>(this.twiddles + (<usize>k << 3), <f32>-Math.sin(angle), 4);
    }
  }

  clear(): void {
    memory.fill(this.power, 0, ((<usize>this.size >> 1) + 1) << 4);
  }

  /** Transforms the input and adds its power. */
  transform(): void {
    this.addPower(this.complex());
  }

  /**
   * Transforms the input and writes twice the value of each bin to `bins`: size / 2 + 1 complex values of four lanes.
   */
  forward(bins: usize): void {
    const half = <usize>(this.size >> 1);
    const z = this.complex();
    const last = bins + half * COMPLEX;
    const zeroth = v128.load(z);
    const other = v128.load(z, 16);
    const sum = f32x4.add(zeroth, other);
    const difference = f32x4.sub(zeroth, other);
    v128.store(bins, f32x4.add(sum, sum));
    v128.store(bins, f32x4.splat(0), 16);
    v128.store(last, f32x4.add(difference, difference));
    v128.store(last, f32x4.splat(0), 16);
    for (let k: usize = 1; k <= half >> 1; k++) {
      const front = z + k * COMPLEX;
      const back = z + (half - k) * COMPLEX;
      const a = v128.load(front);
      const b = v128.load(front, 16);
      const c = v128.load(back);
      const d = v128.load(back, 16);
      const cos = v128.load32_splat(this.twiddles + (k << 3));
      const sin = v128.load32_splat(this.twiddles + (k << 3), 4);
      const oddReal = f32x4.add(b, d);
      const oddImaginary = f32x4.sub(c, a);
      const evenReal = f32x4.add(a, c);
      const evenImaginary = f32x4.sub(b, d);
      const real = f32x4.sub(f32x4.mul(cos, oddReal), f32x4.mul(sin, oddImaginary));
      const imaginary = f32x4.add(f32x4.mul(cos, oddImaginary), f32x4.mul(sin, oddReal));
      v128.store(bins + k * COMPLEX, f32x4.add(evenReal, real));
      v128.store(bins + k * COMPLEX, f32x4.add(evenImaginary, imaginary), 16);
      v128.store(bins + (half - k) * COMPLEX, f32x4.sub(evenReal, real));
      v128.store(bins + (half - k) * COMPLEX, f32x4.sub(imaginary, evenImaginary), 16);
    }
  }

  /**
   * Transforms `bins`, laid out as {@link forward} leaves them, back to a signal, which comes out `size` times too
   * large. It overwrites the input.
   *
   * @returns address of `size` vectors whose pairs are exchanged: sample 1, sample 0, sample 3, sample 2...
   */
  backward(bins: usize): usize {
    const half = <usize>(this.size >> 1);
    const z = this.input;
    const first = v128.load(bins);
    const last = v128.load(bins + half * COMPLEX);
    // Real and imaginary parts stand exchanged: that turns the transform forwards into one backwards.
    v128.store(z, f32x4.sub(first, last));
    v128.store(z, f32x4.add(first, last), 16);
    for (let k: usize = 1; k <= half >> 1; k++) {
      const front = bins + k * COMPLEX;
      const back = bins + (half - k) * COMPLEX;
      const p = v128.load(front);
      const q = v128.load(front, 16);
      const r = v128.load(back);
      const s = v128.load(back, 16);
      const cos = v128.load32_splat(this.twiddles + (k << 3));
      const sin = v128.load32_splat(this.twiddles + (k << 3), 4);
      const evenReal = f32x4.add(p, r);
      const evenImaginary = f32x4.sub(q, s);
      const real = f32x4.sub(p, r);
      const imaginary = f32x4.add(q, s);
      const oddReal = f32x4.add(f32x4.mul(cos, real), f32x4.mul(sin, imaginary));
      const oddImaginary = f32x4.sub(f32x4.mul(cos, imaginary), f32x4.mul(sin, real));
      v128.store(z + k * COMPLEX, f32x4.add(evenImaginary, oddReal));
      v128.store(z + k * COMPLEX, f32x4.sub(evenReal, oddImaginary), 16);
      v128.store(z + (half - k) * COMPLEX, f32x4.sub(oddReal, evenImaginary));
      v128.store(z + (half - k) * COMPLEX, f32x4.add(evenReal, oddImaginary), 16);
    }
    return this.complex();
  }

  /** Transforms the input as half as many complex values. @returns where they are */
  private complex(): usize {
    let from = this.input;
    let to = this.other;
    let stride = 1;
    let n = this.size >> 1;
    for (; n >= 4; n >>= 2, stride <<= 2) {
      this.radix4(n, stride, from, to);
      const swap = from;
      from = to;
      to = swap;
    }
    if (n == 2) {
      radix2(stride, from, to);
      from = to;
    }
    return from;
  }

  private radix4(n: i32, stride: i32, from: usize, to: usize): void {
    const quarter = <usize>(n >> 2) * <usize>stride * COMPLEX;
    const row = <usize>stride * COMPLEX;
    radix4Rows(from, to, quarter, row);
    const step = <usize>stride << 4;
    for (let p: usize = 1, end = <usize>(n >> 2); p < end; p++) {
      const w = this.twiddles + p * step;
      const w2 = w + p * step;
      turnedRadix4Rows(from + p * row, to + 4 * p * row, quarter, row, w, w2, w2 + p * step);
    }
  }

  /** Takes the transform of the two halves apart: E + wO is bin k, E - wO the conjugate of bin size / 2 - k. */
  private addPower(z: usize): void {
    const half = this.size >> 1;
    const middle = half >> 1;
    const zeroth = v128.load(z);
    const other = v128.load(z, 16);
    const last = this.power + (<usize>half << 4);
    this.add(this.power, square(f32x4.add(zeroth, other)));
    this.add(last, square(f32x4.sub(zeroth, other)));
    let front = z + COMPLEX;
    let back = z + <usize>(half - 1) * COMPLEX;
    let low = this.power + VECTOR;
    let high = last - VECTOR;
    let w = this.twiddles + 8;
    for (let k = 1; k <= middle; k++, front += COMPLEX, back -= COMPLEX, low += VECTOR, high -= VECTOR, w += 8) {
      const a = v128.load(front);
      const b = v128.load(front, 16);
      const c = v128.load(back);
      const d = v128.load(back, 16);
      const evenReal = f32x4.add(a, c);
      const evenImaginary = f32x4.sub(b, d);
      const oddReal = f32x4.add(b, d);
      const oddImaginary = f32x4.sub(c, a);
      const cos = v128.load32_splat(w);
      const sin = v128.load32_splat(w, 4);
      const real = f32x4.sub(f32x4.mul(cos, oddReal), f32x4.mul(sin, oddImaginary));
      const imaginary = f32x4.add(f32x4.mul(cos, oddImaginary), f32x4.mul(sin, oddReal));
      this.add(
        low,
        f32x4.add(square(f32x4.add(evenReal, real)), square(f32x4.add(evenImaginary, imaginary))),
      );
      if (k == middle) break;
      this.add(
        high,
        f32x4.add(square(f32x4.sub(evenReal, real)), square(f32x4.sub(evenImaginary, imaginary))),
      );
    }
  }

  // @ts-ignore: decorator
  @inline
  private add(at: usize, power: v128): void {
    v128.store(at, f32x4.add(v128.load(at), power));
  }
}

// @ts-ignore: decorator
@inline
function square(x: v128): v128 {
  return f32x4.mul(x, x);
}

function radix2(stride: i32, from: usize, to: usize): void {
  const row = <usize>stride * COMPLEX;
  for (const end = from + row; from < end; from += VECTOR, to += VECTOR) {
    const a = v128.load(from);
    const b = v128.load(from + row);
    v128.store(to, f32x4.add(a, b));
    v128.store(to + row, f32x4.sub(a, b));
  }
}

/** One row of butterflies whose factors are 1. */
function radix4Rows(from: usize, to: usize, quarter: usize, row: usize): void {
  butterflies(from, to, quarter, row, false, 0, 0, 0);
}

/** The same with the factors at `w1`, `w2` and `w3`. */
function turnedRadix4Rows(
  from: usize,
  to: usize,
  quarter: usize,
  row: usize,
  w1: usize,
  w2: usize,
  w3: usize,
): void {
  butterflies(from, to, quarter, row, true, w1, w2, w3);
}

/** Compiled once for each value of `isTurned`. */
// @ts-ignore: decorator
@inline
function butterflies(
  from: usize,
  to: usize,
  quarter: usize,
  row: usize,
  isTurned: bool,
  w1: usize,
  w2: usize,
  w3: usize,
): void {
  const one = f32x4.splat(1);
  const zero = f32x4.splat(0);
  const cos1 = isTurned ? v128.load32_splat(w1) : one;
  const sin1 = isTurned ? v128.load32_splat(w1, 4) : zero;
  const cos2 = isTurned ? v128.load32_splat(w2) : one;
  const sin2 = isTurned ? v128.load32_splat(w2, 4) : zero;
  const cos3 = isTurned ? v128.load32_splat(w3) : one;
  const sin3 = isTurned ? v128.load32_splat(w3, 4) : zero;
  for (const end = from + row; from < end; from += COMPLEX, to += COMPLEX) {
    const aReal = v128.load(from);
    const aImaginary = v128.load(from, 16);
    const bReal = v128.load(from + quarter);
    const bImaginary = v128.load(from + quarter, 16);
    const cReal = v128.load(from + 2 * quarter);
    const cImaginary = v128.load(from + 2 * quarter, 16);
    const dReal = v128.load(from + 3 * quarter);
    const dImaginary = v128.load(from + 3 * quarter, 16);
    const sumReal = f32x4.add(aReal, cReal);
    const sumImaginary = f32x4.add(aImaginary, cImaginary);
    const differenceReal = f32x4.sub(aReal, cReal);
    const differenceImaginary = f32x4.sub(aImaginary, cImaginary);
    const otherReal = f32x4.add(bReal, dReal);
    const otherImaginary = f32x4.add(bImaginary, dImaginary);
    // j (b - d)
    const turnedReal = f32x4.sub(dImaginary, bImaginary);
    const turnedImaginary = f32x4.sub(bReal, dReal);
    v128.store(to, f32x4.add(sumReal, otherReal));
    v128.store(to, f32x4.add(sumImaginary, otherImaginary), 16);
    const firstReal = f32x4.sub(differenceReal, turnedReal);
    const firstImaginary = f32x4.sub(differenceImaginary, turnedImaginary);
    storeTurned(to + row, firstReal, firstImaginary, isTurned, cos1, sin1);
    const secondReal = f32x4.sub(sumReal, otherReal);
    const secondImaginary = f32x4.sub(sumImaginary, otherImaginary);
    storeTurned(to + 2 * row, secondReal, secondImaginary, isTurned, cos2, sin2);
    const thirdReal = f32x4.add(differenceReal, turnedReal);
    const thirdImaginary = f32x4.add(differenceImaginary, turnedImaginary);
    storeTurned(to + 3 * row, thirdReal, thirdImaginary, isTurned, cos3, sin3);
  }
}

// @ts-ignore: decorator
@inline
function storeTurned(to: usize, real: v128, imaginary: v128, isTurned: bool, cos: v128, sin: v128): void {
  if (!isTurned) {
    v128.store(to, real);
    v128.store(to, imaginary, 16);
    return;
  }
  v128.store(to, f32x4.sub(f32x4.mul(real, cos), f32x4.mul(imaginary, sin)));
  v128.store(to, f32x4.add(f32x4.mul(real, sin), f32x4.mul(imaginary, cos)), 16);
}
