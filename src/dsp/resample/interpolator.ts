/**
 * The value of a signal at any instant between its samples: band-limited interpolation without a memory, for clips
 * that are played at another rate. Each output frame depends on the instant alone, so that nothing depends on how
 * the signal is cut into blocks or where reading began.
 *
 * The filters are those of polyphase.ts. Signals are pairs of planar f32 buffers; the same address twice is mono.
 */
import { dot, dotPair } from "./dotProduct";
import { interpolatedPhases, Polyphase, polyphaseTaps } from "./polyphase";

/** Filters without a design yet. */
export function phasesNew(): usize {
  return changetype<usize>(new Polyphase());
}

/** @param scale the lower of the two rates as a part of the input's, at most 1 */
export function phasesDesign(address: usize, scale: f64, phases: i32): void {
  changetype<Polyphase>(address).prepare(scale, phases);
}

/** @returns taps of filters for `scale`; half of them lie after the wanted instant, and half less one before its frame */
export function phasesTaps(scale: f64): i32 {
  return polyphaseTaps(scale);
}

/** @returns phases that filters for `scale` need for instants between the phases */
export function phasesWanted(scale: f64): i32 {
  return interpolatedPhases(scale);
}

/**
 * Instants that all lie on phases: output frame i is the signal `fraction / phases + i x down / phases` input frames
 * after the instant of the input's first window, that is after input frame `taps / 2 - 1`.
 */
export function interpolateExactly(
  address: usize,
  inLeft: usize,
  inRight: usize,
  outLeft: usize,
  outRight: usize,
  frames: i32,
  fraction: i32,
  down: i32,
): void {
  const filters = changetype<Polyphase>(address);
  const bytes = <usize>filters.taps << 2;
  const wholeStep = down / filters.phases;
  const fractionStep = down % filters.phases;
  let from: usize = 0;
  for (let to: usize = 0, end = <usize>frames << 2; to < end; to += 4) {
    const row = filters.row(fraction);
    if (inLeft == inRight) store<f32>(outLeft + to, dot(row, inLeft + from, bytes));
    else dotPair(row, inLeft + from, inRight + from, bytes, outLeft + to, outRight + to);
    from += <usize>wholeStep << 2;
    fraction += fractionStep;
    if (fraction >= filters.phases) {
      fraction -= filters.phases;
      from += 4;
    }
  }
}

/**
 * Any instants: output frame i is the signal at input frame `origin + (first + i) x step - base`, where the buffers
 * begin `taps / 2 - 1` frames before input frame 0. Between two phases the value is a straight line.
 */
export function interpolateFreely(
  address: usize,
  inLeft: usize,
  inRight: usize,
  outLeft: usize,
  outRight: usize,
  frames: i32,
  origin: f64,
  step: f64,
  first: f64,
  base: f64,
): void {
  const filters = changetype<Polyphase>(address);
  const bytes = <usize>filters.taps << 2;
  for (let i = 0; i < frames; i++) {
    const instant = origin + (first + <f64>i) * step;
    const whole = Math.floor(instant);
    const position = (instant - whole) * <f64>filters.phases;
    const phase = <i32>position;
    const weight = <f32>(position - <f64>phase);
    const from = (<usize>(whole - base)) << 2;
    const to = (<usize>i) << 2;
    store<f32>(outLeft + to, between(filters, phase, weight, inLeft + from, bytes));
    if (inLeft != inRight) store<f32>(outRight + to, between(filters, phase, weight, inRight + from, bytes));
  }
}

// @ts-ignore: decorator
@inline
function between(filters: Polyphase, phase: i32, weight: f32, signal: usize, bytes: usize): f32 {
  const before = dot(filters.row(phase), signal, bytes);
  const after = dot(filters.row(phase + 1), signal, bytes);
  return before + weight * (after - before);
}
