import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { audioPathAt } from "../../src/session/audioPathAt.js";

const TEXT = `{
  // "file": "comment.wav"
  "title": "file",
  "songs": [{ "source": "masters/02 \\u00e9.wav", "title": "source" }],
  "reference": { "file": "refs/a.flac", "amount": 50 },
  "tracks": [{ "clips": [{ "file": "stems/kick.wav", "start": 0, }] }],
  "empty": { "file": "" }, "number": { "file": 3 }
}`;

describe("audioPathAt", () => {
  const at = (marker: string): string | undefined => audioPathAt(TEXT, TEXT.indexOf(marker) + 1)?.path;
  it("finds the file names of songs, references and clips", () => {
    assert.equal(at("masters"), "masters/02 é.wav");
    assert.equal(at("refs/"), "refs/a.flac");
    assert.equal(at("stems"), "stems/kick.wav");
  });
  it("covers the text with its quotation marks", () => {
    const found = audioPathAt(TEXT, TEXT.indexOf("refs/"));
    assert.ok(found);
    assert.equal(TEXT.slice(found.offset, found.offset + found.length), '"refs/a.flac"');
  });
  it("finds nothing elsewhere", () => {
    for (const marker of ["comment.wav", '"file",', '"source"', '"title"', '"" }', "3 }", "50"])
      assert.equal(at(marker), undefined, marker);
    for (const text of ["", "{", "not json", '{"file": "a.wav'])
      assert.doesNotThrow(() => audioPathAt(text, 1));
  });
});
