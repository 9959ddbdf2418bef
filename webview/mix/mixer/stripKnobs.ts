import { numberScale, PAN_SCALE, type ValueScale } from "../../../src/viewmodel/valueScale.js";
import { Knob } from "../../shared/controls/knob.js";
import { element } from "../../shared/element.js";
import type { MixModel } from "../mixModel.js";
import { mixValue } from "../mixValue.js";
import type { Channel } from "./channel.js";
import type { StripPart } from "./stripPart.js";

const TRIM_SCALE = numberScale({
  ...{ unit: "dB", min: -60, max: 60, rest: 0, low: -24, high: 24 },
  ...{ step: 0.5, fineStep: 0.1, digits: 1, isSigned: true },
});
const WIDTH_SCALE = numberScale({
  ...{ unit: "%", min: -100, max: 200, rest: 100, low: 0, high: 200 },
  ...{ step: 5, fineStep: 1, digits: 0 },
});

const KNOBS: readonly { key: string; name: string; scale: ValueScale }[] = [
  { key: "trim", name: "Trim", scale: TRIM_SCALE },
  { key: "pan", name: "Pan", scale: PAN_SCALE },
  { key: "width", name: "Width", scale: WIDTH_SCALE },
];

/** Input trim, pan and width of a track or a bus. */
export function stripKnobs(model: MixModel, current: () => Channel): StripPart {
  const knobs = KNOBS.map(({ key, name, scale }) => {
    const label = (): string => `${name} of ${current().name}`;
    const value = mixValue(model, () => [...current().path, key], label, scale.rest);
    const short = (at: number): string =>
      scale
        .text(at)
        .replace(/ (dB|%)$/, "")
        .replace(" ", "");
    const knob = new Knob({ ...value, label, scale, short });
    knob.element.classList.add(key);
    return knob;
  });
  const whole = element("div", { class: "knobs" }, ...knobs.map((knob) => knob.element));
  return {
    element: whole,
    show({ kind }) {
      const isHidden = kind === "group" || kind === "master";
      whole.hidden = isHidden;
      if (!isHidden) for (const knob of knobs) knob.show();
    },
  };
}
