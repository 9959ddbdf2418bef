import type { MixPlayer, MixPlayerReport, PlayedRange } from "./player/mixPlayer.js";
import type { MixModel } from "./mixModel.js";

/** What a press on play does: pause and go on, loop, follow edits. Frames are those of the session. */
export class Transport {
  readonly #model: MixModel;
  readonly player: MixPlayer;
  #isLooping = false;
  /** Where playback begins and comes back to. */
  #cursor = 0;
  #pausedAt: number | null = null;

  constructor(model: MixModel, player: MixPlayer) {
    this.#model = model;
    this.player = player;
  }

  get report(): MixPlayerReport {
    return this.player.report;
  }
  get isPlaying(): boolean {
    return this.player.isPlaying;
  }
  get isLooping(): boolean {
    return this.#isLooping;
  }
  /** Where playback begins. */
  get cursor(): number {
    return this.#cursor;
  }
  /** Frame being heard, or where it goes on. */
  get playhead(): number {
    return this.isPlaying ? this.player.position : (this.#pausedAt ?? this.#cursor);
  }

  toggle(): void {
    if (this.isPlaying) {
      this.#pausedAt = this.player.position;
      this.player.pause();
    } else this.play(this.playhead);
    this.#model.touch("playback");
  }

  play(frame: number): void {
    this.#pausedAt = null;
    this.player.play(frame, this.#range, this.#isLooping);
    this.#model.touch("playback");
  }

  /** Stops, and goes back to where playback begins. */
  stop(): void {
    this.#pausedAt = null;
    this.player.pause();
    this.#model.touch("playback");
  }

  toggleLoop(): void {
    this.#isLooping = !this.#isLooping;
    this.followRange();
    this.#model.touch("playback");
  }

  /** The range has changed: what is looped follows. */
  followRange(): void {
    this.player.setLoop(this.#range, this.#isLooping);
  }

  /** Goes on from `frame`, if something plays; else playback begins there. */
  seek(frame: number): void {
    this.#cursor = Math.max(0, Math.round(frame));
    this.#pausedAt = null;
    if (this.isPlaying) this.player.seek(this.#cursor);
    this.#model.touch("playback");
  }

  get #range(): PlayedRange | null {
    return this.#model.selection.range;
  }
}
