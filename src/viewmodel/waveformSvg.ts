/** A small waveform as a picture: for places that show pictures and no canvas. */

export interface WaveformPeaks {
  /** Per column and audio channel: lowest sample, highest sample, RMS; `[column][channel][3]`, flat, linear. */
  readonly values: ArrayLike<number>;
  readonly channels: number;
}

export interface PictureSize {
  /** CSS pixels. */
  readonly width: number;
  readonly height: number;
}

const VALUES = 3;
/** Lanes in a small picture; of more channels the extremes of all are one lane. */
const MOST_LANES = 2;
/** Both readable on white and on black: at least 3:1 against either (WCAG 2.2, 1.4.11). */
const PEAK_COLOR = "#5f87b8";
const LINE_COLOR = "#808080";

/** An SVG document: peaks as an outline filled thinly, RMS filled solidly, a line at zero; one lane per channel. */
export function waveformSvg({ values, channels }: WaveformPeaks, { width, height }: PictureSize): string {
  const lanes = channels <= MOST_LANES ? Array.from({ length: channels }, (_, c) => [c]) : [range(channels)];
  const columns = channels > 0 ? Math.floor(values.length / (channels * VALUES)) : 0;
  const laneHeight = height / Math.max(1, lanes.length);
  const shapes = lanes.map((members, lane) => {
    const middle = (lane + 0.5) * laneHeight;
    const extremes = range(columns).map((column) => extremesOf(values, column, channels, members));
    const scale = { middle, half: laneHeight / 2 - 1, step: width / Math.max(1, columns) };
    const peaks = outline(
      extremes.map(([low, high]) => [low, high]),
      scale,
    );
    const rms = outline(
      extremes.map(([low, high, mean]) => [Math.max(low, -mean), Math.min(high, mean)]),
      scale,
    );
    return (
      `<path d="M0 ${round(middle)}H${width}" stroke="${LINE_COLOR}" stroke-width="0.5"/>` +
      `<path d="${peaks}" fill="${PEAK_COLOR}" fill-opacity="0.55" stroke="${PEAK_COLOR}" stroke-width="0.6"/>` +
      `<path d="${rms}" fill="${PEAK_COLOR}"/>`
    );
  });
  const box = `width="${width}" height="${height}" viewBox="0 0 ${width} ${height}"`;
  return `<svg xmlns="http://www.w3.org/2000/svg" ${box}>${shapes.join("")}</svg>`;
}

/** An SVG document as an address that needs no file. Plain ASCII; nothing in it ends a Markdown link. */
export function svgDataUri(svg: string): string {
  return `data:image/svg+xml,${encodeURIComponent(svg).replace(/[()'!*]/g, (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`)}`;
}

type Extremes = readonly [low: number, high: number, rms: number];

function extremesOf(
  values: ArrayLike<number>,
  column: number,
  channels: number,
  members: number[],
): Extremes {
  let [low, high, rms] = [0, 0, 0];
  members.forEach((channel, i) => {
    const at = (column * channels + channel) * VALUES;
    low = i === 0 ? bounded(values[at]) : Math.min(low, bounded(values[at]));
    high = i === 0 ? bounded(values[at + 1]) : Math.max(high, bounded(values[at + 1]));
    rms = Math.max(rms, bounded(values[at + 2]));
  });
  return [low, high, rms];
}

/** Up the highs from left to right, back along the lows. */
function outline(
  columns: readonly (readonly [low: number, high: number])[],
  { middle, half, step }: { middle: number; half: number; step: number },
): string {
  if (columns.length === 0) return "";
  const point = (column: number, value: number): string =>
    `${round((column + 0.5) * step)} ${round(middle - value * half)}`;
  const highs = columns.map(([, high], i) => point(i, high));
  const lows = columns.map(([low], i) => point(i, low)).reverse();
  return `M${[...highs, ...lows].join("L")}Z`;
}

/** Samples over full scale end at the lane's edge. */
function bounded(value = 0): number {
  return Number.isFinite(value) ? Math.min(1, Math.max(-1, value)) : 0;
}

function range(count: number): number[] {
  return Array.from({ length: count }, (_, i) => i);
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
