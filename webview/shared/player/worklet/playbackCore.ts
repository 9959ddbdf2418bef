/**
 * What the worklet does, free of the browser: it plays, pauses, jumps and scrubs a {@link Voice} and gives its sound
 * out in blocks. Sound that begins or ends of itself is given bit for bit; sound that is broken off is faded.
 */
import type {
  FromWorklet,
  ImpulseSound,
  InsertSetting,
  Tick,
  ToWorklet,
  WorkletState,
} from "../playerMessages.js";
import { Dsp } from "../../../../src/engine/dsp.js";
import { Glide } from "./glide.js";
import type { Impulses } from "./insertRack.js";
import { InsertStage } from "./insertStage.js";
import { ListenStage } from "./listenStage.js";
import { PageCache } from "./pageCache.js";
import { clearMeterFrame, emptyMeterFrame, SignalMeter } from "./signalMeter.js";
import { SourceReader } from "./sourceReader.js";
import { QUANTUM } from "./stretcher.js";
import { Voice, type VoiceFormat } from "./voice.js";

export interface CoreOptions extends VoiceFormat {
  readonly post: (message: FromWorklet) => void;
}

/** Seconds of source read ahead at speed 1; at higher speeds as many times longer. */
const READ_AHEAD = 1;
/** Seconds that must be there before sound starts, or goes on after an underrun. */
const READY = 0.1;
/** Seconds: least length of a page; the fade when sound is broken off; a change of level. */
const PAGE = 0.125;
const FADE = 0.005;
const RAMP = 0.01;
/** Seconds of sound that a touch of the scrubbing hand gives. */
const SCRUB = 0.08;
/** Inserts work on mono and stereo, as in a render. */
const MOST_INSERT_CHANNELS = 2;
const TICKS_PER_SECOND = 50;

