/**
 * Chorus, flanger and phaser: what a slow sine moves. Its phase is 0 at the first frame of the
 * signal, so a song always sounds the same. The sine is taken every GRID frames, and straight
 * lines lead from value to value.
 *
 * Chorus and flanger: voices read from a delay line (fractionalDelay.ts), spread over the sine's
 * period; the flanger is the same with one voice, and its feedback goes once through the line.
 * Phaser: phaser.ts.
 */
import { fromFrames, toFrames } from "../frames";
import { allocate } from "../memory";
import { Ramp, rampFrames } from "../ramp";
import { FractionalDelay, SHORTEST_DELAY } from "./fractionalDelay";
import { MOST_STAGES, Phaser } from "./phaser";

export const enum ChorusParameter {
  /** See {@link Mode}. */
  Mode = 0,
  /** Hz, 0.01 to 20 */
  Rate = 1,
  /** 0: the rate counts; k: a period of 32 / 2^k beats */
  Sync = 2,
  /** %: part of the delay, or of three octaves either way, that the sine moves */
  Depth = 3,
  /** ms, 0.5 to 50 */
  Delay = 4,
  /** 1 to 6, of the chorus */
  Voices = 5,
  /** Hz, middle of the phaser */
  Frequency = 6,
  /** 2 to 12, of the phaser */
  Stages = 7,
  /** %, -95 to 95 */
  Feedback = 8,
  /** Degrees by which the right side is ahead */
  StereoPhase = 9,
  /** %, 100 moved only, 0 dry only */
  Mix = 10,
}

const enum Mode {
  Chorus = 0,
  Flanger = 1,
  Phaser = 2,
}

const PARAMETERS: i32 = 11;
/** The sine is taken every so many frames. */
const GRID: i32 = 32;
const MOST_VOICES: i32 = 6;
const LONGEST_SECONDS: f64 = 0.05;
/** Of the delay, at full depth. */
const DELAY_SWING: f64 = 0.95;
const PHASER_OCTAVES: f64 = 3;
const LEAST: f32 = 1e-20;

@unmanaged
export class Chorus {
  sampleRate: f64;
  private readonly values: usize = allocate(PARAMETERS << 3);
  private changed: bool;
  private started: bool;
  private beatsPerMinute: f64;
  /** Frames since the last point of the grid. */
  private frame: i32;
  /** Of the sine, in periods, 0 to 1. */
  private phase: f64;
  private mode: i32;
  private voices: i32;
  /** One step of these for each point of the grid. */
  private readonly depth: Ramp = new Ramp();
  private readonly delay: Ramp = new Ramp();
  private readonly frequency: Ramp = new Ramp();
  private readonly stereoPhase: Ramp = new Ramp();
  private readonly feedback: Ramp = new Ramp();
  private readonly mix: Ramp = new Ramp();
  /** 0 while another mode or number is taken. */
  private readonly presence: Ramp = new Ramp();
  private readonly left: FractionalDelay = new FractionalDelay();
  private readonly right: FractionalDelay = new FractionalDelay();
  private readonly phaser: Phaser = new Phaser();
  /** For each voice its delays left and right, or one pair of the phaser's coefficients; f64x2, and their steps. */
  private readonly now: usize = allocate(MOST_VOICES << 4);
  private readonly step: usize = allocate(MOST_VOICES << 4);
  private readonly samples: usize = allocate(GRID << 4);

  set(parameter: i32, value: f64): void {
    if (parameter < 0 || parameter >= PARAMETERS || !isFinite(value)) return;
    store<f64>(this.values + ((<usize>parameter) << 3), value);
    this.changed = true;
  }

  /** Beats per minute; before {@link prepare}. */
  tempo(beatsPerMinute: f64): void {
    this.beatsPerMinute = beatsPerMinute;
  }

  prepare(): void {
    const longest = LONGEST_SECONDS * this.sampleRate * (1 + DELAY_SWING) + SHORTEST_DELAY;
    this.left.resize(longest);
    this.right.resize(longest);
    this.presence.moveTo(1, 0);
    this.derive();
    this.takeMode();
    this.aim(this.now);
  }

