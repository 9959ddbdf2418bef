import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { ensureDebianPackage } from "../../.ci/setup.mjs";
import type { AudioFacts } from "../../src/audio/audioFacts.js";
import { audioFacts } from "../../src/audio/facts/fileFacts.js";
import { formatBext } from "../../src/audio/tags/bext.js";
import { formatCues } from "../../src/audio/tags/cue.js";
import { parseId3v1, parseId3v2 } from "../../src/audio/tags/id3.js";
import { dB } from "../../src/units/decibels.js";
import { lu, lufs } from "../../src/units/loudness.js";
import { bytesOf, concat, counting, data, fmt, u32, wav } from "./wavFixtures.js";

let folder = "";
before(() => (folder = mkdtempSync(join(tmpdir(), "headroom-facts-"))));
after(() => rmSync(folder, { recursive: true, force: true }));

const tagLines = ({ tags }: AudioFacts): string[] =>
  tags.map(({ origin, name, value }) => `${origin} ${name}: ${value}`);

/** A tag of version 2.`version`.0 with these frames. */
function id3(version: number, frames: Uint8Array, flags = 0): Uint8Array {
  const size = [21, 14, 7, 0].map((shift) => (frames.length >> shift) & 0x7f);
  return concat(bytesOf("ID3"), Uint8Array.of(version, 0, flags, ...size), frames);
}

/** A frame of version 2.3 or, for texts under 128 bytes, 2.4. */
function frame(id: string, ...contents: Uint8Array[]): Uint8Array {
  const bytes = concat(...contents);
  return concat(bytesOf(id), u32(bytes.length, true), Uint8Array.of(0, 0), bytes);
}

describe("ID3", () => {
  const utf16 = (text: string): Uint8Array =>
    concat(Uint8Array.of(0xff, 0xfe), Uint8Array.from(Buffer.from(text, "utf16le")));

  it("reads texts of all four encodings, descriptions and several values", () => {
    const frames = concat(
      frame("TIT2", Uint8Array.of(0), bytesOf("Caf\xe9")),
      frame("TPE1", Uint8Array.of(1), utf16("Zoë\0"), utf16("Łukasz")),
      frame("TALB", Uint8Array.of(2), Uint8Array.from(Buffer.from("A\0", "latin1"))),
      frame("TCON", Uint8Array.of(3), new TextEncoder().encode("Größe\0")),
      frame("TXXX", Uint8Array.of(3), bytesOf("MOOD\0calm")),
      frame("COMM", Uint8Array.of(0), bytesOf("eng\0a note")),
      frame("APIC", Uint8Array.of(0), counting(60)),
      frame("WOAR", bytesOf("https://example.org")),
    );
    for (const version of [3, 4]) {
      assert.deepEqual(
        parseId3v2(id3(version, frames)).map(({ id, value }) => [id, value]),
        [
          ["TIT2", "Café"],
          ["TPE1", "Zoë / Łukasz"],
          ["TALB", "\u4100"],
          ["TCON", "Größe"],
          ["TXXX:MOOD", "calm"],
          ["COMM", "a note"],
          ["WOAR", "https://example.org"],
        ],
        `2.${version}`,
      );
    }
  });

  it("undoes unsynchronisation, and reads the names of version 2.2 and of the old tag", () => {
    const kept = frame("TIT2", Uint8Array.of(1, 0xff, 0x00, 0xfe, 0x41, 0x00));
    // The size of the frame is that of its contents without the zero put in.
    kept[7] = 5;
    assert.deepEqual(parseId3v2(id3(3, kept, 0x80)), [{ id: "TIT2", value: "A" }]);
    const old = concat(bytesOf("TT2"), Uint8Array.of(0, 0, 4, 0), bytesOf("abc"));
    assert.deepEqual(parseId3v2(id3(2, old)), [{ id: "TT2", value: "abc" }]);
    const tail = concat(
      bytesOf("TAG"),
      bytesOf("Song".padEnd(30, "\0")),
      new Uint8Array(92),
      Uint8Array.of(0, 7, 17),
    );
    assert.deepEqual(parseId3v1(tail), [
      { id: "Title", value: "Song" },
      { id: "Track", value: "7" },
    ]);
  });

  it("ends wherever a tag is cut", () => {
    const tag = id3(
      4,
      concat(frame("TIT2", Uint8Array.of(3), bytesOf("abc")), frame("TXXX", bytesOf("\x01\xff\xfe"))),
    );
    for (let length = 0; length <= tag.length; length++) {
      assert.ok(parseId3v2(tag.subarray(0, length)).length <= 2);
    }
  });
});

