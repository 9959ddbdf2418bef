/** Plays the session in the page, by the same plan and the same engine as the render. */
import type { WatchedInsert, WatchReading } from "../../../src/engine/live/insertWatch.js";
import type { MixRequests, Playable } from "../../../src/protocol/mixProtocol.js";

export type { WatchedInsert, WatchReading };

export type MixPlayerState =
  | "stopped"
  | "playing"
  /** Waits for sound. */
  | "buffering"
  /** The browser starts sound only after a click or a key in this page; playback starts with it. */
  | "blocked"
  | "scrubbing"
  | "failed";

export interface MixPlayerReport {
  readonly state: MixPlayerState;
  /** Times that sound was late, since playback was started. */
  readonly underruns: number;
  /** Why it failed, for people. */
  readonly problem: string | null;
}

/** What was heard since the last one, after the faders. */
export interface MixMeters {
  /** Time since the last one, sound or not. */
  readonly seconds: number;
  /** Frames that were heard in it. */
  readonly frames: number;
  /** Ids in the order of the values; the master is the last, as `MASTER` of the engine names it. */
  readonly channels: readonly string[];
  /** Two for each channel: largest samples, linear, and sums of squares. */
  readonly peaks: Float32Array;
  readonly squares: Float64Array;
  /** Deepest gain reduction of each insert of each channel, dB, 0 or negative; NaN for a kind without any. */
  readonly reductions: readonly Float32Array[];
  /** Share of the time that computing the sound takes, of the last second or so; from 1 on it cannot keep up. */
  readonly load: number;
  /** What {@link MixPlayer.watch} asked for; `null` where nothing is known of it. */
  readonly watched: WatchReading | null;
  /** LUFS of the master: the last 400 ms and 3 s, and since playback was started; -Infinity before there is so much. */
  readonly momentary: number;
  readonly shortTerm: number;
  readonly integrated: number;
}

export interface PlayedRange {
  readonly start: number;
  readonly end: number;
}

export interface MixPlayerOptions {
  readonly ask: <K extends "sound" | "rendered">(
    name: K,
    params: MixRequests[K]["params"],
  ) => Promise<MixRequests[K]["answer"]>;
  readonly onState: (report: MixPlayerReport) => void;
  /** Called once it is clear that the sound cannot be computed here in time. */
  readonly onOverload: () => void;
  /** Called some 30 times a second while the sound device is open, also from a hidden page. */
  readonly onMeters: (meters: MixMeters) => void;
}

/** Positions are frames of the session. */
export interface MixPlayer {
  readonly report: MixPlayerReport;
  readonly isPlaying: boolean;
  /** Frame that is being heard, with a fraction. */
  readonly position: number;
  /** Goes over to another plan; what plays goes on. */
  setPlayable(playable: Playable | null): void;
  /**
   * Lets a value be heard at once, before it is in a plan.
   * @param channel id of a track or bus, of a group, or MASTER
   * @param path within it, as automation names it: `fader`, `pan`, `sends/0/level`, `inserts/0/bands/1/gain`; and
   *   `mute` (0 or 1), `inserts/0/bypass` (0 or 1)
   */
  move(channel: string, path: string, value: number): void;
  /** Shows an insert at work with the meters, or none. */
  watch(insert: WatchedInsert | null): void;
  /** To the end of `range`, over and over if `isLooped`. */
  play(from: number, range: PlayedRange | null, isLooped: boolean): void;
  pause(): void;
  seek(frame: number): void;
  setLoop(range: PlayedRange | null, isLooped: boolean): void;
  /** A short piece from `frame` on is heard: for a hand that drags; `null` once it has let go. */
  scrub(frame: number | null): void;
  close(): void;
}
