import { formatSampleRate } from "../../src/viewmodel/formats.js";
import { heightToAmplitude } from "../../src/viewmodel/amplitudeScale.js";
import { gain, gainToDb } from "../../src/units/decibels.js";
import { positionToFrequency, spectrogramBounds } from "../../src/units/frequencyScale.js";
import { frequencyText } from "../../src/viewmodel/frequencyTicks.js";
import { lengthText, parsePosition, positionText } from "../../src/viewmodel/timeRuler.js";
import { element } from "../shared/element.js";
import { amplitudeScaleOf } from "./waveformLane.js";
import type { WavModel } from "./wavModel.js";
import { hasAny, type WavPart } from "./wavPart.js";

/** Selection as numbers that can be typed, what is under the pointer, zoom and format. */
export function statusLine(model: WavModel): WavPart {
  const start = positionField("Start", (frame) => {
    const { end } = model.span;
    model.select({ anchor: frame, cursor: model.hasSelection ? Math.max(frame, end) : frame });
    model.reveal(frame);
  });
  const end = positionField("End", (frame) =>
    model.select({ anchor: Math.min(model.span.start, frame), cursor: frame }),
  );
  const length = positionField(
    "Length",
    (frames) => model.select({ anchor: model.span.start, cursor: model.span.start + frames }),
    true,
  );
  const pointer = element("span", { class: "pointer" });
  const zoom = element("span", { class: "zoom" });
  const format = element("span", { class: "format" });
  function positionField(label: string, take: (frame: number) => void, isLength = false) {
    const input = element("input", { type: "text", "aria-label": label, size: 11, spellcheck: "false" });
    // What is being typed stays, whatever is redrawn meanwhile.
    let isBeingTyped = false;
    input.addEventListener("input", () => (isBeingTyped = true));
    input.addEventListener("blur", () => (isBeingTyped = false));
    input.addEventListener("change", () => {
      isBeingTyped = false;
      const frame = parsePosition(input.value, model.rulerUnits, isLength);
      input.toggleAttribute("aria-invalid", frame === undefined);
      if (frame === undefined) input.setAttribute("aria-invalid", "true");
      else take(frame);
      model.touch("selection");
    });
    input.addEventListener("keydown", (event) => {
      if (event.key === "Enter") input.select();
      if (event.key !== "Escape") return;
      input.removeAttribute("aria-invalid");
      input.blur();
      model.touch("selection");
    });
    const whole = element(
      "span",
      { class: "value" },
      element("span", { class: "name", "aria-hidden": "true" }, label),
      input,
    );
    const write = (text: string): void => {
      if (isBeingTyped) return;
      if (document.activeElement === input && input.hasAttribute("aria-invalid")) return;
      input.removeAttribute("aria-invalid");
      input.value = text;
    };
    return { element: whole, write };
  }
  return {
    element: element(
      "footer",
      { class: "status" },
      ...[start, end, length].map((field) => field.element),
      pointer,
      element("span", { class: "space" }),
      zoom,
      format,
    ),
    show(_, topics) {
      const units = model.rulerUnits;
      if (hasAny(topics, "selection", "state", "audio")) {
        const { span } = model;
        start.write(positionText(span.start, units));
        end.write(positionText(span.end, units));
        length.write(lengthText(span.end - span.start, units));
      }
      if (hasAny(topics, "pointer", "state")) pointer.textContent = pointerText(model);
      if (hasAny(topics, "viewport")) zoom.textContent = zoomText(model.viewport.framesPerPixel);
      if (hasAny(topics, "state", "audio")) format.textContent = formatText(model);
    },
  };
}

function pointerText(model: WavModel): string {
  const { pointer } = model;
  if (!pointer) return "";
  const time = positionText(pointer.frame, model.rulerUnits);
  if (pointer.kind === "spectrogram") {
    const { scale } = model.settings.spectrogram;
    const bounds = spectrogramBounds(model.audio.sampleRate, scale);
    return `${time}  ${frequencyText(positionToFrequency(1 - pointer.y, scale, bounds))}`;
  }
  const level = gainToDb(gain(heightToAmplitude(1 - 2 * pointer.y, amplitudeScaleOf(model))));
  return `${time}  ${Number.isFinite(level) ? level.toFixed(1) : "-∞"} dBFS`;
}

function zoomText(framesPerPixel: number): string {
  return framesPerPixel >= 1
    ? `${framesPerPixel < 100 ? Number(framesPerPixel.toFixed(1)) : Math.round(framesPerPixel)} samples/px`
    : `${Number((1 / framesPerPixel).toFixed(1))} px/sample`;
}

function formatText(model: WavModel): string {
  const { facts } = model.state;
  if (!facts) return "";
  const { sampleRate, channels, format } = model.audio;
  const depth =
    typeof format.bitDepth === "string"
      ? `${format.bitDepth.slice(0, -1)} bit float`
      : `${format.bitDepth} bit`;
  const codec = model.state.readOnly === null ? depth : facts.codec;
  return `${formatSampleRate(sampleRate)}  ${codec}  ${channels} ch`;
}
