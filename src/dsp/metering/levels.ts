/**
 * Plain levels of a stereo pair, taken in chunks of 16 frames: sums for mean, RMS and
 * correlation, the sample peak, and per chunk the two numbers that bound the true peak.
 */

/** Frames that are looked at together. */
export const CHUNK_FRAMES: i32 = 16;
/** Bytes of a chunk of interleaved f32 frames. */
export const CHUNK_BYTES: usize = 128;

@unmanaged
export class Levels {
  /** Per channel of the pair (f64x2): sum and sum of squares. */
  private sum: v128;
  private squares: v128;
  /** Sum of left times right, the same in both lanes. */
  private products: v128;
  /** Largest absolute sample, f32 (left, right, left, right). */
  private peaks: v128;

  /**
   * Takes the chunk at `source` (and reads the frame before it).
   * @param bounds where to store four f32: largest absolute sample left and right, largest
   *   step from one sample to the next left and right
   */
  take(source: usize, bounds: usize): void {
    let sum = f32x4.splat(0);
    let squares = sum;
    let products = sum;
    let peak = sum;
    let step = sum;
    for (const end = source + CHUNK_BYTES; source < end; source += 16) {
      const x = v128.load(source);
      peak = f32x4.pmax(peak, f32x4.abs(x));
      step = f32x4.pmax(step, f32x4.abs(f32x4.sub(x, v128.load(source - 8))));
      sum = f32x4.add(sum, x);
      squares = f32x4.add(squares, f32x4.mul(x, x));
      products = f32x4.add(products, f32x4.mul(x, v128.shuffle<f32>(x, x, 1, 0, 3, 2)));
    }
    this.sum = addPair(this.sum, sum);
    this.squares = addPair(this.squares, squares);
    this.products = addPair(this.products, products);
    this.peaks = f32x4.pmax(this.peaks, peak);
    v128.store(
      bounds,
      f32x4.pmax(v128.shuffle<f32>(peak, step, 0, 1, 4, 5), v128.shuffle<f32>(peak, step, 2, 3, 6, 7)),
    );
  }

  peak(): f32 {
    const peaks = this.peaks;
    const left = max(f32x4.extract_lane(peaks, 0), f32x4.extract_lane(peaks, 2));
    return max(left, max(f32x4.extract_lane(peaks, 1), f32x4.extract_lane(peaks, 3)));
  }

  sumOf(isSecond: bool): f64 {
    return isSecond ? f64x2.extract_lane(this.sum, 1) : f64x2.extract_lane(this.sum, 0);
  }

  squaresOf(isSecond: bool): f64 {
    return isSecond ? f64x2.extract_lane(this.squares, 1) : f64x2.extract_lane(this.squares, 0);
  }

  productSum(): f64 {
    return f64x2.extract_lane(this.products, 0);
  }
}

/** Adds two frames of f32 to a sum of one frame of f64. */
// @ts-ignore: decorator
@inline
function addPair(sum: v128, frames: v128): v128 {
  const second = v128.shuffle<i64>(frames, frames, 1, 1);
  return f64x2.add(sum, f64x2.add(f64x2.promote_low_f32x4(frames), f64x2.promote_low_f32x4(second)));
}
