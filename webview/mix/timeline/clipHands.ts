/** What the pointer does to clips: select, move, copy, trim, slip, fade, gain. One gesture is one edit. */
import {
  clipEnd,
  faded,
  slipped,
  trimmedEnd,
  trimmedStart,
  type ClipChange,
} from "../../../src/viewmodel/clipEdits.js";
import { changeClips, moveClips, type ClipEdit, type ClipPlace } from "../../../src/viewmodel/clipLists.js";
import { snapped, snappedShift } from "../../../src/viewmodel/snapping.js";
import { movedCurve } from "../../../src/viewmodel/splitClip.js";
import { positionText } from "../../../src/viewmodel/timeRuler.js";
import { levelText } from "../../../src/viewmodel/valueScale.js";
import { xToFrame } from "../../../src/viewmodel/viewport.js";
import { isSame, type ClipHit } from "./clipHit.js";
import { clipName } from "./clipPainter.js";
import { commitEdit, previewEdit } from "./listEdit.js";
import type { Clip, TimelineModel } from "./timelineModel.js";

/** Pixels that a press may move and still is a click. */
const CLICK_PIXELS = 3;
/** dB a pixel. */
const GAIN_STEP = 0.1;
const [LOWEST_GAIN, HIGHEST_GAIN] = [-60, 24];

/** A gesture under way. */
interface Drag {
  readonly hit: ClipHit;
  readonly clip: Clip;
  /** Of the pointer when it went down: pixels, seconds. */
  readonly x: number;
  readonly y: number;
  readonly at: number;
  readonly kind: ClipHit["zone"] | "slip" | "copy";
  /** What is dragged along, as it was selected. */
  readonly chosen: readonly ClipPlace[];
  readonly wasChosen: boolean;
  readonly places: readonly number[];
  /** Tracks that the gesture has changed. */
  readonly touched: Set<number>;
  hasMoved: boolean;
  edit: ClipEdit<Clip> | undefined;
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
  /** Whether the hand goes along the time, so that lanes scroll under it. */
  get hasMoved(): boolean {
    return this.#drag?.hasMoved === true;
  }

