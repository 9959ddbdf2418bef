/**
 * Hashes of rendered sound: the same on every machine, with every version of Node, and from one day to the next. Where
 * sound is meant to change, the new hash goes in with the change, which the CHANGELOG tells under "Sound".
 */
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { ROOT } from "../../.ci/setup.mjs";
import { openAudioFile } from "../../src/audio/openAudioFile.js";
import { INSERT_TABLE, type InsertType } from "../../src/session/insertTable.js";
import { Studio } from "../../src/mastering/studio.js";
import { noise } from "../dsp/processorBench.js";
import { RATE, SessionBench } from "../engine/sessionBench.js";

/** Settings with which a processor does something. */
const SETTINGS: Partial<Record<InsertType, object>> = {
  gain: { gain: -3 },
  eq: {
    bands: [
      { type: "highpass", frequency: 60, slope: 24 },
      { type: "peak", frequency: 2500, gain: 4 },
    ],
  },
  compressor: { threshold: -30, ratio: 4 },
  convolution: { file: "room.wav" },
  gate: { threshold: -20 },
  multiband: { bands: [{ frequency: 200, threshold: -30 }, { threshold: -30 }] },
  saturator: { drive: 6 },
  stereo: { width: 140, monoBelow: 200 },
  transient: { attack: 6 },
};

const GOLDEN: Readonly<Record<string, string>> = {
  gain: "02d10a245986fed8",
  eq: "1143e7d885f2e2d3",
  compressor: "a86e379e98b245e1",
  delay: "e96077f924db09f4",
  reverb: "4b96157b9308fa18",
  convolution: "3f049ced1150a135",
  stereo: "e1048a326607f53d",
  limiter: "9519866b6ccf5b16",
  saturator: "42ca1908c98bea43",
  chorus: "4e813fe36213a96c",
  gate: "56e9c843d526d94d",
  deesser: "c7945057e9256eba",
  multiband: "a731f81407f5bbb3",
  transient: "347bf131dcd65df9",
  clips: "0c6045c2ec527514",
  master: "a6e78cafe27ad950",
};

describe("rendered sound stays what it was", () => {
  const bench = new SessionBench();
  const path = (name: string): string => join(bench.folder, name);
  let studio: Studio;
  before(() => {
    const { left, right } = noise(2 * RATE, 21);
    bench.write("noise.wav", [left, right]);
    bench.write("other.wav", [right.subarray(0, 44_100)], 44_100);
    bench.write("room.wav", [left.subarray(0, 4800).map((sample, i) => sample * Math.max(0, 1 - i / 4800))]);
    studio = new Studio({ workerPath: join(ROOT, "dist", "worker.js"), workers: 2 });
  });
  after(async () => {
    await studio.dispose();
    bench.remove();
  });

  function hashOf(file: string): string {
    const audio = openAudioFile(path(file));
    const bytes = new Uint8Array(audio.info.frames * audio.pcm.frameBytes);
    audio.readFrames(0, audio.info.frames, bytes);
    audio.close();
    return createHash("sha256").update(bytes).digest("hex").slice(0, 16);
  }

  async function mix(
    name: string,
    tracks: readonly object[],
    layout: "f32" | "s16" = "f32",
  ): Promise<string> {
    writeFileSync(path("song.mix.json"), JSON.stringify({ headroom: 1, sampleRate: RATE, tracks }));
    const dither = layout === "s16" ? "shaped" : "none";
    await studio.mixdown({ path: path("song.mix.json"), output: path(`${name}.wav`), layout, dither });
    return hashOf(`${name}.wav`);
  }

  for (const type of Object.keys(INSERT_TABLE) as InsertType[]) {
    it(`of ${type}`, async () => {
      const inserts = [{ type, ...SETTINGS[type] }];
      assert.equal(await mix(type, [{ id: "a", clips: [{ file: "noise.wav" }], inserts }]), GOLDEN[type]);
    });
  }

  it("of clips that are converted, turned and crossfaded, at 16 bits with dither", async () => {
    const clips = [
      { file: "other.wav", fadeIn: { length: 0.1, shape: "sCurve" } },
      { file: "noise.wav", start: 0.8, length: 1, speed: 1.1, reverse: true },
    ];
    assert.equal(await mix("clips", [{ id: "a", clips, pan: 0.3, fader: -2.5 }], "s16"), GOLDEN.clips);
  });

  it("of a master", async () => {
    const songs = [{ source: "noise.wav", title: "Noise" }];
    const deliver = [{ format: "wav", sampleRate: 44100, bitDepth: 16, dither: "shaped" }];
    const target = { loudness: -14, truePeak: -1, mode: "track" };
    writeFileSync(
      path("record.album.json"),
      JSON.stringify({ headroom: 1, title: "R", target, songs, deliver }),
    );
    const { songs: done, folder } = await studio.masterAlbum(path("record.album.json"));
    assert.equal(
      hashOf(join(folder.slice(bench.folder.length + 1), done[0]!.deliveries[0]!.file)),
      GOLDEN.master,
    );
  });
});
