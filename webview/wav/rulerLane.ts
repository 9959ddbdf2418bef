import { rulerTicks } from "../../src/viewmodel/timeRuler.js";
import { element } from "../shared/element.js";
import { Surface } from "../shared/surface.js";
import { themeColors } from "../shared/theme.js";
import { hasAny, type WavPart } from "./wavPart.js";

const UNITS = { time: "min:s", samples: "samples", bars: "bars" } as const;

/** The ruler above the lanes; pressing its unit changes it. */
export function rulerLane(): WavPart & { readonly band: HTMLElement } {
  const surface = new Surface("ticks");
  const unit = element("button", { type: "button", class: "gutter unit", title: "Change the ruler's unit" });
  const band = element("div", { class: "band" }, surface.canvas);
  let next: (() => void) | undefined;
  unit.addEventListener("click", () => next?.());
  return {
    element: element("div", { class: "row ruler" }, unit, band),
    band,
    show(model, topics) {
      if (!hasAny(topics, "viewport", "theme", "state", "audio")) return;
      const { ruler } = model.settings;
      unit.textContent = UNITS[ruler];
      unit.setAttribute("aria-label", `Ruler in ${UNITS[ruler]}; change the unit`);
      next = () =>
        model.changeSettings({ ruler: ruler === "time" ? "samples" : ruler === "samples" ? "bars" : "time" });
      if (!surface.begin()) return;
      const { context, height } = surface;
      const colors = themeColors(["--quiet", "--axis"]);
      context.font = `10px ${getComputedStyle(document.body).fontFamily}`;
      context.textBaseline = "top";
      for (const { x, label } of rulerTicks(model.viewport, model.rulerUnits)) {
        const at = Math.round(x);
        context.fillStyle = colors["--axis"];
        context.fillRect(at, label === "" ? height - 5 : 4, 1, height);
        context.fillStyle = colors["--quiet"];
        if (label !== "") context.fillText(label, at + 4, 4);
      }
    },
  };
}
