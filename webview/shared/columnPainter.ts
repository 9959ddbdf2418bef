/** Draws columns of peaks into pixels: bodies from lowest to highest sample, within them the RMS. */
import { amplitudeToHeight, type AmplitudeScale } from "../../src/viewmodel/amplitudeScale.js";
import type { PeakColumns } from "../../src/viewmodel/peakColumns.js";

/** From here on a sample counts as at full scale: 16-bit's highest. */
export const FULL_SCALE = 32767 / 32768;

/** Pixels of an ImageData. */
export interface PixelPlane {
  readonly pixels: Uint32Array;
  /** Pixels in a row. */
  readonly stride: number;
}

/** Device pixels. */
export interface PixelArea {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** As pixels: little-endian RGBA, not premultiplied. */
export interface WaveColors {
  readonly peak: number;
  readonly rms: number;
  readonly clip: number;
}

/** Lines of a plane, `to` not included. */
interface Lines {
  readonly from: number;
  readonly to: number;
}

/**
 * @param area its columns are within the plane, one for each of `columns`
 * @param lines of the plane that are painted; without it, the area is within the plane
 */
export function paintColumns(
  plane: PixelPlane,
  area: PixelArea,
  { low, high, rms }: PeakColumns,
  scale: AmplitudeScale,
  colors: WaveColors,
  lines: Lines = { from: area.top, to: area.top + area.height },
): void {
  const { width, height } = area;
  const half = height / 2;
  const y = (amplitude: number): number => half - amplitudeToHeight(amplitude, scale) * (half - 0.5);
  // A column reaches to its neighbour's, so that the line has no gaps.
  let [lastTop, lastBottom] = [NaN, NaN];
  for (let x = 0; x < width; x++) {
    const [lowest, highest, mean] = [low[x]!, high[x]!, rms[x]!];
    if (Number.isNaN(lowest)) {
      lastTop = lastBottom = NaN;
      continue;
    }
    // On a dB scale, bodies stand on the middle line, where silence lies; a side without samples reaches to the RMS.
    let [top, bottom] =
      scale.kind === "dB"
        ? [y(Math.max(mean, highest)), y(Math.min(-mean, lowest))]
        : [y(highest), y(lowest)];
    const [ownTop, ownBottom] = [top, bottom];
    if (lastBottom < top) top = lastBottom;
    if (lastTop > bottom) bottom = lastTop;
    [lastTop, lastBottom] = [ownTop, ownBottom];
    const isClipped = highest >= FULL_SCALE || lowest <= -FULL_SCALE;
    fillColumn(plane, area, lines, x, top - 0.5, bottom + 0.5, isClipped ? colors.clip : colors.peak);
    const inner = [Math.max(top, y(mean)), Math.min(bottom, y(-mean))] as const;
    if (inner[1] - inner[0] > 1) fillColumn(plane, area, lines, x, inner[0], inner[1], colors.rms);
  }
}

/** Fills a column from `top` to `bottom`, its first and last pixel as far as they are covered. */
function fillColumn(
  { pixels, stride }: PixelPlane,
  area: PixelArea,
  lines: Lines,
  x: number,
  top: number,
  bottom: number,
  color: number,
): void {
  const first = Math.max(0, lines.from - area.top, Math.floor(top));
  const last = Math.min(area.height, lines.to - area.top, Math.ceil(bottom)) - 1;
  for (let y = first; y <= last; y++) {
    const cover = Math.min(1, y + 1 - top, bottom - y);
    const at = (area.top + y) * stride + area.left + x;
    if (cover >= 0.999) pixels[at] = color;
    else if (pixels[at] === 0) {
      pixels[at] = ((color & 0xffffff) | (Math.round((color >>> 24) * Math.max(0, cover)) << 24)) >>> 0;
    }
  }
}
