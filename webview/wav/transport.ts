import { dB } from "../../src/units/decibels.js";
import type { Listening } from "../../src/viewmodel/listening.js";
import { MeterBridge } from "../shared/meters/meterBridge.js";
import { Player, type PlayerReport } from "../shared/player/player.js";
import type { MeterFrame } from "../shared/player/playerMessages.js";
import type { WavModel } from "./wavModel.js";

/** What a press on play does: pause and go on, loop, follow edits. Frames are those of the audio as edited. */
export class Transport {
  readonly #model: WavModel;
  readonly player: Player;
  readonly meters = new MeterBridge();
  /** Is told some 50 times a second what was heard. */
  onMeters: ((frame: MeterFrame) => void) | undefined;
  #isLooping = false;
  #volume = 0;
  #listening: Listening = { mode: "stereo", silenced: [] };
  #report: PlayerReport = { state: "stopped", underruns: 0, problem: null };
  /** Where playback goes on after a pause; `null`: at the selection. */
  #pausedAt: number | null = null;
  #revision = -1;

  constructor(model: WavModel) {
    this.#model = model;
    this.player = new Player({
      audio: this.#played(),
      fetch: (start, count) => model.ask("sound", { revision: model.audio.revision, start, count }),
      onState: (report) => {
        this.#report = report;
        model.touch("playback");
      },
      onMeters: (frame) => {
        this.meters.push(frame);
        this.onMeters?.(frame);
      },
    });
    this.#revision = model.audio.revision;
  }

  get report(): PlayerReport {
    return this.#report;
  }
  get isPlaying(): boolean {
    return this.player.isPlaying;
  }
  get isLooping(): boolean {
    return this.#isLooping;
  }
  /** dB. */
  get volume(): number {
    return this.#volume;
  }
  get listening(): Listening {
    return this.#listening;
  }
  /** Frame being heard; `null` while nothing plays or is paused. */
  get playhead(): number | null {
    return this.isPlaying ? this.player.position : this.#pausedAt;
  }

  toggle(): void {
    if (this.isPlaying) {
      this.#pausedAt = this.player.position;
      this.player.pause();
    } else this.play(this.#pausedAt ?? this.#start());
  }

  /** From `frame` on; within the selection to its end. */
  play(frame: number): void {
    if (this.#model.frames === 0) return;
    this.#pausedAt = null;
    this.player.play(frame, this.#range(), this.#isLooping);
    this.#model.touch("playback");
  }

  playSelection(): void {
    this.play(this.#model.span.start);
  }

  stop(): void {
    this.#pausedAt = null;
    this.player.stop();
    this.#model.touch("playback");
  }

  toggleLoop(): void {
    this.#isLooping = !this.#isLooping;
    this.player.setLoop(this.#range(), this.#isLooping);
    this.#model.touch("playback");
  }

  /** Goes on from `frame`, if something plays; else playback begins there. */
  seek(frame: number): void {
    this.#pausedAt = null;
    if (this.isPlaying) {
      this.player.setLoop(this.#range(), this.#isLooping);
      this.player.seek(frame);
    }
    this.#model.touch("playback");
  }

  /** The selection has changed: what is looped follows. */
  followSelection(): void {
    this.#pausedAt = null;
    if (this.isPlaying) this.player.setLoop(this.#range(), this.#isLooping);
  }

  /** The audio has changed: what is heard follows. */
  followAudio(): void {
    if (this.#revision === this.#model.audio.revision) return;
    this.#revision = this.#model.audio.revision;
    this.player.setAudio(this.#played());
  }

  /** @param level dB; -Infinity is silence */
  setVolume(level: number): void {
    this.#volume = level;
    this.player.setVolume(dB(level));
    this.#model.touch("playback");
  }

  setSpeed(speed: number): void {
    this.player.setSpeed(speed);
    this.#model.touch("playback");
  }

  listen(listening: Listening): void {
    this.#listening = listening;
    this.player.setListen(listening);
    this.#model.touch("playback");
  }

  #start(): number {
    return this.#model.span.start >= this.#model.frames ? 0 : this.#model.span.start;
  }

  #range() {
    return this.#model.hasSelection ? this.#model.span : null;
  }

  #played() {
    const { audio, state } = this.#model;
    const { sampleRate, channels, frames } = audio;
    const channelMask = state.facts?.channels === channels ? state.facts.channelMask : 0;
    return { sampleRate, channels, frames, channelMask };
  }
}
