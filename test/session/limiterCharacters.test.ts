import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { parseAlbum } from "../../src/session/albumDocument.js";
import { LIMITER_CHARACTERS } from "../../src/session/limiterCharacters.js";

const limiterOf = (limiter: object | undefined): unknown => {
  const text = JSON.stringify({ headroom: 1, title: "R", limiter, songs: [{ source: "a.wav", title: "A" }] });
  const { value, diagnostics } = parseAlbum(text);
  assert.ok(value, JSON.stringify(diagnostics));
  return value.limiter;
};

describe("the character of a master's limiter", () => {
  it("stands for settings, and is transparent where none is given", () => {
    assert.deepEqual(limiterOf(undefined), LIMITER_CHARACTERS.transparent);
    for (const [character, settings] of Object.entries(LIMITER_CHARACTERS))
      assert.deepEqual(limiterOf({ character }), settings, character);
  });
  it("gives way to what the document says itself", () => {
    assert.deepEqual(limiterOf({ character: "aggressive", softClip: 0, autoRelease: true }), {
      ...LIMITER_CHARACTERS.aggressive,
      ...{ softClip: 0, autoRelease: true },
    });
    assert.deepEqual(limiterOf({ release: 60 }), { ...LIMITER_CHARACTERS.transparent, release: 60 });
  });
});
