/**
 * Plays audio that is fetched piece by piece: pages of sound go to a worklet shortly before they are heard, however
 * long the audio is.
 */
import { dbToGain, type Decibels } from "../../../src/units/decibels.js";
import { listenMatrix, type Listening } from "../../../src/viewmodel/listening.js";
import { SoundDevice } from "./soundDevice.js";
import program from "./worklet/main?worklet";
import type {
  FromWorklet,
  ImpulseSound,
  InsertSetting,
  ListenMatrix,
  MeterFrame,
  Tick,
  ToWorklet,
  WorkletState,
} from "./playerMessages.js";
import { advanced, rewound, type PlayPath, type PlayRange } from "../../../src/engine/live/playPath.js";

export interface PlayedAudio {
  /** Hz. */
  readonly sampleRate: number;
  readonly channels: number;
  /** dwChannelMask; 0 where it is unknown. */
  readonly channelMask: number;
  readonly frames: number;
}

export type PlayerState =
  | "stopped"
  | "playing"
  /** Waits for sound. */
  | "buffering"
  /** The browser starts sound only after a click or a key in this page; playback starts with it. */
  | "blocked"
  | "scrubbing"
  | "failed";

export interface PlayerReport {
  readonly state: PlayerState;
  /** Times that sound was late, since playback was started. */
  readonly underruns: number;
  /** Why it failed, for people. */
  readonly problem: string | null;
}

export interface PlayerOptions {
  readonly audio: PlayedAudio;
  /** Sound of the audio as given last: planar, fewer frames where it ends. Rejects if it cannot be had. */
  readonly fetch: (start: number, count: number) => Promise<{ readonly channels: readonly Float32Array[] }>;
  readonly onState: (report: PlayerReport) => void;
  /** Called some 50 times a second while the sound device is open, also from a hidden page. */
  readonly onMeters?: (frame: MeterFrame) => void;
}

/** Milliseconds of silence after which the sound device is let go. */
const REST_AFTER = 3000;

type Device = SoundDevice<ToWorklet>;

export class Player {
  #audio: PlayedAudio;
  readonly #options: PlayerOptions;
  /** Sound of an earlier generation is stale. */
  #generation = 0;
  #device: Promise<Device> | undefined;
  /** The device, once it runs. */
  #running: Device | undefined;
  #state: PlayerState = "stopped";
  #underruns = 0;
  #toldUnderruns = 0;
  #problem: string | null = null;
  #path: PlayPath;
  /** Where playback stands while nothing moves. */
  #position = 0;
  #tick: Tick | undefined;
  #volume = 1;
  #speed = 1;
  #listening: Listening | ListenMatrix = { mode: "stereo", silenced: [] };
  #inserts: readonly InsertSetting[] | null = null;
  /** Impulse responses of the inserts, by their ids, and which of them the worklet has. */
  #impulses: ReadonlyMap<string, ImpulseSound> = new Map();
  #sentImpulses: ReadonlySet<string> = new Set();
  #bypass = { isBypassed: false, isMatched: false };
  #rest: ReturnType<typeof setTimeout> | undefined;
  #isClosed = false;

  constructor(options: PlayerOptions) {
    this.#options = options;
    this.#audio = options.audio;
    this.#path = { frames: options.audio.frames, range: null, isLooped: false };
  }

