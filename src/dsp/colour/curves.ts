/**
 * Curves of the saturator, in place on a stereo pair (interleaved f32) at the high rate.
 *
 * Each value is the mean of the curve between two frames, (F(x1) - F(x0)) / (x1 - x0) with its
 * antiderivative F, which takes most of the harmonics away that would fold back: J. Parker,
 * V. Zavalishin, E. Le Bivic, "Reducing the aliasing of nonlinear waveshaping using
 * continuous-time convolution", DAFx 2016. It delays by half a frame.
 */

/** Bytes of one v128: two frames. */
const VECTOR: usize = 16;

/**
 * f(x) = x / sqrt(1 + x^2), F(x) = sqrt(1 + x^2): the mean is (x1 + x0) / (F(x1) + F(x0)), which
 * loses no digits however near the two are.
 */
@unmanaged
export class Sigmoid {
  /** The last two frames, biased, and F of them. */
  private x: v128;
  private root: v128;

  /** Forgets the signal: as after silence with this bias. */
  reset(bias: f32): void {
    this.x = f32x4.splat(bias);
    this.root = rootOf(this.x);
  }

  /**
   * @param vectors number of pairs of frames
   * @param bias added to the signal; what it alone would give is taken off again
   * @param scale of the result
   */
  run(samples: usize, vectors: i32, bias: f32, scale: f32): void {
    const shift = f32x4.splat(bias);
    const factor = f32x4.splat(scale);
    const atRest = f32x4.div(f32x4.add(shift, shift), f32x4.add(rootOf(shift), rootOf(shift)));
    let x = this.x;
    let root = this.root;
    for (const end = samples + <usize>vectors * VECTOR; samples < end; samples += VECTOR) {
      const nextX = f32x4.add(v128.load(samples), shift);
      const nextRoot = rootOf(nextX);
      const beforeX = v128.shuffle<f32>(x, nextX, 2, 3, 4, 5);
      const beforeRoot = v128.shuffle<f32>(root, nextRoot, 2, 3, 4, 5);
      const mean = f32x4.div(f32x4.add(nextX, beforeX), f32x4.add(nextRoot, beforeRoot));
      v128.store(samples, f32x4.mul(f32x4.sub(mean, atRest), factor));
      x = nextX;
      root = nextRoot;
    }
    this.x = x;
    this.root = root;
  }
}

// @ts-ignore: decorator
@inline
function rootOf(x: v128): v128 {
  return f32x4.sqrt(f32x4.add(f32x4.mul(x, x), f32x4.splat(1)));
}

/** Frames closer than this take the curve between them. */
const CLOSE: f64 = 1e-4;

/**
 * Straight up to 1 - knee, a parabola from there to 1 + knee, 1 beyond: hard for a knee of 0.
 * In f64, since the mean is a difference here.
 */
@unmanaged
export class Clipper {
  private x: v128;
  private start: f64;
  /** 1 / (4 knee), or 0 for a hard one. */
  private bend: f64;
  private top: f64;

  reset(): void {
    this.x = f64x2.splat(0);
  }

  run(samples: usize, vectors: i32, knee: f64, scale: f64): void {
    this.start = 1 - knee;
    this.top = 1 + knee;
    this.bend = knee > 1e-3 ? 1 / (4 * knee) : 0;
    if (this.bend == 0) this.start = this.top = 1;
    let x = this.x;
    let area = this.areaAt(x);
    const factor = f64x2.splat(scale);
    for (const end = samples + <usize>vectors * VECTOR; samples < end; samples += 8) {
      const next = f64x2.promote_low_f32x4(v128.load64_zero(samples));
      const nextArea = this.areaAt(next);
      const run = f64x2.sub(next, x);
      const close = f64x2.lt(f64x2.abs(run), f64x2.splat(CLOSE));
      const slope = f64x2.div(f64x2.sub(nextArea, area), v128.bitselect(f64x2.splat(1), run, close));
      const between = this.valueAt(f64x2.mul(f64x2.add(next, x), f64x2.splat(0.5)));
      const mean = f64x2.mul(v128.bitselect(between, slope, close), factor);
      v128.store64_lane(samples, f32x4.demote_f64x2_zero(mean), 0);
      x = next;
      area = nextArea;
    }
    this.x = x;
  }

  // @ts-ignore: decorator
  @inline
  private valueAt(x: v128): v128 {
    const size = f64x2.abs(x);
    const inside = f64x2.pmin(size, f64x2.splat(this.top));
    const over = f64x2.pmax(f64x2.sub(inside, f64x2.splat(this.start)), f64x2.splat(0));
    const value = f64x2.sub(inside, f64x2.mul(f64x2.mul(over, over), f64x2.splat(this.bend)));
    return v128.bitselect(x, value, i64x2.splat(i64.MIN_VALUE));
  }

  /** The antiderivative of {@link valueAt}, 0 at 0. */
  // @ts-ignore: decorator
  @inline
  private areaAt(x: v128): v128 {
    const size = f64x2.abs(x);
    const inside = f64x2.pmin(size, f64x2.splat(this.top));
    const over = f64x2.pmax(f64x2.sub(inside, f64x2.splat(this.start)), f64x2.splat(0));
    const cube = f64x2.mul(f64x2.mul(over, over), f64x2.mul(over, f64x2.splat(this.bend / 3)));
    const bent = f64x2.sub(f64x2.mul(f64x2.mul(inside, inside), f64x2.splat(0.5)), cube);
    return f64x2.add(bent, f64x2.sub(size, inside));
  }
}
