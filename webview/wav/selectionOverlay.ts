import { frameToX } from "../../src/viewmodel/viewport.js";
import { element } from "../shared/element.js";
import { hasAny, type WavPart } from "./wavPart.js";

/** Selection, cursor, playhead and the line under the pointer, over all lanes. */
export function selectionOverlay(playhead: () => number | null): WavPart {
  const selected = element("div", { class: "selected" });
  const cursor = element("div", { class: "cursor" });
  const head = element("div", { class: "playhead" });
  const hover = element("div", { class: "hover" });
  return {
    element: element("div", { class: "overlay", "aria-hidden": "true" }, selected, hover, cursor, head),
    show(model, topics) {
      const { viewport, span, selection, pointer } = model;
      const stand = (line: HTMLElement, frame: number | null): void => {
        const x = frame === null ? -1 : frameToX(viewport, frame);
        line.hidden = x < -0.5 || x > viewport.width;
        if (!line.hidden) line.style.transform = `translateX(${x}px)`;
      };
      if (hasAny(topics, "viewport", "selection", "audio")) {
        const left = Math.max(-2, frameToX(viewport, span.start));
        const right = Math.min(viewport.width + 2, frameToX(viewport, span.end));
        selected.hidden = !model.hasSelection || right <= left;
        selected.style.transform = `translateX(${left}px)`;
        selected.style.width = `${right - left}px`;
        stand(cursor, selection.cursor);
      }
      if (hasAny(topics, "viewport", "pointer")) stand(hover, pointer?.frame ?? null);
      if (hasAny(topics, "viewport", "playback")) stand(head, playhead());
    },
  };
}
