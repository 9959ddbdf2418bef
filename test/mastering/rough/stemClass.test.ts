import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { classifyStem, STEM_CLASSES, type StemClassName } from "../../../src/mastering/rough/stemClass.js";

describe("classes of stems", () => {
  const names: [name: string, expected: StemClassName][] = [
    ["VOX_LEAD.wav", "leadVocal"],
    ["Lead Vocal.wav", "leadVocal"],
    ["leadVox_02.wav", "leadVocal"],
    ["BGVOX_ECHO.flac", "backingVocal"],
    ["bv-left.wav", "backingVocal"],
    ["Backing Vocals 3.wav", "backingVocal"],
    ["01 Kick.wav", "kick"],
    ["bd.wav", "kick"],
    ["Snare Top.wav", "snare"],
    ["SN_bottom.wav", "snare"],
    ["Tom 2.wav", "toms"],
    ["HAT_FILL.wav", "hats"],
    ["OH L.wav", "overheads"],
    ["KICK_HATS.wav", "drums"],
    ["END_DRUMS.wav", "drums"],
    ["BREAKBEAT.wav", "drums"],
    ["PAD_BASS.wav", "bass"],
    ["sub.wav", "bass"],
    ["Gtr Lead.wav", "leadGuitar"],
    ["EGTR L.wav", "electricGuitar"],
    ["ac gtr.wav", "acousticGuitar"],
    ["Acoustic Guitar.wav", "acousticGuitar"],
    ["pno.wav", "keys"],
    ["MINILOGUE_SYNTH.wav", "synth"],
    ["strings.wav", "pad"],
    ["perc1.wav", "percussion"],
    ["MICROCOSM_EFFECT.wav", "effects"],
    ["take 7.wav", "unknown"],
    ["vocals/take 7.wav", "leadVocal"],
    ["vocals/kick.wav", "kick"],
    // Words inside other words say nothing.
    ["stringent.wav", "unknown"],
    ["keyhole.wav", "unknown"],
  ];
  for (const [name, expected] of names) {
    it(`"${name}" is ${STEM_CLASSES[expected].label}`, () => assert.equal(classifyStem(name), expected));
  }
});
