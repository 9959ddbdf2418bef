import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { svgDataUri, waveformSvg } from "../../src/viewmodel/waveformSvg.js";

const SIZE = { width: 100, height: 40 };

/** The points of every filled outline, in order: peaks, RMS, peaks, RMS ... */
function outlines(svg: string): [x: number, y: number][][] {
  return [...svg.matchAll(/d="M([^"]*)Z"/g)].map(([, points]) =>
    points!.split("L").map((point) => point.split(" ").map(Number) as [number, number]),
  );
}

describe("waveformSvg", () => {
  it("draws highs above and lows below the middle, in proportion", () => {
    const svg = waveformSvg({ values: [-0.5, 1, 0.25, -1, 0, 0.25], channels: 1 }, SIZE);
    // Half a lane is 20 px less a margin of 1; columns are 50 px wide.
    assert.deepEqual(outlines(svg), [
      [[25, 1], [75, 20], [75, 39], [25, 29.5]],
      [[25, 15.3], [75, 20], [75, 24.8], [25, 24.8]],
    ]); // prettier-ignore
  });
  it("gives two channels a lane each, and more one together", () => {
    const stereo = outlines(waveformSvg({ values: [-1, 1, 0, -0.5, 0.5, 0], channels: 2 }, SIZE));
    assert.equal(stereo.length, 4);
    assert.ok(stereo[0]!.every(([, y]) => y <= 20) && stereo[2]!.every(([, y]) => y >= 20));
    const values = [0, 0.25, 0, -0.5, 0, 0, 0, 1, 0];
    const [peaks] = outlines(waveformSvg({ values, channels: 3 }, SIZE));
    assert.deepEqual(peaks, [[50, 1], [50, 29.5]]); // prettier-ignore
  });
  it("stays inside the picture whatever the samples are", () => {
    const value = fc.double({ min: -1e6, max: 1e6 });
    fc.assert(
      fc.property(fc.array(value, { maxLength: 60 }), fc.integer({ min: 1, max: 6 }), (values, channels) => {
        for (const [x, y] of outlines(waveformSvg({ values, channels }, SIZE)).flat())
          assert.ok(x >= 0 && x <= SIZE.width && y >= 0 && y <= SIZE.height, `${x} ${y}`);
      }),
    );
  });
  it("draws a line for no audio at all", () => {
    assert.match(waveformSvg({ values: [], channels: 1 }, SIZE), /^<svg .*H100.*<\/svg>$/);
  });
});

describe("svgDataUri", () => {
  it("holds the document, and nothing that would end a Markdown link", () => {
    const svg = waveformSvg({ values: [-1, 1, 0.5], channels: 1 }, SIZE);
    const uri = svgDataUri(svg);
    assert.match(uri, /^data:image\/svg\+xml,[A-Za-z0-9%._~-]+$/);
    assert.equal(decodeURIComponent(uri.slice(uri.indexOf(",") + 1)), svg);
  });
});
