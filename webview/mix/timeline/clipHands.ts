/** What the pointer does to clips: select, move, trim, slip, fade, gain. One gesture is one edit. */
import type { DocumentChange, DocumentPath, JsonValue } from "../../../src/protocol/mixProtocol.js";
import {
  clipEnd,
  faded,
  rounded,
  slipped,
  trimmedEnd,
  trimmedStart,
  type ClipChange,
} from "../../../src/viewmodel/clipEdits.js";
import { snapped, snappedShift } from "../../../src/viewmodel/snapping.js";
import { frameToX, xToFrame } from "../../../src/viewmodel/viewport.js";
import { clipJson } from "./clipJson.js";
import type { Clip, TimelineModel } from "./timelineModel.js";

/** A clip by its place in the document. */
export interface ClipPlace {
  readonly track: number;
  readonly clip: number;
}

/** What of a clip the pointer is on. */
export type ClipZone = "body" | "start" | "end" | "fadeIn" | "fadeOut" | "gain";

export interface ClipHit extends ClipPlace {
  readonly zone: ClipZone;
}

const EDGE_PIXELS = 6;
const HANDLE_PIXELS = 9;
/** Pixels that a press may move and still is a click. */
const CLICK_PIXELS = 3;
/** dB a pixel. */
const GAIN_STEP = 0.1;
const [LOWEST_GAIN, HIGHEST_GAIN] = [-60, 24];

export const CURSORS: Readonly<Record<ClipZone, string>> = {
  body: "grab",
  start: "ew-resize",
  end: "ew-resize",
  fadeIn: "col-resize",
  fadeOut: "col-resize",
  gain: "ns-resize",
};

/** Finds what is at a point of the lanes; those drawn last lie on top. */
export function clipAt(timeline: TimelineModel, x: number, y: number): ClipHit | undefined {
  const row = timeline.rows.at(y + timeline.scrollTop);
  if (!row) return undefined;
  const clips = timeline.tracks[row.index]?.clips ?? [];
  const inRow = y + timeline.scrollTop - row.top;
  for (let clip = clips.length - 1; clip >= 0; clip--) {
    const zone = zoneAt(timeline, clips[clip]!, x, inRow, row.height);
    if (zone) return { track: row.index, clip, zone };
  }
  return undefined;
}

function zoneAt(
  timeline: TimelineModel,
  clip: Clip,
  x: number,
  y: number,
  height: number,
): ClipZone | undefined {
  const { viewport } = timeline.mix;
  const { sampleRate } = timeline;
  const [left, right] = [clip.start, timeline.endOf(clip)].map((at) =>
    frameToX(viewport, at * sampleRate),
  ) as [number, number];
  if (x < left - 2 || x > right + 2) return undefined;
  const pixels = (seconds = 0): number => (seconds * sampleRate) / viewport.framesPerPixel;
  const isWide = right - left > 6 * EDGE_PIXELS;
  if (isWide && y < HANDLE_PIXELS + 3) {
    if (Math.abs(x - left - pixels(clip.fadeIn?.length)) < HANDLE_PIXELS) return "fadeIn";
    if (Math.abs(x - right + pixels(clip.fadeOut?.length)) < HANDLE_PIXELS) return "fadeOut";
  }
  const edge = isWide ? EDGE_PIXELS : (right - left) / 6;
  if (x < left + edge) return "start";
  if (x > right - edge) return "end";
  return isWide && y > height - EDGE_PIXELS - 2 ? "gain" : "body";
}

/** A gesture under way. */
interface Drag {
  readonly hit: ClipHit;
  readonly clip: Clip;
  /** Of the pointer when it went down: pixels, seconds, the track. */
  readonly x: number;
  readonly y: number;
  readonly at: number;
  readonly duration: number;
  readonly isSlipping: boolean;
  /** Clips that move with it, as they were. */
  readonly others: readonly (ClipPlace & { readonly start: number; readonly end: number })[];
  readonly places: readonly number[];
  hasMoved: boolean;
  changes: readonly DocumentChange[];
}

export interface PointerState {
  readonly x: number;
  readonly y: number;
  readonly altKey: boolean;
  readonly shiftKey: boolean;
  readonly ctrlKey: boolean;
}

