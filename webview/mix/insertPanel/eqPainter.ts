import {
  EQ_BOUNDS,
  EQ_RANGE,
  gainToY,
  hertzToX,
  spectrumToY,
  type EqGraph,
} from "../../../src/viewmodel/eqGraph.js";
import { spectrumColumns, type BinnedSpectrum } from "../../../src/viewmodel/spectrumCurve.js";
import { bandLevel, eqLevel, type EqBand } from "../../../src/units/eqResponse.js";
import { frequencyLabel, frequencyTicks } from "../../../src/viewmodel/frequencyTicks.js";
import type { Surface } from "../../shared/surface.js";
import { themeColors } from "../../shared/theme.js";

const COLORS = ["--grid", "--axis", "--quiet", "--accent"] as const;
/** dB between lines. */
const GAIN_STEP = 6;

/**
 * Lines of frequencies and gains, the spectrum of what is heard, the curve of all bands, and that of the one that has
 * the focus.
 */
export function paintEq(
  surface: Surface,
  bands: readonly EqBand[],
  selected: number | undefined,
  { isOn, spectrum }: { readonly isOn: boolean; readonly spectrum: BinnedSpectrum | null },
): void {
  if (!surface.begin()) return;
  const { context, width, height } = surface;
  const graph: EqGraph = { width, height };
  const colors = themeColors(COLORS);
  context.font = `10px ${getComputedStyle(document.body).fontFamily}`;
  context.fillStyle = colors["--grid"];
  for (const { hertz } of frequencyTicks(EQ_BOUNDS, (each) => hertzToX(graph, each), 30))
    context.fillRect(Math.round(hertzToX(graph, hertz)), 0, 1, height);
  for (let gain = GAIN_STEP - EQ_RANGE; gain < EQ_RANGE; gain += GAIN_STEP) {
    context.fillStyle = gain === 0 ? colors["--axis"] : colors["--grid"];
    context.fillRect(0, Math.round(gainToY(graph, gain)), width, 1);
  }
  if (spectrum) paintSpectrum(context, graph, spectrum, colors["--quiet"]);
  paintLabels(context, graph, colors["--quiet"]);
  const points = Array.from({ length: Math.ceil(width / 2) + 1 }, (_, i) => 2 * i);
  const trace = (level: (hertz: number) => number): void => {
    context.beginPath();
    for (const x of points) {
      const y = gainToY(graph, level(exactHertz(graph, x)));
      context.lineTo(x, Math.min(height + 10, Math.max(-10, y)));
    }
  };
  const band = selected === undefined ? undefined : bands[selected];
  context.strokeStyle = context.fillStyle = isOn ? colors["--accent"] : colors["--quiet"];
  if (band) {
    trace((hertz) => bandLevel(band, hertz));
    context.lineTo(width, gainToY(graph, 0));
    context.lineTo(0, gainToY(graph, 0));
    context.globalAlpha = 0.2;
    context.fill();
    context.globalAlpha = 1;
  }
  trace((hertz) => eqLevel(bands, hertz));
  context.lineWidth = 1.75;
  context.stroke();
}

function paintSpectrum(
  context: CanvasRenderingContext2D,
  graph: EqGraph,
  spectrum: BinnedSpectrum,
  color: string,
): void {
  const { width, height } = graph;
  context.beginPath();
  context.moveTo(0, height);
  spectrumColumns(spectrum, width, (x) => exactHertz(graph, x)).forEach((level, x) => {
    const y = Number.isNaN(level) ? height : spectrumToY(graph, exactHertz(graph, x + 0.5), level);
    context.lineTo(x + 0.5, Math.min(height, Math.max(0, y)));
  });
  context.lineTo(width, height);
  context.fillStyle = context.strokeStyle = color;
  context.globalAlpha = 0.25;
  context.fill();
  context.globalAlpha = 0.6;
  context.lineWidth = 1;
  context.stroke();
  context.globalAlpha = 1;
}

/** Not rounded, so that the curve is smooth. */
function exactHertz({ width }: EqGraph, x: number): number {
  return EQ_BOUNDS.low * (EQ_BOUNDS.high / EQ_BOUNDS.low) ** (x / width);
}

function paintLabels(context: CanvasRenderingContext2D, graph: EqGraph, color: string): void {
  const { width, height } = graph;
  context.fillStyle = color;
  context.textBaseline = "bottom";
  context.textAlign = "center";
  for (const { hertz } of frequencyTicks(EQ_BOUNDS, (each) => hertzToX(graph, each), 44)) {
    const x = hertzToX(graph, hertz);
    if (x > 16 && x < width - 16) context.fillText(frequencyLabel(hertz), x, height - 1);
  }
  context.textAlign = "left";
  context.textBaseline = "middle";
  for (const gain of [12, 6, 0, -6, -12]) {
    const y = gainToY(graph, gain);
    if (y > 8 && y < height - 18) context.fillText(gain > 0 ? `+${gain}` : String(gain), 3, y - 6);
  }
}

/** What a press on the picture means. */
export const pointOf = (surface: Surface, event: MouseEvent): { x: number; y: number; graph: EqGraph } => {
  const { left, top } = surface.canvas.getBoundingClientRect();
  const graph = { width: surface.canvas.clientWidth, height: surface.canvas.clientHeight };
  return { x: event.clientX - left, y: event.clientY - top, graph };
};
