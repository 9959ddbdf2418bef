import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { parseMix } from "../../src/session/mixDocument.js";
import { newMixText } from "../../src/session/newMix.js";

const idsOf = (titles: readonly string[]): string[] => {
  const tracks = titles.map((title) => ({ title, file: `${title}.wav` }));
  const { value, diagnostics } = parseMix(newMixText({ title: "Song", sampleRate: 44100, tracks }));
  assert.deepEqual(diagnostics, []);
  return value!.tracks.map(({ id }) => id);
};

describe("a new mix session", () => {
  it("has a track per file, with an id of its name", () => {
    assert.deepEqual(idsOf(["01_Kick In", "02 Snare (Top)", "Бас", "1-2-3", "kick in", "Master", "??"]), [
      "kick-in",
      "snare-top",
      "бас",
      "2-3",
      "kick-in-2",
      "master-2",
      "track",
    ]);
  });

  it("explains itself in comments", () => {
    const text = newMixText({ title: "Song", sampleRate: 48000, tracks: [{ title: "a", file: "a.wav" }] });
    assert.match(text, /^\/\/ A mix session\./);
    assert.match(text, /"sampleRate": 48000, \/\/ Hz/);
  });

  it("is read without a word, whatever the files are called", () => {
    fc.assert(
      fc.property(fc.string(), fc.array(fc.string({ minLength: 1, unit: "binary" })), (title, titles) => {
        const names = titles.map((each) => each.replaceAll("\\", "/"));
        const tracks = names.map((each) => ({ title: each, file: `${each}.wav` }));
        const { value, diagnostics } = parseMix(newMixText({ title, sampleRate: 48000, tracks }));
        assert.deepEqual(diagnostics, []);
        assert.deepEqual(
          value?.tracks.map(({ clips }) => clips[0]?.file),
          tracks.map(({ file }) => file),
        );
        assert.equal(value.title, title);
      }),
    );
  });
});
