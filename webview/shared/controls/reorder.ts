import { element } from "../element.js";

/** Nearer than this many pixels, a press is not a drag. */
const LEAST_WAY = 4;

/**
 * Lets the entries of a list be dragged to other places; a line shows where one would go.
 *
 * @param list whose children are the entries, one below the other
 * @param grip whether a press on an element takes hold of its entry
 */
export function reorderByDrag(
  list: HTMLElement,
  grip: (target: HTMLElement) => boolean,
  onMove: (from: number, to: number) => void,
): void {
  list.addEventListener("pointerdown", (event) => {
    const target = event.target as HTMLElement;
    const entries = [...list.children] as HTMLElement[];
    const from = entries.findIndex((entry) => entry.contains(target));
    if (event.button !== 0 || from < 0 || !grip(target)) return;
    const line = element("div", { class: "drop-line" });
    const end = new AbortController();
    const { signal } = end;
    let gap: number | undefined;
    const finish = (): void => {
      end.abort();
      line.remove();
      list.classList.remove("dragging");
    };
    window.addEventListener(
      "pointermove",
      (at) => {
        if (gap === undefined && Math.abs(at.clientY - event.clientY) < LEAST_WAY) return;
        list.classList.add("dragging");
        gap = entries.filter((entry) => at.clientY > middleOf(entry)).length;
        const next = entries[gap];
        const y = next
          ? next.offsetTop
          : (entries.at(-1)?.offsetTop ?? 0) + (entries.at(-1)?.offsetHeight ?? 0);
        line.style.top = `${y - 1}px`;
        list.parentElement?.append(line);
      },
      { signal },
    );
    window.addEventListener(
      "pointerup",
      () => {
        const to = gap === undefined ? from : gap > from ? gap - 1 : gap;
        finish();
        if (gap === undefined) return;
        // The press that ends a drag presses nothing.
        const press = new AbortController();
        window.addEventListener("click", (click) => click.stopPropagation(), {
          ...{ capture: true, signal: press.signal },
        });
        setTimeout(() => press.abort(), 0);
        if (to !== from) onMove(from, to);
      },
      { signal },
    );
    window.addEventListener("pointercancel", finish, { signal });
    window.addEventListener(
      "keydown",
      (key) => {
        if (key.key === "Escape") finish();
      },
      { signal, capture: true },
    );
  });
}

function middleOf(entry: HTMLElement): number {
  const { top, height } = entry.getBoundingClientRect();
  return top + height / 2;
}
