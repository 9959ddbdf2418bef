/** What the mix player's page and its worklet say to each other. Positions are frames of the session. */
import type { LivePlayable } from "../../../src/engine/live/liveMix.js";
import type { PlayRange } from "../../../src/engine/live/playPath.js";
import type { SoundRequest } from "../../../src/engine/live/soundPages.js";
import type { WorkletState } from "../../shared/player/playerMessages.js";
import type { MixMeters, WatchedInsert } from "./mixPlayer.js";

/** Page -> worklet. */
export type ToMixWorklet =
  | { readonly type: "playable"; readonly playable: LivePlayable }
  | { readonly type: "watch"; readonly insert: WatchedInsert | null }
  /** See {@link MixPlayer.move}. */
  | { readonly type: "move"; readonly channel: string; readonly path: string; readonly value: number }
  | {
      readonly type: "play";
      readonly position: number;
      readonly range: PlayRange | null;
      readonly isLooped: boolean;
    }
  | { readonly type: "path"; readonly range: PlayRange | null; readonly isLooped: boolean }
  | { readonly type: "seek"; readonly position: number }
  | { readonly type: "pause" }
  | { readonly type: "scrub"; readonly position: number | null }
  /** The answer to a request; `null`: it could not be had. */
  | { readonly type: "sound"; readonly request: SoundRequest; readonly bytes: Uint8Array | null }
  | { readonly type: "close" };

/** Worklet -> page. */
export type FromMixWorklet =
  | { readonly type: "want"; readonly request: SoundRequest }
  | {
      readonly type: "state";
      readonly state: WorkletState;
      readonly underruns: number;
      /** Why it failed, where the worklet knows. */
      readonly problem: string | null;
    }
  | MixTick;

/** Some 30 times a second. */
export interface MixTick {
  readonly type: "tick";
  /** Of the audio context, seconds: when the frame at `position` leaves the worklet. */
  readonly time: number;
  readonly position: number;
  readonly isMoving: boolean;
  readonly hasLooped: boolean;
  readonly meters: MixMeters;
}
