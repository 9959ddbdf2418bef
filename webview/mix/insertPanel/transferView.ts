import { transferCurve } from "../../../src/viewmodel/transferCurve.js";
import { element } from "../../shared/element.js";
import { Surface } from "../../shared/surface.js";
import { themeColors } from "../../shared/theme.js";
import type { InsertView } from "./eqView.js";
import { scopeName } from "./insertScope.js";

/** dB at both ends of both axes. */
const BOTTOM = -72;
const TOP = 0;
const STEP = 12;
/** Where the curve is said in words, dB. */
const SPOKEN = [-48, -36, -24, -12, 0];

/** dB per second at which the dot falls. */
const FALL = 60;

/** Level in to level out of a dynamics insert, and where the sound is on the curve while it plays. */
export function transferView(): InsertView {
  const surface = new Surface("transfer-curve");
  const chart = element("div", { class: "transfer-chart", role: "img" }, surface.canvas);
  let paint = (): void => undefined;
  let hasDot = false;
  /** dB of what comes in; it falls slowly. */
  let level = -Infinity;
  new ResizeObserver(() => paint()).observe(chart);
  return {
    element: chart,
    show(scope) {
      const curve = transferCurve(scope.insert.type, scope.insert);
      if (!curve) return;
      const spoken = SPOKEN.map((level) => `${level} dB gives ${curve(level).toFixed(1)} dB`).join(", ");
      chart.setAttribute("aria-label", `Level in to level out of ${scopeName(scope)}: ${spoken}`);
      chart.title = "Level in (across) to level out (up), dB";
      // Elsewhere it is not the level of what comes in that moves along the curve.
      const { insert } = scope;
      hasDot = insert.type !== "deesser" && !("sidechain" in insert && insert.sidechain !== undefined);
      paint = () => {
        paintCurve(surface, curve, !scope.insert.bypass);
        if (hasDot && level > BOTTOM) paintDot(surface, level, curve(level));
      };
      paint();
    },
    push(heard, seconds) {
      const before = level;
      level = Math.max(20 * Math.log10(heard?.peak ?? 0), level - FALL * seconds);
      if (level < BOTTOM) level = -Infinity;
      if (level !== before) paint();
    },
  };
}

const toX = ({ width }: Surface, level: number): number => ((level - BOTTOM) / (TOP - BOTTOM)) * width;
const toY = ({ height }: Surface, level: number): number => ((TOP - level) / (TOP - BOTTOM)) * height;

/** @param from level in @param to level out */
function paintDot(surface: Surface, from: number, to: number): void {
  const { context } = surface;
  const colors = themeColors(["--accent", "--vscode-editor-background"]);
  context.beginPath();
  context.arc(toX(surface, Math.min(TOP, from)), toY(surface, Math.min(TOP, to)), 5, 0, 2 * Math.PI);
  context.fillStyle = colors["--accent"];
  context.fill();
  context.lineWidth = 2;
  context.strokeStyle = colors["--vscode-editor-background"];
  context.stroke();
}

function paintCurve(surface: Surface, curve: (level: number) => number, isOn: boolean): void {
  if (!surface.begin()) return;
  const { context, width, height } = surface;
  const colors = themeColors(["--grid", "--axis", "--quiet", "--accent"]);
  context.font = `10px ${getComputedStyle(document.body).fontFamily}`;
  for (let level = BOTTOM + STEP; level < TOP; level += STEP) {
    context.fillStyle = colors["--grid"];
    context.fillRect(Math.round(toX(surface, level)), 0, 1, height);
    context.fillRect(0, Math.round(toY(surface, level)), width, 1);
    context.fillStyle = colors["--quiet"];
    context.textAlign = "center";
    context.fillText(String(level), toX(surface, level), height - 3);
    context.textAlign = "left";
    if (level > BOTTOM + STEP) context.fillText(String(level), 2, toY(surface, level) - 2);
  }
  context.strokeStyle = colors["--axis"];
  context.setLineDash([3, 3]);
  context.beginPath();
  context.moveTo(0, height);
  context.lineTo(width, 0);
  context.stroke();
  context.setLineDash([]);
  context.strokeStyle = isOn ? colors["--accent"] : colors["--quiet"];
  context.lineWidth = 2;
  context.beginPath();
  for (let x = 0; x <= width; x++) {
    const level = BOTTOM + (x / width) * (TOP - BOTTOM);
    context.lineTo(x, toY(surface, Math.max(BOTTOM - 20, curve(level))));
  }
  context.stroke();
}
