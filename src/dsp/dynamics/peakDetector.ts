/**
 * Finds how high a stereo signal rises between its samples, wherever it rises above a
 * threshold, group of frames by group of frames.
 *
 * The rate is doubled twice (once if it is high already) by short filters. Each local maximum
 * that could count is then computed by long ones: b, with its neighbours a and c, gives the
 * height as if the three lay on a sine, which is exact for a sine of any frequency:
 *
 *   cos w = (a + c) / 2b,   height^2 = b^2 + ((c - a) / (2 sin w))^2
 *
 * Meters differ in how much of the last kilohertz below the Nyquist frequency they keep, and
 * leaving it out can raise a peak as well as lower it: the height is the greater of that of
 * the whole band and that of 95 % of it.
 *
 * Work is done only where it can matter. To reach the threshold between samples that stay
 * below half of it a signal would have to alternate at the Nyquist frequency for a dozen
 * samples and break off. And a sine of the highest frequency that falls from its maximum A
 * reaches A cos(pi/4) half a sample period later at twice its Nyquist rate, A cos(pi/8) at
 * four times: below that, less what the short filters miss, nothing needs a closer look.
 */
import { allocate } from "../memory";
import { Doubler, doublerTo2x, doublerTo4x } from "../metering/oversampling";
import { POINT_REACH, PointInterpolator, POINTS } from "./pointInterpolator";

/** Frames of a group: the detector's resolution in time. */
export const GROUP_FRAMES: i32 = 8;
/** Groups that are looked at together, and their frames. */
export const BLOCK_GROUPS: i32 = 4;
export const BLOCK_FRAMES: i32 = BLOCK_GROUPS * GROUP_FRAMES;

/** Frames that are read before and after a block, by the long filter; a multiple of a group. */
export const DETECTOR_REACH: i32 = POINT_REACH + GROUP_FRAMES;

/** From this sample rate on (Hz), twice the rate shows as much as four times the usual ones. */
const DOUBLE_ONCE_FROM: f64 = 64000;

/** Bytes of one frame of a stereo pair. */
const FRAME: usize = 8;
/** Bytes of one group at the sample rate and at twice it. */
const GROUP: usize = <usize>GROUP_FRAMES * FRAME;
const DOUBLED_GROUP: usize = 2 * GROUP;
/** Groups in the doubled signal: the block and one group on either side. */
const DOUBLED_GROUPS: i32 = BLOCK_GROUPS + 2;
/** Frames at twice the rate that are doubled again on either side of a group. */
const MARGIN: i32 = 4;

/** Farthest that a maximum is looked for beside its place; the filters reach this much farther. */
const MOST_STEPS: i32 = 3;

const HALF: f32 = 0.5;
/** cos(pi/4) and cos(pi/8), less 8 %: music with a band up to the Nyquist frequency reads up to 0.7 dB low. */
const SHARE_2X: f32 = 0.65;
const SHARE_4X: f32 = 0.85;

@unmanaged
export class PeakDetector {
  private first: Doubler;
  private second: Doubler;
  private wholeBand: PointInterpolator;
  private mostOfBand: PointInterpolator;
  private doublesTwice: bool;
  /** The signal at twice the rate, from one group before the block to one after it. */
  private doubled: usize;
  /** One byte per group of `doubled`: whether it has been computed. */
  private isDoubled: usize;
  /** A group and its margins at four times the rate. */
  private quadrupled: usize;
  /** Sample peaks of the group before the next one and of the next one. */
  private peakBefore: f32 = 0;
  private peakHere: f32 = 0;

  constructor(sampleRate: f64) {
    this.first = doublerTo2x();
    this.second = doublerTo4x();
    this.wholeBand = new PointInterpolator(0.5);
    this.mostOfBand = new PointInterpolator(0.478);
    this.doublesTwice = sampleRate < DOUBLE_ONCE_FROM;
    this.doubled = allocate(DOUBLED_GROUPS * <i32>DOUBLED_GROUP);
    this.isDoubled = allocate(DOUBLED_GROUPS);
    this.quadrupled = allocate((2 * GROUP_FRAMES + 2 * MARGIN) * 2 * <i32>FRAME);
  }

