import type { Spectrum } from "../../../src/protocol/wavProtocol.js";
import {
  frequencyToPosition,
  positionToFrequency,
  spectrogramBounds,
} from "../../../src/units/frequencyScale.js";
import { frequencyLabel, frequencyText, frequencyTicks } from "../../../src/viewmodel/frequencyTicks.js";
import { noteName } from "../../../src/viewmodel/noteNames.js";
import { levelAt, spectrumPeak, spectrumColumns } from "../../../src/viewmodel/spectrumCurve.js";
import { lengthText } from "../../../src/viewmodel/timeRuler.js";
import { element } from "../../shared/element.js";
import { Surface } from "../../shared/surface.js";
import { themeColors } from "../../shared/theme.js";
import type { WavModel } from "../wavModel.js";
import { hasAny, type WavPart } from "../wavPart.js";

const REST_MILLISECONDS = 250;
/** dBFS. */
const RANGE = { low: -120, high: 0 };

/** Mean spectrum of the selection, or of everything, with a read-out under the pointer. */
export function spectrumPanel(model: WavModel): WavPart {
  const surface = new Surface("spectrum");
  const readout = element("p", { class: "readout", "aria-hidden": "true" });
  const peak = element("p", { class: "note", role: "status" });
  const chart = element("div", { class: "chart", role: "img", "aria-label": "Spectrum" }, surface.canvas);
  let spectrum: Spectrum | null = null;
  let wanted = "";
  let timer: ReturnType<typeof setTimeout> | undefined;
  let pointerX: number | null = null;
  const ask = async (key: string): Promise<void> => {
    let found: Spectrum | null = null;
    try {
      found = await model.ask("spectrum", { revision: model.audio.revision, range: model.rangeOrAll });
    } catch {
      // The audio has changed meanwhile, or the host says what is wrong.
    }
    if (key !== wanted) return;
    spectrum = found;
    describe();
    draw();
  };
  const describe = (): void => {
    const range = model.rangeOrAll;
    const what = model.hasSelection
      ? `Selection, ${lengthText(range.end - range.start, model.rulerUnits)}`
      : "Whole file";
    const found = spectrum ? spectrumPeak(spectrum) : undefined;
    const text = found
      ? `Peak ${frequencyText(found.hertz)} (${noteName(found.hertz)}), ${found.level.toFixed(1)} dBFS`
      : spectrum
        ? "No peak: silence"
        : "There is no spectrum";
    peak.textContent = `${what}. ${text}.`;
    chart.setAttribute("aria-label", `Spectrum. ${peak.textContent}`);
  };
  const draw = (): void => {
    if (surface.begin()) drawSpectrum(surface, model.audio.sampleRate, spectrum, pointerX);
  };
  chart.addEventListener("pointermove", (event) => {
    pointerX = event.clientX - chart.getBoundingClientRect().left;
    const bounds = spectrogramBounds(model.audio.sampleRate, "log");
    const hertz = positionToFrequency(Math.min(1, Math.max(0, pointerX / surface.width)), "log", bounds);
    const level = spectrum ? levelAt(spectrum, hertz) : NaN;
    const shown = Number.isFinite(level) ? `, ${level.toFixed(1)} dBFS` : "";
    readout.textContent = `${frequencyText(hertz)} (${noteName(hertz)})${shown}`;
    draw();
  });
  chart.addEventListener("pointerleave", () => {
    pointerX = null;
    readout.textContent = "";
    draw();
  });
  return {
    element: element("div", { class: "spectrum-panel" }, peak, chart, readout),
    show(_, topics) {
      if (!hasAny(topics, "selection", "audio", "theme", "viewport")) return;
      const { start, end } = model.rangeOrAll;
      const key = `${model.audio.revision} ${start} ${end}`;
      if (key !== wanted && end > start) {
        wanted = key;
        clearTimeout(timer);
        timer = setTimeout(() => void ask(key), REST_MILLISECONDS);
      }
      draw();
    },
  };
}

function drawSpectrum(
  surface: Surface,
  sampleRate: number,
  spectrum: Spectrum | null,
  pointerX: number | null,
): void {
  const { context, width, height } = surface;
  const colors = themeColors(["--grid", "--quiet", "--accent", "--wave-peak", "--axis"]);
  const bounds = spectrogramBounds(sampleRate, "log");
  const toX = (hertz: number): number => frequencyToPosition(hertz, "log", bounds) * width;
  const toY = (level: number): number => ((RANGE.high - level) / (RANGE.high - RANGE.low)) * (height - 16);
  context.font = `10px ${getComputedStyle(document.body).fontFamily}`;
  context.textBaseline = "bottom";
  for (const { hertz } of frequencyTicks(bounds, toX, 34)) {
    context.fillStyle = colors["--grid"];
    context.fillRect(Math.round(toX(hertz)), 0, 1, height - 14);
    context.fillStyle = colors["--quiet"];
    context.textAlign = toX(hertz) > width - 16 ? "right" : toX(hertz) < 12 ? "left" : "center";
    context.fillText(frequencyLabel(hertz), toX(hertz), height);
  }
  context.textAlign = "left";
  for (let level = RANGE.high - 20; level > RANGE.low; level -= 20) {
    context.fillStyle = colors["--grid"];
    context.fillRect(0, Math.round(toY(level)), width, 1);
    context.fillStyle = colors["--quiet"];
    context.fillText(String(level), 2, toY(level) - 1);
  }
  if (spectrum) {
    const levels = spectrumColumns(spectrum, Math.ceil(width), (x) =>
      positionToFrequency(x / width, "log", bounds),
    );
    context.beginPath();
    levels.forEach((level, x) => context.lineTo(x, toY(Math.max(RANGE.low, Math.min(RANGE.high, level)))));
    context.strokeStyle = colors["--accent"];
    context.lineWidth = 1.25;
    context.stroke();
    context.lineTo(width, height - 16);
    context.lineTo(0, height - 16);
    context.globalAlpha = 0.25;
    context.fillStyle = colors["--accent"];
    context.fill();
    context.globalAlpha = 1;
  }
  if (pointerX !== null) {
    context.fillStyle = colors["--axis"];
    context.fillRect(Math.round(pointerX), 0, 1, height - 14);
  }
}
