import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { backingTrim, findLead, planTracks, type Stem } from "../../../src/mastering/rough/roughPlan.js";
import { classifyStem } from "../../../src/mastering/rough/stemClass.js";

function stem(file: string, values: Partial<Stem> = {}): Stem {
  const className = classifyStem(file);
  return {
    ...{ file, className, sampleRate: 48000, channels: 1, isDualMono: false, integrated: -30, loudestAt: 0 },
    ...values,
  };
}

const energy = (levels: readonly number[]): number =>
  10 * Math.log10(levels.reduce((sum, level) => sum + 10 ** (level / 10), 0));

describe("the plan of a rough mix", () => {
  it("trims every stem's active parts to the same loudness", () => {
    const [quiet, loud, silent] = planTracks(
      [stem("kick.wav"), stem("vox.wav", { integrated: -11.04 }), stem("fx.wav", { integrated: null })],
      [],
    );
    assert.deepEqual([quiet!.trim, loud!.trim, silent!.trim], [7, -12, 0]);
  });

  it("shares a class's loudness among its stems", () => {
    const tracks = planTracks(
      ["bv 1.wav", "bv 2.wav", "bv 3.wav", "vox.wav"].map((file) => stem(file)),
      [],
    );
    assert.ok(Math.abs(energy(tracks.slice(0, 3).map(({ level }) => level)) - -9) < 1e-9);
    assert.equal(tracks[3]!.level, 0);
  });

  it("brings the backing to the lead", () => {
    const files = ["vox.wav", "kick.wav", "snare.wav", "bass.wav", "egtr 1.wav", "egtr 2.wav", "pad.wav"];
    const tracks = planTracks(
      files.map((file) => stem(file)),
      [],
    );
    const backing = energy(tracks.filter(({ isLead }) => !isLead).map(({ level }) => level));
    assert.ok(Math.abs(backing + backingTrim(tracks)) < 1e-9);
  });

  it("lets the backing of an instrumental stand 1 LU over its lead", () => {
    const tracks = planTracks(
      ["Gtr Lead.wav", "kick.wav", "bass.wav"].map((file) => stem(file)),
      [],
    );
    const backing = energy(tracks.filter(({ isLead }) => !isLead).map(({ level }) => level));
    assert.equal(tracks[0]!.isLead, true);
    assert.ok(Math.abs(backing + backingTrim(tracks) - 1) < 1e-9);
  });

  it("does not let a silent singer lead", () => {
    assert.equal(findLead([stem("vox.wav", { integrated: null }), stem("piano.wav")]), "keys");
    assert.equal(findLead([stem("vox.wav", { integrated: null })]), undefined);
  });

  it("inverts the second of two microphones that run against each other", () => {
    const stems = [stem("snare top.wav"), stem("snare bottom.wav")];
    const against = { first: 0, second: 1, correlation: { peak: -0.8, lag: 0.0003 } };
    assert.deepEqual(
      planTracks(stems, [against]).map(({ isInverted }) => isInverted),
      [false, true],
    );
    const along = { first: 0, second: 1, correlation: { peak: 0.8, lag: 0 } };
    assert.deepEqual(
      planTracks(stems, [along]).map(({ isInverted }) => isInverted),
      [false, false],
    );
  });

  it("puts two takes of a guitar hard left and right, and one guitar twice at its usual places", () => {
    const stems = [stem("egtr 1.wav"), stem("egtr 2.wav")];
    const takes = { first: 0, second: 1, correlation: { peak: 0.1, lag: 0 } };
    assert.deepEqual(
      planTracks(stems, [takes]).map(({ pan }) => pan),
      [-1, 1],
    );
    const same = { first: 0, second: 1, correlation: { peak: 0.9, lag: 0 } };
    assert.deepEqual(
      planTracks(stems, [same]).map(({ pan }) => pan),
      [-0.7, 0.7],
    );
  });

  it("leaves stereo where it is, but not two equal channels", () => {
    const stereo = stem("piano.wav", { channels: 2 });
    const dual = stem("piano.wav", { channels: 2, isDualMono: true });
    assert.equal(planTracks([stereo], [])[0]!.pan, 0);
    assert.equal(planTracks([dual], [])[0]!.pan, -0.3);
  });

  it("gives unique ids", () => {
    const tracks = planTracks(
      ["a/Kick.wav", "b/kick.wav", "reverb.wav", "日本.wav"].map((file) => stem(file)),
      [],
    );
    assert.deepEqual(
      tracks.map(({ id }) => id),
      ["kick", "kick-2", "reverb-2", "track"],
    );
  });
});
