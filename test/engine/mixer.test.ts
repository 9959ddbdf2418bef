import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import fc from "fast-check";
import { seededRandom } from "../../src/units/random.js";
import { plainMix } from "./plainMixer.js";
import { SessionBench } from "./sessionBench.js";

const FRAMES = 600;

const level = (min: number, max: number): fc.Arbitrary<number | "-inf"> =>
  fc.oneof(
    { weight: 9, arbitrary: fc.double({ min, max, noNaN: true }) },
    { weight: 1, arbitrary: fc.constant("-inf") },
  );
const unit = fc.oneof(fc.constantFrom(-1, 0, 1), fc.double({ min: -1, max: 1, noNaN: true }));
const rarely = fc.integer({ min: 0, max: 5 }).map((n) => n === 0);

const strip = {
  trim: fc.double({ min: -12, max: 12, noNaN: true }),
  polarity: fc.constantFrom("normal", "inverted"),
  inserts: fc.array(
    fc.record({
      type: fc.constant("gain"),
      gain: fc.double({ min: -12, max: 12, noNaN: true }),
      bypass: fc.boolean(),
    }),
    { maxLength: 2 },
  ),
  pan: unit,
  panMode: fc.constantFrom("balance", "stereo"),
  width: fc.oneof(fc.constant(100), fc.double({ min: -100, max: 200, noNaN: true })),
  fader: level(-30, 12),
  mute: rarely,
  solo: rarely,
  soloSafe: rarely,
};
const send = {
  level: level(-30, 12),
  tap: fc.constantFrom("pre", "post"),
  pan: unit,
  mute: rarely,
};

/** Sessions of up to 4 tracks and 4 buses; a bus plays to later ones alone, so that there are no loops. */
const session = fc.integer({ min: 0, max: 4 }).chain((busCount) => {
  const buses = Array.from({ length: busCount }, (_, i) => `bus${i}`);
  const channel = (targets: readonly string[]) => ({
    ...strip,
    output: fc.constantFrom("master", ...targets),
    sends:
      targets.length === 0
        ? fc.constant([])
        : fc.array(fc.record({ to: fc.constantFrom(...targets), ...send }), { maxLength: 3 }),
  });
  const clip = fc.record({
    file: fc.constantFrom("mono.wav", "stereo.wav"),
    start: fc.integer({ min: 0, max: 200 }).map((frames) => frames / 48_000),
    gain: fc.double({ min: -12, max: 6, noNaN: true }),
  });
  const track = fc.record({ clips: fc.array(clip, { maxLength: 1 }), ...channel(buses) });
  const ids = [...buses, "track0", "track1", "track2", "track3"];
  return fc.record({
    panLaw: fc.constantFrom(-6, -4.5, -3, -1.5, 0),
    tracks: fc
      .array(track, { minLength: 1, maxLength: 4 })
      .map((all) => all.map((each, i) => ({ id: `track${i}`, ...each }))),
    buses: fc.tuple(
      ...buses.map((id, i) => fc.record({ id: fc.constant(id), ...channel(buses.slice(i + 1)) })),
    ),
    groups: fc
      .array(
        fc.record({
          members: fc.uniqueArray(fc.constantFrom(...ids), { maxLength: 3 }),
          fader: level(-20, 10),
          mute: rarely,
          solo: rarely,
        }),
        { maxLength: 2 },
      )
      .map((all) => all.map((each, i) => ({ id: `group${i}`, ...each }))),
    master: fc.record({ fader: level(-20, 10) }),
  });
});

describe("the mixer", () => {
  const bench = new SessionBench();
  const random = seededRandom(7);
  const noise = (): Float32Array => Float32Array.from({ length: 300 }, () => random() - 0.5);
  const files = new Map([
    ["mono.wav", [noise()]],
    ["stereo.wav", [noise(), noise()]],
  ]);
  before(() => files.forEach((channels, name) => bench.write(name, channels)));
  after(() => bench.remove());

  it("mixes any session as plain arithmetic does", () => {
    fc.assert(
      fc.property(session, (each) => {
        const known = {
          ...each,
          groups: each.groups.map((group) => ({
            ...group,
            members: group.members.filter((id) => isIn(each, id)),
          })),
        };
        const document = bench.document(known);
        const expected = plainMix(document, (file) => files.get(file)!, FRAMES);
        const { left, right } = bench.render(known, FRAMES);
        [left, right].forEach((side, s) => {
          const loudest = expected[s]!.reduce((most, x) => Math.max(most, Math.abs(x)), 1);
          side.forEach((sample, i) => {
            const error = Math.abs(sample - expected[s]![i]!);
            // A few roundings to 32-bit floats on the way.
            assert.ok(error < loudest * 1e-5, `frame ${i}: ${sample} instead of ${expected[s]![i]}`);
          });
        });
      }),
      { numRuns: 300 },
    );
  });
});

function isIn(
  session: { tracks: readonly { id: string }[]; buses: readonly { id: string }[] },
  id: string,
): boolean {
  return [...session.tracks, ...session.buses].some((channel) => channel.id === id);
}
