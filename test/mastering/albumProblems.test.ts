import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { albumProblems } from "../../src/mastering/albumProblems.js";
import type { AlbumResult, SongResult } from "../../src/mastering/results.js";
import { parseAlbum } from "../../src/session/albumDocument.js";
import { quickFixes } from "../../src/session/quickFixes.js";

const TEXT = `{
  "headroom": 1, "title": "T", "target": { "mode": "preserve" },
  "songs": [
    { "source": "1.wav", "title": "One" },
    { "source": "2.wav", "title": "Two" },
    { "source": "3.wav", "title": "Three", "loudness": 1 } // loud
  ]
}`;
const ALBUM = parseAlbum(TEXT).value!;

function song(integrated: number, quality: Partial<SongResult["quality"]> = {}): SongResult {
  const after = { loudness: { integrated } } as SongResult["after"];
  return {
    title: "S",
    after,
    warnings: [],
    quality: { before: [], after: [], ...quality },
  } as unknown as SongResult;
}
const of = (...songs: SongResult[]): AlbumResult => ({ songs }) as unknown as AlbumResult;

describe("problems of an album's masters", () => {
  it("name a song that falls out, and its fix brings it to the album's median", () => {
    const [outlier, ...others] = albumProblems(TEXT, ALBUM, of(song(-16), song(-16.5), song(-11)));
    assert.deepEqual(others, []);
    assert.equal(outlier!.code, "loudness-outlier");
    assert.match(outlier!.message, /5\.0 LU louder than the album's median/);
    assert.equal(TEXT.slice(outlier!.offset, outlier!.offset + outlier!.length), '"Three"');
    const [fix] = quickFixes(TEXT, outlier!);
    assert.equal(fix!.title, "Set the loudness offset to -4 LU");
    const [{ offset, length, text }] = fix!.edits as [{ offset: number; length: number; text: string }];
    const fixed = TEXT.slice(0, offset) + text + TEXT.slice(offset + length);
    assert.equal(fixed, TEXT.replace('"loudness": 1 }', '"loudness": -4 }'));
  });

  it("say nothing of loudness where the mode brings the songs together", () => {
    const album = { ...ALBUM, target: { ...ALBUM.target, mode: "album" as const } };
    assert.deepEqual(albumProblems(TEXT, album, of(song(-16), song(-16.5), song(-8))), []);
  });

  it("stand at the song's source, missing words at its title, and of many like ones only some are told", () => {
    const click = { kind: "click", severity: "warning", time: 65, message: "A click." } as const;
    const isrc = { kind: "metadata", severity: "information", time: null, message: "No isrc." } as const;
    const problems = albumProblems(
      TEXT,
      ALBUM,
      of(song(-16, { before: [click, click, click, click, isrc] })),
    );
    assert.deepEqual(
      problems.map(({ code, message, offset, length }) => [
        code,
        message,
        TEXT.slice(offset, offset + length),
      ]),
      [
        ...Array.from({ length: 3 }, () => ["click", "In the source at 1:05.0: A click.", '"1.wav"']),
        ["metadata", "In the source: No isrc.", '"One"'],
      ],
    );
  });
});