  /**
   * Looks at the next block of a signal.
   * @param block stereo pairs; {@link DETECTOR_REACH} frames before it and after it are read
   * @param threshold linear
   * @param peaks `BLOCK_GROUPS` f32: the highest level of each group, or anything not above
   *   the threshold if it does not rise above that
   */
  detect(block: usize, threshold: f32, peaks: usize): void {
    this.keepLastGroups();
    for (let group = 0; group < BLOCK_GROUPS; group++) {
      const peakAfter = samplePeak(block + <usize>(group + 1) * GROUP, GROUP_FRAMES);
      const nearby = greater(greater(this.peakBefore, this.peakHere), peakAfter);
      const peak: f32 = nearby > threshold * HALF ? this.truePeak(block, group, threshold) : 0;
      store<f32>(peaks + ((<usize>group) << 2), peak);
      this.peakBefore = this.peakHere;
      this.peakHere = peakAfter;
    }
  }

  /** Moves what is doubled of the last block's end to the front: the next block begins there. */
  private keepLastGroups(): void {
    const kept = BLOCK_GROUPS;
    store<u16>(this.isDoubled, load<u16>(this.isDoubled + <usize>kept));
    memory.fill(this.isDoubled + 2, 0, DOUBLED_GROUPS - 2);
    if (!load<u16>(this.isDoubled)) return;
    memory.copy(this.doubled, this.doubled + <usize>kept * DOUBLED_GROUP, 2 * DOUBLED_GROUP);
  }

  private truePeak(block: usize, group: i32, threshold: f32): f32 {
    for (let next = group; next < group + 3; next++) this.double(block, next);
    const doubled = this.doubled + <usize>(group + 1) * DOUBLED_GROUP;
    const frames = block + <usize>group * GROUP;
    const peak = samplePeak(doubled - 2 * FRAME, 2 * GROUP_FRAMES + 4);
    if (peak <= threshold * SHARE_2X) return peak;
    if (!this.doublesTwice) return this.highest(doubled, frames, 2, greater(peak, threshold) * SHARE_2X);
    this.second.process(doubled - <usize>MARGIN * FRAME, this.quadrupled, 2 * GROUP_FRAMES + 2 * MARGIN);
    const quadrupled = this.quadrupled + 2 * <usize>MARGIN * FRAME;
    const finerPeak = samplePeak(quadrupled, 4 * GROUP_FRAMES);
    return this.highest(quadrupled, frames, 4, greater(finerPeak, threshold) * SHARE_4X);
  }

  /**
   * @param oversampled the group at `factor` times the rate
   * @param frames the group itself
   * @returns the height of the highest maximum, as far as any is above `floor`; at least the
   *   group's samples
   */
  private highest(oversampled: usize, frames: usize, factor: i32, floor: f32): f32 {
    // The two highest maxima and where they are: twice the point's number, plus the channel's.
    let first = floor;
    let second = floor;
    let firstAt = -1;
    let secondAt = -1;
    for (let vector = 0; vector < 2 * factor * GROUP_FRAMES; vector += 4) {
      const at = oversampled + ((<usize>vector) << 2);
      const here = f32x4.abs(v128.load(at));
      const beside = f32x4.pmax(f32x4.abs(v128.load(at - FRAME)), f32x4.abs(v128.load(at, 8)));
      const isMaximum = v128.and(f32x4.ge(here, f32x4.splat(second)), f32x4.ge(here, beside));
      for (let rest = i32x4.bitmask(isMaximum); rest != 0; rest &= rest - 1) {
        const lane = vector + ctz(rest);
        const value = Mathf.abs(load<f32>(oversampled + ((<usize>lane) << 2)));
        if (value > first) {
          second = first;
          secondAt = firstAt;
          first = value;
          firstAt = lane;
        } else if (value > second) {
          second = value;
          secondAt = lane;
        }
      }
    }
    const peak = samplePeak(frames, GROUP_FRAMES);
    return greater(peak, greater(this.height(frames, firstAt, factor), this.height(frames, secondAt, factor)));
  }

