/** What menus and keys do to the selected clips, and to the tracks. Each is one edit. */
import type { DocumentChange } from "../../../src/protocol/mixProtocol.js";
import { moved, rounded, splitAt } from "../../../src/viewmodel/clipEdits.js";
import { clipJson } from "./clipJson.js";
import { changesOf, isSame, type ClipPlace } from "./clipHands.js";
import type { Clip, TimelineModel } from "./timelineModel.js";

export class ClipCommands {
  readonly #timeline: TimelineModel;

  constructor(timeline: TimelineModel) {
    this.#timeline = timeline;
  }

  /** Cuts at `at` seconds: the selected clips, or without any, all that sound there. */
  split(at: number): void {
    const { mix, sampleRate, tracks } = this.#timeline;
    const exact = rounded(Math.round(at * sampleRate) / sampleRate);
    const places = mix.selection.clips.length > 0 ? mix.selection.clips : this.#all();
    // From the back, so that positions in the text stay right.
    const changes = sorted(places).flatMap((place): DocumentChange[] => {
      const clip = tracks[place.track]?.clips[place.clip];
      const parts = clip && splitAt(clip, this.#timeline.durationOf(clip), exact);
      if (!clip || !parts) return [];
      const second = { ...clip, ...parts.second } as Clip;
      return [
        { type: "insert", path: ["tracks", place.track, "clips", place.clip + 1], value: clipJson(second) },
        ...changesOf(place, clip, parts.first),
      ];
    });
    if (changes.length === 0) return;
    mix.select({ clips: [] });
    void mix.commit("Split", changes);
  }

  /** Copies the selected clips behind themselves. */
  duplicate(): void {
    const { mix } = this.#timeline;
    const clips = this.#selected();
    if (clips.length === 0) return;
    const start = Math.min(...clips.map(({ clip }) => clip.start));
    const end = Math.max(...clips.map(({ clip }) => this.#timeline.endOf(clip)));
    const added = new Map<number, number>();
    const places = clips.map(({ track }) => {
      const count = added.get(track) ?? this.#timeline.tracks[track]!.clips.length;
      added.set(track, count + 1);
      return { track, clip: count };
    });
    const changes = clips.map(({ track, clip }): DocumentChange => {
      const copy = { ...clip, start: rounded(clip.start + end - start) };
      return { type: "insert", path: ["tracks", track, "clips", -1], value: clipJson(copy) };
    });
    void mix.commit("Duplicate", changes);
    mix.select({ clips: places });
  }

  delete(): void {
    const { mix } = this.#timeline;
    const places = sorted(mix.selection.clips);
    if (places.length === 0) return;
    mix.select({ clips: [] });
    void mix.commit(
      places.length === 1 ? "Delete clip" : `Delete ${places.length} clips`,
      places.map(({ track, clip }) => ({
        type: "set",
        path: ["tracks", track, "clips", clip],
        value: undefined,
      })),
    );
  }

  /** @param by seconds */
  nudge(by: number): void {
    const clips = this.#selected();
    const earliest = Math.min(...clips.map(({ clip }) => clip.start));
    const step = Math.max(-earliest, by);
    const changes = clips.flatMap((each) => changesOf(each.place, each.clip, moved(each.clip, step)));
    if (changes.length > 0) void this.#timeline.mix.commit("Move clip", changes);
  }

  toggle(key: "mute" | "reverse"): void {
    const clips = this.#selected();
    const isOn = clips.every(({ clip }) => clip[key]);
    void this.#timeline.mix.commit(
      key === "mute" ? "Mute clip" : "Reverse clip",
      clips.map(({ place }) => ({
        type: "set",
        path: ["tracks", place.track, "clips", place.clip, key],
        value: !isOn,
      })),
    );
  }

  selectAll(): void {
    this.#timeline.mix.select({ clips: this.#all() });
  }

  /** The clip before or after, or on the track above or below; `undefined`: there is none. */
  neighbour(direction: "left" | "right" | "up" | "down"): ClipPlace | undefined {
    const { tracks, mix } = this.#timeline;
    const from = mix.selection.clips.at(-1);
    if (!from) return this.#all()[0];
    const start = tracks[from.track]?.clips[from.clip]?.start ?? 0;
    if (direction === "left" || direction === "right") {
      const clips = (tracks[from.track]?.clips ?? [])
        .map((clip, index) => ({ start: clip.start, place: { track: from.track, clip: index } }))
        .sort((a, b) => a.start - b.start);
      const at = clips.findIndex(({ place }) => isSame(place, from));
      return clips[at + (direction === "left" ? -1 : 1)]?.place;
    }
    const step = direction === "up" ? -1 : 1;
    for (let track = from.track + step; tracks[track]; track += step) {
      const clips = tracks[track]!.clips;
      if (clips.length === 0) continue;
      const distances = clips.map((clip) => Math.abs(clip.start - start));
      return { track, clip: distances.indexOf(Math.min(...distances)) };
    }
    return undefined;
  }

  #all(): ClipPlace[] {
    return this.#timeline.tracks.flatMap(({ clips }, track) => clips.map((_clip, clip) => ({ track, clip })));
  }

  #selected(): { readonly track: number; readonly place: ClipPlace; readonly clip: Clip }[] {
    return this.#timeline.mix.selection.clips.flatMap((place) => {
      const clip = this.#timeline.tracks[place.track]?.clips[place.clip];
      return clip ? [{ track: place.track, place, clip }] : [];
    });
  }
}

/** The last ones first. */
function sorted(places: readonly ClipPlace[]): ClipPlace[] {
  return [...places].sort((a, b) => b.track - a.track || b.clip - a.clip);
}
