import assert from "node:assert/strict";
import { it } from "node:test";
import { nearestWord } from "../../src/session/nearestWord.js";

const WORDS = ["gain", "ratio", "threshold", "makeup", "fadeIn", "fadeOut"];

const MEANT: readonly [word: string, meant: string | undefined][] = [
  ["gian", "gain"], // two neighbours swapped count as one mistake
  ["Gain", "gain"],
  ["treshhold", "threshold"],
  ["fadein", "fadeIn"],
  ["ration", "ratio"],
  ["gone", undefined],
  ["x", undefined],
  ["", undefined],
];

for (const [word, meant] of MEANT) {
  it(`takes "${word}" for ${meant ?? "nothing"}`, () => {
    assert.equal(nearestWord(word, WORDS), meant);
  });
}
