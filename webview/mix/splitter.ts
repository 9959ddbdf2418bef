import { element } from "../shared/element.js";
import { keepState, keptState } from "../shared/keptState.js";

/** Share of the height that the mixer takes, per cent. */
const USUAL = 50;
const LEAST = 20;
const MOST = 80;
const STEP = 2;
const STATE_KEY = "mixerShare";

export interface Splitter {
  readonly element: HTMLElement;
  show(isNeeded: boolean): void;
}

/** The line between timeline and mixer: dragged, moved by keys, put back by a double-click. */
export function splitter(onChange: () => void): Splitter {
  const line = element("div", {
    ...{ class: "splitter", role: "separator", tabindex: 0, "aria-orientation": "horizontal" },
    ...{ "aria-label": "Height of the mixer", "aria-valuemin": LEAST, "aria-valuemax": MOST },
    title: "Drag to give the mixer more or less room; double-click for the usual share",
  });
  let share = keptState(STATE_KEY, USUAL);
  const set = (next: number): void => {
    share = Math.min(MOST, Math.max(LEAST, next));
    line.parentElement?.style.setProperty("--mixer-share", `${share}%`);
    line.setAttribute("aria-valuenow", String(Math.round(share)));
    line.setAttribute("aria-valuetext", `${Math.round(share)} % of the height`);
    keepState(STATE_KEY, share);
    onChange();
  };
  line.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    line.setPointerCapture(event.pointerId);
    const end = new AbortController();
    const { signal } = end;
    const move = ({ clientY }: PointerEvent): void => {
      const below = line.nextElementSibling?.getBoundingClientRect();
      const above = line.previousElementSibling?.getBoundingClientRect();
      if (below && above) set(((below.bottom - clientY) / (below.bottom - above.top)) * 100);
    };
    line.addEventListener("pointermove", move, { signal });
    line.addEventListener("lostpointercapture", () => end.abort(), { signal });
  });
  line.addEventListener("dblclick", () => set(USUAL));
  const byKey: Readonly<Record<string, () => void>> = {
    ...{ ArrowUp: () => set(share + STEP), ArrowDown: () => set(share - STEP) },
    ...{ Home: () => set(MOST), End: () => set(LEAST), Enter: () => set(USUAL) },
  };
  line.addEventListener("keydown", (event) => {
    const action = byKey[event.key];
    if (!action) return;
    action();
    event.preventDefault();
    event.stopPropagation();
  });
  return {
    element: line,
    show(isNeeded) {
      line.hidden = !isNeeded;
      if (!line.hasAttribute("aria-valuenow")) set(share);
    },
  };
}
