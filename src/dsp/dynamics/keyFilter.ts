/** High-pass and low-pass in front of a detector, 12 dB per octave each (Butterworth). */
import { designSection } from "../filters/design";
import { BandType, Prototype, prototypeOf } from "../filters/prototype";
import { RAMP_STEPS, Section, sectionNew, sectionRun } from "../filters/section";

/** Hz; a filter set below it is off. */
const MIN_FREQUENCY: f64 = 1;
/** As a part of the sample rate. */
const MAX_FREQUENCY: f64 = 0.45;

const prototype = new Prototype();

@unmanaged
export class KeyFilter {
  private highpass: Section = sectionNew();
  private lowpass: Section = sectionNew();
  private highpassHz: f64;
  private lowpassHz: f64;

  /**
   * Starts towards these corner frequencies in Hz, below 1: off.
   *
   * @param runs whether the signal runs: the new response is then reached in {@link RAMP_STEPS} points of the grid
   */
  tune(highpassHz: f64, lowpassHz: f64, sampleRate: f64, runs: bool): void {
    const steps = runs ? RAMP_STEPS : 0;
    if (highpassHz != this.highpassHz) design(this.highpass, BandType.HighPass, highpassHz, sampleRate, steps);
    if (lowpassHz != this.lowpassHz) design(this.lowpass, BandType.LowPass, lowpassHz, sampleRate, steps);
    this.highpassHz = highpassHz;
    this.lowpassHz = lowpassHz;
  }

  /** @returns whether it does anything, now or on its way */
  sounds(): bool {
    return this.highpass.sounds() || this.lowpass.sounds();
  }

  /** Filters `frames` f64x2 frames in place. */
  run(samples: usize, frames: i32): void {
    if (this.highpass.sounds()) sectionRun(this.highpass, samples, frames);
    if (this.lowpass.sounds()) sectionRun(this.lowpass, samples, frames);
  }

  /** To be called at each point of the grid. */
  step(): void {
    pass(this.highpass);
    pass(this.lowpass);
  }
}

function pass(section: Section): void {
  if (!section.sounds()) return;
  section.step();
  section.settle();
}

function design(section: Section, type: i32, frequency: f64, sampleRate: f64, steps: i32): void {
  const audible = frequency >= MIN_FREQUENCY;
  if (audible) {
    prototypeOf(type, 0, Math.SQRT1_2, 12, 0, prototype);
    designSection(prototype, 2 * Math.PI * min(MAX_FREQUENCY, frequency / sampleRate), section.target);
  }
  section.begin(audible, steps);
}
