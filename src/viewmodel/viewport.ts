/** The part of the audio that a lane shows, and the way between frames and pixels. */

export interface Viewport {
  /** Frame at the left edge; may lie between two frames. */
  readonly start: number;
  readonly framesPerPixel: number;
  /** CSS pixels. */
  readonly width: number;
}

/** From `start` up to, not including, `end`, in frames. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** Closest zoom: a frame takes this many pixels. */
export const MOST_PIXELS_PER_FRAME = 48;

export function frameToX({ start, framesPerPixel }: Viewport, frame: number): number {
  return (frame - start) / framesPerPixel;
}

/** Inverse of {@link frameToX}; not rounded. */
export function xToFrame({ start, framesPerPixel }: Viewport, x: number): number {
  return start + x * framesPerPixel;
}

export function visibleSpan({ start, framesPerPixel, width }: Viewport): Span {
  return { start, end: start + framesPerPixel * width };
}

/** The whole audio over the whole width. @param frames length of the audio */
export function fitViewport(frames: number, width: number): Viewport {
  return { start: 0, framesPerPixel: widestZoom(frames, width), width };
}

/** Within the audio, and between the widest and the closest zoom. */
export function clampViewport({ start, framesPerPixel, width }: Viewport, frames: number): Viewport {
  const widest = widestZoom(frames, width);
  const zoom = Math.min(widest, Math.max(Math.min(widest, 1 / MOST_PIXELS_PER_FRAME), framesPerPixel));
  const last = Math.max(0, frames - zoom * width);
  return { start: Math.min(last, Math.max(0, start)), framesPerPixel: zoom, width };
}

/** Zooms so that what is at `x` stays there. @param factor above 1 shows more, below 1 less */
export function zoomAt(viewport: Viewport, factor: number, x: number, frames: number): Viewport {
  const { framesPerPixel, width } = clampViewport(
    { ...viewport, framesPerPixel: viewport.framesPerPixel * factor },
    frames,
  );
  return clampViewport({ start: xToFrame(viewport, x) - x * framesPerPixel, framesPerPixel, width }, frames);
}

export function scrollBy(viewport: Viewport, pixels: number, frames: number): Viewport {
  return clampViewport({ ...viewport, start: xToFrame(viewport, pixels) }, frames);
}

/** The span over the whole width, with a margin on both sides. @param margin share of the width, 0 to below 0.5 */
export function showSpan({ start, end }: Span, width: number, frames: number, margin = 0.02): Viewport {
  const framesPerPixel = Math.max(1, end - start) / Math.max(1, width * (1 - 2 * margin));
  return clampViewport({ start: start - margin * width * framesPerPixel, framesPerPixel, width }, frames);
}

/** Scrolls as little as needed to bring `frame` into sight, or not at all. @param margin pixels to the edge */
export function revealFrame(viewport: Viewport, frame: number, frames: number, margin = 24): Viewport {
  const x = frameToX(viewport, frame);
  const edge = Math.min(margin, viewport.width / 4);
  if (x < edge) return scrollBy(viewport, x - edge, frames);
  if (x > viewport.width - edge) return scrollBy(viewport, x - viewport.width + edge, frames);
  return viewport;
}

/** Another width, with the same zoom and left edge. A view of everything goes on showing everything. */
export function resizeViewport(viewport: Viewport, width: number, frames: number): Viewport {
  return isFit(viewport, frames) ? fitViewport(frames, width) : clampViewport({ ...viewport, width }, frames);
}

export function isFit(viewport: Viewport, frames: number): boolean {
  return viewport.framesPerPixel >= widestZoom(frames, viewport.width) * (1 - 1e-9);
}

function widestZoom(frames: number, width: number): number {
  return Math.max(1, frames) / Math.max(1, width);
}
