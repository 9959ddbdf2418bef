import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { applyAudioEdit } from "../../src/session/applyAudioEdit.js";
import type { AudioEdit, AudioMarker } from "../../src/session/audioEdits.js";
import { describeEdit } from "../../src/session/describeEdit.js";
import { openedAudio, type OpenedFacts } from "../../src/session/openedAudio.js";

const FACTS: OpenedFacts = {
  sampleRate: 48000,
  channels: 2,
  channelMask: 3,
  bitDepth: 24,
  isFloat: false,
  markers: [],
  loops: [],
  tags: [],
};
const SOURCE = { path: "/song.wav", frames: 1000 };

describe("openedAudio", () => {
  it("takes over what the file says", () => {
    const audio = openedAudio(
      {
        ...FACTS,
        markers: [
          { frame: 20, label: "b", lengthFrames: 0 },
          { frame: 10, label: "a", lengthFrames: 5 },
        ],
        loops: [{ startFrame: 5, endFrame: 25 }],
        tags: [
          { origin: "INFO", id: "INAM", value: "Song" },
          { origin: "bext", id: "Originator", value: "Desk" },
          { origin: "ID3", id: "TIT2", value: "Other" },
        ],
      },
      SOURCE,
    );
    assert.deepEqual(audio.sources, [SOURCE]);
    assert.equal(audio.channelMask, 3);
    assert.deepEqual(
      audio.markers.map(({ label }) => label),
      ["a", "b"],
    );
    assert.deepEqual(audio.loops, [{ frame: 5, label: "0", lengthFrames: 20 }]);
    assert.deepEqual(audio.tags.info, { INAM: "Song" });
    assert.equal(audio.tags.bext?.originator, "Desk");
    assert.equal(audio.tags.bext.description, "");
    assert.equal(openedAudio(FACTS, SOURCE).tags.bext, null);
    assert.deepEqual(openedAudio(FACTS, { path: "/empty.wav", frames: 0 }).pieces, []);
  });

  it("stores at the depth of the file; what is lossy, as floats", () => {
    const depthOf = (bitDepth: number | null, isFloat = false) =>
      openedAudio({ ...FACTS, bitDepth, isFloat }, SOURCE).format;
    assert.deepEqual(depthOf(8), { bitDepth: 8, dither: "tpdf" });
    assert.deepEqual(depthOf(12), { bitDepth: 16, dither: "tpdf" });
    assert.deepEqual(depthOf(20), { bitDepth: 24, dither: "tpdf" });
    assert.deepEqual(depthOf(32), { bitDepth: 32, dither: "none" });
    assert.deepEqual(depthOf(32, true), { bitDepth: "32f", dither: "none" });
    assert.deepEqual(depthOf(64, true), { bitDepth: "64f", dither: "none" });
    assert.deepEqual(depthOf(null), { bitDepth: "32f", dither: "none" });
  });
});

describe("markers", () => {
  const opened = openedAudio(
    {
      ...FACTS,
      markers: [
        { frame: 0, label: "start", lengthFrames: 0 },
        { frame: 200, label: "point", lengthFrames: 0 },
        { frame: 300, label: "region", lengthFrames: 100 },
        { frame: 1000, label: "end", lengthFrames: 0 },
      ],
    },
    SOURCE,
  );
  const after = (edit: AudioEdit): string =>
    applyAudioEdit(opened, edit)
      .markers.map(({ frame, label, lengthFrames }) =>
        lengthFrames > 0 ? `${label} ${frame}+${lengthFrames}` : `${label} ${frame}`,
      )
      .join(", ");
  const range = (start: number, end: number) => ({ start, end });

  it("go and move with what is deleted", () => {
    const cut = (start: number, end: number) => after({ type: "delete", range: range(start, end) });
    assert.equal(cut(100, 150), "start 0, point 150, region 250+100, end 950");
    assert.equal(cut(150, 250), "start 0, region 200+100, end 900");
    assert.equal(cut(250, 350), "start 0, point 200, region 250+50, end 900");
    assert.equal(cut(350, 450), "start 0, point 200, region 300+50, end 900");
    assert.equal(cut(320, 340), "start 0, point 200, region 300+80, end 980");
    assert.equal(cut(300, 400), "start 0, point 200, end 900");
    assert.equal(after({ type: "trim", range: range(150, 350) }), "point 50, region 150+50");
  });

  it("move with what is inserted; a region grows around it", () => {
    const insert = (at: number) => after({ type: "insertSilence", at, frames: 10 });
    assert.equal(insert(100), "start 0, point 210, region 310+100, end 1010");
    assert.equal(insert(200), "start 0, point 210, region 310+100, end 1010");
    assert.equal(insert(350), "start 0, point 200, region 300+110, end 1010");
    const material = { sources: [SOURCE], pieces: opened.pieces, sampleRate: 48000, channels: 2 };
    assert.equal(
      after({ type: "paste", range: range(150, 250), material }),
      "start 0, region 1200+100, end 1900",
    );
  });

  it("turn with what is reversed", () => {
    assert.equal(
      after({ type: "reverse", range: range(100, 500) }),
      "start 0, region 200+100, point 399, end 1000",
    );
    assert.equal(
      after({ type: "reverse", range: range(100, 350) }),
      "start 0, point 249, region 300+100, end 1000",
    );
  });

  it("keep their time when the sample rate changes", () => {
    const process = { kind: "resample" as const, sampleRate: 96000 };
    const rendered = { path: "/r.wav", frames: 2000 };
    const whole = { range: range(0, 1000), label: "Resample", channels: 2, sampleRate: 96000 };
    assert.equal(
      after({ type: "process", process, rendered, ...whole }),
      "start 0, point 400, region 600+200, end 2000",
    );
    const timed = openedAudio({ ...FACTS, timeReferenceFrames: 48001 }, SOURCE);
    const resampled = applyAudioEdit(timed, { type: "process", process, rendered, ...whole });
    assert.equal(resampled.timeReferenceFrames, 96002, "the time reference");
  });

  it("are put in order and into the audio when they are edited", () => {
    const markers: AudioMarker[] = [
      { frame: 990, label: "b", lengthFrames: 50 },
      { frame: 5000, label: "c", lengthFrames: 0 },
      { frame: 1, label: "a", lengthFrames: 0 },
    ];
    assert.equal(after({ type: "markers", markers }), "a 1, b 990+10, c 1000");
  });
});

describe("describeEdit", () => {
  it("names edits as menus do", () => {
    const range = { start: 0, end: 1 };
    const names: [AudioEdit, string][] = [
      [{ type: "gain", range, gain: 3 }, "Gain +3.0 dB"],
      [{ type: "gain", range, gain: -0.25, channels: [1] }, "Gain -0.3 dB (Channel 2)"],
      [{ type: "gain", range, gain: -Infinity }, "Mute"],
      [{ type: "fade", range, direction: "in", shape: "linear" }, "Fade In"],
      [{ type: "delete", range, crossfade: 10 }, "Delete with Crossfade"],
      [{ type: "format", format: { bitDepth: "32f", dither: "none" } }, "Store as 32-bit Float"],
      [{ type: "swapChannels", range }, "Swap Channels"],
    ];
    for (const [edit, name] of names) assert.equal(describeEdit(edit), name);
  });
});
