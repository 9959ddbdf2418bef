/** Plays the session in a worklet: the graph of the render, its sound fetched from the host shortly before it is heard. */
import { advanced, rewound, type PlayPath } from "../../../src/engine/live/playPath.js";
import type { SoundRequest } from "../../../src/engine/live/soundPages.js";
import type { Playable } from "../../../src/protocol/mixProtocol.js";
import type { WorkletState } from "../../shared/player/playerMessages.js";
import { SoundDevice } from "../../shared/player/soundDevice.js";
import type { FromMixWorklet, MixTick, ToMixWorklet } from "./mixMessages.js";
import type {
  MixPlayer,
  MixPlayerOptions,
  MixPlayerReport,
  MixPlayerState,
  PlayedRange,
  WatchedInsert,
} from "./mixPlayer.js";
import program from "./worklet/main?worklet";

/** Load from which on the sound cannot be computed in time, and seconds for which it must last to be told. */
const OVERLOAD = 0.97;
const OVERLOAD_SECONDS = 3;
/** Milliseconds of silence after which the sound device is let go. */
const REST_AFTER = 3000;

type Device = SoundDevice<ToMixWorklet>;

export class LiveMixPlayer implements MixPlayer {
  readonly #options: MixPlayerOptions;
  #playable: Playable | null = null;
  /** What was moved since, for a device that opens later. */
  readonly #moves: Extract<ToMixWorklet, { type: "move" }>[] = [];
  #device: Promise<Device> | undefined;
  /** The device, once it runs. */
  #running: Device | undefined;
  #state: MixPlayerState = "stopped";
  #underruns = 0;
  #toldUnderruns = 0;
  #problem: string | null = null;
  #path: PlayPath = { frames: Infinity, range: null, isLooped: false };
  /** Where playback stands while nothing moves. */
  #position = 0;
  #tick: MixTick | undefined;
  #rest: ReturnType<typeof setTimeout> | undefined;
  #overloadedSeconds = 0;
  #watched: WatchedInsert | null = null;
  #isClosed = false;

  constructor(options: MixPlayerOptions) {
    this.#options = options;
  }