  press(hit: ClipHit, pointer: PointerState): void {
    const timeline = this.#timeline;
    const { mix } = timeline;
    const place = { track: hit.track, clip: hit.clip };
    const wasChosen = mix.selection.clips.some((each) => isSame(each, hit));
    const isMany = pointer.ctrlKey || pointer.shiftKey;
    if (!wasChosen) mix.select({ clips: isMany ? [...mix.selection.clips, place] : [place] });
    mix.select({ channel: { list: "tracks", index: hit.track } });
    const { clips: chosen } = mix.selection;
    const apart = chosen.flatMap((each) => timeline.tracks[each.track]?.clips[each.clip] ?? []);
    const { zone } = hit;
    this.#drag = {
      ...{ hit, clip: timeline.tracks[hit.track]!.clips[hit.clip]!, x: pointer.x, y: pointer.y },
      at: xToFrame(mix.viewport, pointer.x) / timeline.sampleRate,
      kind: zone !== "body" ? zone : pointer.altKey ? "slip" : pointer.ctrlKey ? "copy" : "body",
      ...{ chosen, wasChosen, places: timeline.snapPlaces(apart), touched: new Set<number>() },
      ...{ hasMoved: false, edit: undefined },
    };
  }

  move(pointer: PointerState): void {
    const drag = this.#drag;
    if (!drag || !this.#timeline.mix.canEdit) return;
    if (!drag.hasMoved && Math.hypot(pointer.x - drag.x, pointer.y - drag.y) < CLICK_PIXELS) return;
    drag.hasMoved = true;
    drag.edit = this.#editOf(drag, pointer);
    previewEdit(this.#timeline, drag.edit, drag.touched);
  }

  /** Puts an end to the gesture: what it came to is written. */
  release(pointer: PointerState): void {
    const drag = this.#drag;
    if (!drag) return;
    this.#drag = undefined;
    const { readout } = this;
    this.readout = "";
    const { mix } = this.#timeline;
    if (drag.edit) void commitEdit(this.#timeline, this.#labelOf(drag, readout), drag.edit);
    else if (drag.wasChosen) {
      // A press that moves nothing selects this clip alone, or with a key leaves it out.
      const { hit, chosen } = drag;
      const isMany = pointer.ctrlKey || pointer.shiftKey;
      mix.select({
        clips: isMany ? chosen.filter((each) => !isSame(each, hit)) : [{ track: hit.track, clip: hit.clip }],
      });
    }
  }

  /** Puts everything back. */
  cancel(): void {
    const drag = this.#drag;
    if (!drag) return;
    this.#drag = undefined;
    this.readout = "";
    this.#timeline.mix.cancelPreview();
    this.#timeline.mix.select({ clips: drag.chosen });
  }

  #editOf(drag: Drag, pointer: PointerState): ClipEdit<Clip> {
    const { clip, kind, places } = drag;
    const timeline = this.#timeline;
    const { mix, sampleRate, snapReach, snaps } = timeline;
    // Alt that began the gesture means slipping; pressed later, it lets go of the grid.
    const reach = snaps && !(pointer.altKey && kind !== "slip") ? snapReach : 0;
    const by = xToFrame(mix.viewport, pointer.x) / sampleRate - drag.at;
    const end = timeline.endOf(clip);
    const change = (of: (each: Clip, duration: number) => ClipChange): ClipEdit<Clip> =>
      changeClips(timeline.lists, drag.chosen, (each) => merged(each, of(each, timeline.durationOf(each))));
    switch (kind) {
      case "slip":
        return this.#read(
          drag,
          change((each, duration) => slipped(each, duration, by)),
        );
      case "start": {
        const step = snapped(clip.start + by, places, reach) - clip.start;
        return this.#read(
          drag,
          change((each, duration) => trimmedStart(each, duration, step)),
        );
      }
      case "end": {
        const step = snapped(end + by, places, reach) - end;
        return this.#read(
          drag,
          change((each, duration) => trimmedEnd(each, duration, step)),
        );
      }
      case "fadeIn":
      case "fadeOut": {
        const length = (clip[kind]?.length ?? 0) + (kind === "fadeIn" ? by : -by);
        return this.#read(
          drag,
          change((each, duration) => faded(each, duration, kind, length)),
        );
      }
      case "gain":
        return this.#gain(drag, pointer);
      default:
        return this.#moveAll(drag, by, reach, pointer);
    }
  }

  /** Says what the clip under the hand has come to. */
  #read({ hit, clip, kind }: Drag, edit: ClipEdit<Clip>): ClipEdit<Clip> {
    const after = edit.lists.get(hit.track)?.[hit.clip] ?? clip;
    const length = clipEnd(after, this.#timeline.durationOf(after)) - after.start;
    const fade = (side: "fadeIn" | "fadeOut"): string => {
      const made = after[side];
      return made ? seconds(made.length) : "none";
    };
    const texts: Partial<Record<Drag["kind"], string>> = {
      start: `Start ${this.#time(after.start)}, length ${seconds(length)}`,
      end: `End ${this.#time(after.start + length)}, ${after.loop > 1 ? `${after.loop} passes` : `length ${seconds(length)}`}`,
      slip: `Offset in the file ${seconds(after.offset)}`,
      fadeIn: `Fade-in ${fade("fadeIn")}`,
      fadeOut: `Fade-out ${fade("fadeOut")}`,
    };
    this.readout = texts[kind] ?? "";
    return edit;
  }

  #gain({ hit, clip, y, chosen }: Drag, pointer: PointerState): ClipEdit<Clip> {
    const digits = pointer.shiftKey ? 2 : 1;
    const step = (y - pointer.y) * (pointer.shiftKey ? GAIN_STEP / 5 : GAIN_STEP);
    const gainOf = ({ gain }: Clip): number => {
      const from = Number.isFinite(gain) ? gain : LOWEST_GAIN;
      return Number(Math.min(HIGHEST_GAIN, Math.max(LOWEST_GAIN, from + step)).toFixed(digits)) + 0;
    };
    const edit = changeClips(this.#timeline.lists, chosen, (each) => ({ ...each, gain: gainOf(each) }));
    this.readout = `Gain ${levelText(edit.lists.get(hit.track)?.[hit.clip]?.gain ?? clip.gain)}`;
    return edit;
  }

  #moveAll(
    { clip, hit, chosen, kind, places, touched }: Drag,
    by: number,
    reach: number,
    { y }: PointerState,
  ): ClipEdit<Clip> {
    const timeline = this.#timeline;
    const clips = chosen.flatMap(({ track, clip: at }) => timeline.lists[track]?.[at] ?? []);
    const ends = [clip.start + by, timeline.endOf(clip) + by];
    const earliest = Math.min(...clips.map(({ start }) => start));
    const step = Math.max(-earliest, by + snappedShift(ends, places, reach));
    const { rows, lists } = timeline;
    const to = y + timeline.scrollTop < 0 ? 0 : (rows.at(y + timeline.scrollTop)?.index ?? rows.count - 1);
    const edit = moveClips(lists, chosen, step, to - hit.track, kind === "copy");
    const track = timeline.tracks[to];
    const where = to === hit.track || touched.size === 0 ? "" : `, on ${track?.name ?? track?.id ?? ""}`;
    this.readout = `Start ${this.#time(clip.start + step)}${where}`;
    return edit;
  }

  #time(at: number): string {
    return positionText(Math.max(0, at) * this.#timeline.sampleRate, this.#timeline.units);
  }

  #labelOf({ kind, clip, chosen }: Drag, readout: string): string {
    const what = chosen.length > 1 ? `${chosen.length} clips` : clipName(clip);
    const verbs: Record<Drag["kind"], string> = {
      ...{ body: "Move", copy: "Copy", slip: "Slip", start: "Trim", end: "Trim" },
      ...{ fadeIn: "Fade in", fadeOut: "Fade out", gain: "Gain of" },
    };
    return readout === "" ? `${verbs[kind]} ${what}` : `${verbs[kind]} ${what}: ${readout}`;
  }
}

/** The clip after a change; breakpoints of its gain stay with what sounds. */
export function merged(clip: Clip, change: ClipChange): Clip {
  const after = { ...clip, ...change } as Record<string, unknown>;
  for (const [key, value] of Object.entries(change)) if (value === undefined) delete after[key];
  const curve = clip.automation?.gain;
  const shift = (change.start ?? clip.start) - clip.start;
  if (curve && curve.length > 0 && shift !== 0)
    after["automation"] = { ...clip.automation, gain: movedCurve(curve, shift) };
  return after as Clip;
}

const seconds = (value: number): string => `${value.toFixed(3)} s`;
