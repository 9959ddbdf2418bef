/**
 * True peak of a stereo pair: the largest absolute value of the signal oversampled 8 times,
 * refined by a parabola through its highest point and that one's neighbours.
 *
 * Error: a sine at 0.459 of the sample rate, the end of the interpolators' flat band, can
 * peak between two points of the 8x grid, which then see cos(0.918 pi / 16), 0.14 dB less;
 * the parabola leaves 0.002 dB of that. With the interpolators' ripple the result lies within
 * 0.04 dB of the band-limited signal's maximum. The 12-tap filter of BS.1770-5, Annex 2,
 * allows half a decibel.
 *
 * Pruning loses nothing: most of the music cannot hold the maximum, which is proved chunk by
 * chunk before a filter runs, and again on each doubled rate. If all samples within a
 * filter's reach are at most P in size and differ by at most D from their neighbours, then
 *
 *   |sum h_k x_k| <= P + slack D,   slack = (sum |h_k| - 1) / 2,
 *
 * since an interpolator's taps alternate in sign and fall off on either side of the wanted
 * instant and add up to 1: taken in pairs, each pair gives (|h_k| - |h_k+1|) x_k plus
 * |h_k+1| (x_k - x_k+1). The slacks below hold for the rest of the cascade at all of its
 * phases, the parabola included, whose excess over the grid is at most a quarter of the
 * largest step on it. They are derived in test/dsp/metering/truePeak.test.ts.
 */
import { allocate } from "../memory";
import { CHUNK_FRAMES } from "./levels";
import { Doubler, OVERSAMPLING_REACH, doublerTo2x, doublerTo4x, doublerTo8x } from "./oversampling";

/** Whole chunks on either side of a chunk that its 8x values may depend on. */
export const CHUNKS_AROUND: i32 = (OVERSAMPLING_REACH + CHUNK_FRAMES - 1) / CHUNK_FRAMES;

/** See above; from the sample rate, 2x, 4x and 8x to the final value. */
const SLACK_1X: f32 = 0.982;
const SLACK_2X: f32 = 0.479;
const SLACK_4X: f32 = 0.439;
const SLACK_8X: f32 = 0.25;

/** The 2x signal starts this many frames before the chunk and spans so many frames; the next chunk's overlaps it. */
const LEAD_2X: i32 = 4;
const OVERLAP_2X: i32 = 8;
const SPAN_2X: i32 = CHUNK_FRAMES + OVERLAP_2X;
/** The 4x signal starts one frame before the chunk, the 8x signal a quarter of a frame. */
const POINTS_4X: i32 = 80;
const POINTS_8X: i32 = 144;
/** Where the chunk's first frame is in the 8x signal. */
const START_8X: i32 = 2;

@unmanaged
export class TruePeak {
  /** Largest absolute value so far. */
  max: f32;
  /** Where it was, in frames from the beginning. */
  position: f64;
  private at2x: usize;
  /** Frame of the chunk of which `at2x` holds the 2x signal. */
  private chunkAt2x: f64;
  private at4x: usize;
  private at8x: usize;
  private to2x: Doubler;
  private to4x: Doubler;
  private to8x: Doubler;

  constructor() {
    this.max = 0;
    this.position = 0;
    this.chunkAt2x = -Infinity;
    this.to2x = doublerTo2x();
    this.to4x = doublerTo4x();
    this.to8x = doublerTo8x();
    // The filters read some points more than there are; nothing comes of those.
    this.at2x = allocate((2 * SPAN_2X + 16) * 8);
    this.at4x = allocate((POINTS_4X + 16) * 8);
    this.at8x = allocate(POINTS_8X * 8);
  }

