/**
 * What the mix player's worklet does, free of the browser: it plays, pauses, jumps and scrubs a {@link LiveMix}. Sound
 * that begins of itself is given bit for bit; sound that is broken off is faded.
 */
import { LiveMix } from "../../../../src/engine/live/liveMix.js";
import { Dsp } from "../../../../src/engine/dsp.js";
import type { WorkletState } from "../../../shared/player/playerMessages.js";
import { Converter } from "../../../shared/player/worklet/converter.js";
import { Glide } from "../../../shared/player/worklet/glide.js";
import { QUANTUM } from "../../../shared/player/worklet/stretcher.js";
import type { FromMixWorklet, ToMixWorklet } from "../mixMessages.js";
import type { WatchedInsert } from "../mixPlayer.js";
import { MixMeter } from "./mixMeter.js";

export interface MixCoreOptions {
  /** Of the session, Hz. */
  readonly sampleRate: number;
  /** Of the sound device, Hz: that of the session, where the device can. */
  readonly deviceRate: number;
  /** Milliseconds. */
  readonly clock: () => number;
  readonly post: (message: FromMixWorklet) => void;
}

/** Seconds of sound that must be there before it starts, or goes on after an underrun. */
const READY = 0.1;
/** Seconds: the fade when sound is broken off; what a touch of the scrubbing hand gives. */
const FADE = 0.005;
const SCRUB = 0.08;
const TICKS_PER_SECOND = 30;
/** A tail has ended when it has stayed below -90 dBFS for so many seconds on top of what effects hold back. */
const QUIET = 10 ** (-90 / 20);
const QUIET_SECONDS = 0.2;
/** Seconds after which even an endless tail is cut. */
const LONGEST_TAIL = 60;

export class MixCore {
  readonly #options: MixCoreOptions;
  readonly #live: LiveMix;
  readonly #converter: Converter | undefined;
  readonly #output = [new Float32Array(QUANTUM), new Float32Array(QUANTUM)] as const;
  readonly #fade = new Glide(1);
  #meter: MixMeter;
  #watched: WatchedInsert | null = null;
  #state: WorkletState = "stopped";
  #underruns = 0;
  /** What follows once the sound that is broken off has faded. */
  #afterFade: (() => void) | undefined;
  /** Frames left of a scrubbed piece; `undefined`: nobody scrubs. */
  #scrubLeft: number | undefined;
  #nextScrub: number | undefined;
  /** Frames of the tail, and of its quiet end, so far. */
  #tail = 0;
  #quiet = 0;
  #framesToTick = 0;
  /** Whether the end of the range is near, and the sound on its way out. */
  #isEnding = false;

  constructor(options: MixCoreOptions) {
    const { sampleRate, deviceRate, post } = options;
    this.#options = options;
    this.#live = new LiveMix({ ask: (request) => post({ type: "want", request }) });
    this.#converter =
      sampleRate === deviceRate ? undefined : new Converter(new Dsp(), sampleRate, deviceRate);
    this.#meter = new MixMeter(sampleRate);
  }

