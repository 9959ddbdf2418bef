/** Effects on a whole stem, in place. */
import type { Stem } from "../stem.js";
import { StateVariableFilter } from "./filters.js";

const LN_2 = Math.log(2);

/** Antiderivative of tanh, ln(cosh x), in a form that cannot overflow. */
function logCosh(x: number): number {
  const size = Math.abs(x);
  return size + Math.log1p(Math.exp(-2 * size)) - LN_2;
}

/**
 * Tube-like distortion: tanh, anti-aliased by its antiderivative.
 * Source: J. Parker, V. Zavalishin, E. Le Bivic, "Reducing the Aliasing of Nonlinear Waveshaping Using
 * Continuous-Time Convolution", DAFx-16, section 3.
 * @param amount linear gain before the shaper
 */
export function drive(stem: Stem, amount: number): void {
  for (const channel of stem.channels) {
    let [last, lastIntegral] = [0, 0];
    for (let i = 0; i < channel.length; i++) {
      const x = amount * channel[i]!;
      const integral = logCosh(x);
      const step = x - last;
      channel[i] = Math.abs(step) < 1e-4 ? Math.tanh((x + last) / 2) : (integral - lastIntegral) / step;
      last = x;
      lastIntegral = integral;
    }
  }
}

/** Keeps what lies between two frequencies in Hz (12 dB per octave): a loudspeaker cabinet, or tidiness. */
export function bandLimit(stem: Stem, lowHz: number, highHz: number): void {
  for (const channel of stem.channels) {
    const highPass = new StateVariableFilter(stem.sampleRate).tune(lowHz, Math.SQRT1_2);
    const lowPass = new StateVariableFilter(stem.sampleRate).tune(highHz, Math.SQRT1_2);
    for (let i = 0; i < channel.length; i++) {
      highPass.process(channel[i]!);
      lowPass.process(highPass.high);
      channel[i] = lowPass.low;
    }
  }
}

/** Adds a copy a channel whose delay sways by +-2 ms: one player becomes an ensemble. */
export function chorus(stem: Stem, rateHz: number, mix: number): void {
  const [centre, depth] = [0.009 * stem.sampleRate, 0.002 * stem.sampleRate];
  stem.channels.forEach((channel, side) => {
    const dry = channel.slice();
    for (let i = 0; i < channel.length; i++) {
      const phase = (rateHz * i) / stem.sampleRate + side / 4;
      const sway = 4 * Math.abs(phase - Math.floor(phase) - 0.5) - 1;
      const at = i - centre - depth * sway;
      if (at < 0) continue;
      const whole = Math.floor(at);
      const next = dry[whole + 1]!;
      channel[i]! += mix * (dry[whole]! + (at - whole) * (next - dry[whole]!));
    }
  });
}

/** Echoes `seconds` apart, each darker and `feedback` times the one before; in stereo they change sides. */
export function echo(stem: Stem, seconds: number, feedback: number, mix: number): void {
  const delay = Math.round(seconds * stem.sampleRate);
  const wet = stem.channels.map(() => new Float64Array(stem.frames));
  const filters = wet.map(() => new StateVariableFilter(stem.sampleRate).tune(2500, 0.6));
  for (let i = delay; i < stem.frames; i++) {
    for (let side = 0; side < wet.length; side++) {
      const filter = filters[side]!;
      const other = wet[wet.length - 1 - side]!;
      filter.process(stem.channels[side]![i - delay]! + feedback * other[i - delay]!);
      wet[side]![i] = filter.low;
    }
  }
  stem.channels.forEach((channel, side) => {
    const echoes = wet[side]!;
    for (let i = delay; i < channel.length; i++) channel[i]! += mix * echoes[i]!;
  });
}

export interface Room {
  /** Seconds until the reverberation is 60 dB lower. */
  readonly decay: number;
  /** Above this frequency in Hz it dies away faster. */
  readonly damping: number;
  /** Linear gain of the reverberation; the direct sound stays. */
  readonly mix: number;
}

/** Delays of the network in ms, the left half and the right one; without common factors, so that echoes do not pile up. */
const LINE_MILLISECONDS = [29.7, 41.1, 53.3, 71.3, 37.1, 43.7, 61.9, 79.7];

/**
 * Reverberation by a feedback delay network with a Householder matrix.
 * Source: J.-M. Jot, A. Chaigne, "Digital Delay Networks for Designing Artificial Reverberators", AES 90th
 * Convention, 1991, preprint 3030.
 */
export function reverb(stem: Stem, { decay, damping, mix }: Room): void {
  const { sampleRate, channels, frames } = stem;
  const count = LINE_MILLISECONDS.length;
  const delays = Int32Array.from(LINE_MILLISECONDS, (ms) => Math.round((ms / 1000) * sampleRate));
  const gains = Float64Array.from(delays, (delay) => 10 ** ((-3 * delay) / (decay * sampleRate)));
  const share = 1 - Math.exp((-2 * Math.PI * damping) / sampleRate);
  // All lines in one array, each in a ring whose length is a power of two.
  const ring = 2 ** Math.ceil(Math.log2(Math.max(...delays) + 1));
  const lines = new Float32Array(count * ring);
  const damped = new Float64Array(count);
  const left = channels[0]!;
  const right = channels[1] ?? left;
  for (let i = 0; i < frames; i++) {
    const at = i & (ring - 1);
    let [wetLeft, wetRight] = [0, 0];
    for (let k = 0; k < count; k++) {
      const out = gains[k]! * lines[k * ring + ((i - delays[k]!) & (ring - 1))]!;
      const state = damped[k]! + share * (out - damped[k]!);
      damped[k] = state;
      if (k < count / 2) wetLeft += state;
      else wetRight += state;
    }
    const common = (2 / count) * (wetLeft + wetRight);
    for (let k = 0; k < count; k++) {
      lines[k * ring + at] = damped[k]! - common + (k < count / 2 ? left[i]! : right[i]!);
    }
    left[i]! += mix * wetLeft;
    if (right !== left) right[i]! += mix * wetRight;
  }
}
