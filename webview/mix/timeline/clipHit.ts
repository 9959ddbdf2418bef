/** What of a clip lies under the pointer. */
import type { ClipPlace } from "../../../src/viewmodel/clipLists.js";
import { frameToX } from "../../../src/viewmodel/viewport.js";
import type { Clip, TimelineModel } from "./timelineModel.js";

/** What of a clip the pointer is on. */
export type ClipZone = "body" | "start" | "end" | "fadeIn" | "fadeOut" | "gain";

export interface ClipHit extends ClipPlace {
  readonly zone: ClipZone;
}

const EDGE_PIXELS = 6;
const HANDLE_PIXELS = 9;
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
  if (inRow >= timeline.clipHeight) return undefined;
  for (let clip = clips.length - 1; clip >= 0; clip--) {
    const zone = zoneAt(timeline, clips[clip]!, x, inRow, timeline.clipHeight);
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

export const isSame = (a: ClipPlace, b: ClipPlace): boolean => a.track === b.track && a.clip === b.clip;
