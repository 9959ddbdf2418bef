/** Runs the worklet's core without a browser: answers its requests and gathers what it gives out. */
import type {
  FromWorklet,
  MeterFrame,
  ToWorklet,
  WorkletState,
} from "../../webview/shared/player/playerMessages.js";
import { PlaybackCore } from "../../webview/shared/player/worklet/playbackCore.js";

const QUANTUM = 128;

export class PlaybackBench {
  readonly core: PlaybackCore;
  readonly states: WorkletState[] = [];
  readonly requests: { start: number; count: number; generation: number }[] = [];
  readonly meters: MeterFrame[] = [];
  underruns = 0;
  position = 0;
  /** Whether requests are answered at the next call of `answer` only. */
  isSlow = false;
  readonly #open: { start: number; count: number; generation: number }[] = [];
  #channels: readonly Float32Array[];
  #generation = 0;
  #time = 0;

  constructor(
    channels: readonly Float32Array[],
    readonly sampleRate = 48000,
    readonly deviceRate = sampleRate,
  ) {
    this.#channels = channels;
    this.core = new PlaybackCore({
      sampleRate,
      deviceRate,
      channels: channels.length,
      post: (message) => this.#receive(message),
    });
    this.tell({ type: "audio", generation: 0, frames: channels[0]!.length });
    const stereo = channels.map((_, channel) => (channel === 0 || channels.length === 1 ? 1 : 0));
    this.tell({ type: "listen", matrix: [stereo, channels.length === 1 ? stereo : channels.map((_, c) => (c === 1 ? 1 : 0))] }); // prettier-ignore
  }

  get frames(): number {
    return this.#channels[0]!.length;
  }

  tell(message: ToWorklet): void {
    this.core.receive(message);
  }

  play(position = 0, range: { start: number; end: number } | null = null, isLooped = false): void {
    this.tell({ type: "play", position, range, isLooped });
  }

  /** Other audio, as after an edit. */
  replace(channels: readonly Float32Array[]): void {
    this.#channels = channels;
    this.tell({ type: "audio", generation: ++this.#generation, frames: channels[0]!.length });
  }

  /** Answers what was asked for, as if it had taken until now. */
  answer(): void {
    for (const { generation, start, count } of this.#open.splice(0)) {
      const channels = this.#channels.map((samples) => samples.slice(start, start + count));
      this.tell({ type: "sound", answer: { generation, start, count, channels } });
    }
  }

  /** Renders `frames` frames (whole quanta). */
  run(frames: number): { left: Float32Array; right: Float32Array } {
    const left = new Float32Array(Math.ceil(frames / QUANTUM) * QUANTUM);
    const right = new Float32Array(left.length);
    for (let at = 0; at < left.length; at += QUANTUM) {
      this.core.render(left.subarray(at, at + QUANTUM), right.subarray(at, at + QUANTUM), this.#time);
      this.#time += QUANTUM / this.deviceRate;
      if (!this.isSlow) this.answer();
    }
    return { left, right };
  }

  /** Renders until the sound begins, and throws the silence away; then `frames` frames. */
  runFromStart(frames: number): { left: Float32Array; right: Float32Array } {
    this.run(QUANTUM);
    return this.run(frames);
  }

  #receive(message: FromWorklet): void {
    if (message.type === "want") {
      this.requests.push(message);
      this.#open.push(message);
    } else if (message.type === "state") {
      this.states.push(message.state);
      this.underruns = message.underruns;
    } else if (message.type === "tick") {
      this.position = message.position;
      this.meters.push(structuredClone(message.meters));
    }
  }
}