  get report(): MixPlayerReport {
    return { state: this.#state, underruns: this.#underruns, problem: this.#problem };
  }

  get isPlaying(): boolean {
    return this.#state === "playing" || this.#state === "buffering" || this.#state === "blocked";
  }

  get position(): number {
    const tick = this.#tick;
    if (!tick || !this.#running || !this.#playable || !this.isPlaying) return this.#position;
    if (!tick.isMoving) return tick.position;
    const frames = (this.#running.heardTime - tick.time) * this.#playable.plan.sampleRate;
    const { position, hasLooped } = tick;
    return frames < 0
      ? Math.max(rewound(this.#path, position, -frames, hasLooped), hasLooped ? 0 : this.#position)
      : advanced(this.#path, position, frames);
  }

  setPlayable(playable: Playable | null): void {
    const before = this.#playable;
    this.#playable = playable;
    if (!playable) return;
    if (before && before.plan.sampleRate !== playable.plan.sampleRate) this.#changeDevice();
    this.#moves.length = 0;
    this.#setPath(this.#path.range, this.#path.isLooped);
    this.#tell({ type: "playable", playable: { plan: playable.plan, files: playable.files } });
  }

  move(channel: string, path: string, value: number): void {
    const move = { type: "move", channel, path, value } as const;
    if (this.#running) this.#tell(move);
    else this.#moves.push(move);
  }

  watch(insert: WatchedInsert | null): void {
    this.#watched = insert;
    this.#tell({ type: "watch", insert });
  }

  play(from: number, range: PlayedRange | null, isLooped: boolean): void {
    if (!this.#playable) return this.#fail("The session cannot be played yet: its files are being read.");
    this.#setPath(range, isLooped);
    this.#position = from;
    this.#underruns = 0;
    this.#problem = null;
    this.#tick = undefined;
    this.#show("buffering");
    void this.#withDevice((device) => device.send({ type: "play", position: from, range, isLooped }));
  }

  pause(): void {
    if (!this.isPlaying) return;
    this.#position = this.position;
    this.#halt();
  }

  seek(frame: number): void {
    this.#position = Math.max(0, frame);
    this.#tick = undefined;
    this.#tell({ type: "seek", position: this.#position });
  }

  setLoop(range: PlayedRange | null, isLooped: boolean): void {
    this.#setPath(range, isLooped);
    this.#tell({ type: "path", range, isLooped });
  }

  scrub(frame: number | null): void {
    if (frame === null) {
      this.#tell({ type: "scrub", position: null });
      if (this.#state === "scrubbing") this.#halt();
      return;
    }
    if (!this.#playable) return;
    this.#position = Math.max(0, frame);
    this.#show("scrubbing");
    void this.#withDevice((device) => device.send({ type: "scrub", position: this.#position }));
  }

  close(): void {
    this.#isClosed = true;
    this.#halt();
    this.#dropDevice();
  }

  /** The device runs at another rate from now on. */
  #changeDevice(): void {
    if (this.isPlaying) this.#position = this.position;
    this.#halt();
    this.#dropDevice();
  }

  #setPath(range: PlayedRange | null, isLooped: boolean): void {
    const frames = range === null && isLooped ? (this.#playable?.plan.frames ?? 0) : Infinity;
    this.#path = { frames, range, isLooped };
  }

  #halt(): void {
    this.#tell({ type: "pause" });
    this.#tick = undefined;
    this.#show("stopped");
  }

  #show(state: MixPlayerState): void {
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

  #tell(message: ToMixWorklet): void {
    this.#running?.send(message);
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
    const sampleRate = this.#playable?.plan.sampleRate;
    if (sampleRate === undefined) throw new Error("there is no session");
    const device: Device = await SoundDevice.open(
      { program, name: "headroom-mix" },
      sampleRate,
      {},
      (message: FromMixWorklet) => {
        if (this.#running === device) this.#receive(message);
      },
    );
    if (this.#isClosed || this.#playable?.plan.sampleRate !== sampleRate) {
      device.close();
      return device;
    }
    this.#running = device;
    const { plan, files } = this.#playable;
    device.send({ type: "playable", playable: { plan, files } });
    device.send({ type: "watch", insert: this.#watched });
    for (const move of this.#moves.splice(0)) device.send(move);
    return device;
  }

  #dropDevice(): void {
    const dropped = this.#running;
    this.#device = this.#running = undefined;
    if (!dropped) return;
    dropped.send({ type: "close" });
    dropped.close();
  }

  #receive(message: FromMixWorklet): void {
    switch (message.type) {
      case "want":
        void this.#fetch(message.request);
        break;
      case "tick":
        this.#tick = message;
        this.#options.onMeters(message.meters);
        this.#watchLoad(message.meters);
        break;
      case "state":
        this.#problem = message.problem ?? this.#problem;
        this.#follow(message.state, message.underruns);
        break;
    }
  }

  #watchLoad({ load, seconds }: MixTick["meters"]): void {
    const before = this.#overloadedSeconds;
    this.#overloadedSeconds = this.isPlaying && load >= OVERLOAD ? before + seconds : 0;
    if (before < OVERLOAD_SECONDS && this.#overloadedSeconds >= OVERLOAD_SECONDS) this.#options.onOverload();
  }

  /** Shows what the worklet does. */
  #follow(state: WorkletState, underruns: number): void {
    this.#underruns = underruns;
    if (!this.isPlaying) return;
    if (state === "ended") {
      this.#position = this.#path.range?.end ?? this.position;
      this.#tick = undefined;
      this.#show("stopped");
    } else if (state === "failed") this.#fail(this.#problem ?? "The sound could not be read.");
    else if (state !== "stopped") this.#show(state);
  }

  async #fetch(request: SoundRequest): Promise<void> {
    const device = this.#running;
    let bytes: Uint8Array | null = null;
    try {
      bytes = await this.#options.ask("sound", request);
    } catch (error) {
      this.#problem = messageOf(error);
    }
    if (!device || this.#running !== device) return;
    device.send({ type: "sound", request, bytes }, bytes ? [bytes.buffer as ArrayBuffer] : []);
  }
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
