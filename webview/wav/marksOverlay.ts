import { frameToX, type Viewport } from "../../src/viewmodel/viewport.js";
import { Surface } from "../shared/surface.js";
import { themeColors } from "../shared/theme.js";
import { hasAny, type WavPart } from "./wavPart.js";

const COLORS = ["--marker", "--region", "--finding", "--finding-silence"] as const;

/** Lines of markers and stretches with findings, through all lanes. */
export function marksOverlay(): WavPart {
  const surface = new Surface("marks");
  return {
    element: surface.canvas,
    show({ viewport, state, audio }, topics) {
      if (!hasAny(topics, "viewport", "state", "audio", "theme")) return;
      if (!surface.begin()) return;
      const { context, height } = surface;
      const colors = themeColors(COLORS);
      for (const { range, kind } of state.findings ?? []) {
        const [x, right] = columnsOf(viewport, range.start, range.end);
        if (right < 0 || x > viewport.width) continue;
        context.fillStyle = kind === "silence" ? colors["--finding-silence"] : colors["--finding"];
        context.fillRect(x, 0, Math.max(1, right - x), kind === "silence" ? height : 4);
      }
      for (const { frame, lengthFrames } of audio.markers) {
        const [x, right] = columnsOf(viewport, frame, frame + lengthFrames);
        if (right < 0 || x > viewport.width) continue;
        context.fillStyle = lengthFrames > 0 ? colors["--region"] : colors["--marker"];
        context.globalAlpha = 0.55;
        context.fillRect(Math.round(x), 0, 1, height);
        if (lengthFrames > 0) context.fillRect(Math.round(right), 0, 1, height);
        context.globalAlpha = 1;
      }
    },
  };
}

function columnsOf(viewport: Viewport, start: number, end: number): [left: number, right: number] {
  return [Math.max(-2, frameToX(viewport, start)), Math.min(viewport.width + 2, frameToX(viewport, end))];
}
