/**
 * The value of a stereo signal at single points between its frames, by a filter far sharper
 * than could be afforded for all points.
 *
 * Source: windowed-sinc interpolation, A. V. Oppenheim, R. W. Schafer, "Discrete-Time Signal
 * Processing", sections 4.6 and 7.6.
 */
import { allocate } from "../memory";
import { windowedSinc } from "../resample/kaiser";

/** Points per frame. */
export const POINTS: i32 = 4;
/** Taps on either side of a point; the band's edge is 0.017 cycles per sample wide. */
export const POINT_REACH: i32 = 96;

/** Window shape for 54 dB of rejection: images matter less here than the last kilohertz. */
const BETA: f64 = 5;

/** Bytes of one frame of a stereo pair, and of one vector of two. */
const FRAME: usize = 8;
const VECTOR: usize = 16;
/** Bytes of the coefficients of one phase, each twice, for the left and the right. */
const ROW: usize = 2 * <usize>POINT_REACH * FRAME;

@unmanaged
export class PointInterpolator {
  /** Coefficients for the points 0, 1/4, 2/4 and 3/4 after a frame. */
  private table: usize;

  /** @param cutoff end of the band (-6 dB) in cycles per sample; 0.5 leaves the frames as they are */
  constructor(cutoff: f64) {
    this.table = allocate(POINTS * <i32>ROW);
    for (let phase = 0; phase < POINTS; phase++) this.design(phase, cutoff);
  }

  /**
   * @param block address of a frame; `POINT_REACH` frames around the point are read
   * @param point counted from that frame on, may be negative
   * @param offset of the channel in a pair, 0 or 4 bytes
   */
  valueAt(block: usize, point: i32, offset: usize): f32 {
    const frame = block + <usize>(point >> 2) * FRAME;
    let coefficients = this.row(point & (POINTS - 1));
    let pairs = frame - <usize>(POINT_REACH - 1) * FRAME;
    let sum0 = f32x4.splat(0);
    let sum1 = sum0;
    let sum2 = sum0;
    let sum3 = sum0;
    for (const end = coefficients + ROW; coefficients < end; coefficients += 4 * VECTOR, pairs += 4 * VECTOR) {
      sum0 = f32x4.add(sum0, f32x4.mul(v128.load(coefficients), v128.load(pairs)));
      sum1 = f32x4.add(sum1, f32x4.mul(v128.load(coefficients, 16), v128.load(pairs, 16)));
      sum2 = f32x4.add(sum2, f32x4.mul(v128.load(coefficients, 32), v128.load(pairs, 32)));
      sum3 = f32x4.add(sum3, f32x4.mul(v128.load(coefficients, 48), v128.load(pairs, 48)));
    }
    const sum = f32x4.add(f32x4.add(sum0, sum1), f32x4.add(sum2, sum3));
    if (offset == 0) return f32x4.extract_lane(sum, 0) + f32x4.extract_lane(sum, 2);
    return f32x4.extract_lane(sum, 1) + f32x4.extract_lane(sum, 3);
  }

  // @ts-ignore: decorator
  @inline
  private row(phase: i32): usize {
    return this.table + <usize>phase * ROW;
  }

  private design(phase: i32, cutoff: f64): void {
    const first = <f64>(1 - POINT_REACH) - <f64>phase / <f64>POINTS;
    let sum: f64 = 0;
    for (let tap = 0; tap < 2 * POINT_REACH; tap++) sum += windowedSinc(first + <f64>tap, cutoff, <f64>POINT_REACH, BETA);
    for (let tap = 0; tap < 2 * POINT_REACH; tap++) {
      const value = <f32>(windowedSinc(first + <f64>tap, cutoff, <f64>POINT_REACH, BETA) / sum);
      const pair = this.row(phase) + <usize>tap * FRAME;
      store<f32>(pair, value);
      store<f32>(pair, value, 4);
    }
  }
}
