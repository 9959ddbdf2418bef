/**
 * What the frozen tracks of a mix add up to at the inputs of its buses, kept from one rendering to the next: only
 * tracks that have changed since are read then, taken out as they were and added as they are. Sums are exact
 * (src/dsp/spatial/bus.ts), so the result is the same to the bit.
 */
import type { FrozenTrack } from "./mixPlan.js";
import type { RouteSettings } from "./strip.js";

/** The way of a frozen track into a bus. */
export interface MixedRoute {
  /** Id of the bus. */
  readonly to: string;
  readonly settings: RouteSettings;
  /** Frame of the graph at which the first frame of the song goes in. */
  readonly time: number;
  /** Frames by which the track is delayed before. */
  readonly late: number;
}

/** A frozen track as it goes into the mix: plain data. */
export interface MixedTrack {
  readonly id: string;
  readonly frozen: FrozenTrack;
  /** Frame of the graph at which the track begins. */
  readonly start: number;
  readonly routes: readonly MixedRoute[];
}

/** Sums are planar f64 samples from the graph's first frame on, silence after their end: two sides for each bus. */
export interface KeptSums {
  /** Of what they are made. */
  readonly tracks: readonly MixedTrack[];
  /** Fills `target` with samples of side `side` from frame `position` on. */
  read(side: number, position: number, target: Uint8Array): void;
  close(): void;
}

/** Takes sums while they are rendered. */
export interface SumsWriter {
  /** Appends samples of side `side`. */
  append(side: number, samples: Uint8Array): void;
  finish(): void;
  abort(): void;
}

/** Where sums are kept. */
export interface SumsStore {
  /** @returns sums at `buses` that are made of much the same tracks */
  find(buses: readonly string[], tracks: readonly MixedTrack[]): KeptSums | undefined;
  create(buses: readonly string[], tracks: readonly MixedTrack[]): SumsWriter;
}

/** @returns tracks to take out and tracks to add, to get from one mix to the other */
export function changesBetween(
  before: readonly MixedTrack[],
  after: readonly MixedTrack[],
): { readonly removed: readonly MixedTrack[]; readonly added: readonly MixedTrack[] } {
  const [had, has] = [before, after].map((tracks) => new Set(tracks.map((track) => JSON.stringify(track))));
  return {
    removed: before.filter((track) => !has!.has(JSON.stringify(track))),
    added: after.filter((track) => !had!.has(JSON.stringify(track))),
  };
}
