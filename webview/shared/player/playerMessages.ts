/** What the player's page and its worklet say to each other. Positions are frames of the audio. */
import type { ParameterPair } from "../../../src/engine/insertValues.js";
import type { PlayRange } from "../../../src/engine/live/playPath.js";

/** Page -> worklet. */
export type ToWorklet =
  /** Other audio of the same rate and number of channels. Sound that was asked for earlier is stale. */
  | { readonly type: "audio"; readonly generation: number; readonly frames: number }
  | {
      readonly type: "play";
      readonly position: number;
      readonly range: PlayRange | null;
      readonly isLooped: boolean;
    }
  /** Changes what is looped without a break. */
  | { readonly type: "path"; readonly range: PlayRange | null; readonly isLooped: boolean }
  | { readonly type: "seek"; readonly position: number }
  | { readonly type: "pause" }
  /** A short piece from there on is heard; `null`: the hand has let go. */
  | { readonly type: "scrub"; readonly position: number | null }
  | { readonly type: "sound"; readonly answer: SoundAnswer }
  /** Linear. */
  | { readonly type: "volume"; readonly factor: number }
  /** `matrix[ear][channel]`: linear factors. */
  | { readonly type: "listen"; readonly matrix: ListenMatrix }
  | { readonly type: "speed"; readonly speed: number }
  /** `impulses`: those of the inserts that have not been sent before. */
  | {
      readonly type: "inserts";
      readonly inserts: readonly InsertSetting[] | null;
      readonly impulses: readonly ImpulseSound[];
    }
  /** Whether the sound before the inserts is heard, and whether at the loudness of the sound after them. */
  | { readonly type: "bypass"; readonly isBypassed: boolean; readonly isMatched: boolean }
  | { readonly type: "close" };

/** An insert as a processor of the engine takes it. */
export interface InsertSetting {
  /** The processor's number. */
  readonly kind: number;
  /** Left out, as in a render. */
  readonly isBypassed: boolean;
  /** See src/engine/insertValues.ts. */
  readonly values: readonly ParameterPair[];
  /** Id of its impulse response, if it takes one. */
  readonly impulse?: string;
}

/** An impulse response; other sound has another id. */
export interface ImpulseSound {
  readonly id: string;
  /** Planar, of 1, 2 or 4 audio channels, at the sample rate of the audio. */
  readonly channels: readonly Float32Array[];
}

export type ListenMatrix = readonly [left: readonly number[], right: readonly number[]];

export interface SoundAnswer {
  readonly generation: number;
  readonly start: number;
  /** Frames asked for. */
  readonly count: number;
  /** Planar; shorter than `count` where the audio ends. `null`: it could not be had. */
  readonly channels: readonly Float32Array[] | null;
}

/** Worklet -> page. */
export type FromWorklet =
  | { readonly type: "want"; readonly generation: number; readonly start: number; readonly count: number }
  | { readonly type: "state"; readonly state: WorkletState; readonly underruns: number }
  | Tick;

/** `ended`: of itself. `failed`: sound that was needed could not be had. */
export type WorkletState = "stopped" | "ended" | "playing" | "buffering" | "failed";

/** Some 50 times a second. One object, filled anew each time. */
export interface Tick {
  readonly type: "tick";
  /** Of the audio context, seconds: when the frame at `position` leaves the worklet. */
  time: number;
  position: number;
  /** Whether the position moves. */
  isMoving: boolean;
  hasLooped: boolean;
  readonly meters: MeterFrame;
}

/** Most points of a goniometer in a tick. */
export const GONIOMETER_POINTS = 256;

/** What was listened to since the last tick, before the volume; per ear where there are two values. */
export interface MeterFrame {
  /** Time since the last tick, sound or not. */
  seconds: number;
  /** Frames that were heard in it. */
  frames: number;
  /** Largest sample, linear. */
  readonly peaks: Float32Array;
  /** Sums of the squares, and of left times right. */
  readonly squares: Float64Array;
  product: number;
  /** LUFS of the last 400 ms and 3 s; -Infinity before there is so much. */
  momentary: number;
  shortTerm: number;
  /** Left and right of `pointCount` frames spread over the tick. */
  readonly points: Float32Array;
  pointCount: number;
  /** Of the inserts; `null` without any. */
  inserts: InsertReading | null;
}

export interface InsertReading {
  /** Deepest gain reduction of each insert since the last tick, dB, 0 or negative; NaN for a kind without any. */
  readonly reductions: Float32Array;
  /** Loudness before and after the inserts: short-term, or momentary while there is not so much; LUFS. */
  before: number;
  after: number;
}
