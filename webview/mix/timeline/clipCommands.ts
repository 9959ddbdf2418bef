/** What menus and keys do to the selected clips. Each is one edit. */
import {
  changeClips,
  deleteClips,
  duplicateClips,
  editClips,
  moveClips,
  type ClipEdit,
  type ClipPlace,
} from "../../../src/viewmodel/clipLists.js";
import { splitClip } from "../../../src/viewmodel/splitClip.js";
import { isSame } from "./clipHit.js";
import { clipName } from "./clipPainter.js";
import { commitEdit } from "./listEdit.js";
import type { Clip, TimelineModel } from "./timelineModel.js";

export class ClipCommands {
  readonly #timeline: TimelineModel;

  constructor(timeline: TimelineModel) {
    this.#timeline = timeline;
  }

  /** Cuts at `at` seconds: the selected clips that sound there; are there none, all that do. */
  split(at: number): void {
    const { sampleRate, lists } = this.#timeline;
    const cut = (places: readonly ClipPlace[]) =>
      places.flatMap((of) => {
        const clip = lists[of.track]?.[of.clip];
        const pieces = clip && splitClip(clip, this.#timeline.durationOf(clip), at, sampleRate);
        if (!pieces) return [];
        const chosen = (piece: Clip): boolean => piece.start > at - 0.5 / sampleRate;
        return [
          { of, pieces: pieces.map((each) => ({ track: of.track, clip: each, isChosen: chosen(each) })) },
        ];
      });
    const chosen = cut(this.#chosen);
    const outcomes = chosen.length > 0 ? chosen : cut(this.#all());
    if (outcomes.length === 0) this.#timeline.announce("No clip sounds here.");
    else
      this.#do(
        "Split",
        outcomes.map(({ of }) => of),
        editClips(lists, outcomes),
      );
  }

  /** Copies the selected clips behind themselves. */
  duplicate(): void {
    const timeline = this.#timeline;
    this.#do(
      "Duplicate",
      this.#chosen,
      duplicateClips(timeline.lists, this.#chosen, (clip) => timeline.endOf(clip)),
    );
  }

  delete(): void {
    this.#do("Delete", this.#chosen, deleteClips(this.#timeline.lists, this.#chosen));
  }

  /** @param by seconds */
  nudge(by: number, byTracks = 0): void {
    this.#do("Move", this.#chosen, moveClips(this.#timeline.lists, this.#chosen, by, byTracks));
  }

  toggle(key: "mute" | "reverse"): void {
    const { lists } = this.#timeline;
    const isOn = this.#chosen.every(({ track, clip }) => lists[track]![clip]![key]);
    const verb = key === "mute" ? (isOn ? "Unmute" : "Mute") : "Reverse";
    this.change(verb, (clip) => ({ ...clip, [key]: !isOn }));
  }

  /** @param verb what is done, for people: "Mute" */
  change(verb: string, change: (clip: Clip) => Clip): void {
    this.#do(verb, this.#chosen, changeClips(this.#timeline.lists, this.#chosen, change));
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

  /** Those that are still there. */
  get #chosen(): readonly ClipPlace[] {
    const { lists, mix } = this.#timeline;
    return mix.selection.clips.filter(({ track, clip }) => lists[track]?.[clip]);
  }

  #do(verb: string, places: readonly ClipPlace[], edit: ClipEdit<Clip>): void {
    const [first] = places;
    if (!first || !this.#timeline.mix.canEdit) return;
    const clip = this.#timeline.lists[first.track]![first.clip]!;
    const what = places.length === 1 ? clipName(clip) : `${places.length} clips`;
    void commitEdit(this.#timeline, `${verb} ${what}`, edit);
  }
}