  /** @returns longest silence in frames between input and output */
  hold(): i32 {
    return this.mode == Mode.Phaser ? 0 : <i32>Math.ceil(this.delay.value * (1 + DELAY_SWING) + SHORTEST_DELAY);
  }

  process(left: usize, right: usize, frames: i32): void {
    if (this.changed) this.derive();
    while (frames > 0) {
      if (this.frame == 0) this.passGrid();
      this.started = true;
      const count = min(frames, GRID - this.frame);
      toFrames(left, right, this.samples, count);
      if (this.mode == Mode.Phaser) this.runPhaser(count);
      else this.runVoices(count);
      fromFrames(this.samples, left, right, count);
      this.frame = (this.frame + count) % GRID;
      left += (<usize>count) << 2;
      right += (<usize>count) << 2;
      frames -= count;
    }
  }

  private get(parameter: i32): f64 {
    return load<f64>(this.values + ((<usize>parameter) << 3));
  }

  private clamped(parameter: i32, least: f64, most: f64): f64 {
    return min(most, max(least, this.get(parameter)));
  }

  private wantedMode(): i32 {
    return <i32>this.clamped(ChorusParameter.Mode, 0, 2);
  }

  private wantedVoices(): i32 {
    return this.wantedMode() == Mode.Chorus ? <i32>this.clamped(ChorusParameter.Voices, 1, MOST_VOICES) : 1;
  }

  private wantedStages(): i32 {
    return <i32>this.clamped(ChorusParameter.Stages, 1, MOST_STAGES);
  }

  private isAsWanted(): bool {
    if (this.mode != this.wantedMode() || this.voices != this.wantedVoices()) return false;
    return this.mode != Mode.Phaser || this.phaser.stages == this.wantedStages();
  }

  /** Starts towards the parameters. */
  private derive(): void {
    this.changed = false;
    const frames = this.started ? rampFrames(this.sampleRate) : 0;
    const points = (frames + GRID - 1) / GRID;
    this.depth.moveTo(this.clamped(ChorusParameter.Depth, 0, 100) / 100, points);
    const delay = (this.clamped(ChorusParameter.Delay, 0.5, 50) / 1000) * this.sampleRate;
    this.delay.moveTo(max(SHORTEST_DELAY, delay), points);
    this.frequency.moveTo(Math.log2(this.clamped(ChorusParameter.Frequency, 20, 20000)), points);
    this.stereoPhase.moveTo(this.clamped(ChorusParameter.StereoPhase, -360, 360) / 360, points);
    this.feedback.moveTo(this.clamped(ChorusParameter.Feedback, -95, 95) / 100, frames);
    this.mix.moveTo(this.clamped(ChorusParameter.Mix, 0, 100) / 100, frames);
    if (this.started) this.presence.moveTo(this.isAsWanted() ? 1 : 0, frames);
  }

  private takeMode(): void {
    this.mode = this.wantedMode();
    this.voices = this.wantedVoices();
    this.phaser.stages = this.wantedStages();
    this.phaser.clear();
  }

  /** Periods of the sine for each frame. */
  private rate(): f64 {
    const sync = <i32>this.get(ChorusParameter.Sync);
    if (sync < 1) return this.clamped(ChorusParameter.Rate, 0.01, 20) / this.sampleRate;
    return (this.beatsPerMinute / 60 / (32 / <f64>(1 << min(10, sync)))) / this.sampleRate;
  }

  private passGrid(): void {
    if (this.presence.value == 0 && !this.isAsWanted()) {
      this.takeMode();
      this.aim(this.now);
      this.presence.moveTo(1, rampFrames(this.sampleRate));
    }
    this.phaser.settle();
    this.phase += this.rate() * <f64>GRID;
    this.phase -= Math.floor(this.phase);
    this.depth.next();
    this.delay.next();
    this.frequency.next();
    this.stereoPhase.next();
    this.aim(this.step);
    const count = this.mode == Mode.Phaser ? 1 : this.voices;
    for (let i: usize = 0; i < (<usize>count) << 4; i += 16) {
      const way = f64x2.sub(v128.load(this.step + i), v128.load(this.now + i));
      v128.store(this.step + i, f64x2.mul(way, f64x2.splat(1 / <f64>GRID)));
    }
  }

