import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { renderProcess } from "../../../src/engine/editing/renderProcess.js";
import type { EditedAudio, EditProcess, FrameRange } from "../../../src/session/audioEdits.js";
import { insertDefaults } from "../../../src/session/insertTable.js";
import { noise, openedSound, render, temporaryFolder, writeWav } from "./editedAudioBench.js";

describe("renderProcess", () => {
  const folder = temporaryFolder();
  let files = 0;

  /** @returns the samples of the file that the process has made */
  function run(audio: EditedAudio, process: EditProcess, range?: FrameRange): Float32Array[] {
    const target = join(folder, `process-${files++}.wav`);
    const whole = range ?? { start: 0, end: Infinity };
    const end = Math.min(
      whole.end,
      audio.pieces.reduce((sum, { frames }) => sum + frames, 0),
    );
    const rendered = renderProcess({ audio, range: { start: whole.start, end }, process, target });
    const sound = render({ ...openedSound(rendered, rendered.channels), sampleRate: rendered.sampleRate });
    assert.equal(sound[0]!.length, rendered.frames);
    return sound;
  }

  const open = (planar: readonly Float32Array[]): EditedAudio =>
    openedSound(writeWav(join(folder, `source-${files++}.wav`), planar), planar.length);
  const gain = { ...insertDefaults("gain"), gain: -6 };

  it("runs inserts on a stretch of stereo and of mono, of the same length", () => {
    for (const channels of [1, 2]) {
      const sound = noise(channels, 10000, 1);
      const range = { start: 1000, end: 9000 };
      const result = run(open(sound), { kind: "inserts", inserts: [gain] }, range);
      assert.equal(result.length, channels);
      result.forEach((side, c) => {
        assert.equal(side.length, 8000);
        side.forEach((value, n) =>
          assert.ok(Math.abs(value - sound[c]![1000 + n]! * 10 ** (-6 / 20)) < 1e-7),
        );
      });
    }
  });

  it("hides the latency of look-ahead: a limiter with nothing to do leaves the sound in its place", () => {
    const sound = noise(2, 20000, 2).map((side) => side.map((value) => value / 8));
    const limiter = { ...insertDefaults("limiter"), ceiling: 0, lookahead: 7, truePeak: false };
    const result = run(open(sound), { kind: "inserts", inserts: [limiter, gain, { ...gain, gain: 6 }] });
    result.forEach((side, c) => {
      assert.equal(side.length, 20000);
      side.forEach((value, n) => assert.ok(Math.abs(value - sound[c]![n]!) < 1e-6, `frame ${n}`));
    });
  });

  it("copies what a chain of bypassed inserts leaves alone, bit for bit", () => {
    const sound = noise(1, 9000, 3);
    assert.deepEqual(run(open(sound), { kind: "inserts", inserts: [{ ...gain, bypass: true }] }), sound);
  });

  for (const [from, to] of [[48000, 44100], [44100, 48000], [48000, 96000], [48000, 11025]] as const)
    it(`converts six channels from ${from} to ${to} Hz: a sine each stays that sine`, () => {
      const sine = (rate: number, frames: number, c: number) =>
        Float32Array.from({ length: frames }, (_, n) => 0.5 * Math.sin((2 * Math.PI * 400 * (c + 1) * n) / rate));
      const frames = 30001;
      const sound = Array.from({ length: 6 }, (_, c) => sine(from, frames, c));
      const result = run({ ...open(sound), sampleRate: from }, { kind: "resample", sampleRate: to });
      const length = Math.round((frames * to) / from);
      result.forEach((side, c) => {
        assert.equal(side.length, length);
        const wanted = sine(to, length, c);
        // The ends ring: beyond them there is silence.
        for (let n = 1000; n < length - 1000; n++)
          assert.ok(Math.abs(side[n]! - wanted[n]!) < 1e-5, `channel ${c}, frame ${n}`);
      });
    }); // prettier-ignore

  it("mixes channels by the matrix", () => {
    const sound = noise(3, 5000, 4);
    const matrix = [
      [0.5, 0.5, 0],
      [0, 0, -1],
    ];
    const [first, second] = run(open(sound), { kind: "mixChannels", matrix }) as [Float32Array, Float32Array];
    first.forEach((value, n) => assert.equal(value, Math.fround((sound[0]![n]! + sound[1]![n]!) / 2)));
    second.forEach((value, n) => assert.equal(value, -sound[2]![n]!));
  });

  it("refuses what it cannot work on, and leaves nothing behind", () => {
    const target = join(folder, "refused.wav");
    const range = { start: 0, end: 100 };
    const refuse = (process: EditProcess, reason: RegExp) =>
      assert.throws(() => renderProcess({ audio: open(noise(3, 100, 5)), range, process, target }), reason);
    refuse({ kind: "inserts", inserts: [gain] }, /mono and stereo; this audio has 3 channels/);
    refuse({ kind: "mixChannels", matrix: [[1, 1]] }, /does not fit audio of 3 channels/);
    refuse({ kind: "resample", sampleRate: 12.5 }, /12.5 Hz/);
    assert.ok(!existsSync(target));
  });
});