  receive(message: ToMixWorklet): void {
    switch (message.type) {
      case "playable":
        this.#live.setPlayable(message.playable);
        break;
      case "watch":
        this.#watched = message.insert;
        break;
      case "move":
        this.#live.move(message.channel, message.path, message.value);
        break;
      case "play":
        this.#breakOff(() => this.#start(message));
        break;
      case "path":
        this.#live.setPath(message.range, message.isLooped);
        if (this.#isEnding && !this.#afterFade) this.#fade.moveTo(1, this.#frames(FADE));
        this.#isEnding = false;
        break;
      case "seek":
        this.#breakOff(() => this.#jump(message.position));
        break;
      case "pause":
        this.#breakOff(() => this.#enter("stopped"));
        break;
      case "scrub":
        this.#scrub(message.position);
        break;
      case "sound":
        if (message.bytes) this.#live.pages.take(message.request, message.bytes);
        else {
          this.#live.pages.fail(message.request);
          if (this.#isActive) this.#enter("failed");
        }
        break;
      case "close":
        this.#live.close();
        break;
    }
  }

  /**
   * Gives the next frames.
   * @param time of the first frame, in seconds of the audio context
   */
  render(left: Float32Array, right: Float32Array, time: number): void {
    const { clock } = this.#options;
    const start = clock();
    this.#tellTime(time, left.length);
    try {
      this.#render(left, right);
    } catch (error) {
      left.fill(0);
      right.fill(0);
      this.#live.reset();
      this.#enter("failed", error instanceof Error ? error.message : String(error));
    }
    this.#meter.pass(left.length / this.#options.deviceRate, (clock() - start) / 1000);
  }

  #render(left: Float32Array, right: Float32Array): void {
    let done = 0;
    while (done < left.length && this.#isReady()) {
      const wanted = Math.min(QUANTUM, left.length - done, this.#framesToChange());
      if (wanted <= 0) {
        this.#change();
        continue;
      }
      const given = this.#pull(...this.#output, wanted);
      this.#fadeBeforeEnd(given);
      this.#giveOut(left, right, done, given);
      done += given;
      if (given < wanted) this.#runDry();
      else if (this.#hasDiedAway(given)) this.#enter("ended");
    }
    left.fill(0, done);
    right.fill(0, done);
  }

  get #isActive(): boolean {
    return this.#state === "playing" || this.#state === "buffering";
  }

  /** Of the sound device. */
  #frames(seconds: number): number {
    return Math.round(seconds * this.#options.deviceRate);
  }

  #enter(state: WorkletState, problem: string | null = null): void {
    if (state === this.#state) return;
    this.#state = state;
    this.#framesToTick = 0;
    this.#options.post({ type: "state", state, underruns: this.#underruns, problem });
  }

  /** Whether there is sound to give; waits, after a start or an underrun, until there is enough. */
  #isReady(): boolean {
    if (this.#state !== "buffering") return this.#state === "playing";
    if (!this.#live.prepare(Math.round(READY * this.#options.sampleRate))) return false;
    this.#enter("playing");
    return true;
  }

  readonly #pull = (left: Float32Array, right: Float32Array, frames: number): number =>
    this.#converter
      ? this.#converter.pull(left, right, frames, this.#pullMix, () => this.#live.hasEnded)
      : this.#pullMix(left, right, frames);

  readonly #pullMix = (left: Float32Array, right: Float32Array, frames: number): number => {
    const given = this.#live.pull(left, right, frames);
    this.#meter.take(left, right, given);
    return given;
  };

  /** What ends in the midst of sound, at the end of the range, fades. */
  #fadeBeforeEnd(given: number): void {
    if (this.#isEnding || this.#afterFade) return;
    const left = given + this.#frames(this.#live.framesLeft / this.#options.sampleRate);
    if (left > this.#frames(FADE)) return;
    this.#isEnding = true;
    this.#fade.moveTo(0, left);
  }

  /** Fades what sounds, then does `then`. */
  #breakOff(then: () => void): void {
    if (this.#state !== "playing") {
      this.#goOn(then);
      return;
    }
    if (!this.#afterFade) this.#fade.moveTo(0, this.#frames(FADE));
    this.#afterFade = then;
  }

  #goOn(then: () => void): void {
    this.#afterFade = undefined;
    this.#isEnding = false;
    this.#fade.moveTo(1, 0);
    then();
  }

  #start({ position, range, isLooped }: Extract<ToMixWorklet, { type: "play" }>): void {
    this.#scrubLeft = undefined;
    this.#underruns = this.#tail = this.#quiet = 0;
    this.#meter = new MixMeter(this.#options.sampleRate);
    this.#live.setPath(range, isLooped);
    this.#live.start(position);
    this.#converter?.reset();
    this.#enter("buffering");
  }

  #jump(position: number): void {
    this.#live.seek(position);
    this.#converter?.reset();
    this.#tail = this.#quiet = 0;
    if (!this.#isActive) {
      this.#framesToTick = 0;
      return;
    }
    // Tails sound on: they come back as they went.
    this.#fade.moveTo(0, 0);
    this.#fade.moveTo(1, this.#frames(FADE));
    this.#enter("buffering");
  }

