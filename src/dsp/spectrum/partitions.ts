/**
 * Convolution with a stretch of an impulse response by Fourier transforms: the stretch is cut into equal parts, the
 * input into blocks as long, and each block meets each part as spectra (overlap-save). What is given is due a block
 * later, so a stretch that starts a block or more after the impulse response's first frame costs no time.
 *
 * Four convolutions run in the lanes: left to left, right to right, left to right, right to left.
 * Source: W. G. Gardner, "Efficient Convolution without Input-Output Delay", JAES 43(3), 1995.
 */
import { allocate } from "../memory";
import { FourFourier } from "./fft";
import { Impulse } from "./impulse";

@unmanaged
export class Partitions {
  /** Frames of a block: a power of two. */
  private size: i32;
  private count: i32;
  private fourier: FourFourier;
  /** Bytes of a spectrum. */
  private bytes: usize;
  /** Spectra of the parts, and those of the last `count` blocks, a ring. */
  private parts: usize;
  private blocks: usize;
  private newest: i32;
  /** Spectra of the parts that come next, from the first {@link exchange} on, and whether the output fades into them. */
  private coming: usize;
  private fades: bool;
  private sum: usize;
  /** The block before and this one, vectors; and what is due now, pairs of f32. */
  private input: usize;
  private output: usize;
  private sounds: bool;
  /** Blocks in a row, up to `count`, of which neither they nor the one before sounded. */
  private silent: i32;
  private soundedBefore: bool;

  /** Convolves with the frames of `impulse` from `start` to `end`, `size` frames a block. */
  constructor(impulse: Impulse, start: i32, end: i32, size: i32) {
    this.size = size;
    this.count = max(0, (end - start + size - 1) / size);
    this.fourier = new FourFourier(2 * size);
    this.bytes = <usize>(size + 1) << 5;
    this.parts = allocate(this.count * <i32>this.bytes);
    this.blocks = allocate(this.count * <i32>this.bytes);
    this.sum = allocate(<i32>this.bytes);
    this.input = allocate((2 * size) << 4);
    this.output = allocate(size << 3);
    this.silent = this.count;
    this.takeAll(impulse, start, end);
  }

  /**
   * Takes the stretch from the start of another impulse response, as long as the one before, into which the output
   * fades over the block after this one.
   */
  exchange(impulse: Impulse): void {
    if (this.coming == 0) this.coming = allocate(this.count * <i32>this.bytes);
    this.swapParts();
    this.takeAll(impulse, 0, impulse.frames);
    this.swapParts();
    this.fades = true;
  }

  private swapParts(): void {
    const parts = this.parts;
    this.parts = this.coming;
    this.coming = parts;
  }

  private takeAll(impulse: Impulse, start: i32, end: i32): void {
    for (let i = 0; i < this.count; i++) this.take(impulse, start + i * this.size, end, i);
  }

  private take(impulse: Impulse, start: i32, end: i32, part: i32): void {
    const input = this.fourier.input;
    // Twice from either spectrum, twice from putting them together, and half the transform's size.
    const scale = <f32>(1 / (8 * <f64>this.size));
    memory.fill(input, 0, (<usize>this.size) << 5);
    for (let i = 0, frames = min(this.size, end - start); i < frames; i++) {
      const at = input + ((<usize>i) << 4);
      store<f32>(at, scale * impulse.sample(impulse.leftLeft, start + i));
      store<f32>(at, scale * impulse.sample(impulse.rightRight, start + i), 4);
      store<f32>(at, scale * impulse.sample(impulse.leftRight, start + i), 8);
      store<f32>(at, scale * impulse.sample(impulse.rightLeft, start + i), 12);
    }
    this.fourier.forward(this.parts + <usize>part * this.bytes);
  }

  /**
   * Takes the run of `frames` frames at `left` and `right`, of whole vectors, and adds what is due to `toLeft` and
   * `toRight`. A run does not cross a whole multiple of the block's size.
   */
  run(left: usize, right: usize, toLeft: usize, toRight: usize, position: i32, frames: i32): void {
    if (this.count == 0) return;
    const phase = position & (this.size - 1);
    this.give(toLeft, toRight, phase, frames);
    let any = f32x4.splat(0);
    let to = this.input + ((<usize>(this.size + phase)) << 4);
    for (let i: usize = 0, end = (<usize>frames) << 2; i < end; i += 4, to += 16) {
      const pair = v128.load32_lane(right + i, v128.load32_zero(left + i), 1);
      any = v128.or(any, pair);
      v128.store(to, v128.shuffle<i64>(pair, pair, 0, 0));
    }
    if (v128.any_true(any)) this.sounds = true;
    if (phase + frames == this.size) this.passBlock();
  }