export class ClipHands {
  readonly #timeline: TimelineModel;
  #drag: Drag | undefined;
  /** What the gesture comes to so far, for people. */
  readout = "";

  constructor(timeline: TimelineModel) {
    this.#timeline = timeline;
  }

  get isDragging(): boolean {
    return this.#drag !== undefined;
  }

  press(hit: ClipHit, pointer: PointerState): void {
    const timeline = this.#timeline;
    const { mix } = timeline;
    const isSelected = mix.selection.clips.some((each) => isSame(each, hit));
    if (pointer.ctrlKey || pointer.shiftKey)
      mix.select({
        clips: isSelected
          ? mix.selection.clips.filter((each) => !isSame(each, hit))
          : [...mix.selection.clips, { track: hit.track, clip: hit.clip }],
      });
    else if (!isSelected) mix.select({ clips: [{ track: hit.track, clip: hit.clip }] });
    mix.select({ channel: { list: "tracks", index: hit.track } });
    if (!mix.canEdit) return;
    const clip = timeline.tracks[hit.track]!.clips[hit.clip]!;
    const others = mix.selection.clips.flatMap((place) => {
      const each = timeline.tracks[place.track]?.clips[place.clip];
      return each ? [{ ...place, start: each.start, end: timeline.endOf(each) }] : [];
    });
    const apart = others.map((place) => timeline.tracks[place.track]!.clips[place.clip]!);
    this.#drag = {
      ...{ hit, clip, x: pointer.x, y: pointer.y, others },
      at: xToFrame(mix.viewport, pointer.x) / timeline.sampleRate,
      duration: timeline.durationOf(clip),
      isSlipping: pointer.altKey && hit.zone === "body",
      places: timeline.snapPlaces(apart),
      hasMoved: false,
      changes: [],
    };
  }

  move(pointer: PointerState): void {
    const drag = this.#drag;
    if (!drag) return;
    if (!drag.hasMoved && Math.hypot(pointer.x - drag.x, pointer.y - drag.y) < CLICK_PIXELS) return;
    drag.hasMoved = true;
    drag.changes = this.#changesOf(drag, pointer);
    for (const change of drag.changes)
      if (change.type === "set") this.#timeline.mix.preview(change.path, change.value);
  }

  /** Puts an end to the gesture: what it came to is written. */
  release(pointer: PointerState): void {
    const drag = this.#drag;
    if (!drag) return;
    this.#drag = undefined;
    this.readout = "";
    if (!drag.hasMoved) return;
    const { mix } = this.#timeline;
    const target = this.#timeline.rows.at(pointer.y + this.#timeline.scrollTop)?.index;
    const isMove = drag.hit.zone === "body" && !drag.isSlipping;
    const changes =
      isMove && target !== undefined && target !== drag.hit.track && drag.others.length === 1
        ? this.#toTrack(drag, target)
        : drag.changes;
    if (changes.length > 0) void mix.commit(labelOf(drag), changes);
    else mix.cancelPreview();
  }

  /** Puts everything back. */
  cancel(): void {
    if (!this.#drag) return;
    this.#drag = undefined;
    this.readout = "";
    this.#timeline.mix.cancelPreview();
  }

  #changesOf(drag: Drag, pointer: PointerState): DocumentChange[] {
    const { hit, clip, duration } = drag;
    const { mix, sampleRate, snapReach, snaps } = this.#timeline;
    const reach = snaps !== pointer.altKey ? snapReach : 0;
    const by = xToFrame(mix.viewport, pointer.x) / sampleRate - drag.at;
    if (drag.isSlipping) return this.#change(drag, slipped(clip, duration, by), "offset");
    switch (hit.zone) {
      case "start":
        return this.#change(
          drag,
          trimmedStart(clip, duration, snapped(clip.start + by, drag.places, reach) - clip.start),
          "start",
        );
      case "end": {
        const end = clipEnd(clip, duration);
        return this.#change(
          drag,
          trimmedEnd(clip, duration, snapped(end + by, drag.places, reach) - end),
          "end",
        );
      }
      case "fadeIn":
        return this.#change(drag, faded(clip, duration, "fadeIn", (clip.fadeIn?.length ?? 0) + by), "fadeIn");
      case "fadeOut":
        return this.#change(
          drag,
          faded(clip, duration, "fadeOut", (clip.fadeOut?.length ?? 0) - by),
          "fadeOut",
        );
      case "gain":
        return this.#gain(drag, pointer);
      case "body":
        return this.#moveAll(drag, by, reach);
    }
  }

  #change(
    { hit, clip }: Drag,
    change: ClipChange,
    what: "start" | "end" | "offset" | "fadeIn" | "fadeOut",
  ): DocumentChange[] {
    const { start = clip.start, offset = clip.offset, length = 0, loop } = change;
    const fade = (side: "fadeIn" | "fadeOut"): string => seconds(change[side]?.length ?? 0);
    this.readout = {
      start: `Start ${seconds(start)}, length ${seconds(length)}`,
      end: loop === undefined ? `Length ${seconds(length)}` : `${loop} passes`,
      offset: `Offset ${seconds(offset)}`,
      fadeIn: `Fade-in ${fade("fadeIn")}`,
      fadeOut: `Fade-out ${fade("fadeOut")}`,
    }[what];
    return changesOf(hit, clip, change);
  }

  #gain({ hit, clip, y }: Drag, pointer: PointerState): DocumentChange[] {
    const from = Number.isFinite(clip.gain) ? clip.gain : LOWEST_GAIN;
    const step = pointer.shiftKey ? GAIN_STEP / 5 : GAIN_STEP;
    const gain = Math.min(HIGHEST_GAIN, Math.max(LOWEST_GAIN, from + (y - pointer.y) * step));
    const digits = pointer.shiftKey ? 2 : 1;
    const value = Number(gain.toFixed(digits));
    this.readout = `Gain ${value.toFixed(digits)} dB`;
    return [{ type: "set", path: pathOf(hit, "gain"), value }];
  }

  #moveAll({ others, places }: Drag, by: number, reach: number): DocumentChange[] {
    const ends = others.flatMap(({ start, end }) => [start + by, end + by]);
    const earliest = Math.min(...others.map(({ start }) => start));
    const step = Math.max(-earliest, by + snappedShift(ends, places, reach));
    this.readout = `Start ${seconds(earliest + step)}, moved by ${seconds(step)}`;
    return others.map((place) => ({
      type: "set",
      path: pathOf(place, "start"),
      value: rounded(place.start + step),
    }));
  }

  /** The clip leaves its track for another one. */
  #toTrack({ hit, clip, changes }: Drag, track: number): DocumentChange[] {
    const set = changes.find((change) => change.type === "set");
    const start = set?.type === "set" && typeof set.value === "number" ? set.value : clip.start;
    const { mix } = this.#timeline;
    mix.select({
      clips: [{ track, clip: this.#timeline.tracks[track]!.clips.length }],
      channel: { list: "tracks", index: track },
    });
    return [
      { type: "set", path: ["tracks", hit.track, "clips", hit.clip], value: undefined },
      { type: "insert", path: ["tracks", track, "clips", -1], value: clipJson({ ...clip, start }) },
    ];
  }
}

export const isSame = (a: ClipPlace, b: ClipPlace): boolean => a.track === b.track && a.clip === b.clip;

const pathOf = ({ track, clip }: ClipPlace, key: string): DocumentPath => [
  "tracks",
  track,
  "clips",
  clip,
  key,
];

/** What of a change differs from the clip as it was. */
export function changesOf(place: ClipPlace, clip: Clip, change: ClipChange): DocumentChange[] {
  return Object.entries(change).flatMap(([key, value]): DocumentChange[] => {
    const before = clip[key as keyof Clip];
    if (JSON.stringify(before) === JSON.stringify(value)) return [];
    return [{ type: "set", path: pathOf(place, key), value: value as JsonValue | undefined }];
  });
}

const seconds = (value: number): string => `${rounded(value).toFixed(3)} s`;

function labelOf({ hit, isSlipping }: Drag): string {
  if (isSlipping) return "Slip clip";
  return {
    body: "Move clip",
    start: "Trim clip",
    end: "Trim clip",
    fadeIn: "Fade-in",
    fadeOut: "Fade-out",
    gain: "Clip gain",
  }[hit.zone];
}
