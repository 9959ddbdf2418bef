import { visibleSpan } from "../../../src/viewmodel/viewport.js";
import { element } from "../../shared/element.js";
import { hasAny, type MixPart } from "../mixPart.js";
import type { TimelineModel } from "./timelineModel.js";

const LEAST_THUMB = 24;

/** A share of something long that is in sight. */
interface Reach {
  /** All in one unit. */
  readonly start: number;
  readonly shown: number;
  readonly all: number;
}

/** Scroll the lanes with the pointer; keys and the wheel do it too. */
export function scrollbars(
  timeline: TimelineModel,
): Omit<MixPart, "element"> & { readonly elements: HTMLElement[] } {
  const { mix } = timeline;
  const across = bar(
    false,
    () => {
      const { start, end } = visibleSpan(mix.viewport);
      return { start, shown: end - start, all: timeline.frames };
    },
    (start) => timeline.scrollToFrame(start),
  );
  const down = bar(
    true,
    () => ({ start: timeline.scrollTop, shown: down.track.clientHeight, all: timeline.rows.height }),
    (start) => timeline.scrollTo(start),
  );
  return {
    elements: [
      element("div", { class: "row across" }, element("div", { class: "corner" }), across.track),
      down.track,
    ],
    show(_, topics) {
      if (!hasAny(topics, "viewport", "mix", "state")) return;
      across.show();
      down.show();
    },
  };
}

function bar(isVertical: boolean, reach: () => Reach, scrollTo: (start: number) => void) {
  const thumb = element("div", { class: "thumb" });
  const track = element(
    "div",
    { class: isVertical ? "scroll down" : "scroll", "aria-hidden": "true" },
    thumb,
  );
  let held: number | undefined;
  const size = () => {
    const { start, shown, all } = reach();
    const length = isVertical ? track.clientHeight : track.clientWidth;
    const thumbLength = Math.max(LEAST_THUMB, Math.min(1, shown / all) * length);
    const hidden = Math.max(0, all - shown);
    const room = length - thumbLength;
    return { thumbLength, hidden, room, at: hidden > 0 ? (start / hidden) * room : 0 };
  };
  const place = (event: PointerEvent): number => {
    const { left, top } = track.getBoundingClientRect();
    return isVertical ? event.clientY - top : event.clientX - left;
  };
  const move = (to: number): void => {
    const { room, hidden } = size();
    if (held !== undefined && room > 0) scrollTo(((to - held) / room) * hidden);
  };
  track.addEventListener("pointerdown", (event) => {
    track.setPointerCapture(event.pointerId);
    const { at, thumbLength } = size();
    const to = place(event);
    held = to >= at && to <= at + thumbLength ? to - at : thumbLength / 2;
    move(to);
  });
  track.addEventListener("pointermove", (event) => move(place(event)));
  for (const name of ["pointerup", "pointercancel"]) track.addEventListener(name, () => (held = undefined));
  return {
    track,
    show(): void {
      const { thumbLength, at, hidden } = size();
      thumb.style[isVertical ? "height" : "width"] = `${thumbLength}px`;
      thumb.style.transform = isVertical ? `translateY(${at}px)` : `translateX(${at}px)`;
      thumb.hidden = hidden < 1e-6;
    },
  };
}
