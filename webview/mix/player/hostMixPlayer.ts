/** Plays the mix that the host renders: the stereo stream of `rendered`, by the player of audio files. */
import type { Playable } from "../../../src/protocol/mixProtocol.js";
import { Player } from "../../shared/player/player.js";
import type { MeterFrame } from "../../shared/player/playerMessages.js";
import type { MixMeters, MixPlayer, MixPlayerOptions, MixPlayerReport, PlayedRange } from "./mixPlayer.js";

/** Left and right, as dwChannelMask has them. */
const STEREO = 3;
/** What is heard of the effects after the last clip. */
const TAIL_SECONDS = 5;
/** Id of the master in the engine's plans. */
const MASTER_ID = "master";

export class HostMixPlayer implements MixPlayer {
  readonly #options: MixPlayerOptions;
  #player: Player | undefined;
  #isClosed = false;

  constructor(options: MixPlayerOptions) {
    this.#options = options;
  }

  get report(): MixPlayerReport {
    return this.#player?.report ?? { state: "stopped", underruns: 0, problem: null };
  }

  get isPlaying(): boolean {
    return this.#player?.isPlaying ?? false;
  }

  get position(): number {
    return this.#player?.position ?? 0;
  }

  setPlayable(playable: Playable | null): void {
    if (!playable) return;
    const { sampleRate } = playable.plan;
    const frames = playable.plan.frames + TAIL_SECONDS * sampleRate;
    const audio = { sampleRate, frames, channels: 2, channelMask: STEREO };
    if (this.#player) return this.#player.setAudio(audio);
    this.#player = new Player({
      audio,
      fetch: (start, count) => this.#fetch(start, count),
      onState: this.#options.onState,
      onMeters: (frame) => this.#options.onMeters(metersOf(frame)),
    });
  }

  /** The host renders what the text says: a value is heard once it is there. */
  move(): void {
    // Nothing to turn here.
  }

  /** Nothing is known of what is in the mix. */
  watch(): void {
    // Nothing to look at here.
  }

  play(from: number, range: PlayedRange | null, isLooped: boolean): void {
    this.#player?.play(from, range, isLooped);
  }

  pause(): void {
    this.#player?.pause();
  }

  seek(frame: number): void {
    this.#player?.seek(frame);
  }

  setLoop(range: PlayedRange | null, isLooped: boolean): void {
    this.#player?.setLoop(range, isLooped);
  }

  scrub(frame: number | null): void {
    this.#player?.scrub(frame);
  }

  close(): void {
    this.#isClosed = true;
    this.#player?.close();
  }

  async #fetch(start: number, count: number): Promise<{ readonly channels: readonly Float32Array[] }> {
    for (;;) {
      const answer = await this.#options.ask("rendered", { start, count });
      if (answer) return answer;
      if (this.#isClosed) throw new Error("The player is closed.");
    }
  }
}

/** Only the mix is known: its channels and what since the start has been heard are not. */
function metersOf({ seconds, frames, peaks, squares, momentary, shortTerm }: MeterFrame): MixMeters {
  return {
    ...{ seconds, frames, peaks, squares, momentary, shortTerm },
    channels: [MASTER_ID],
    reductions: [new Float32Array()],
    integrated: -Infinity,
    watched: null,
    load: 0,
  };
}
