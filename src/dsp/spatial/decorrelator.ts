/**
 * Makes a side signal out of the middle: delayed, its phase turned by a chain of all-pass filters, without its bass.
 * Added to the side it spreads the sound over both channels, which become combs that fill each other's gaps; taken
 * together they are the middle as it was, so the mono sum does not change.
 *
 * Source: M. R. Schroeder, "An Artificial Stereophonic Effect Obtained from a Single Audio Signal", J. Audio Eng.
 * Soc. 6(2), 1958; with all-pass filters R. Orban, "A Rational Technique for Synthesizing Pseudo-Stereo from
 * Monophonic Sources", J. Audio Eng. Soc. 18(2), 1970.
 */
import { designSection } from "../filters/design";
import { BandType, Prototype, prototypeOf } from "../filters/prototype";
import { GRID, Section, sectionNew, sectionRun } from "../filters/section";
import { allocate } from "../memory";
import { Ramp } from "../ramp";
import { CrossingDelay } from "../space/crossingDelay";

/** Longest delay, seconds. */
export const LONGEST_SPREAD: f64 = 0.03;
/** First-order all-pass filters, one octave apart. */
const STAGES: i32 = 7;
const LOWEST_CORNER: f64 = 200;
/** Hz; bass below it stays in the middle: a Butterworth high-pass of 12 dB per octave. */
const BASS: f64 = 150;
/** As a part of the sample rate. */
const MAX_FREQUENCY: f64 = 0.45;
/** Seconds in which filters and delay have died away (-600 dB). */
const DRAIN_SECONDS: f64 = 0.3;
const NEGLIGIBLE: f64 = 1e-30;

const prototype = new Prototype();

@unmanaged
export class Decorrelator {
  /** Of what goes in, so that what is on its way is not cut off. */
  private amount: Ramp = new Ramp();
  private line: CrossingDelay;
  /** Frames that have passed. */
  private position: i32;
  private fade: i32;
  /** Frames until nothing is left on its way, and all of them. */
  private remaining: i32;
  private drain: i32;
  /** f64 coefficient and state of each all-pass filter. */
  private stages: usize = allocate(STAGES << 4);
  private bass: Section = sectionNew();
  private work: usize = allocate(GRID << 4);
  private run: usize = allocate((GRID + 4) << 2);

  constructor(sampleRate: f64) {
    this.line = new CrossingDelay(<i32>Math.ceil(LONGEST_SPREAD * sampleRate));
    this.drain = <i32>(DRAIN_SECONDS * sampleRate);
    prototypeOf(BandType.HighPass, 0, Math.SQRT1_2, 12, 0, prototype);
    designSection(prototype, 2 * Math.PI * min(MAX_FREQUENCY, BASS / sampleRate), this.bass.target);
    this.bass.begin(true, 0);
    for (let i = 0; i < STAGES; i++) {
      const corner = min(MAX_FREQUENCY, (LOWEST_CORNER * <f64>(1 << i)) / sampleRate);
      const k = Math.tan(Math.PI * corner);
      store<f64>(this.stages + ((<usize>i) << 4), (k - 1) / (k + 1));
    }
  }

  /** @param amount 0 (nothing) to 1 (as loud as the middle), reached within `frames` frames */
  spread(amount: f64, frames: i32): void {
    this.amount.moveTo(amount, frames);
  }

  /** @param length delay in frames, reached by a crossfade of `fade` frames; 0: at once */
  delay(length: i32, fade: i32): void {
    this.fade = fade;
    this.line.moveTo(length, fade);
  }

  isIdle(): bool {
    return this.remaining == 0 && !this.amount.moves() && this.amount.value == 0;
  }

  /** Adds what it makes of the middle in lane 0 of the f64x2 `frames` to the side in both lanes of `sides`. */
  addTo(sides: usize, middles: usize, frames: i32): void {
    if (this.amount.moves() || this.amount.value != 0) this.remaining = this.drain;
    for (let i: usize = 0, end = <usize>frames; i < end; i++)
      store<f32>(this.run + (i << 2), <f32>(load<f64>(middles + (i << 4)) * this.amount.next()));
    this.line.write(this.run, this.position, frames);
    this.line.read(this.run, this.position, frames);
    this.position += frames;
    this.turnPhases(frames);
    sectionRun(this.bass, this.work, frames);
    for (let i: usize = 0, end = (<usize>frames) << 4; i < end; i += 16)
      v128.store(sides + i, f64x2.add(v128.load(sides + i), v128.load(this.work + i)));
    this.remaining = max(0, this.remaining - frames);
    if (this.isIdle()) this.clear();
  }

  private turnPhases(frames: i32): void {
    const end = this.stages + ((<usize>STAGES) << 4);
    for (let i: usize = 0; i < <usize>frames; i++) {
      let x = <f64>load<f32>(this.run + (i << 2));
      for (let at = this.stages; at < end; at += 16) {
        const a = load<f64>(at);
        const y = a * x + load<f64>(at, 8);
        store<f64>(at, x - a * y, 8);
        x = y;
      }
      v128.store(this.work + (i << 4), f64x2.splat(x));
    }
  }

  /** To be called at each point of the grid. */
  settle(): void {
    if (this.isIdle()) return;
    this.line.cell(this.fade);
    this.bass.settle();
    for (let i = 0; i < STAGES; i++) {
      const state = this.stages + ((<usize>i) << 4);
      if (abs(load<f64>(state, 8)) < NEGLIGIBLE) store<f64>(state, 0, 8);
    }
  }

  private clear(): void {
    this.line.clear();
    this.bass.reset();
    for (let i = 0; i < STAGES; i++) store<f64>(this.stages + ((<usize>i) << 4), 0, 8);
  }
}
