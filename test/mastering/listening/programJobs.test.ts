import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import wavefile from "wavefile";
import {
  openProgramJob,
  programSoundJob,
  type Program,
} from "../../../src/mastering/listening/programJobs.js";

/** Samples of a stereo sine, its right side half as loud. */
function sine(hertz: number, seconds: number, sampleRate: number, level: number): Float32Array[] {
  const left = Float32Array.from(
    { length: Math.round(seconds * sampleRate) },
    (_, i) => level * Math.sin((2 * Math.PI * hertz * i) / sampleRate),
  );
  return [left, left.map((value) => value / 2)];
}

describe("the program of an album", () => {
  let folder: string;
  let program: Program;
  const first = sine(440, 2, 48000, 0.5);
  const master = sine(440, 3, 48000, 0.9);
  const next = sine(1000, 1, 44100, 0.25);
  const nextMaster = sine(1000, 1, 48000, 0.5);
  const reference = sine(200, 1.5, 44100, 0.7);

  const write = (name: string, channels: Float32Array[], sampleRate: number): string => {
    const file = new wavefile.WaveFile();
    file.fromScratch(channels.length, sampleRate, "32f", channels);
    const path = join(folder, name);
    writeFileSync(path, file.toBuffer());
    return path;
  };

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), "headroom-program-"));
    program = await openProgramJob({
      songs: [
        {
          ...{ title: "One", gap: 1, part: { from: 0 } },
          source: write("one.wav", first, 48000),
          master: write("one.master.wav", master, 48000),
        },
        {
          ...{ title: "Two", gap: 5, part: { from: 0 } },
          source: write("two.wav", next, 44100),
          master: write("two.master.wav", nextMaster, 48000),
        },
        {
          ...{ title: "Lost", gap: 0, part: { from: 0 } },
          source: join(folder, "lost.wav"),
          master: undefined,
        },
      ],
      reference: write("reference.wav", reference, 44100),
      cacheFolder: folder,
    });
  });
  after(() => rmSync(folder, { recursive: true }));

  it("lays the songs out as long as their masters, at their rate", () => {
    assert.deepEqual(program.sides, ["source", "master", "reference"]);
    assert.equal(program.sampleRate, 48000);
    assert.deepEqual(program.songs, [
      { start: 0, frames: 3 * 48000 },
      { start: 3 * 48000, frames: 48000 },
      { start: 4 * 48000, frames: 0 },
    ]);
    assert.equal(program.frames, 4 * 48000);
  });

  it("says what cannot be heard", () => {
    assert.equal(program.problems.length, 1);
    assert.match(program.problems[0]!, /^The source of "Lost" cannot be heard: .*lost\.wav/);
  });

  it("gives the files' own samples where rates are the same, silence in gaps", () => {
    const sound = programSoundJob({ program, start: 1000, count: 2.5 * 48000 });
    assert.equal(sound.length, 6);
    for (const side of [0, 1]) {
      const source = new Float32Array(2.5 * 48000);
      source.set(first[side]!.subarray(1000));
      assert.deepEqual(sound[side], source);
      assert.deepEqual(sound[2 + side], master[side]!.subarray(1000, 1000 + 2.5 * 48000));
    }
  });

  it("converts other rates, the same wherever it is cut", () => {
    const [start, count] = [3 * 48000, 48000];
    const whole = programSoundJob({ program, start, count });
    const expected = sine(1000, 1, 48000, 0.25)[0]!;
    // Off the ends, where the filter sees the file's edges.
    for (let i = 500; i < count - 500; i++) assert.ok(Math.abs(whole[0]![i]! - expected[i]!) < 1e-4);
    const parts = [0, 137, 20000, 47999].map((from, i, all) =>
      programSoundJob({ program, start: start + from, count: (all[i + 1] ?? count) - from }),
    );
    for (const channel of whole.keys()) {
      const joined = parts.flatMap((part) => [...part[channel]!]);
      assert.deepEqual(Float32Array.from(joined), whole[channel]);
    }
  });

  it("leaves out what the album does not take of a source", async () => {
    const source = join(folder, "one.wav");
    const song = { title: "One", gap: 0.5, source, master: undefined };
    const input = { reference: undefined, cacheFolder: folder };
    const songs = [
      { ...song, part: { from: 0.25, to: 1 } },
      { ...song, part: { from: 1.5 } },
    ];
    const cut = await openProgramJob({ ...input, songs });
    assert.deepEqual(cut.songs, [
      { start: 0, frames: 1.25 * 48000 },
      { start: 1.25 * 48000, frames: 0.5 * 48000 },
    ]);
    const [left] = programSoundJob({ program: cut, start: 0, count: cut.frames });
    const expected = new Float32Array(cut.frames);
    expected.set(first[0]!.subarray(12_000, 48_000));
    expected.set(first[0]!.subarray(72_000), 60_000);
    assert.deepEqual(left, expected);
  });

  it("repeats the reference to the end", () => {
    const frames = 1.5 * 48000;
    const count = 1000;
    const [once, again] = [0, frames].map(
      (start) => programSoundJob({ program, start: start + 600, count })[4],
    );
    assert.deepEqual(again, once);
    assert.ok(Math.max(...once!) > 0.6);
  });
});
