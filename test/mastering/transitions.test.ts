import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { transitionNotes, transitions } from "../../src/mastering/transitions.js";
import { loudnessToEnergy, lufs } from "../../src/units/loudness.js";

/** Blocks of so many seconds at a loudness, LUFS, one after the other. */
function blocks(...parts: readonly (readonly [seconds: number, loudness: number])[]): Float64Array {
  return Float64Array.from(
    parts.flatMap(([seconds, loudness]) =>
      Array.from({ length: 10 * seconds }, () => loudnessToEnergy(lufs(loudness))),
    ),
  );
}

describe("transitions of an album", () => {
  it("compare the last 8 s that sound with the first 8 s of the next song", () => {
    const songs = [
      blocks([30, -10], [8, -20], [2, -120]),
      blocks([1, -120], [8, -9], [30, -30]),
      undefined,
      blocks([20, -14]),
    ];
    const [only, ...others] = transitions(songs);
    assert.deepEqual(others, []);
    assert.equal(only!.from, 0);
    assert.ok(Math.abs(only!.end! + 20) < 1e-9);
    assert.ok(Math.abs(only!.start! + 9) < 1e-9);
    assert.ok(Math.abs(only!.jump! - 11) < 1e-9);
    assert.equal(only!.silence, 3);
    assert.match(
      transitionNotes([only!], 1, ["One", "Two"])[0]!,
      /^It begins 11\.0 LU louder than "One" ends\./,
    );
  });

  it("say nothing of a small step, of a long pause, or of silence", () => {
    const at = (jump: number | null, silence = 2) => [{ from: 0, end: -14, start: -14, jump, silence }];
    for (const all of [at(9), at(-9), at(null), at(15, 10), []])
      assert.deepEqual(transitionNotes(all, 1, ["One", "Two"]), []);
    assert.match(transitionNotes(at(-12), 1, ["One", "Two"])[0]!, /12\.0 LU quieter/);
  });

  it("know no loudness of a silent song", () => {
    const [join] = transitions([blocks([5, -120]), blocks([5, -14])]);
    assert.equal(join!.end, null);
    assert.equal(join!.jump, null);
  });
});
