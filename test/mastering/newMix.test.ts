import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, it } from "node:test";
import { WavWriter } from "../../src/audio/wavWriter.js";
import { checkDocument } from "../../src/mastering/checkDocument.js";
import { freeSessionPath, newMix } from "../../src/mastering/newMix.js";
import { parseMix, type MixDocument } from "../../src/session/mixDocument.js";

describe("a new mix session from files", () => {
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), "headroom-new-"))));
  afterEach(() => rmSync(folder, { recursive: true }));

  function writeSilence(name: string, sampleRate: number): string {
    const path = join(folder, name);
    const writer = WavWriter.create(path, { sampleRate, channels: 1, layout: "s16" });
    writer.write(new Uint8Array(200));
    writer.finish();
    return path;
  }

  function read(path: string): MixDocument {
    assert.deepEqual(checkDocument(path), []);
    return parseMix(readFileSync(path, "utf8")).value!;
  }

  it("takes the folder's audio in the order of its numbers, and the rate that most files have", () => {
    writeSilence("10 bass.wav", 44100);
    writeSilence("2 snare.WAV", 44100);
    writeSilence("1 kick.wav", 48000);
    writeFileSync(join(folder, "notes.txt"), "");
    writeFileSync(join(folder, ".hidden.wav"), "");
    const output = join(folder, "song.mix.json");
    assert.deepEqual(newMix({ from: folder, output, title: "Song" }), {
      path: output,
      tracks: 3,
      warnings: [],
    });
    const { sampleRate, tracks } = read(output);
    assert.equal(sampleRate, 44100);
    assert.deepEqual(
      tracks.map(({ name, clips }) => [name, clips[0]?.file]),
      [
        ["kick", "1 kick.wav"],
        ["snare", "2 snare.WAV"],
        ["bass", "10 bass.wav"],
      ],
    );
  });

  it("looks into the folder's folders only if it has no audio of its own", () => {
    mkdirSync(join(folder, "stems"));
    writeSilence("stems/kick.wav", 48000);
    const output = join(folder, "song.mix.json");
    newMix({ from: folder, output, title: "Song" });
    assert.equal(read(output).tracks[0]?.clips[0]?.file, "stems/kick.wav");
  });

  it("leaves out what cannot be read, and says so", () => {
    const good = writeSilence("kick.wav", 48000);
    const bad = join(folder, "snare.wav");
    writeFileSync(bad, "no audio at all");
    const output = join(folder, "song.mix.json");
    const { tracks, warnings } = newMix({ from: [good, bad], output, title: "Song" });
    assert.equal(tracks, 1);
    assert.equal(warnings.length, 1);
    assert.match(warnings[0]!, /snare\.wav/);
    assert.equal(read(output).tracks.length, 1);
  });

  it("overwrites nothing, and writes nothing without audio", () => {
    const output = join(folder, "song.mix.json");
    const make = () => newMix({ from: folder, output, title: "Song" });
    assert.throws(make, /there is no audio file here\. Put WAV, FLAC, MP3, Ogg or AIFF files there\.$/);
    assert.equal(freeSessionPath(folder), output);
    writeSilence("kick.wav", 48000);
    make();
    const before = readFileSync(output, "utf8");
    assert.throws(make, /song\.mix\.json: there is a file of this name already/);
    assert.equal(readFileSync(output, "utf8"), before);
    assert.equal(freeSessionPath(folder), join(folder, "song-2.mix.json"));
    const nowhere = { from: join(folder, "nowhere"), output: freeSessionPath(folder), title: "" };
    assert.throws(() => newMix(nowhere), /nowhere: there is no such folder/);
  });
});
