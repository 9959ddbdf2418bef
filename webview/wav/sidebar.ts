import { element } from "../shared/element.js";
import type { WavPart } from "./wavPart.js";

export interface SidebarTab {
  readonly id: string;
  readonly label: string;
  readonly panel: WavPart;
}

/** Panels behind tabs, and what is always in sight below them, beside the audio (below it on narrow pages). */
export function sidebar(tabs: readonly SidebarTab[], below: HTMLElement, touch: () => void) {
  let chosen = 0;
  const panels = tabs.map(({ id, panel }) =>
    element(
      "div",
      { class: "panel", role: "tabpanel", id: `panel-${id}`, "aria-labelledby": `tab-${id}`, tabindex: 0 },
      panel.element,
    ),
  );
  const buttons = tabs.map(({ id, label }, i) => {
    const tab = element(
      "button",
      { type: "button", role: "tab", id: `tab-${id}`, "aria-controls": `panel-${id}` },
      label,
    );
    tab.addEventListener("click", () => choose(i));
    return tab;
  });
  const list = element("div", { class: "tabs", role: "tablist", "aria-label": "Side bar" }, ...buttons);
  list.addEventListener("keydown", (event) => {
    const step = { ArrowLeft: -1, ArrowRight: 1, Home: -chosen, End: tabs.length - 1 - chosen }[event.key];
    if (step === undefined) return;
    choose((chosen + step + tabs.length) % tabs.length);
    buttons[chosen]?.focus();
    event.preventDefault();
  });
  const whole = element("aside", { class: "side", "aria-label": "Side bar" }, list, ...panels, below);
  /** Topics that a hidden panel has missed do not matter: it is shown anew when it is chosen. */
  const choose = (i: number): void => {
    chosen = i;
    buttons.forEach((tab, at) => {
      tab.setAttribute("aria-selected", String(at === i));
      tab.tabIndex = at === i ? 0 : -1;
    });
    panels.forEach((panel, at) => (panel.hidden = at !== i));
    touch();
  };
  choose(0);
  const part: WavPart = {
    element: whole,
    show(model, topics) {
      if (!whole.hidden) tabs[chosen]?.panel.show(model, topics);
    },
  };
  return {
    ...part,
    choose(id: string): void {
      whole.hidden = false;
      choose(
        Math.max(
          0,
          tabs.findIndex((tab) => tab.id === id),
        ),
      );
    },
    toggle(): void {
      whole.hidden = !whole.hidden;
      touch();
    },
  };
}
