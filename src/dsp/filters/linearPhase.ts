/**
 * Filters of linear phase: FIRs of a given magnitude response that delay every frequency alike. What a filter of
 * minimum phase rings after a click, half of it rings before the click here.
 *
 * The response is sampled at twice as many points as there are taps, transformed to a symmetric impulse response and
 * windowed (A. V. Oppenheim, R. W. Schafer, "Discrete-Time Signal Processing", sections 7.5 and 7.6). It has 16384
 * frames up to 48 kHz and 32768 above, a third of a second up to 96 kHz. That rounds off what is narrower than
 * some 15 Hz: a high-pass of 24 dB per octave is 0.12 dB off at a corner of 40 Hz, and 0.05 dB at most above 50 Hz.
 */
import { allocate } from "../memory";
import { besselI0, kaiserBeta } from "../resample/kaiser";
import { FourFourier } from "../spectrum/fft";
import { Impulse } from "../spectrum/impulse";
import { Partitions } from "../spectrum/partitions";

/** dB, of what the window lets through beside a steep slope. */
const REJECTION: f64 = 90;
/** Hz up to which the shorter impulse response serves. */
const LOW_RATES: f64 = 50000;
const SHORT: i32 = 16384;
const LONG: i32 = 32768;
/** Frames of the blocks of the convolution. */
export const LINEAR_BLOCK: i32 = 4096;

/** Designs up to four impulse responses at once, in lanes. */
@unmanaged
export class LinearDesign {
  /** Frames of an impulse response: odd, the middle one carries the delay. */
  readonly frames: i32;
  /** Points of the response from 0 Hz to half the sample rate, less one. */
  readonly points: i32;
  private fourier: FourFourier;
  private spectrum: usize;
  /** Weights by the distance from the middle, f64. */
  private window: usize;
  /** Addresses of the impulse responses: four of `frames` f32. */
  private responses: usize;

  constructor(sampleRate: f64) {
    const length = sampleRate < LOW_RATES ? SHORT : LONG;
    this.frames = length - 1;
    this.points = length;
    this.fourier = new FourFourier(2 * length);
    this.spectrum = allocate((length + 1) << 5);
    this.window = allocate(length << 2);
    this.responses = allocate(length << 4);
    const beta = kaiserBeta(REJECTION);
    const peak = besselI0(beta);
    for (let i = 0; i < length >> 1; i++) {
      const x = <f64>i / <f64>(length >> 1);
      store<f64>(this.window + ((<usize>i) << 3), besselI0(beta * Math.sqrt(1 - x * x)) / peak);
    }
  }

  /** @returns delay of the middle of an impulse response, frames */
  delay(): i32 {
    return this.frames >> 1;
  }

  /** @returns radians per frame of `point`, from 0 to `points` */
  radians(point: i32): f64 {
    return (Math.PI * <f64>point) / <f64>this.points;
  }

  /** Sets the gain, a factor, of the response in `lane` at `point`. */
  setGain(lane: i32, point: i32, gain: f64): void {
    const scale: f64 = 2 * <f64>this.points;
    store<f32>(this.spectrum + ((<usize>point) << 5) + ((<usize>lane) << 2), <f32>(gain / scale));
  }

  /** Makes the impulse responses of what the lanes have been set to. */
  design(): void {
    const samples = this.fourier.backward(this.spectrum);
    const middle = this.delay();
    for (let lane: usize = 0; lane < 4; lane++) {
      const response = this.response(<i32>lane);
      for (let i = 0; i <= middle; i++) {
        // Pairs of samples come out exchanged.
        const sample = <f64>load<f32>(samples + ((<usize>(i ^ 1)) << 4) + (lane << 2));
        const tap = <f32>(sample * load<f64>(this.window + ((<usize>i) << 3)));
        store<f32>(response + ((<usize>(middle + i)) << 2), tap);
        store<f32>(response + ((<usize>(middle - i)) << 2), tap);
      }
    }
  }

  /** @returns address of the f32 impulse response in `lane` */
  response(lane: i32): usize {
    return this.responses + <usize>lane * ((<usize>this.points) << 2);
  }
}

/** One such filter on a stereo signal, or on a mono one, whose sides are the same buffer. */
@unmanaged
export class LinearFilter {
  readonly latency: i32;
  private impulse: Impulse;
  private partitions: Partitions;
  /** Frames since the block began. */
  private phase: i32;
  private left: usize = allocate(LINEAR_BLOCK << 2);
  private right: usize = allocate(LINEAR_BLOCK << 2);

  /** @param response address of the impulse response, taken from `design` */
  constructor(design: LinearDesign, response: usize) {
    const impulse = new Impulse();
    impulse.frames = design.frames;
    impulse.leftLeft = impulse.rightRight = response;
    this.impulse = impulse;
    this.partitions = new Partitions(impulse, 0, design.frames, LINEAR_BLOCK);
    this.latency = design.delay() + LINEAR_BLOCK;
  }

  /** Takes the impulse response anew; the output fades into it over the block after this one. */
  change(): void {
    this.partitions.exchange(this.impulse);
  }

  /** @returns frames until the block ends */
  untilBlock(): i32 {
    return LINEAR_BLOCK - this.phase;
  }

  isAtBlock(): bool {
    return this.phase == 0;
  }

  /** Filters the planar f32 buffers in place: at most `untilBlock()` frames. */
  run(left: usize, right: usize, frames: i32): void {
    const bytes = (<usize>frames) << 2;
    memory.fill(this.left, 0, bytes);
    memory.fill(this.right, 0, bytes);
    this.partitions.run(left, right, this.left, this.right, this.phase, frames);
    memory.copy(left, this.left, bytes);
    if (right != left) memory.copy(right, this.right, bytes);
    this.phase = (this.phase + frames) & (LINEAR_BLOCK - 1);
  }
}