  /** Writes what each voice aims at now to `target`. */
  private aim(target: usize): void {
    const count = this.mode == Mode.Phaser ? 1 : this.voices;
    for (let voice = 0; voice < count; voice++) {
      const phase = this.phase + <f64>voice / <f64>count;
      const left = this.valueAt(phase);
      const both = f64x2.replace_lane(f64x2.splat(left), 1, this.valueAt(phase + this.stereoPhase.value));
      v128.store(target + ((<usize>voice) << 4), both);
    }
  }

  /** @returns delay in frames, or coefficient of the all-pass filters, at this phase of the sine */
  private valueAt(phase: f64): f64 {
    const swing = this.depth.value * Math.sin(2 * Math.PI * phase);
    if (this.mode != Mode.Phaser) return max(SHORTEST_DELAY, this.delay.value * (1 + DELAY_SWING * swing));
    const frequency = Math.pow(2, this.frequency.value + PHASER_OCTAVES * swing);
    const tangent = Math.tan(Math.PI * min(0.45, frequency / this.sampleRate));
    return (tangent - 1) / (tangent + 1);
  }

  private runVoices(frames: i32): void {
    const gain = 1 / Math.sqrt(<f64>this.voices);
    for (let i = this.samples, end = i + ((<usize>frames) << 4); i < end; i += 16) {
      const dry = v128.load(i);
      let sum = f64x2.splat(0);
      for (let at: usize = 0; at < (<usize>this.voices) << 4; at += 16) {
        const delays = v128.load(this.now + at);
        v128.store(this.now + at, f64x2.add(delays, v128.load(this.step + at)));
        const left = <f64>this.left.read(f64x2.extract_lane(delays, 0));
        const right = <f64>this.right.read(f64x2.extract_lane(delays, 1));
        sum = f64x2.add(sum, f64x2.replace_lane(f64x2.splat(left), 1, right));
      }
      // At most the mean of the voices goes back: the loop stays below 1 even where they coincide.
      const back = f64x2.mul(sum, f64x2.splat(this.feedback.next() / <f64>this.voices));
      this.write(f64x2.add(dry, back));
      v128.store(i, this.mixed(dry, f64x2.mul(sum, f64x2.splat(gain))));
    }
  }

  private write(frame: v128): void {
    this.left.write(audible(f64x2.extract_lane(frame, 0)));
    this.right.write(audible(f64x2.extract_lane(frame, 1)));
  }

  private runPhaser(frames: i32): void {
    let a = v128.load(this.now);
    const step = v128.load(this.step);
    for (let i = this.samples, end = i + ((<usize>frames) << 4); i < end; i += 16) {
      const dry = v128.load(i);
      // The lines are filled for the mode that may come next.
      this.write(dry);
      v128.store(i, this.mixed(dry, this.phaser.next(dry, a, this.feedback.next())));
      a = f64x2.add(a, step);
    }
    v128.store(this.now, a);
  }

  // @ts-ignore: decorator
  @inline
  private mixed(dry: v128, wet: v128): v128 {
    const share = this.mix.next() * this.presence.next();
    return f64x2.add(f64x2.mul(dry, f64x2.splat(1 - share)), f64x2.mul(wet, f64x2.splat(share)));
  }
}

/** Rounds to f32; what is too quiet to hear is silence, so that nothing decays into denormal numbers. */
function audible(value: f64): f32 {
  const rounded = <f32>value;
  return abs(rounded) < LEAST ? 0 : rounded;
}

/** A chorus of two voices with common settings. */
export function chorusNew(sampleRate: f64): Chorus {
  const chorus = new Chorus();
  chorus.sampleRate = sampleRate;
  chorus.beatsPerMinute = 120;
  chorus.set(ChorusParameter.Rate, 0.8);
  chorus.set(ChorusParameter.Depth, 25);
  chorus.set(ChorusParameter.Delay, 12);
  chorus.set(ChorusParameter.Voices, 2);
  chorus.set(ChorusParameter.Frequency, 800);
  chorus.set(ChorusParameter.Stages, 6);
  chorus.set(ChorusParameter.StereoPhase, 90);
  chorus.set(ChorusParameter.Mix, 50);
  return chorus;
}
