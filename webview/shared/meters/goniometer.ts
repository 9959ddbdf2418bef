import { GONIOMETER_POINTS, type MeterFrame } from "../player/playerMessages.js";
import { Surface } from "../surface.js";
import type { MeterColors } from "./meterColors.js";

/** Ticks whose points are shown together, the older the fainter. */
const TRAIL = 6;
/** Half-diagonals of the picture per unit of sum or difference: a full-scale sample lies on the square. */
const SCALE = 0.5;

/** The stereo image: each point a frame, upright where both channels are equal, lying where they are opposite. */
export class Goniometer {
  readonly #surface = new Surface("goniometer");
  readonly #trail = Array.from({ length: TRAIL }, () => new Float32Array(2 * GONIOMETER_POINTS));
  readonly #counts = new Int32Array(TRAIL);
  #newest = 0;

  get element(): HTMLElement {
    return this.#surface.canvas;
  }

  push({ points, pointCount }: MeterFrame): void {
    this.#newest = (this.#newest + 1) % TRAIL;
    this.#trail[this.#newest]!.set(points.subarray(0, 2 * pointCount));
    this.#counts[this.#newest] = pointCount;
  }

  paint(colors: MeterColors): void {
    const surface = this.#surface;
    if (!surface.begin()) return;
    const { context, width, height } = surface;
    const radius = Math.min(width, height) / 2 - 1;
    this.#paintGrid(radius, colors);
    context.fillStyle = colors["--good"];
    for (let age = TRAIL - 1; age >= 0; age--) {
      context.globalAlpha = 0.75 * (1 - age / TRAIL) ** 2;
      const slot = (this.#newest - age + TRAIL) % TRAIL;
      const points = this.#trail[slot]!;
      for (let point = 0; point < this.#counts[slot]!; point++) {
        const left = points[2 * point]!;
        const right = points[2 * point + 1]!;
        const x = width / 2 + (right - left) * SCALE * radius;
        const y = height / 2 - (left + right) * SCALE * radius;
        context.fillRect(x - 0.75, y - 0.75, 1.5, 1.5);
      }
    }
    context.globalAlpha = 1;
  }

  #paintGrid(radius: number, colors: MeterColors): void {
    const { context, width, height } = this.#surface;
    const [x, y] = [width / 2, height / 2];
    const reach = radius / 2;
    context.strokeStyle = colors["--line"];
    context.lineWidth = 1;
    context.beginPath();
    // The square of full scale stands on its corner; its diagonals are left and right.
    context.moveTo(x, y - radius);
    context.lineTo(x + radius, y);
    context.lineTo(x, y + radius);
    context.lineTo(x - radius, y);
    context.closePath();
    context.moveTo(x - reach, y - reach);
    context.lineTo(x + reach, y + reach);
    context.moveTo(x + reach, y - reach);
    context.lineTo(x - reach, y + reach);
    context.stroke();
    context.fillStyle = colors["--quiet"];
    context.font = `10px ${getComputedStyle(document.body).fontFamily}`;
    context.textBaseline = "middle";
    context.textAlign = "right";
    context.fillText("L", x - reach - 4, y - reach - 4);
    context.textAlign = "left";
    context.fillText("R", x + reach + 4, y - reach - 4);
  }
}