  /**
   * Searches one chunk.
   * @param source the chunk's interleaved frames; `OVERSAMPLING_REACH` frames around it count
   * @param bounds the chunk's bounds (see Levels), with those of its neighbours around it
   * @param frame position of the chunk's first frame
   */
  search(source: usize, bounds: usize, frame: f64): void {
    if (this.isBelow(boundsAround(bounds), SLACK_1X)) return;
    this.double(source - LEAD_2X * 8, frame);
    if (this.isBelow(boundsOf(this.at2x, 2 * SPAN_2X), SLACK_2X)) return;
    this.to4x.process(this.at2x + (LEAD_2X - 1) * 16, this.at4x, POINTS_4X / 2);
    if (this.isBelow(boundsOf(this.at4x, 4 * CHUNK_FRAMES + 8), SLACK_4X)) return;
    this.to8x.process(this.at4x + 3 * 8, this.at8x, POINTS_8X / 2);
    if (this.isBelow(boundsOf(this.at8x, 8 * CHUNK_FRAMES + 4), SLACK_8X)) return;
    this.refine(this.at8x, frame);
    this.refine(this.at8x + 4, frame);
  }

  /** Computes the 2x signal, or what is new of it if the chunk before had to be searched too. */
  private double(source: usize, frame: f64): void {
    const isNext = frame == this.chunkAt2x + <f64>CHUNK_FRAMES;
    const known = isNext ? OVERLAP_2X : 0;
    if (isNext) memory.copy(this.at2x, this.at2x + CHUNK_FRAMES * 16, OVERLAP_2X * 16);
    this.to2x.process(source + <usize>known * 8, this.at2x + <usize>known * 16, SPAN_2X - known);
    this.chunkAt2x = frame;
  }

  /** @returns whether nothing between samples with these bounds can exceed the maximum so far */
  // @ts-ignore: decorator
  @inline
  private isBelow(bounds: v128, slack: f32): bool {
    const steps = v128.shuffle<f32>(bounds, bounds, 2, 3, 2, 3);
    const most = f32x4.add(bounds, f32x4.mul(steps, f32x4.splat(slack)));
    return max(f32x4.extract_lane(most, 0), f32x4.extract_lane(most, 1)) <= this.max;
  }

  /** Looks for a new maximum on the 8x signal of one channel: its points and the vertices between them. */
  private refine(signal: usize, frame: f64): void {
    for (let i = START_8X; i < START_8X + 8 * CHUNK_FRAMES; i++) {
      const at = signal + (<usize>i << 3);
      const value = abs(load<f32>(at));
      // Half a decibel is more than a parabola can add.
      if (value * 1.06 <= this.max) continue;
      const sign: f32 = load<f32>(at) < 0 ? -1 : 1;
      const before = load<f32>(at - 8) * sign;
      const after = load<f32>(at, 8) * sign;
      const curvature: f32 = value - before + (value - after);
      if (before > value || after > value || curvature <= 0) continue;
      const offset = (after - before) / (curvature + curvature);
      const vertex = value + ((after - before) * offset) / 4;
      if (vertex <= this.max) continue;
      this.max = vertex;
      this.position = frame + <f64>(<f32>(i - START_8X) + offset) / 8;
    }
  }
}

/** @returns largest absolute values (left, right) and steps (left, right) of the chunks around one */
// @ts-ignore: decorator
@inline
function boundsAround(bounds: usize): v128 {
  let all = v128.load(bounds);
  for (let chunk = 1; chunk <= CHUNKS_AROUND; chunk++) {
    all = f32x4.max(all, v128.load(bounds - (<usize>chunk << 4)));
    all = f32x4.max(all, v128.load(bounds + (<usize>chunk << 4)));
  }
  return all;
}

/** The same of an oversampled signal; its first two points only count as neighbours. */
// @ts-ignore: decorator
@inline
function boundsOf(signal: usize, points: i32): v128 {
  let peak = f32x4.splat(0);
  let step = peak;
  const end = signal + (<usize>points << 3);
  for (let at = signal + 16; at < end; at += 16) {
    const x = v128.load(at);
    peak = f32x4.max(peak, f32x4.abs(x));
    step = f32x4.max(step, f32x4.abs(f32x4.sub(x, v128.load(at - 8))));
  }
  return f32x4.max(v128.shuffle<f32>(peak, step, 0, 1, 4, 5), v128.shuffle<f32>(peak, step, 2, 3, 6, 7));
}