  #scrub(position: number | null): void {
    if (position === null) {
      this.#nextScrub = undefined;
      if (this.#scrubLeft === undefined) return;
      this.#breakOff(() => {
        this.#scrubLeft = undefined;
        this.#enter("stopped");
      });
    } else if (this.#scrubLeft !== undefined && this.#isActive) this.#nextScrub = position;
    else this.#breakOff(() => this.#startScrub(position));
  }

  #startScrub(position: number): void {
    this.#live.setPath(null, false);
    this.#live.seek(position);
    this.#converter?.reset();
    this.#scrubLeft = this.#frames(SCRUB);
    this.#fade.moveTo(0, 0);
    this.#fade.moveTo(1, this.#frames(FADE));
    this.#enter("buffering");
  }

  /** Frames until something changes: the end of a fade, or the last fade of a scrubbed piece. */
  #framesToChange(): number {
    if (this.#afterFade) return this.#fade.framesLeft;
    if (this.#scrubLeft === undefined) return Infinity;
    const toFade = this.#scrubLeft - this.#frames(FADE);
    return toFade > 0 ? toFade : this.#scrubLeft;
  }

  #change(): void {
    if (this.#afterFade) this.#goOn(this.#afterFade);
    else if (this.#nextScrub !== undefined) {
      const position = this.#nextScrub;
      this.#nextScrub = undefined;
      this.#startScrub(position);
    } else this.#enter("stopped");
  }

  #giveOut(left: Float32Array, right: Float32Array, at: number, frames: number): void {
    const [fromLeft, fromRight] = this.#output;
    for (let frame = 0; frame < frames; frame++) {
      const factor = this.#fade.next();
      left[at + frame] = fromLeft[frame]! * factor;
      right[at + frame] = fromRight[frame]! * factor;
    }
    if (this.#scrubLeft === undefined) return;
    this.#scrubLeft -= frames;
    if (this.#scrubLeft === this.#frames(FADE)) this.#fade.moveTo(0, this.#scrubLeft);
  }

  #runDry(): void {
    if (this.#afterFade) this.#goOn(this.#afterFade);
    else if (this.#live.hasEnded) this.#enter(this.#scrubLeft === undefined ? "ended" : "stopped");
    else {
      this.#underruns++;
      this.#enter("buffering");
    }
  }

  /** Whether all has been heard: after the last clip, once nothing rings on. */
  #hasDiedAway(frames: number): boolean {
    if (!this.#live.isTail || this.#scrubLeft !== undefined) return false;
    const isLoud = (samples: Float32Array): boolean =>
      samples.subarray(0, frames).some((sample) => Math.abs(sample) > QUIET);
    this.#tail += frames;
    this.#quiet = this.#output.some(isLoud) ? 0 : this.#quiet + frames;
    const hold = (this.#live.run?.graph.hold ?? 0) / this.#options.sampleRate;
    return this.#quiet >= this.#frames(QUIET_SECONDS + hold) || this.#tail >= this.#frames(LONGEST_TAIL);
  }

  #tellTime(time: number, frames: number): void {
    if (this.#framesToTick <= 0) {
      this.#framesToTick = this.#options.deviceRate / TICKS_PER_SECOND;
      const { position, hasLooped } = this.#live;
      const meters = this.#meter.read(this.#live, this.#watched);
      const isMoving = this.#state === "playing";
      this.#options.post({ type: "tick", time, position, isMoving, hasLooped, meters });
    }
    this.#framesToTick -= frames;
  }
}
