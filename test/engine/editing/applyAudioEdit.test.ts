/** Edits as values, heard through the reader, against the same edits done to arrays of samples. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { describe, it } from "node:test";
import fc from "fast-check";
import { applyAudioEdit } from "../../../src/session/applyAudioEdit.js";
import {
  type AudioEdit,
  type EditedAudio,
  type FrameRange,
  type Piece,
} from "../../../src/session/audioEdits.js";
import { FADE_SHAPES } from "../../../src/session/fadeShape.js";
import { copyMaterial } from "../../../src/session/material.js";
import { framesOf } from "../../../src/session/pieces.js";
import { seededRandom } from "../../../src/units/random.js";
import { noise, openedSound, render, temporaryFolder, writeWav } from "./editedAudioBench.js";
import { applyToSamples, type ReferenceEdit, type Samples } from "./referenceEdits.js";

const FRAMES = 400;
/** Ranges may lie beyond the end: they are cut. */
const position = fc.nat(FRAMES + 50);
const range = fc.tuple(position, position).map(([a, b]) => ({ start: Math.min(a, b), end: Math.max(a, b) }));
const shape = fc.constantFrom(...FADE_SHAPES);

/** A paste takes `from` of the audio as it is, or of another file. */
type Step = Exclude<ReferenceEdit, { type: "paste" }> | PasteStep;
interface PasteStep {
  readonly type: "paste";
  readonly range: FrameRange;
  readonly from: FrameRange;
  readonly isForeign: boolean;
}

const structural: fc.Arbitrary<Step>[] = [
  fc.record({ type: fc.constant("delete" as const), range: fc.tuple(position, fc.nat(40)).map(short) }),
  fc.record({ type: fc.constant("trim" as const), range: fc.tuple(fc.nat(20), fc.integer({ min: 300, max: 900 })).map(([start, end]) => ({ start, end })) }),
  fc.record({ type: fc.constant("paste" as const), range: fc.tuple(position, fc.nat(30)).map(short), from: fc.tuple(position, fc.nat(60)).map(short), isForeign: fc.boolean() }),
  fc.record({ type: fc.constant("insertSilence" as const), at: position, frames: fc.nat(30) }),
  fc.record({ type: fc.constant("silence" as const), range: fc.tuple(position, fc.nat(20)).map(short) }),
  fc.record({ type: fc.constant("reverse" as const), range }),
  fc.record({ type: fc.constant("invert" as const), range }),
  fc.record({ type: fc.constant("invert" as const), range, channels: fc.constantFrom([0], [1], [0, 1]) }),
  fc.record({ type: fc.constant("swapChannels" as const), range }),
]; // prettier-ignore

const arithmetic: fc.Arbitrary<Step>[] = [
  fc.record({ type: fc.constant("delete" as const), range: fc.tuple(position, fc.nat(40)).map(short), crossfade: fc.nat(60), shape: fc.constantFrom("linear" as const, "sCurve" as const, "equalPower" as const) }),
  fc.record({ type: fc.constant("gain" as const), range, gain: fc.oneof(fc.constant(-Infinity), fc.integer({ min: -6, max: 2 })), channels: fc.constantFrom([0], [1], [0, 1]) }),
  fc.record({ type: fc.constant("gain" as const), range, gain: fc.integer({ min: -6, max: 2 }) }),
  fc.record({ type: fc.constant("fade" as const), range, direction: fc.constantFrom("in" as const, "out" as const), shape }),
  fc.record({ type: fc.constant("offset" as const), range, offsets: fc.tuple(fc.integer({ min: -9, max: 9 }), fc.integer({ min: -9, max: 9 })).map(([a, b]) => [a / 100, b / 100]) }),
]; // prettier-ignore

function short([start, frames]: [number, number]): FrameRange {
  return { start, end: start + frames };
}

