import { LEVEL_SCALE, levelText } from "../../../src/viewmodel/valueScale.js";
import { Fader } from "../../shared/controls/fader.js";
import { element } from "../../shared/element.js";
import type { MeterColors } from "../../shared/meters/meterColors.js";
import type { MixModel } from "../mixModel.js";
import { mixValue } from "../mixValue.js";
import type { Channel } from "./channel.js";
import type { MeterBank } from "./meterBank.js";
import { StripMeter } from "./stripMeter.js";
import type { StripPart } from "./stripPart.js";

export interface StripFader extends StripPart {
  paint(colors: MeterColors): void;
}

/** Fader and meter side by side; below them the level of the fader and the held peak, in figures. */
export function stripFader(model: MixModel, bank: MeterBank, current: () => Channel): StripFader {
  const label = (): string => `Fader of ${current().name}`;
  const level = element("span", { class: "fader-level", "aria-hidden": "true" });
  const peak = element("span", { class: "peak-level", "aria-hidden": "true" });
  const value = mixValue(model, () => [...current().path, "fader"], label);
  const fader = new Fader({ ...value, label, scale: LEVEL_SCALE, readout: level });
  const meter = new StripMeter();
  const whole = element(
    "div",
    { class: "fader-block" },
    element("div", { class: "fader-and-meter" }, fader.element, meter.element),
    element("div", { class: "levels" }, level, peak),
  );
  let shownPeak = "";
  return {
    element: whole,
    show(channel) {
      fader.show();
      meter.show(channel.name);
      meter.element.hidden = channel.kind === "group";
      peak.hidden = channel.kind === "group";
      level.textContent = levelText(value.read()).replace(" dB", "");
      level.title = `${label()}: ${levelText(value.read())}\nDouble-click to type`;
    },
    paint(colors) {
      const channel = current();
      if (channel.kind === "group") return;
      const meters = bank.of(channel.id);
      meter.paint(meters, colors);
      const held = Math.max(...meters.bars.map((bar) => bar.held));
      const text = held > -100 ? held.toFixed(1) : "-inf";
      if (text === shownPeak) return;
      shownPeak = text;
      peak.textContent = text;
      peak.title = `Held peak of ${channel.name}: ${text} dBFS`;
      peak.classList.toggle("over", held > 0);
    },
  };
}
