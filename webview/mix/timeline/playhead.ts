import { frameToX } from "../../../src/viewmodel/viewport.js";
import { element } from "../../shared/element.js";
import type { MixPart } from "../mixPart.js";
import type { Transport } from "../transport.js";
import type { TimelineModel } from "./timelineModel.js";

/** Lines over the lanes: where the sound is, and where playback begins. */
export function playhead(timeline: TimelineModel, transport: Transport): MixPart {
  const now = element("div", { class: "playhead" });
  const cursor = element("div", { class: "cursor" });
  const place = (line: HTMLElement, frame: number): void => {
    const { viewport } = timeline.mix;
    const x = frameToX(viewport, frame);
    line.hidden = x < 0 || x > viewport.width;
    line.style.transform = `translateX(${x}px)`;
  };
  return {
    element: element("div", { class: "playheads", "aria-hidden": "true" }, cursor, now),
    show() {
      place(cursor, transport.cursor);
      place(now, transport.playhead);
    },
  };
}