  private give(toLeft: usize, toRight: usize, phase: i32, frames: i32): void {
    if (this.silent >= this.count) return;
    const from = this.output + ((<usize>phase) << 3);
    for (let i: usize = 0, end = (<usize>frames) << 2; i < end; i += 4) {
      store<f32>(toLeft + i, load<f32>(toLeft + i) + load<f32>(from + (i << 1)));
      store<f32>(toRight + i, load<f32>(toRight + i) + load<f32>(from + (i << 1), 4));
    }
  }

  private passBlock(): void {
    const half = (<usize>this.size) << 4;
    const sounds = this.sounds || this.soundedBefore;
    this.silent = sounds ? 0 : min(this.count, this.silent + 1);
    this.soundedBefore = this.sounds;
    this.newest = this.newest + 1 == this.count ? 0 : this.newest + 1;
    const block = this.blocks + <usize>this.newest * this.bytes;
    if (this.silent < this.count) {
      memory.copy(this.fourier.input, this.input, half << 1);
      this.fourier.forward(block);
      this.meet();
      this.finish();
      if (this.fades) this.fade();
    } else {
      memory.fill(block, 0, this.bytes);
      if (this.fades) this.swapParts();
    }
    this.fades = false;
    memory.copy(this.input, this.input + half, half);
    this.sounds = false;
  }

  /** Takes the parts that come next and blends what they give into the output, from its first frame to its last. */
  private fade(): void {
    this.swapParts();
    this.meet();
    let from = this.fourier.backward(this.sum) + ((<usize>this.size) << 4);
    const step = <f32>(1 / <f64>this.size);
    let share: f32 = 0;
    for (let i = 0; i < this.size; i += 2, from += 32) {
      const pair = pairOf(v128.load(from), v128.load(from, 16));
      const shares = f32x4.replace_lane(f32x4.replace_lane(f32x4.splat(share), 2, share + step), 3, share + step);
      const to = this.output + ((<usize>i) << 3);
      const before = v128.load(to);
      v128.store(to, f32x4.add(before, f32x4.mul(shares, f32x4.sub(pair, before))));
      share += 2 * step;
    }
  }

  /** Adds up what each block makes of the part that it has come to. */
  private meet(): void {
    memory.fill(this.sum, 0, this.bytes);
    let block = this.newest;
    for (let i = 0; i < this.count; i++) {
      multiplyAdd(this.sum, this.blocks + <usize>block * this.bytes, this.parts + <usize>i * this.bytes, this.bytes);
      block = block == 0 ? this.count - 1 : block - 1;
    }
  }

  /** The second half of the signal is what a convolution without an end would give. */
  private finish(): void {
    let from = this.fourier.backward(this.sum) + ((<usize>this.size) << 4);
    for (let to = this.output, end = to + ((<usize>this.size) << 3); to < end; to += 16, from += 32) {
      v128.store(to, pairOf(v128.load(from), v128.load(from, 16)));
    }
  }
}

/**
 * Two frames of the four ways, made into two of a stereo signal. Left: left to left and right to left; right: right to
 * right and left to right.
 */
// @ts-ignore: decorator
@inline
function pairOf(odd: v128, even: v128): v128 {
  return f32x4.add(v128.shuffle<i32>(even, odd, 0, 1, 4, 5), v128.shuffle<i32>(even, odd, 3, 2, 7, 6));
}

/** Adds the products of the complex values at `a` and `b` to those at `sum`. */
function multiplyAdd(sum: usize, a: usize, b: usize, bytes: usize): void {
  for (const end = sum + bytes; sum < end; sum += 32, a += 32, b += 32) {
    const ar = v128.load(a);
    const ai = v128.load(a, 16);
    const br = v128.load(b);
    const bi = v128.load(b, 16);
    const real = f32x4.sub(f32x4.mul(ar, br), f32x4.mul(ai, bi));
    const imaginary = f32x4.add(f32x4.mul(ar, bi), f32x4.mul(ai, br));
    v128.store(sum, f32x4.add(v128.load(sum), real));
    v128.store(sum, f32x4.add(v128.load(sum, 16), imaginary), 16);
  }
}
