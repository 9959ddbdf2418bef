import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, it } from "node:test";
import { albumContent, albumView } from "../../src/host/albumContent.js";
import { lastMasters } from "../../src/host/lastMasters.js";
import type { AlbumDocument } from "../../src/session/albumDocument.js";

const LEVELS = {
  integrated: -14,
  momentaryMax: -10,
  shortTermMax: -11,
  lra: 5,
  truePeak: -1,
  samplePeak: -1.1,
  plr: 13,
};
const OVERVIEW = {
  source: "a.wav",
  sampleRate: 48000,
  channels: 2,
  duration: 2,
  loudness: LEVELS,
  shortTerm: [null, -14],
};
const SONG = {
  ...{ index: 0, title: "A", before: OVERVIEW, after: OVERVIEW, gain: 3, targetLoudness: -14 },
  ...{ gainReductionP95: -1, gainReductionMax: -2, files: ["01 A.wav"], warnings: [] },
};
const REPORT = {
  ...{ title: "T", folder: ".", reportPath: "x.report.md", songs: [SONG] },
  ...{ before: { integrated: -17, spread: null }, after: { integrated: -14, spread: null } },
};

describe("lastMasters", () => {
  let folder: string;
  let path: string;
  let album: AlbumDocument;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "headroom-masters-"));
    path = join(folder, "x.album.json");
    album = write({ songs: [{ source: "a.wav", title: "A" }] });
    mkdirSync(join(folder, "release"));
    for (const file of ["a.wav", "release/01 A.wav"]) writeFileSync(join(folder, file), "");
    writeReport(JSON.stringify(REPORT));
    for (const input of ["a.wav", "x.album.json"]) touch(input, 1000);
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  function write(content: object): AlbumDocument {
    const text = JSON.stringify({ headroom: 1, title: "T", ...content });
    writeFileSync(path, text);
    const { document } = albumContent(path, text);
    assert.ok(document);
    return document;
  }
  const writeReport = (text: string): void => writeFileSync(join(folder, "release", "x.report.json"), text);
  /** @param seconds since 1970 */
  const touch = (file: string, seconds: number): void => utimesSync(join(folder, file), seconds, seconds);

  it("reads the report beside the masters, with absolute paths", async () => {
    const masters = await lastMasters(path, album);
    assert.ok(masters);
    assert.equal(masters.isOutdated, false);
    assert.equal(masters.result.folder, join(folder, "release"));
    assert.equal(masters.result.reportPath, join(folder, "release", "x.report.md"));
    assert.deepEqual(masters.result.songs[0]?.after?.shortTerm, [null, -14]);
  });
  it("calls them outdated once a source or the document is newer", async () => {
    const future = Date.now() / 1000 + 100;
    for (const input of ["a.wav", "x.album.json"]) {
      touch(input, future);
      assert.equal((await lastMasters(path, album))?.isOutdated, true, input);
      touch(input, 1000);
    }
  });
  it("knows none if the songs are others, or in another order", async () => {
    const others: object[] = [
      { songs: [{ source: "b.wav", title: "A" }] },
      { songs: [{ source: "a.wav", title: "B" }] },
      { songs: [1, 2].map(() => ({ source: "a.wav", title: "A" })) },
    ];
    for (const other of others) assert.equal(await lastMasters(path, write(other)), null);
  });
  it("knows none if a master is gone", async () => {
    rmSync(join(folder, "release", "01 A.wav"));
    assert.equal(await lastMasters(path, album), null);
  });
  it("knows none if the report is damaged or foreign", async () => {
    const damaged = [
      JSON.stringify(REPORT).slice(0, 100),
      "[]",
      "null",
      JSON.stringify({ ...REPORT, songs: [{ ...SONG, gain: "3" }] }),
    ];
    for (const text of damaged) {
      writeReport(text);
      assert.equal(await lastMasters(path, album), null);
    }
  });
});

it("an album's view says what is delivered", () => {
  const deliver = [
    { format: "wav", sampleRate: 44100, bitDepth: 16 },
    { format: "wav", bitDepth: "32f" },
  ];
  const text = JSON.stringify({ headroom: 1, title: "T", songs: [{ source: "a", title: "A" }], deliver });
  const { document } = albumContent("/x.album.json", text);
  assert.ok(document);
  assert.deepEqual(albumView(document).deliveries, ["WAV 44.1 kHz 16-bit", "WAV 32-bit float"]);
});
