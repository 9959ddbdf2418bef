/** One bar of a level meter: peak, mean on top of it, the held peak as a line. */
import type { LevelBallistics } from "../../../src/viewmodel/levelBallistics.js";
import { levelToMeter } from "../../../src/viewmodel/meterScale.js";
import type { MeterColors } from "./meterColors.js";

/** CSS pixels. */
export interface BarBox {
  readonly x: number;
  readonly width: number;
  readonly height: number;
}

export function paintMeterBar(
  context: CanvasRenderingContext2D,
  { peak, held, mean }: LevelBallistics,
  { x, width, height }: BarBox,
  colors: MeterColors,
): void {
  const top = (level: number): number => (1 - levelToMeter(level)) * height;
  context.fillStyle = colors["--meter-track"];
  context.fillRect(x, 0, width, height);
  context.globalAlpha = 0.55;
  paintZones(context, { x, width, height }, top(peak), colors);
  context.globalAlpha = 1;
  paintZones(context, { x: x + width / 4, width: width / 2, height }, top(mean), colors);
  if (levelToMeter(held) <= 0) return;
  context.fillStyle = zoneOf(held, colors);
  context.fillRect(x, Math.max(0, Math.round(top(held)) - 1), width, 2);
}

/** Fills from the bottom up to `top`, in the colours of the levels that are passed. */
function paintZones(
  context: CanvasRenderingContext2D,
  { x, width, height }: BarBox,
  top: number,
  colors: MeterColors,
): void {
  let bottom = height;
  for (const [level, color] of ZONES) {
    const end = Math.max(top, (1 - levelToMeter(level)) * height);
    if (end < bottom) {
      context.fillStyle = colors[color];
      context.fillRect(x, end, width, bottom - end);
    }
    bottom = Math.min(bottom, end);
  }
}

/** Up to which level, dBFS, which colour. */
const ZONES = [
  [-9, "--good"],
  [-1, "--warning"],
  [0, "--error"],
] as const;

const zoneOf = (level: number, colors: MeterColors): string =>
  colors[(ZONES.find(([top]) => level <= top) ?? ZONES[2])[1]];
