/**
 * How much louder one signal is than another, over the last seconds: the gain that makes them equally loud. Loudness is
 * the K-weighted power of both sides (ITU-R BS.1770-5, Annex 1), averaged with a time constant, without gate.
 */
import { allocate } from "../memory";
import { KWeighting } from "./kWeighting";

/** Frames after which the gain is found anew. */
export const MATCH_FRAMES: i32 = 64;
const MEAN_SECONDS: f64 = 1.5;
/** Seconds before there is enough to go by. */
const LEAST_SECONDS: f64 = 0.05;
/** Mean power of a frame below which a signal counts as silent (-90 dB). */
const SILENT: f64 = 1e-9;
/** Greatest gain, linear: 24 dB. */
const MOST: f64 = 15.848931924611133;

@unmanaged
export class LoudnessMatch {
  /** Linear; 1 until enough has been heard. */
  gain: f64 = 1;
  private sampleRate: f64;
  private wanted: KWeighting;
  private given: KWeighting;
  private wantedMean: f64;
  private givenMean: f64;
  private heard: i32;
  /** Frames that wait for the next look, interleaved f32. */
  private waiting: i32;
  private wantedFrames: usize = allocate(MATCH_FRAMES << 3);
  private givenFrames: usize = allocate(MATCH_FRAMES << 3);

  constructor(sampleRate: f64) {
    this.wanted = new KWeighting(sampleRate);
    this.given = new KWeighting(sampleRate);
    this.sampleRate = sampleRate;
  }

  /** Forgets what has been heard. */
  reset(): void {
    this.gain = 1;
    this.wantedMean = this.givenMean = 0;
    this.heard = this.waiting = 0;
  }

  /**
   * Takes a frame of the signal that is as loud as wanted and of that which is to become so.
   * @returns whether the gain has been found anew
   */
  take(wantedLeft: f32, wantedRight: f32, givenLeft: f32, givenRight: f32): bool {
    const at = (<usize>this.waiting) << 3;
    store<f32>(this.wantedFrames + at, finite(wantedLeft));
    store<f32>(this.wantedFrames + at, finite(wantedRight), 4);
    store<f32>(this.givenFrames + at, finite(givenLeft));
    store<f32>(this.givenFrames + at, finite(givenRight), 4);
    this.waiting++;
    if (this.waiting < MATCH_FRAMES) return false;
    this.waiting = 0;
    this.look();
    return true;
  }

  private look(): void {
    this.wanted.process(this.wantedFrames, MATCH_FRAMES);
    this.given.process(this.givenFrames, MATCH_FRAMES);
    const wanted = this.wanted.takeEnergy(1, 1) / MATCH_FRAMES;
    const given = this.given.takeEnergy(1, 1) / MATCH_FRAMES;
    // Where both are silent the last sound still tells how they compare.
    if (wanted < SILENT && given < SILENT) return;
    const keep = Math.exp(-<f64>MATCH_FRAMES / (MEAN_SECONDS * this.sampleRate));
    this.wantedMean = wanted + keep * (this.wantedMean - wanted);
    this.givenMean = given + keep * (this.givenMean - given);
    this.heard = min(this.heard + MATCH_FRAMES, 1 << 30);
    if (<f64>this.heard < LEAST_SECONDS * this.sampleRate || this.givenMean <= 0) return;
    this.gain = min(MOST, max(1 / MOST, Math.sqrt(this.wantedMean / this.givenMean)));
  }
}

// @ts-ignore: decorator
@inline
function finite(sample: f32): f32 {
  return sample - sample == 0 ? sample : 0;
}
