/** How loud the player is. */
import { element } from "../element.js";
import { icon } from "../icons.js";
import "./volumeSlider.css";

/** dB at the bottom of the slider, which is silence. */
const QUIETEST = -48;
const LOUDEST = 6;

/** @param setVolume takes dB; -Infinity is silence */
export function volumeSlider(setVolume: (level: number) => void) {
  const control = element("input", {
    ...{ type: "range", class: "volume", min: QUIETEST, max: LOUDEST, step: 0.5, "aria-label": "Volume" },
  });
  control.addEventListener("input", () => {
    const level = control.valueAsNumber;
    setVolume(level <= QUIETEST ? -Infinity : level);
  });
  control.addEventListener("dblclick", () => setVolume(0));
  return {
    element: element("span", { class: "volume" }, icon("volume"), control),
    show(level: number): void {
      control.value = String(Math.max(QUIETEST, level));
      const text = Number.isFinite(level) ? `${level.toFixed(1)} dB` : "silent";
      control.setAttribute("aria-valuetext", text);
      control.title = `Volume ${text}; double-click for 0 dB`;
    },
  };
}
