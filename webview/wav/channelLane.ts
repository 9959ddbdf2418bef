import { amplitudeTicks } from "../../src/viewmodel/amplitudeScale.js";
import { element } from "../shared/element.js";
import { Surface } from "../shared/surface.js";
import { themeColors } from "../shared/theme.js";
import type { PeakTiles } from "./peakTiles.js";
import { frequencyLabels, SpectrogramLane } from "./spectrogramLane.js";
import type { SpectrogramTiles } from "./spectrogramTiles.js";
import { amplitudeScaleOf, WaveformLane } from "./waveformLane.js";
import type { Topics, WavModel } from "./wavModel.js";
import { hasAny, type WavPart } from "./wavPart.js";

export interface LaneTiles {
  readonly peaks: PeakTiles;
  readonly spectrogram: SpectrogramTiles;
}

/** One audio channel: its name and rulers on the left, waveform and spectrogram on the right. */
export function channelLane(tiles: LaneTiles, channel: number, name: string): WavPart {
  const waveform = new WaveformLane(tiles.peaks, channel);
  const spectrogram = new SpectrogramLane(tiles.spectrogram, channel);
  const amplitudes = new Surface("ruler");
  const frequencies = new Surface("ruler");
  const wave = element("div", { class: "strip waveform" }, ...waveform.elements);
  const spectrum = element("div", { class: "strip spectrogram" }, spectrogram.surface.canvas);
  const waveRuler = element("div", { class: "strip" }, amplitudes.canvas);
  const spectrumRuler = element("div", { class: "strip" }, frequencies.canvas);
  const whole = element(
    "div",
    { class: "lane" },
    element(
      "div",
      { class: "gutter" },
      waveRuler,
      spectrumRuler,
      element("span", { class: "channel" }, name),
    ),
    element("div", { class: "strips" }, wave, spectrum),
  );
  return {
    element: whole,
    show(model, topics) {
      const { view } = model.settings;
      wave.hidden = waveRuler.hidden = view === "spectrogram";
      spectrum.hidden = spectrumRuler.hidden = view === "waveform";
      if (!wave.hidden) {
        waveform.show(model, topics);
        if (hasAny(topics, "viewport", "theme")) drawAmplitudes(amplitudes, model);
      }
      if (!spectrum.hidden) {
        spectrogram.show(model, topics);
        if (hasAny(topics, "viewport", "theme", "audio")) drawFrequencies(frequencies, model);
      }
    },
  };
}

function drawAmplitudes(surface: Surface, model: WavModel): void {
  if (!surface.begin()) return;
  const { context, width, height } = surface;
  beginLabels(context);
  for (const { height: at, label } of amplitudeTicks(amplitudeScaleOf(model), height)) {
    const y = height / 2 - at * (height / 2 - 0.5);
    context.fillText(label, width - 6, Math.min(height - 6, Math.max(6, y)));
    context.fillRect(width - 4, Math.round(y), 4, 1);
  }
}

function drawFrequencies(surface: Surface, model: WavModel): void {
  if (!surface.begin()) return;
  const { context, width, height } = surface;
  beginLabels(context);
  for (const { y, label } of frequencyLabels(model, height)) {
    context.fillText(label, width - 6, Math.min(height - 6, Math.max(6, y)));
    context.fillRect(width - 4, Math.round(y), 4, 1);
  }
}

/** Small figures, flush right. */
function beginLabels(context: CanvasRenderingContext2D): void {
  const colors = themeColors(["--quiet"]);
  context.font = `10px ${getComputedStyle(document.body).fontFamily}`;
  context.fillStyle = colors["--quiet"];
  context.textAlign = "right";
  context.textBaseline = "middle";
}

/** Whether a lane has to be drawn at all. */
export function concernsLanes(topics: Topics): boolean {
  return hasAny(topics, "viewport", "tiles", "audio", "theme", "state");
}