describe("applyAudioEdit", () => {
  const folder = temporaryFolder();
  const sound = noise(2, FRAMES, 1);
  const other = noise(2, 200, 2);
  const opened = openedSound(writeWav(join(folder, "a.wav"), sound), 2);
  const foreign = openedSound(writeWav(join(folder, "b.wav"), other), 2);

  /** Applies a walk to both; `check` compares them. Every state must still sound the same at the end. */
  function walk(steps: readonly Step[], check: (audio: EditedAudio, samples: Samples) => void): void {
    let audio = frozen(opened);
    let samples: Samples = sound.map((side) => [...side]);
    const states: [EditedAudio, Float32Array[]][] = [];
    steps.forEach((step, i) => {
      [audio, samples] = applyStep(audio, samples, step);
      frozen(audio);
      assert.equal(framesOf(audio), samples[0]!.length);
      if (i % 10 !== 9 && i < steps.length - 1) return;
      check(audio, samples);
      states.push([audio, render(audio)]);
    });
    for (const [state, rendered] of states) assert.deepEqual(render(state, [97]), rendered);
  }

  function applyStep(audio: EditedAudio, samples: Samples, step: Step): [EditedAudio, Samples] {
    if (step.type !== "paste") return [applyAudioEdit(audio, step), applyToSamples(samples, step)];
    const { range: target, from, isForeign } = step;
    const material = copyMaterial(isForeign ? foreign : audio, from);
    const copied = (isForeign ? other.map((side) => [...side]) : samples).map((side) =>
      side.slice(from.start, from.end),
    );
    return [
      applyAudioEdit(audio, { type: "paste", range: target, material }),
      applyToSamples(samples, { type: "paste", range: target, samples: copied }),
    ];
  }

  it("cuts, moves, turns and swaps samples without changing one bit, 50 edits in a row", () => {
    const steps = fc.array(fc.oneof(...structural), { minLength: 50, maxLength: 50 });
    fc.assert(
      fc.property(steps, (walked) =>
        walk(walked, (audio, samples) => {
          const rendered = render(audio).map((side) => [...side].map((value) => value + 0));
          assert.deepEqual(
            rendered,
            samples.map((side) => side.map((value) => value + 0)),
          );
        }),
      ),
      { numRuns: 60 },
    );
  });

  it("computes to the last roundings what arithmetic on arrays gives, 50 edits in a row", () => {
    const steps = fc.array(fc.oneof(...structural, ...arithmetic), { minLength: 50, maxLength: 50 });
    fc.assert(
      fc.property(steps, (walked) =>
        walk(walked, (audio, samples) => {
          // Each treatment and each sum rounds to a 32-bit float: by half a step, 2^-24 of the power of two below the peak.
          const peak = Math.max(1, ...samples.flat().map(Math.abs));
          const tolerance = Math.max(2, roundingsOf(audio)) * 2 ** (Math.floor(Math.log2(peak)) - 24);
          render(audio).forEach((side, c) =>
            side.forEach((value, n) => {
              const difference = Math.abs(value - samples[c]![n]!);
              assert.ok(difference <= tolerance, `${value} for ${samples[c]![n]} at frame ${n}`);
            }),
          );
        }),
      ),
      { numRuns: 60 },
    );
  });

  it("is back at the opened audio, pieces and all, after edits that undo each other", () => {
    const all = { start: 0, end: FRAMES };
    const part = { start: 100, end: 250 };
    const pairs: AudioEdit[][] = [
      [{ type: "invert", range: part }, { type: "invert", range: part }],
      [{ type: "gain", range: part, gain: 3 }, { type: "gain", range: part, gain: -3 }],
      [{ type: "gain", range: all, gain: 0 }],
      [{ type: "reverse", range: part }, { type: "reverse", range: part }],
      [{ type: "swapChannels", range: part }, { type: "swapChannels", range: part }],
      [{ type: "offset", range: part, offsets: [0.25, -0.5] }, { type: "offset", range: part, offsets: [-0.25, 0.5] }],
      [{ type: "insertSilence", at: 50, frames: 10 }, { type: "delete", range: { start: 50, end: 60 } }],
      [
        { type: "paste", range: { start: 200, end: 200 }, material: copyMaterial(opened, { start: 0, end: 100 }) },
        { type: "delete", range: { start: 200, end: 300 } },
      ],
    ]; // prettier-ignore
    for (const edits of pairs)
      assert.deepEqual(edits.reduce(applyAudioEdit, opened), opened, edits.map(({ type }) => type).join());
  });

  it("keeps treatments few: a thousand gains, swaps and inversions are one permutation and one gain", () => {
    let audio = opened;
    for (let i = 0; i < 1000; i++) {
      audio = applyAudioEdit(audio, { type: "gain", range: { start: 0, end: FRAMES }, gain: i % 2 ? 1 : -1, channels: [i % 2] });
      audio = applyAudioEdit(audio, { type: "swapChannels", range: { start: 0, end: FRAMES } });
      audio = applyAudioEdit(audio, { type: "invert", range: { start: 0, end: FRAMES }, channels: [0] });
    } // prettier-ignore
    assert.equal(audio.pieces.length, 1);
    assert.ok(audio.pieces[0]!.layers[0]!.treatments.length <= 2);
  });

  it("gives the same audio, not a new one, where nothing changes", () => {
    const empty = { start: 7, end: 7 };
    const edits: AudioEdit[] = [
      { type: "delete", range: empty },
      { type: "trim", range: { start: 0, end: 9999 } },
      { type: "insertSilence", at: 5, frames: 0 },
      { type: "gain", range: empty, gain: 3 },
      { type: "paste", range: empty, material: copyMaterial(opened, empty) },
      { type: "fade", range: { start: 5000, end: 6000 }, direction: "in", shape: "linear" },
    ];
    for (const edit of edits) assert.equal(applyAudioEdit(opened, edit), opened, edit.type);
  });

  it("goes on from a process: the same format in place, another one as a whole", () => {
    const shorter = noise(2, 60, 3);
    const rendered = writeWav(join(folder, "rendered.wav"), shorter);
    const process = { kind: "inserts" as const, inserts: [] };
    const step = { type: "process" as const, label: "Equalizer", process, sampleRate: 48000, channels: 2 };
    const audio = applyAudioEdit(opened, { ...step, range: { start: 100, end: 200 }, rendered });
    const expected = sound.map((side, c) =>
      Float32Array.from([...side.slice(0, 100), ...shorter[c]!, ...side.slice(200)]),
    );
    assert.deepEqual(render(audio), expected);

    const mono = noise(1, FRAMES / 2, 4);
    const folded = { ...step, range: { start: 0, end: FRAMES }, sampleRate: 24000, channels: 1 };
    const whole = applyAudioEdit(opened, { ...folded, rendered: writeWav(join(folder, "mono.wav"), mono) });
    assert.deepEqual(render(whole), mono);
    assert.deepEqual([whole.sampleRate, whole.channels, whole.sources.length], [24000, 1, 1]);
    const partial = { ...folded, range: { start: 1, end: FRAMES }, rendered };
    assert.throws(() => applyAudioEdit(opened, partial), RangeError);
  });

  it("refuses what makes no sense", () => {
    const all = { start: 0, end: 10 };
    const mono = { ...opened, channels: 1 };
    const edits: AudioEdit[] = [
      { type: "delete", range: { start: 5, end: 4 } },
      { type: "delete", range: { start: -1, end: 4 } },
      { type: "delete", range: { start: 0.5, end: 4 } },
      { type: "delete", range: { start: 0, end: NaN } },
      { type: "delete", range: all, crossfade: -2 },
      { type: "gain", range: all, gain: NaN },
      { type: "gain", range: all, gain: Infinity },
      { type: "gain", range: all, gain: 1, channels: [2] },
      { type: "offset", range: all, offsets: [0.1] },
      { type: "offset", range: all, offsets: [0.1, Infinity] },
      { type: "insertSilence", at: 0, frames: -1 },
      { type: "paste", range: all, material: copyMaterial(mono, all) },
      { type: "paste", range: all, material: { ...copyMaterial(opened, all), sampleRate: 44100 } },
      { type: "markers", markers: [{ frame: -1, label: "", lengthFrames: 0 }] },
    ];
    for (const edit of edits) assert.throws(() => applyAudioEdit(opened, edit), RangeError, edit.type);
    assert.throws(() => applyAudioEdit(mono, { type: "swapChannels", range: all }), /nothing to swap/);
  });

  it("stays quick: ten thousand edits scattered over an hour", () => {
    const hour = openedSound({ path: "/hour.wav", frames: 3600 * 48000 }, 2);
    const random = seededRandom(7);
    let audio = hour;
    const start = process.cpuUsage().user;
    for (let i = 0; i < 10_000; i++) {
      const at = Math.floor(random() * 3500 * 48000);
      const cut = { start: at, end: at + 4800 };
      if (i % 3 === 0) audio = applyAudioEdit(audio, { type: "gain", range: cut, gain: -1 });
      else if (i % 3 === 1) audio = applyAudioEdit(audio, { type: "delete", range: cut, crossfade: 480 });
      else audio = applyAudioEdit(audio, { type: "fade", range: cut, direction: "in", shape: "linear" });
    }
    assert.ok(audio.pieces.length > 10_000);
    // Not a matter of speed but of growth: a minute would mean that each edit costs more than its list.
    assert.ok(process.cpuUsage().user - start < 60e6);
  });
});

/** Most roundings that one sample goes through. */
function roundingsOf({ pieces }: EditedAudio): number {
  const ofPiece = ({ layers }: Piece) =>
    layers.reduce((sum, { treatments }) => sum + treatments.length + 1, 0);
  return Math.max(0, ...pieces.map(ofPiece));
}

/** Any change of `value`, or of what it holds, is an error from now on. */
function frozen<T>(value: T): T {
  if (typeof value === "object" && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    Object.values(value).forEach(frozen);
  }
  return value;
}
