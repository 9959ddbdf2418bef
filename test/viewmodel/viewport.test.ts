import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import {
  clampViewport,
  fitViewport,
  frameToX,
  isFit,
  MOST_PIXELS_PER_FRAME,
  resizeViewport,
  revealFrame,
  scrollBy,
  showSpan,
  visibleSpan,
  xToFrame,
  zoomAt,
} from "../../src/viewmodel/viewport.js";

const frames = fc.integer({ min: 1, max: 2 ** 33 });
const width = fc.integer({ min: 50, max: 4000 });
/** A view of some audio. */
const shown = fc
  .record({
    frames,
    width,
    zoom: fc.double({ min: 0, max: 1, noNaN: true }),
    at: fc.double({ min: 0, max: 1, noNaN: true }),
  })
  .map(({ frames: length, width: pixels, zoom, at }) => {
    const widest = length / pixels;
    const framesPerPixel = (1 / 50) * (widest * 50) ** zoom;
    return { length, view: clampViewport({ start: at * length, framesPerPixel, width: pixels }, length) };
  });
const close = (a: number, b: number, scale: number): boolean => Math.abs(a - b) <= 1e-7 * Math.max(1, scale);

describe("viewport", () => {
  it("maps frames to pixels and back", () => {
    fc.assert(
      fc.property(shown, fc.double({ min: 0, max: 1, noNaN: true }), ({ view }, share) => {
        const x = share * view.width;
        assert.ok(close(frameToX(view, xToFrame(view, x)), x, view.start / view.framesPerPixel));
      }),
    );
  });
  it("never shows more than the audio, nor less than a pixel allows", () => {
    fc.assert(
      fc.property(
        shown,
        fc.double({ min: 0.001, max: 1000, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        ({ length, view }, factor, share) => {
          const zoomed = zoomAt(view, factor, share * view.width, length);
          const { start, end } = visibleSpan(zoomed);
          assert.ok(start >= 0);
          assert.ok(end <= length * (1 + 1e-9) || isFit(zoomed, length));
          assert.ok(
            zoomed.framesPerPixel >= Math.min(1 / MOST_PIXELS_PER_FRAME, length / view.width) * (1 - 1e-9),
          );
        },
      ),
    );
  });
  it("zooms around the pointer where the ends of the audio allow", () => {
    const view = { start: 1000, framesPerPixel: 10, width: 800 };
    const closer = zoomAt(view, 0.5, 300, 100_000);
    assert.equal(closer.framesPerPixel, 5);
    assert.equal(xToFrame(closer, 300), xToFrame(view, 300));
    assert.deepEqual(zoomAt(closer, 2, 300, 100_000), view);
  });
  it("scrolls to the ends and no further", () => {
    const view = { start: 1000, framesPerPixel: 10, width: 800 };
    assert.equal(scrollBy(view, -5000, 100_000).start, 0);
    assert.equal(scrollBy(view, 1e6, 100_000).start, 92_000);
    assert.equal(scrollBy(scrollBy(view, 77, 100_000), -77, 100_000).start, 1000);
  });
  it("fits, and stays fit when the page changes its width", () => {
    const fit = fitViewport(48_000, 960);
    assert.deepEqual(fit, { start: 0, framesPerPixel: 50, width: 960 });
    assert.deepEqual(resizeViewport(fit, 480, 48_000), { start: 0, framesPerPixel: 100, width: 480 });
    const close = { start: 100, framesPerPixel: 1, width: 960 };
    assert.deepEqual(resizeViewport(close, 480, 48_000), { ...close, width: 480 });
  });
  it("shows a span with its margins", () => {
    const view = showSpan({ start: 10_000, end: 20_000 }, 1000, 1e6, 0.05);
    assert.ok(Math.abs(frameToX(view, 10_000) - 50) < 1e-6);
    assert.ok(Math.abs(frameToX(view, 20_000) - 950) < 1e-6);
  });
  it("reveals a frame by scrolling as little as needed", () => {
    const view = { start: 1000, framesPerPixel: 10, width: 800 };
    assert.equal(revealFrame(view, 5000, 100_000), view);
    assert.equal(frameToX(revealFrame(view, 20_000, 100_000), 20_000), 800 - 24);
    assert.equal(frameToX(revealFrame(view, 500, 100_000), 500), 24);
  });
  it("bears audio without frames", () => {
    const view = fitViewport(0, 800);
    assert.equal(view.start, 0);
    assert.ok(view.framesPerPixel > 0);
    assert.equal(zoomAt(view, 2, 400, 0).start, 0);
  });
});