  /** @returns the greater height, of the two bands, of the maximum at `lane`; 0 if that is negative */
  private height(frames: usize, lane: i32, factor: i32): f32 {
    if (lane < 0) return 0;
    const step = POINTS / factor;
    const point = (lane >> 1) * step;
    const offset = (<usize>(lane & 1)) << 2;
    const whole = heightNear(this.wholeBand, frames, point, step, offset);
    return greater(whole, heightNear(this.mostOfBand, frames, point, step, offset));
  }

  /** Doubles group `index`, counted from the one before the block, unless that is done. */
  private double(block: usize, index: i32): void {
    const flag = this.isDoubled + <usize>index;
    if (load<u8>(flag)) return;
    store<u8>(flag, 1);
    const source = block + <usize>index * GROUP - GROUP;
    this.first.process(source, this.doubled + <usize>index * DOUBLED_GROUP, GROUP_FRAMES);
  }
}

/** Highest sample of each of a block's groups, to `BLOCK_GROUPS` f32 at `peaks`. */
export function detectSamplePeaks(block: usize, peaks: usize): void {
  for (let group: usize = 0; group < <usize>BLOCK_GROUPS; group++) {
    store<f32>(peaks + (group << 2), samplePeak(block + group * GROUP, GROUP_FRAMES));
  }
}

/** @returns greatest absolute sample of `count` (a multiple of 4) stereo pairs */
// @ts-ignore: decorator
@inline
function samplePeak(pairs: usize, count: i32): f32 {
  let even = f32x4.splat(0);
  let odd = even;
  for (const end = pairs + <usize>count * FRAME; pairs < end; pairs += 32) {
    even = f32x4.pmax(even, f32x4.abs(v128.load(pairs)));
    odd = f32x4.pmax(odd, f32x4.abs(v128.load(pairs, 16)));
  }
  const most = f32x4.pmax(even, odd);
  const half = f32x4.pmax(most, v128.shuffle<f32>(most, most, 2, 3, 0, 1));
  return greater(f32x4.extract_lane(half, 0), f32x4.extract_lane(half, 1));
}

/**
 * Height of the maximum near `point`. The short filters may have seen it a little beside its
 * place, so it is looked for uphill first.
 * @param step distance of neighbours, as the point in quarters of a frame
 * @param offset of the channel in a pair, bytes
 */
function heightNear(band: PointInterpolator, frames: usize, point: i32, step: i32, offset: usize): f32 {
  let a = band.valueAt(frames, point - step, offset);
  let b = band.valueAt(frames, point, offset);
  let c = band.valueAt(frames, point + step, offset);
  for (let steps = 0; steps < MOST_STEPS && Mathf.abs(c) > Mathf.abs(b); steps++) {
    point += step;
    a = b;
    b = c;
    c = band.valueAt(frames, point + step, offset);
  }
  for (let steps = 0; steps < MOST_STEPS && Mathf.abs(a) > Mathf.abs(b); steps++) {
    point -= step;
    c = b;
    b = a;
    a = band.valueAt(frames, point - step, offset);
  }
  return sineHeight(a, b, c);
}

/** Height of the maximum next to `b` whose neighbours are `a` and `c`, as in this file's head. */
function sineHeight(a: f32, b: f32, c: f32): f32 {
  const cosine = (a + c) / (b + b);
  const sineSquare: f32 = 1.0 - cosine * cosine;
  // The three are level, or no maximum: there is nothing between them to find.
  if (sineSquare < 1e-6) return Mathf.abs(b);
  const slope = c - a;
  return Mathf.sqrt(b * b + (slope * slope) / (4.0 * sineSquare));
}

// @ts-ignore: decorator
@inline
function greater(a: f32, b: f32): f32 {
  return a > b ? a : b;
}
