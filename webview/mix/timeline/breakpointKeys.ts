/** Keys on the name of an automation lane: from breakpoint to breakpoint, and what moves the one that is chosen. */
import type { HelpRow } from "../../shared/helpOverlay.js";
import type { AutomationLanes, LanePlace } from "./automationLanes.js";
import type { TimelineModel } from "./timelineModel.js";

/** For the help. */
export const BREAKPOINT_KEYS: readonly HelpRow[] = [
  ["\u2190 \u2192", "Go from breakpoint to breakpoint"],
  ["\u2191 \u2193", "Change its value, with Shift finely"],
  ["Alt+\u2190 Alt+\u2192", "Move it by a pixel, with Shift by ten"],
  ["Insert", "Add a breakpoint at the playhead"],
  ["Delete", "Delete the breakpoint"],
  ["Enter", "Open the menu of the lane"],
];

/** @returns what the key does; `undefined` if it is not one of these */
export function breakpointKey(
  { key, altKey, shiftKey, ctrlKey, metaKey }: KeyboardEvent,
  lane: LanePlace,
  { own, automation, playhead }: BreakpointScope,
): (() => void) | undefined {
  if (ctrlKey || metaKey) return undefined;
  if (key === "ArrowLeft" || key === "ArrowRight") {
    const sign = key === "ArrowLeft" ? -1 : 1;
    if (!altKey) return () => automation.choose(lane, sign);
    const pixels = sign * (shiftKey ? 10 : 1);
    const seconds = (pixels * own.mix.viewport.framesPerPixel) / own.sampleRate;
    return () => automation.nudge(lane, { seconds });
  }
  if (altKey) return undefined;
  if (key === "ArrowUp" || key === "ArrowDown")
    return () => automation.nudge(lane, { steps: key === "ArrowUp" ? 1 : -1, isFine: shiftKey });
  if (key === "Insert") return () => automation.addAt(lane, playhead());
  if (key === "Delete" || key === "Backspace") return () => automation.deleteChosen(lane);
  return undefined;
}

export interface BreakpointScope {
  readonly own: TimelineModel;
  readonly automation: AutomationLanes;
  /** Seconds. */
  readonly playhead: () => number;
}
