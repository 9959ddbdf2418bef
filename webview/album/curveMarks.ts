/** What is drawn under and over the curves: the songs and the target. */
import type uPlot from "uplot";
import type { SongSpan } from "../../src/viewmodel/albumCurve.js";

export interface SongColors {
  /** Behind every other song. */
  readonly band: string;
  readonly text: string;
  /** As CSS writes it, for 1 pixel per CSS pixel. */
  readonly font: string;
}

/** Shades every other song and writes each song's number and title above it. */
export function drawSongs(plot: uPlot, spans: readonly SongSpan[], { band, text, font }: SongColors): void {
  const { ctx, bbox } = plot;
  const ratio = devicePixelRatio;
  ctx.save();
  ctx.font = font.replace(/^[\d.]+/, (size) => String(Number(size) * ratio));
  ctx.textBaseline = "bottom";
  spans.forEach(({ title, start, end }, i) => {
    const [left, right] = [plot.valToPos(start, "x", true), plot.valToPos(end, "x", true)];
    if (i % 2 === 0) {
      ctx.fillStyle = band;
      ctx.fillRect(left, bbox.top, right - left, bbox.height);
    }
    ctx.fillStyle = text;
    ctx.fillText(
      fitting(ctx, `${i + 1}  ${title}`, right - left - 8 * ratio),
      left + 4 * ratio,
      bbox.top - 4 * ratio,
    );
  });
  ctx.restore();
}

/** A dashed line at `target` LUFS. */
export function drawTarget(plot: uPlot, target: number, color: string): void {
  const { ctx, bbox } = plot;
  const y = Math.round(plot.valToPos(target, "y", true)) + 0.5;
  ctx.save();
  ctx.strokeStyle = color;
  ctx.lineWidth = devicePixelRatio;
  ctx.setLineDash([6 * devicePixelRatio, 4 * devicePixelRatio]);
  ctx.beginPath();
  ctx.moveTo(bbox.left, y);
  ctx.lineTo(bbox.left + bbox.width, y);
  ctx.stroke();
  ctx.restore();
}

/** As much of the text as `width` holds: all of it, a beginning with an ellipsis, the number, or nothing. */
function fitting(ctx: CanvasRenderingContext2D, text: string, width: number): string {
  if (ctx.measureText(text).width <= width) return text;
  for (let length = text.length - 1; length >= 6; length--) {
    const shorter = `${text.slice(0, length).trimEnd()}…`;
    if (ctx.measureText(shorter).width <= width) return shorter;
  }
  const number = text.split(" ")[0]!;
  return ctx.measureText(number).width <= width ? number : "";
}
