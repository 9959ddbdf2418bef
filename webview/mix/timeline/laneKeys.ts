/** Keys of the lanes beside those of the commands. */
import type { ClipPlace } from "../../../src/viewmodel/clipLists.js";
import { revealFrame } from "../../../src/viewmodel/viewport.js";
import type { HelpRow } from "../../shared/helpOverlay.js";
import type { ClipCommands } from "./clipCommands.js";
import { isSame } from "./clipHit.js";
import { openClipProperties } from "./clipProperties.js";
import type { TimelineModel } from "./timelineModel.js";

/** For the help. */
export const LANE_KEYS: readonly HelpRow[] = [
  ["\u2190 \u2192 \u2191 \u2193", "Go from clip to clip; with Shift select them too"],
  ["Alt+\u2190 Alt+\u2192", "Move the clips by a pixel, with Shift by ten"],
  ["Alt+\u2191 Alt+\u2193", "Move the clips to the track above or below"],
  ["Enter", "Values of the clip"],
  ["Page Up, Page Down", "Scroll by a view"],
  ["Shift+F10", "Open the menu of the clips"],
  ["Escape", "Put back what is being dragged"],
];

/** What the pointer does on the lanes, for the help. */
export const LANE_POINTER: readonly HelpRow[] = [
  ["Drag", "Move clips, also to other tracks; beside them select"],
  ["Ctrl+Drag", "Copy clips"],
  ["Alt+Drag", "Slip what a clip plays; Alt later on: do not snap"],
  ["Drag an edge, an upper corner, the lower edge", "Trim, fade, gain; with Shift finely"],
  ["Wheel, Shift+Wheel, Ctrl+Wheel", "Scroll, scroll along the time, zoom"],
];

export interface LaneKeyScope {
  readonly own: TimelineModel;
  readonly commands: ClipCommands;
  /** @returns whether there was a gesture to end */
  readonly cancel: () => boolean;
  readonly openMenu: () => void;
}

const DIRECTIONS = { ArrowLeft: "left", ArrowRight: "right", ArrowUp: "up", ArrowDown: "down" } as const;

/** @returns what the key does; `undefined` if it is not one of these */
export function laneKey(
  { key, altKey, shiftKey, ctrlKey, metaKey }: KeyboardEvent,
  { own, commands, cancel, openMenu }: LaneKeyScope,
): (() => void) | undefined {
  if (ctrlKey || metaKey) return undefined;
  const { mix } = own;
  if (key === "Escape") return cancel() ? () => undefined : undefined;
  if (key === "ContextMenu" || (key === "F10" && shiftKey)) return openMenu;
  const direction = key in DIRECTIONS ? DIRECTIONS[key as keyof typeof DIRECTIONS] : undefined;
  if (direction && altKey) {
    const sign = direction === "left" || direction === "up" ? -1 : 1;
    if (direction === "up" || direction === "down") return () => commands.nudge(0, sign);
    const pixels = (shiftKey ? 10 : 1) * sign;
    return () => commands.nudge((pixels * mix.viewport.framesPerPixel) / own.sampleRate);
  }
  if (direction)
    return () => {
      const place = commands.neighbour(direction);
      if (place) focusClip(own, place, shiftKey);
    };
  const active = mix.selection.clips.at(-1);
  if (key === "Enter" && active) return () => openClipProperties(own, active);
  if (key === "PageUp" || key === "PageDown")
    return () => own.scrollBy(mix.viewport.width * (key === "PageUp" ? -0.9 : 0.9));
  return undefined;
}

/** Selects the clip, and brings it into sight. */
function focusClip(own: TimelineModel, place: ClipPlace, isAdded: boolean): void {
  const { mix } = own;
  const others = isAdded ? mix.selection.clips.filter((each) => !isSame(each, place)) : [];
  mix.select({ clips: [...others, place], channel: { list: "tracks", index: place.track } });
  own.reveal(place.track);
  const clip = own.tracks[place.track]?.clips[place.clip];
  if (clip) mix.show(revealFrame(mix.viewport, clip.start * own.sampleRate, own.frames));
}
