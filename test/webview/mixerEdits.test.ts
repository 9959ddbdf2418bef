import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { packLevels, unpackLevels } from "../../src/protocol/levels.js";
import { mixSchema } from "../../src/session/mixDocument.js";
import { automationMoves, withMovedEntry, withoutEntry } from "../../webview/mix/mixer/automationMoves.js";
import { channelsOf } from "../../webview/mix/mixer/channel.js";
import { freeId } from "../../webview/mix/mixer/channelEdits.js";
import { possibleTargets } from "../../webview/mix/mixer/channelRoutes.js";
import { compactChannel } from "../../webview/mix/mixer/compactChannel.js";
import { changesTo, takeSnapshot, writtenSnapshot } from "../../webview/mix/snapshot.js";

const mix = mixSchema.parse({
  headroom: 1,
  tracks: [
    {
      ...{ id: "kick", fader: "-inf", sends: [{ to: "room", level: -6 }] },
      inserts: [
        { type: "compressor", ratio: 4 },
        { type: "eq", bands: [{ type: "peak", frequency: 100, gain: 2 }] },
      ],
    },
    { id: "bass", output: "drums", inserts: [{ type: "compressor", sidechain: "kick" }] },
  ],
  buses: [
    { id: "drums", output: "all" },
    { id: "room", sends: [{ to: "drums" }] },
    { id: "all" },
    { id: "duck", inserts: [{ type: "gate", sidechain: "all" }] },
  ],
  groups: [{ id: "low", members: ["kick", "bass"], fader: -2 }],
});

describe("automation of entries that move", () => {
  const points = [
    [0, -6],
    [2, -Infinity, "hold"],
  ] as const;
  const automation = { fader: points, "inserts/0/ratio": points, "inserts/2/mix": points };
  const set = (key: string, value: unknown) => ({
    type: "set",
    path: ["tracks", 3, "automation", key],
    value,
  });

  it("goes with them, with silence as documents write it", () => {
    const text = [
      [0, -6],
      [2, "-inf", "hold"],
    ];
    assert.deepEqual(automationMoves(["tracks", 3], automation, "inserts", withMovedEntry(0, 2)), [
      set("inserts/0/ratio", undefined),
      set("inserts/2/mix", undefined),
      set("inserts/2/ratio", text),
      set("inserts/1/mix", text),
    ]);
  });
  it("ends with what is taken away, and follows what moves up", () => {
    const found = automationMoves(["tracks", 3], automation, "inserts", withoutEntry(0));
    assert.deepEqual(
      found.map((change) => (change.type === "set" ? [change.path.at(-1), change.value === undefined] : [])),
      [
        ["inserts/0/ratio", true],
        ["inserts/2/mix", true],
        ["inserts/1/mix", false],
      ],
    );
  });
  it("stays where nothing before it has changed", () => {
    assert.deepEqual(automationMoves(["tracks", 3], automation, "sends", withoutEntry(0)), []);
    assert.deepEqual(automationMoves(["master"], undefined, "inserts", withoutEntry(0)), []);
  });
});

describe("where a channel may play to", () => {
  const targets = (id: string): string[] => possibleTargets(mix, id).map((bus) => bus.id);
  it("is every bus for a track whose sound nobody gets", () => {
    assert.deepEqual(targets("bass"), ["drums", "room", "all", "duck"]);
  });
  it("is no bus whose sound comes to it by outputs, sends or side-chains", () => {
    assert.deepEqual(targets("drums"), ["all", "duck"]);
    assert.deepEqual(targets("all"), ["duck"]);
    assert.deepEqual(targets("duck"), []);
    assert.deepEqual(targets("room"), ["drums", "all", "duck"]);
  });
});

describe("what is written of a channel", () => {
  it("is what a person would have written", () => {
    const { fader, name, mute, sends } = compactChannel(mix.tracks[0]!) as Record<string, unknown>;
    assert.deepEqual({ fader, name, mute }, { fader: "-inf", name: undefined, mute: undefined });
    assert.equal((sends as { to: string }[])[0]?.to, "room");
    mixSchema.parse({ headroom: 1, tracks: [compactChannel(mix.tracks[1]!)], buses: [{ id: "drums" }] });
  });
  it("has an id that is free", () => {
    assert.equal(freeId(mix, "kick"), "kick-2");
    assert.equal(freeId(mix, "master"), "master-2");
    assert.equal(freeId(mix, "low"), "low");
    assert.equal(freeId(mix, "low", true), "low-2");
  });
});

describe("a snapshot of the mix", () => {
  it("leads from another setting back to its own, by what differs alone", () => {
    const snapshot = takeSnapshot(mix);
    const changed = structuredClone(mix) as unknown as {
      tracks: { fader: number; inserts: { ratio: number }[]; sends: { level: number }[] }[];
      groups: { fader: number }[];
    };
    changed.tracks[0]!.fader = -3;
    changed.tracks[0]!.inserts[0]!.ratio = 2;
    changed.tracks[0]!.sends[0]!.level = 0;
    changed.groups[0]!.fader = 1;
    assert.deepEqual(changesTo(changed as unknown as typeof mix, snapshot), [
      { type: "set", path: ["tracks", 0, "fader"], value: "-inf" },
      { type: "set", path: ["tracks", 0, "sends", 0, "level"], value: -6 },
      { type: "set", path: ["tracks", 0, "inserts", 0, "ratio"], value: 4 },
      { type: "set", path: ["groups", 0, "fader"], value: -2 },
    ]);
    assert.deepEqual(changesTo(mix, snapshot), []);
  });
  it("comes back from the document as it was, silence and all", () => {
    const snapshot = takeSnapshot(mix);
    const written = mixSchema.parse({ headroom: 1, snapshots: { B: snapshot } });
    assert.equal(snapshot["track kick"]?.fader, "-inf");
    assert.deepEqual(writtenSnapshot(unpackLevels(packLevels(written.snapshots?.B))), snapshot);
  });
  it("leaves alone what is no longer what it was", () => {
    const snapshot = takeSnapshot(mix);
    const tracks = [{ ...mix.tracks[0]!, id: "other", fader: 3, inserts: [] }, ...mix.tracks.slice(1)];
    assert.deepEqual(changesTo({ ...mix, tracks }, snapshot), []);
  });
  it("names every channel of the mixer", () => {
    assert.deepEqual(Object.keys(takeSnapshot(mix)), [...channelsOf(mix).map(({ key }) => key), "master"]);
  });
});
