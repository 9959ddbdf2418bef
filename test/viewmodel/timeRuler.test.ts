import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import {
  clockText,
  lengthText,
  parsePosition,
  positionText,
  rulerTicks,
  type RulerKind,
  type RulerUnits,
} from "../../src/viewmodel/timeRuler.js";

const units = (kind: RulerKind, sampleRate = 48_000): RulerUnits => ({
  kind,
  sampleRate,
  tempo: 120,
  beatsPerBar: 4,
});
const labels = (...args: Parameters<typeof rulerTicks>): string[] =>
  rulerTicks(...args).flatMap(({ label }) => (label === "" ? [] : [label]));

describe("ruler", () => {
  it("labels round times", () => {
    const view = { start: 0, framesPerPixel: 480, width: 1000 };
    assert.deepEqual(labels(view, units("time")), ["0:00", "0:01", "0:02", "0:03", "0:04", "0:05", "0:06", "0:07", "0:08", "0:09", "0:10"]); // prettier-ignore
    assert.deepEqual(labels({ start: 0, framesPerPixel: 48_000, width: 300 }, units("time")), [
      "0:00",
      "2:00",
      "4:00",
    ]);
    assert.deepEqual(labels({ start: 48_000, framesPerPixel: 0.48, width: 250 }, units("time")), ["0:01.000", "0:01.001", "0:01.002"]); // prettier-ignore
  });
  it("labels samples and bars", () => {
    assert.deepEqual(labels({ start: 0, framesPerPixel: 1, width: 250 }, units("samples")), [
      "0",
      "100",
      "200",
    ]);
    // 120 BPM: a beat is 24,000 frames, a bar 96,000.
    assert.deepEqual(labels({ start: 0, framesPerPixel: 960, width: 250 }, units("bars")), [
      "1.1",
      "2.1",
      "3.1",
    ]);
    assert.deepEqual(labels({ start: 96_000, framesPerPixel: 240, width: 250 }, units("bars")), [
      "2.1",
      "2.2",
      "2.3",
    ]);
  });
  it("keeps labels apart at any zoom and rate, and has some", () => {
    const view = fc.record({
      start: fc.double({ min: 0, max: 1e9, noNaN: true }),
      zoom: fc.double({ min: -1.5, max: 6, noNaN: true }),
      kind: fc.constantFrom<RulerKind>("time", "samples", "bars"),
      sampleRate: fc.constantFrom(8, 8000, 44_100, 384_000),
    });
    fc.assert(
      fc.property(view, ({ start, zoom, kind, sampleRate }) => {
        const ticks = rulerTicks({ start, framesPerPixel: 10 ** zoom, width: 1200 }, units(kind, sampleRate));
        assert.ok(ticks.length > 0 && ticks.length < 400);
        const labelled = ticks.filter(({ label }) => label !== "");
        labelled.forEach(({ x }, i) => {
          if (i > 0) assert.ok(x - labelled[i - 1]!.x >= 83.9);
        });
      }),
    );
  });
});

describe("positions", () => {
  it("are written as the ruler counts", () => {
    assert.equal(positionText(48_000 * 62.5, units("time")), "1:02.500");
    assert.equal(positionText(1234, units("samples")), "1234");
    assert.equal(positionText(96_000 + 24_000, units("bars")), "2.2.00");
    assert.equal(lengthText(36_000, units("bars")), "1.50 beats");
    assert.equal(clockText(3723.5, 1), "1:02:03.5");
    assert.equal(clockText(59.9996, 3), "1:00.000");
  });
  it("are read with or without a unit", () => {
    assert.equal(parsePosition("1:02.5", units("time")), 48_000 * 62.5);
    assert.equal(parsePosition("2", units("time")), 96_000);
    assert.equal(parsePosition("250 ms", units("samples")), 12_000);
    assert.equal(parsePosition("3000 smp", units("time")), 3000);
    assert.equal(parsePosition("3000", units("samples")), 3000);
    assert.equal(parsePosition("2.2", units("bars")), 120_000);
    assert.equal(parsePosition("1.5 beats", units("bars"), true), 36_000);
    for (const text of ["", "abc", "-3", "1:2:3:4", "0.0"])
      assert.equal(parsePosition(text, units("bars")), undefined);
  });
  it("survive being written and read", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 1e9 }),
        fc.constantFrom<RulerKind>("time", "samples"),
        (frame, kind) => {
          const read = parsePosition(positionText(frame, units(kind)), units(kind));
          assert.ok(read !== undefined && Math.abs(read - frame) <= (kind === "time" ? 24 : 0));
        },
      ),
    );
  });
});