  get report(): PlayerReport {
    return { state: this.#state, underruns: this.#underruns, problem: this.#problem };
  }

  get isPlaying(): boolean {
    return this.#state === "playing" || this.#state === "buffering" || this.#state === "blocked";
  }

  get speed(): number {
    return this.#speed;
  }

  /** Frame that is being heard, with a fraction: what is on its way to the loudspeakers is counted off. */
  get position(): number {
    const tick = this.#tick;
    if (!tick || !this.#running || !this.isPlaying) return this.#position;
    if (!tick.isMoving) return tick.position;
    const frames = (this.#running.heardTime - tick.time) * this.#audio.sampleRate * this.#speed;
    const { position, hasLooped } = tick;
    return frames < 0
      ? Math.max(rewound(this.#path, position, -frames, hasLooped), hasLooped ? 0 : this.#position)
      : advanced(this.#path, position, frames);
  }

  /** Plays from frame `from` on; to the end of `range`, over and over if `isLooped`. */
  play(from: number, range: PlayRange | null = null, isLooped = false): void {
    this.#path = { frames: this.#audio.frames, range, isLooped };
    this.#position = from;
    this.#underruns = 0;
    this.#problem = null;
    this.#tick = undefined;
    this.#show("buffering");
    void this.#withDevice((device) => {
      device.send({ type: "play", position: from, range, isLooped });
    });
  }

  pause(): void {
    if (!this.isPlaying) return;
    this.#position = this.position;
    this.#halt();
  }

  /** Stops, and goes back to where playback was started. */
  stop(): void {
    this.#halt();
  }

  seek(frame: number): void {
    this.#position = Math.min(this.#audio.frames, Math.max(0, frame));
    this.#tick = undefined;
    this.#tell({ type: "seek", position: this.#position });
  }

  /** Changes what is looped, without a break. */
  setLoop(range: PlayRange | null, isLooped: boolean): void {
    this.#path = { ...this.#path, range, isLooped };
    this.#tell({ type: "path", range, isLooped });
  }

  /** Goes over to other audio (after an edit); playback goes on where the rate and the channels are the same. */
  setAudio(audio: PlayedAudio, position = this.position): void {
    const isLike = audio.sampleRate === this.#audio.sampleRate && audio.channels === this.#audio.channels;
    const place = Math.min(audio.frames, position);
    this.#audio = audio;
    this.#generation++;
    this.#path = { ...this.#path, frames: audio.frames };
    if (!isLike) {
      this.#halt();
      this.#dropDevice();
    } else {
      this.#tell({ type: "audio", generation: this.#generation, frames: audio.frames });
      this.#tellListening();
      if (this.isPlaying && place !== position) this.seek(place);
    }
    if (!this.isPlaying) this.#position = place;
  }

  /** dB; -Infinity is silence. */
  setVolume(level: Decibels): void {
    this.#volume = dbToGain(level);
    this.#tell({ type: "volume", factor: this.#volume });
  }

  /** @param listening what of the channels is heard, or by which factors */
  setListen(listening: Listening | ListenMatrix): void {
    this.#listening = listening;
    this.#tellListening();
  }

  /** 0.25 to 4; the pitch stays. */
  setSpeed(speed: number): void {
    const position = this.position;
    this.#speed = Math.min(4, Math.max(0.25, speed));
    if (!this.isPlaying) this.#position = position;
    this.#tell({ type: "speed", speed: this.#speed });
  }

  /**
   * Inserts that the sound goes through, as a render would make it; parameters may change while it sounds. `null`:
   * none. Audio of more than two channels is played without.
   *
   * @param impulses those that the inserts name
   */
  setInserts(inserts: readonly InsertSetting[] | null, impulses: readonly ImpulseSound[] = []): void {
    this.#inserts = inserts;
    this.#impulses = new Map(impulses.map((impulse) => [impulse.id, impulse]));
    this.#tellInserts();
  }

  /** An impulse response goes over once; the worklet forgets those that no insert names. */
  #tellInserts(): void {
    if (!this.#running) return;
    const impulses = [...this.#impulses.values()].filter(({ id }) => !this.#sentImpulses.has(id));
    this.#tell({ type: "inserts", inserts: this.#inserts, impulses });
    this.#sentImpulses = new Set(this.#impulses.keys());
  }

  /** Whether the sound before the inserts is heard, and whether as loud as after them, by what was heard so far. */
  setBypass(isBypassed: boolean, isMatched: boolean): void {
    this.#bypass = { isBypassed, isMatched };
    this.#tell({ type: "bypass", ...this.#bypass });
  }

  /** A short piece from `frame` on is heard: for a hand that drags; `null` once it has let go. */
  scrub(frame: number | null): void {
    if (frame === null) {
      this.#tell({ type: "scrub", position: null });
      if (this.#state === "scrubbing") this.#halt();
      return;
    }
    this.#position = Math.min(this.#audio.frames, Math.max(0, frame));
    this.#show("scrubbing");
    void this.#withDevice((device) => device.send({ type: "scrub", position: this.#position }));
  }

  close(): void {
    this.#isClosed = true;
    this.#halt();
    this.#dropDevice();
  }

  #halt(): void {
    this.#tell({ type: "pause" });
    this.#tick = undefined;
    this.#show("stopped");
  }

  #show(state: PlayerState): void {
    clearTimeout(this.#rest);
    if (state === "stopped" || state === "failed")
      this.#rest = setTimeout(() => this.#running?.suspend(), REST_AFTER);
    const isNews = state !== this.#state || this.#underruns !== this.#toldUnderruns;
    this.#state = state;
    this.#toldUnderruns = this.#underruns;
    if (isNews && !this.#isClosed) this.#options.onState(this.report);
  }

  #fail(problem: string): void {
    this.#problem = problem;
    this.#position = this.position;
    this.#show("failed");
  }

  #tell(message: ToWorklet): void {
    this.#running?.send(message);
  }

  #tellListening(): void {
    const { channels, channelMask } = this.#audio;
    const listening = this.#listening;
    const matrix = "mode" in listening ? listenMatrix(listening, channels, channelMask) : listening;
    this.#tell({ type: "listen", matrix });
  }

  /** Does `then` as soon as the device can sound. */
  async #withDevice(then: (device: Device) => void): Promise<void> {
    this.#device ??= this.#openDevice();
    const opening = this.#device;
    try {
      const device = await opening;
      if (this.#isClosed || this.#device !== opening || this.#state === "stopped") return;
      then(device);
      await device.wake(() => {
        if (this.isPlaying) this.#show("blocked");
        return this.isPlaying;
      });
      if (this.#state === "blocked") this.#show("buffering");
    } catch (error) {
      if (this.#device === opening) this.#device = undefined;
      if (!this.#isClosed) this.#fail(`Sound cannot be played: ${messageOf(error)}`);
    }
  }

  async #openDevice(): Promise<Device> {
    const { sampleRate, channels } = this.#audio;
    const device: Device = await SoundDevice.open(
      { program, name: "headroom-player" },
      sampleRate,
      { channels },
      (message: FromWorklet) => this.#receive(message),
    );
    if (this.#isClosed) device.close();
    this.#running = device;
    this.#tell({ type: "audio", generation: this.#generation, frames: this.#audio.frames });
    this.#tell({ type: "volume", factor: this.#volume });
    this.#tell({ type: "speed", speed: this.#speed });
    this.#sentImpulses = new Set();
    this.#tellInserts();
    this.#tell({ type: "bypass", ...this.#bypass });
    this.#tellListening();
    return device;
  }

  #dropDevice(): void {
    const dropped = this.#running;
    this.#device = this.#running = undefined;
    if (!dropped) return;
    dropped.send({ type: "close" });
    dropped.close();
  }

  #receive(message: FromWorklet): void {
    switch (message.type) {
      case "want":
        void this.#fetch(message.generation, message.start, message.count);
        break;
      case "tick":
        this.#tick = message;
        this.#options.onMeters?.(message.meters);
        break;
      case "state":
        this.#follow(message.state, message.underruns);
        break;
    }
  }

  /** Shows what the worklet does. */
  #follow(state: WorkletState, underruns: number): void {
    this.#underruns = underruns;
    if (!this.isPlaying) return;
    if (state === "ended") {
      this.#position = this.#path.range
        ? Math.min(this.#path.range.end, this.#audio.frames)
        : this.#audio.frames;
      this.#tick = undefined;
      this.#show("stopped");
    } else if (state === "failed") this.#fail(this.#problem ?? "The sound could not be read.");
    else if (state !== "stopped") this.#show(state);
  }

  async #fetch(generation: number, start: number, count: number): Promise<void> {
    const device = this.#running;
    if (!device || generation !== this.#generation) return;
    let channels: readonly Float32Array[] | null = null;
    try {
      ({ channels } = await this.#options.fetch(start, count));
    } catch (error) {
      this.#problem = messageOf(error);
    }
    if (this.#running !== device || generation !== this.#generation) return;
    const buffers = new Set((channels ?? []).map(({ buffer }) => buffer as ArrayBuffer));
    device.send({ type: "sound", answer: { generation, start, count, channels } }, [...buffers]);
  }
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