describe("facts of WAV files", () => {
  it("tells chunks, INFO, bext with loudness, iXML, ID3, markers and loops", () => {
    const path = join(folder, "facts.wav");
    const { cue, adtl } = formatCues([
      { frame: 5, label: "Verse", lengthFrames: 10 },
      { frame: 2, label: "Start", lengthFrames: 0 },
    ]);
    const bext = formatBext({
      description: "A take",
      originationDate: "2026-11-24",
      timeReferenceFrames: 48000 * 3661,
      loudness: { integrated: lufs(-23.04), range: lu(7.5), maxTruePeak: dB(-1) },
    });
    const loop = concat(u32(0), u32(0), u32(4), u32(19), u32(0), u32(0));
    const list = concat(bytesOf("INFOINAM"), u32(5), bytesOf("Song\0\0"));
    writeFileSync(
      path,
      wav(
        "RIFF",
        fmt(1, 2, 16),
        { id: "bext", bytes: bext },
        { id: "iXML", bytes: bytesOf("<BWFXML><SCENE>12 &amp; 13</SCENE><TAKE>3</TAKE></BWFXML>") },
        data(counting(100)),
        { id: "LIST", bytes: list },
        { id: "cue ", bytes: cue },
        { id: "LIST", bytes: adtl },
        { id: "smpl", bytes: concat(new Uint8Array(28), u32(1), u32(0), loop) },
        { id: "id3 ", bytes: id3(3, frame("TSRC", Uint8Array.of(0), bytesOf("DEA120000001"))) },
        { id: "wxyz", bytes: counting(3) },
      ),
    );
    const facts = audioFacts(path);
    assert.deepEqual(
      facts.chunks.map(({ id, size, meaning }) => `${id} ${size} ${meaning}`),
      [
        "fmt  16 Format of the samples",
        "bext 602 Broadcast extension",
        "iXML 57 Production notes",
        "data 100 Audio",
        "LIST INFO 18 Title and names",
        `cue  ${cue.length} Markers`,
        `LIST adtl ${adtl.length} Labels of the markers`,
        "smpl 60 Sampler: pitch and loops",
        "id3  33 ID3 tag",
        "wxyz 3 Unknown; kept as it is",
      ],
    );
    assert.deepEqual(tagLines(facts), [
      "INFO Title: Song",
      "bext Description: A take",
      "bext Origination date: 2026-11-24",
      "bext Time reference: 01:01:01.000 (175728000 frames)",
      "bext Integrated loudness: -23.04 LUFS",
      "bext Loudness range: 7.50 LU",
      "bext Maximum true peak: -1.00 dBTP",
      "iXML Scene: 12 & 13",
      "iXML Take: 3",
      "ID3 ISRC: DEA120000001",
    ]);
    assert.deepEqual(facts.markers, [
      { frame: 2, label: "Start", lengthFrames: 0 },
      { frame: 5, label: "Verse", lengthFrames: 10 },
    ]);
    assert.deepEqual(facts.loops, [{ startFrame: 4, endFrame: 20 }]);
    assert.deepEqual(
      [facts.container, facts.bitRate, facts.bytes, facts.isFloat],
      ["WAV", 1_536_000, readFileSync(path).length, false],
    );
  });
});

describe("facts of compressed files", () => {
  it("tells what ffmpeg has written into them", () => {
    const ffmpeg = ensureDebianPackage("ffmpeg", "ffmpeg");
    const make = (name: string, ...words: string[]): AudioFacts => {
      const path = join(folder, name);
      const sound = ["-f", "lavfi", "-i", "sine=440:sample_rate=48000:duration=3"];
      const tags = ["-metadata", "title=Grüße", "-metadata", "artist=Wer"];
      execFileSync(ffmpeg, ["-v", "error", ...sound, ...tags, ...words, path]);
      return audioFacts(path);
    };
    const mp3 = make("tags.mp3", "-b:a", "128k", "-ac", "2");
    assert.deepEqual(
      [mp3.container, mp3.codec, mp3.bitRate, mp3.frames],
      ["MP3", "MPEG-1 Layer III", 128000, 144000],
    );
    const opus = make("tags.opus", "-b:a", "96k");
    assert.deepEqual([opus.container, opus.codec, opus.bitDepth, opus.frames], ["Ogg", "Opus", null, 144000]);
    const vorbis = make("tags.ogg", "-c:a", "libvorbis");
    assert.deepEqual([vorbis.container, vorbis.codec, vorbis.frames], ["Ogg", "Vorbis", 144000]);
    for (const facts of [mp3, opus, vorbis]) {
      const lines = tagLines(facts).join("\n");
      assert.match(lines, /(ID3|Vorbis comment) Title: Grüße/);
      assert.match(lines, /(ID3|Vorbis comment) Artist: Wer/);
    }
  });
});
