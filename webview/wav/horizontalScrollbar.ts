import { visibleSpan } from "../../src/viewmodel/viewport.js";
import { element } from "../shared/element.js";
import type { WavModel } from "./wavModel.js";
import { hasAny, type WavPart } from "./wavPart.js";

const LEAST_THUMB = 20;

/** Scrolls the lanes. For the pointer: the keyboard scrolls by the overview strip. */
export function horizontalScrollbar(model: WavModel): WavPart {
  const thumb = element("div", { class: "thumb" });
  const track = element("div", { class: "track", "aria-hidden": "true" }, thumb);
  let held: number | undefined;
  const sizes = () => {
    const { start, end } = visibleSpan(model.viewport);
    const width = track.clientWidth;
    const share = model.frames > 0 ? Math.min(1, (end - start) / model.frames) : 1;
    const thumbWidth = Math.max(LEAST_THUMB, share * width);
    const hidden = Math.max(0, model.frames - (end - start));
    return {
      thumbWidth,
      room: width - thumbWidth,
      hidden,
      left: hidden > 0 ? (start / hidden) * (width - thumbWidth) : 0,
    };
  };
  track.addEventListener("pointerdown", (event) => {
    track.setPointerCapture(event.pointerId);
    const { left, thumbWidth } = sizes();
    const x = event.clientX - track.getBoundingClientRect().left;
    held = x >= left && x <= left + thumbWidth ? x - left : thumbWidth / 2;
    move(x);
  });
  track.addEventListener("pointermove", (event) => move(event.clientX - track.getBoundingClientRect().left));
  for (const end of ["pointerup", "pointercancel"]) track.addEventListener(end, () => (held = undefined));
  const move = (x: number): void => {
    const { room, hidden } = sizes();
    if (held !== undefined && room > 0) model.scrollTo(((x - held) / room) * hidden);
  };
  return {
    element: element("div", { class: "row scroll" }, element("div", { class: "gutter" }), track),
    show(_, topics) {
      if (!hasAny(topics, "viewport", "audio")) return;
      const { thumbWidth, left, hidden } = sizes();
      thumb.style.width = `${thumbWidth}px`;
      thumb.style.transform = `translateX(${left}px)`;
      thumb.hidden = hidden < 1e-6;
    },
  };
}