export class PlaybackCore {
  readonly #options: CoreOptions;
  readonly #cache: PageCache;
  readonly #reader: SourceReader;
  readonly #listen: ListenStage;
  readonly #output: readonly [Float32Array, Float32Array];
  readonly #fade = new Glide(1);
  readonly #volume = new Glide(1);
  readonly #tick: Tick = {
    type: "tick",
    ...{ time: 0, position: 0, isMoving: false, hasLooped: false },
    meters: emptyMeterFrame(),
  };
  #voice: Voice;
  #meter: SignalMeter;
  /** Absent where the audio has more channels than inserts work on. */
  #stage: InsertStage | undefined;
  #inserts: readonly InsertSetting[] | null = null;
  readonly #impulses: Impulses = new Map();
  #bypass = { isBypassed: false, isMatched: false };
  #speed = 1;
  #state: WorkletState = "stopped";
  #underruns = 0;
  /** What follows once the sound that is broken off has faded. */
  #afterFade: (() => void) | undefined;
  /** Frames left of a scrubbed piece; `undefined`: nobody scrubs. */
  #scrubLeft: number | undefined;
  #nextScrub: number | undefined;
  #framesToTick = 0;

  constructor(options: CoreOptions) {
    const { sampleRate, channels, post } = options;
    this.#options = options;
    const pageFrames = 2 ** Math.ceil(Math.log2(PAGE * sampleRate));
    this.#cache = new PageCache(channels, pageFrames, (start, count) =>
      post({ type: "want", generation: this.#cache.generation, start, count }),
    );
    this.#reader = new SourceReader(this.#cache, 0);
    this.#listen = new ListenStage(channels, this.#frames(RAMP));
    this.#output = [new Float32Array(QUANTUM), new Float32Array(QUANTUM)];
    const dsp = new Dsp();
    this.#meter = this.#newMeter(dsp);
    this.#voice = this.#newVoice(dsp);
  }

  receive(message: ToWorklet): void {
    switch (message.type) {
      case "audio":
        this.#cache.renew(message.generation);
        this.#reader.setFrames(message.frames);
        break;
      case "play":
        this.#breakOff(() => {
          this.#scrubLeft = undefined;
          this.#reader.setPath(message.range, message.isLooped);
          this.#startAt(message.position);
        });
        break;
      case "path":
        this.#reader.setPath(message.range, message.isLooped);
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
      case "sound": {
        const isWanted = this.#cache.take(message.answer);
        if (isWanted && message.answer.channels === null && this.#isActive) this.#enter("failed");
        break;
      }
      case "volume":
        this.#volume.moveTo(message.factor, this.#isActive ? this.#frames(RAMP) : 0);
        break;
      case "listen":
        this.#listen.setMatrix(message.matrix);
        break;
      case "speed":
        this.#speed = message.speed;
        this.#voice.setSpeed(message.speed);
        break;
      case "inserts":
        this.#takeInserts(message.inserts, message.impulses);
        break;
      case "bypass":
        this.#bypass = message;
        this.#stage?.bypass(message.isBypassed, message.isMatched);
        break;
    }
  }

  #takeInserts(inserts: readonly InsertSetting[] | null, impulses: readonly ImpulseSound[]): void {
    for (const { id, channels } of impulses) this.#impulses.set(id, channels);
    const named = new Set(inserts?.map(({ impulse }) => impulse));
    for (const id of [...this.#impulses.keys()]) if (!named.has(id)) this.#impulses.delete(id);
    this.#inserts = inserts;
    this.#stage?.set(inserts);
  }

  /**
   * Gives the next frames.
   * @param left as long as `right`
   * @param time of the first frame, in seconds of the audio context
   */
  render(left: Float32Array, right: Float32Array, time: number): void {
    if (this.#isActive) this.#reader.fetchAhead(this.#frames(READ_AHEAD * Math.max(1, this.#speed)));
    this.#tellTime(time, left.length);
    let done = 0;
    while (done < left.length && this.#isReady()) {
      const wanted = Math.min(QUANTUM, left.length - done, this.#framesToChange());
      if (wanted === 0) {
        this.#change();
        continue;
      }
      const given = this.#voice.pull(...this.#output, wanted);
      this.#giveOut(left, right, done, given);
      done += given;
      if (given < wanted) this.#runDry();
    }
    left.fill(0, done);
    right.fill(0, done);
  }

  get #isActive(): boolean {
    return this.#state === "playing" || this.#state === "buffering";
  }

  #frames(seconds: number): number {
    return Math.round(seconds * this.#options.sampleRate);
  }

  #newMeter(dsp: Dsp): SignalMeter {
    const { deviceRate } = this.#options;
    return new SignalMeter(dsp, deviceRate, deviceRate / TICKS_PER_SECOND);
  }

  #newVoice(dsp: Dsp): Voice {
    const { channels, sampleRate } = this.#options;
    this.#stage =
      channels > MOST_INSERT_CHANNELS
        ? undefined
        : new InsertStage(this.#inserts, this.#impulses, sampleRate, this.#frames(RAMP));
    this.#stage?.bypass(this.#bypass.isBypassed, this.#bypass.isMatched);
    const voice = new Voice(dsp, this.#reader, this.#listen, this.#stage, this.#options);
    voice.setSpeed(this.#speed);
    return voice;
  }

  #enter(state: WorkletState): void {
    if (state === this.#state) return;
    this.#state = state;
    this.#framesToTick = 0;
    this.#options.post({ type: "state", state, underruns: this.#underruns });
  }

  /** Whether there is sound to give; waits, after a start or an underrun, until there is enough. */
  #isReady(): boolean {
    if (this.#state !== "buffering") return this.#state === "playing";
    const needed = this.#frames(READY * Math.max(1, this.#speed));
    if (this.#reader.readable(needed) < needed) return false;
    this.#enter("playing");
    return true;
  }

  /** Fades what sounds, then does `then`. */
  #breakOff(then: () => void): void {
    if (this.#state !== "playing") return this.#goOn(then);
    if (!this.#afterFade) this.#fade.moveTo(0, this.#frames(FADE));
    this.#afterFade = then;
  }

  #goOn(then: () => void): void {
    this.#afterFade = undefined;
    this.#fade.moveTo(1, 0);
    then();
  }

  #startAt(position: number): void {
    // A memory of their own: the last run's is thrown away as a whole.
    const dsp = new Dsp();
    this.#meter = this.#newMeter(dsp);
    this.#voice = this.#newVoice(dsp);
    this.#reader.seek(position);
    this.#enter("buffering");
  }

  #jump(position: number): void {
    this.#reader.seek(position);
    this.#voice.restart();
    if (this.#isActive) this.#enter("buffering");
    else this.#framesToTick = 0;
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
    this.#reader.setPath(null, false);
    this.#reader.seek(position);
    this.#voice.restart();
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
    this.#meter.take(fromLeft, fromRight, frames, this.#tick.meters);
    for (let frame = 0; frame < frames; frame++) {
      const factor = this.#fade.next() * this.#volume.next();
      left[at + frame] = fromLeft[frame]! * factor;
      right[at + frame] = fromRight[frame]! * factor;
    }
    if (this.#scrubLeft === undefined) return;
    this.#scrubLeft -= frames;
    if (this.#scrubLeft === this.#frames(FADE)) this.#fade.moveTo(0, this.#scrubLeft);
  }

  #runDry(): void {
    if (this.#afterFade) return this.#goOn(this.#afterFade);
    if (this.#voice.hasEnded) return this.#enter(this.#scrubLeft === undefined ? "ended" : "stopped");
    this.#underruns++;
    this.#enter("buffering");
  }

  #tellTime(time: number, frames: number): void {
    const { meters } = this.#tick;
    if (this.#framesToTick <= 0) {
      this.#framesToTick = this.#options.deviceRate / TICKS_PER_SECOND;
      const tick = this.#tick;
      tick.time = time;
      tick.position = this.#voice.position;
      tick.isMoving = this.#state === "playing";
      tick.hasLooped = this.#reader.hasLooped;
      meters.inserts = this.#stage?.read() ?? null;
      this.#options.post(tick);
      clearMeterFrame(meters);
    }
    meters.seconds += frames / this.#options.deviceRate;
    this.#framesToTick -= frames;
  }
}
