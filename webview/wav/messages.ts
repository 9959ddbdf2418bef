import { formatPercent } from "../../src/viewmodel/formats.js";
import { element } from "../shared/element.js";
import { icon } from "../shared/icons.js";
import { button, progressRing } from "../shared/toolkit.js";
import { toolButton } from "../shared/toolButton.js";
import type { WavModel } from "./wavModel.js";
import type { WavPart } from "./wavPart.js";

/** What the user should know: notices, why nothing can be edited, what is under way. */
export function messages(model: WavModel, problem: () => string | null): WavPart {
  const list = element("div", { class: "messages" });
  let shownAs = "";
  const ask = (name: "dismissNotice", params: number): void =>
    void model.ask(name, params).catch(() => undefined);
  return {
    element: list,
    show(_, topics) {
      if (!topics.has("state") && !topics.has("playback")) return;
      const { notices, readOnly, facts } = model.state;
      const playback = problem();
      const key = JSON.stringify([notices, readOnly, playback, facts !== null]);
      if (key === shownAs) return;
      shownAs = key;
      list.replaceChildren(
        ...notices.map((notice, i) => banner("warning", notice, () => ask("dismissNotice", i))),
        ...(playback === null ? [] : [banner("warning", playback)]),
        ...(readOnly === null || facts === null ? [] : [banner("info", readOnly)]),
      );
    },
  };
}

function banner(kind: "warning" | "info", text: string, dismiss?: () => void): HTMLElement {
  return element(
    "div",
    { class: `banner ${kind}`, role: "status" },
    ...(kind === "warning" ? [icon("warning")] : []),
    element("span", {}, text),
    ...(dismiss ? [toolButton("close", "Dismiss", dismiss)] : []),
  );
}

/** A long task with its progress and a way to cancel it. */
export function taskBar(model: WavModel): WavPart {
  const label = element("span", { class: "label" });
  const bar = element("div", {
    ...{
      class: "bar",
      role: "progressbar",
      "aria-label": "Progress",
      "aria-valuemin": 0,
      "aria-valuemax": 100,
    },
  });
  const cancel = button({
    label: "Cancel",
    onPress: () => void model.ask("act", "cancelTask").catch(() => undefined),
  });
  const whole = element("div", { class: "task" }, label, bar, cancel);
  return {
    element: whole,
    show(_, topics) {
      if (!topics.has("state")) return;
      const { task } = model.state;
      whole.hidden = task === null;
      if (!task) return;
      label.textContent = `${task.label}, ${formatPercent(task.fraction)}`;
      bar.style.setProperty("--done", String(task.fraction));
      bar.setAttribute("aria-valuenow", String(Math.floor(task.fraction * 100)));
    },
  };
}

/** Stands in for the audio while there is none: opening, decoding, or why it cannot be shown. */
export function placeholder(model: WavModel): WavPart {
  const text = element("p", { role: "status" });
  const bar = element("div", {
    ...{
      class: "bar",
      role: "progressbar",
      "aria-label": "Decoding",
      "aria-valuemin": 0,
      "aria-valuemax": 100,
    },
  });
  const ring = progressRing();
  const again = button({
    label: "Try again",
    onPress: () => void model.ask("act", "reload").catch(() => undefined),
  });
  const sign = icon("error");
  const whole = element("section", { class: "placeholder" }, sign, ring, text, bar, again);
  return {
    element: whole,
    show(_, topics) {
      if (!topics.has("state")) return;
      const { failure, decoding, facts, name } = model.state;
      const isEmpty = facts !== null && model.frames === 0;
      whole.hidden = facts !== null && failure === null && !isEmpty;
      sign.style.display = failure === null ? "none" : "";
      ring.hidden = failure !== null || isEmpty;
      again.hidden = failure === null;
      bar.hidden = decoding === null || failure !== null;
      bar.style.setProperty("--done", String(decoding ?? 0));
      bar.setAttribute("aria-valuenow", String(Math.floor((decoding ?? 0) * 100)));
      const wanted = isEmpty
        ? `${name} holds no audio: 0 samples. Paste something, or insert silence.`
        : (failure ??
          (decoding === null ? `Opening ${name}…` : `Decoding ${name}, ${formatPercent(decoding)}…`));
      if (text.textContent !== wanted) text.textContent = wanted;
    },
  };
}
