/** Sessions that come from other programs and go to them. */
import assert from "node:assert/strict";
import { createWriteStream, existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { pipeline } from "node:stream/promises";
import { ZipFile } from "yazl";
import { exportSession } from "../../src/mastering/interchange/exportSession.js";
import { importLabels, importSession } from "../../src/mastering/interchange/importSession.js";
import { parseMix, type MixDocument } from "../../src/session/mixDocument.js";
import { noise } from "../dsp/processorBench.js";
import { RATE, SessionBench } from "../engine/sessionBench.js";

const bench = new SessionBench();
const path = (name: string): string => join(bench.folder, name);
before(() => {
  const { left, right } = noise(3 * RATE, 8);
  bench.write("drums.wav", [left, right]);
  bench.write("voice.wav", [right.subarray(0, 2 * RATE)]);
});
after(() => bench.remove());

function read(name: string): MixDocument {
  const { value, diagnostics } = parseMix(readFileSync(path(name), "utf8"));
  assert.ok(value, JSON.stringify(diagnostics));
  return value;
}

async function zip(name: string, entries: Readonly<Record<string, string | Buffer>>): Promise<string> {
  const file = new ZipFile();
  for (const [entry, contents] of Object.entries(entries)) file.addBuffer(Buffer.from(contents), entry);
  file.end();
  await pipeline(file.outputStream, createWriteStream(path(name)));
  return path(name);
}

/** Everything that a DAWproject can hold. */
const PORTABLE = {
  tempo: 96,
  tracks: [
    {
      ...{ id: "drums/left", name: "Drums & more", color: "#c4513f", fader: -3, pan: -0.25, output: "sub" },
      clips: [
        { file: "drums.wav", start: 0.5, offset: 0.25, length: 0.5, loop: 3, fadeIn: { length: 0.05 } },
        { file: "drums.wav", start: 2.5, length: 0.5, fadeOut: { length: 0.2 }, name: "End" },
      ],
      inserts: [
        {
          type: "eq",
          bands: [
            { type: "highpass", frequency: 80, slope: 24 },
            { type: "peak", frequency: 900, gain: 3, q: 1.5 },
          ],
        },
        { type: "compressor", threshold: -20, ratio: 3, attack: 12, release: 90, makeup: 2 },
      ],
      automation: {
        fader: [
          [0, -3],
          [1, 0, "hold"],
          [2, -6],
        ],
        pan: [
          [0, -0.5],
          [2, 0.5],
        ],
      },
    },
    {
      ...{
        id: "voice",
        fader: -6,
        sends: [
          { to: "room", level: -9, tap: "pre" },
          { to: "sub", level: -20, mute: true },
        ],
      },
      clips: [{ file: "voice.wav", start: 1, speed: 0.8 }],
      inserts: [{ type: "gate", threshold: -40, range: -30, bypass: true }],
    },
    { id: "muted", clips: [{ file: "voice.wav" }], mute: true },
  ],
  buses: [
    { id: "sub", name: "Sub", fader: -1 },
    { id: "room", fader: -2 },
  ],
  master: { inserts: [{ type: "limiter", ceiling: -3 }], fader: -1 },
  markers: [{ time: 1.5, name: "Verse <1>" }],
};

describe("a DAWproject", () => {
  it("brings a session back that sounds the same", async () => {
    const text = JSON.stringify({ headroom: 1, sampleRate: RATE, ...PORTABLE });
    writeFileSync(path("song.mix.json"), text);
    const exported = await exportSession(path("song.mix.json"), path("song.dawproject"), "1.0.0");
    assert.deepEqual(exported.lost, []);
    assert.equal(exported.files, 2);
    const back = await importSession(path("song.dawproject"), path("back.mix.json"));
    assert.deepEqual([back.lost, back.tracks, back.buses], [[], 3, 2]);
    const { tracks, buses, markers, tempo } = read("back.mix.json");
    assert.equal(tempo, 96);
    assert.deepEqual(markers, PORTABLE.markers);
    assert.deepEqual(
      tracks.map(({ name, mute, color }) => [name, mute, color]),
      [
        ["Drums & more", false, "#c4513f"],
        ["voice", false, undefined],
        ["muted", true, undefined],
      ],
    );
    assert.deepEqual(
      buses.map(({ name }) => name),
      ["Sub", "room"],
    );
    assert.deepEqual(readdirSync(path("back audio")).sort(), ["drums.wav", "voice.wav"]);
    const frames = 4 * RATE;
    const before = bench.render(PORTABLE, frames);
    const after = bench.render(read("back.mix.json"), frames);
    for (const side of ["left", "right"] as const) {
      const error = before[side].reduce(
        (most, sample, i) => Math.max(most, Math.abs(sample - after[side][i]!)),
        0,
      );
      assert.ok(before[side].some((sample) => sample > 0.1));
      assert.ok(error < 3e-5, `${side}: ${error}`);
    }
  });

  it("tells what of a session it cannot hold", async () => {
    const text = JSON.stringify({
      ...{ headroom: 1, sampleRate: RATE },
      tracks: [
        {
          ...{ id: "a", polarity: "inverted", trim: 2 },
          clips: [{ file: "voice.wav", reverse: true, gain: -3, fadeIn: { length: 0.1, shape: "sCurve" } }],
          inserts: [
            { type: "compressor", knee: 0, sidechain: "b", mix: 50 },
            { type: "reverb" },
            { type: "eq", phase: "linear", bands: [{ type: "tilt", frequency: 1000, gain: 2 }] },
          ],
          automation: {
            "inserts/0/threshold": [[0, -20]],
            fader: [
              [0, 0, "smooth"],
              [1, -3],
            ],
          },
        },
        { id: "b", clips: [] },
      ],
      groups: [{ id: "vca", members: ["a"], fader: -2 }],
    });
    writeFileSync(path("lossy.mix.json"), text);
    const { lost } = await exportSession(path("lossy.mix.json"), path("lossy.dawproject"), "1.0.0");
    assert.deepEqual(lost, [
      "vca: groups (VCA); set their faders to 0 dB first.",
      "a: its trim.",
      "a: its inverted polarity.",
      "a, insert 1 (compressor): its knee.",
      "a, insert 1 (compressor): its mix.",
      "a, insert 1 (compressor): its side-chain.",
      "a, insert 2 (reverb): there is no such device in the format.",
      "a, insert 3 (eq): its phase.",
      "a, insert 3 (eq): a band of type tilt.",
      "a: automation of inserts/0/threshold.",
      "a: curved automation of fader; it is straight instead.",
      "a, clip at 0 s: that it is played backwards.",
      "a, clip at 0 s: its gain.",
      "a, clip at 0 s: the shape of a fade (sCurve).",
    ]);
  });

  it("of another program: beats, folders, warps, nested clips; what is lost is told", async () => {
    const project = `<?xml version="1.0" encoding="UTF-8"?>
<Project version="1.0">
  <Application name="Bitwig Studio" version="5.0"/>
  <Transport><Tempo unit="bpm" value="120" id="id0"/></Transport>
  <Structure>
    <Track contentType="tracks" id="g" name="Band" color="#a2eabf">
      <Channel audioChannels="2" destination="m" role="submix" solo="false" id="gc"><Volume unit="linear" value="0.5" id="gv"/></Channel>
      <Track contentType="audio" id="t" name="Guitar">
        <Channel destination="gc" role="regular" id="tc">
          <Devices>
            <ClapPlugin deviceName="Space" deviceRole="audioFX"/>
            <Equalizer deviceName="EQ-5" deviceRole="audioFX"><Band type="bandPass"><Freq unit="hertz" value="500"/></Band><Band type="bell" order="2"><Freq unit="hertz" value="1000"/><Gain unit="decibel" value="-2"/><Q unit="linear" value="2"/></Band></Equalizer>
            <Compressor deviceName="C" deviceRole="audioFX"><Attack unit="seconds" value="0.01"/><Ratio unit="percent" value="75"/><Threshold unit="decibel" value="-30"/></Compressor>
          </Devices>
          <Pan unit="normalized" value="0.75" id="tp"/>
          <Volume unit="linear" value="1" id="tv"/>
        </Channel>
      </Track>
    </Track>
    <Track contentType="audio" id="mt" name="Master"><Channel role="master" id="m"><Volume unit="linear" value="2" id="mv"/></Channel></Track>
  </Structure>
  <Arrangement>
    <Lanes timeUnit="beats">
      <Lanes track="t">
        <Clips>
          <Clip time="4" duration="4" playStart="0" name="Warped">
            <Clips>
              <Clip time="1" duration="8" contentTimeUnit="beats">
                <Warps contentTimeUnit="seconds" timeUnit="beats">
                  <Audio channels="1" duration="2" sampleRate="44100"><File path="audio/voice.wav"/></Audio>
                  <Warp time="0" contentTime="0"/><Warp time="4" contentTime="2"/>
                </Warps>
              </Clip>
            </Clips>
          </Clip>
          <Clip time="16" duration="2"><Notes><Note time="0" duration="1" channel="0" key="60"/></Notes></Clip>
        </Clips>
        <Points unit="linear"><Target parameter="tv"/><RealPoint time="0" value="1" interpolation="linear"/><RealPoint time="8" value="0" interpolation="hold"/></Points>
        <Points><Target parameter="unknown"/><RealPoint time="0" value="1"/></Points>
      </Lanes>
    </Lanes>
    <Markers><Marker time="8" name="Chorus"/></Markers>
  </Arrangement>
</Project>`;
    const file = await zip("bitwig.dawproject", {
      "project.xml": project,
      "audio/voice.wav": readFileSync(path("voice.wav")),
    });
    const { lost } = await importSession(file, path("bitwig.mix.json"));
    const { tracks, buses, master, markers, sampleRate } = read("bitwig.mix.json");
    assert.deepEqual([sampleRate, markers], [44100, [{ time: 4, name: "Chorus" }]]);
    assert.deepEqual(
      buses.map(({ id, name, fader }) => [id, name, fader]),
      [["band", "Band", -6.021]],
    );
    assert.equal(master.fader, 6.021);
    const [guitar] = tracks;
    assert.deepEqual([guitar!.output, guitar!.pan], ["band", 0.5]);
    const [clip] = guitar!.clips;
    // Two beats are a second; the outer clip ends three beats after the inner one begins.
    assert.deepEqual([clip!.start, clip!.offset, clip!.length, clip!.speed], [2.5, 0, 1.5, 1]);
    assert.deepEqual(guitar!.automation!.fader, [
      [0, 0],
      [4, -Infinity, "hold"],
    ]);
    const [eq, compressor] = guitar!.inserts as unknown as [
      { bands: object[] },
      { ratio: number; attack: number },
    ];
    assert.equal(eq.bands.length, 1);
    assert.deepEqual([compressor.ratio, compressor.attack], [4, 10]);
    assert.deepEqual(
      lost.map((each) => each.replace(/\s+/g, " ")),
      [
        'Guitar: the clip "" holds nothing that sounds here (notes, video or a reference).',
        "Automation of a parameter that is not carried over.",
        'Guitar: the plug-in "Space".',
        "Guitar: a band of its equalizer (bandPass).",
      ],
    );
    const head = readFileSync(path("bitwig.mix.json"), "utf8");
    for (const sentence of lost) assert.ok(head.includes(`//   ${sentence}`), sentence);
  });

  it("is refused where it reaches out of itself, or is none; nothing is written", async () => {
    const project = (body: string): string =>
      `<Project version="1.0"><Structure>${body}</Structure></Project>`;
    const audio = (attributes: string): string =>
      `<Project version="1.0"><Structure><Track id="t" name="T"><Channel id="c" role="regular"/></Track></Structure><Arrangement><Lanes timeUnit="seconds"><Clips track="t"><Clip time="0" duration="1"><Audio channels="1" duration="1" sampleRate="48000"><File ${attributes}/></Audio></Clip></Clips></Lanes></Arrangement></Project>`;
    const before = readdirSync(bench.folder).length;
    const refused = async (name: string, entries: Record<string, string>, reason: RegExp): Promise<void> => {
      const file = await zip(name, entries);
      await assert.rejects(importSession(file, path("never.mix.json")), reason, name);
      assert.ok(!existsSync(path("never.mix.json")));
    };
    const bomb = `<!DOCTYPE a [<!ENTITY b "cc"><!ENTITY d "&b;&b;">]>${project("")}`;
    await refused("entities.dawproject", { "project.xml": bomb }, /document type/);
    await refused("empty.dawproject", { "other.xml": "<a/>" }, /no project\.xml/);
    await refused("root.dawproject", { "project.xml": "<Song/>" }, /<Song>/);
    await refused("broken.dawproject", { "project.xml": "<Project><Structure>" }, /project\.xml/);
    const slip = await zip("slip.dawproject", { "project.xml": project(""), "xx/evil.wav": "x" });
    writeFileSync(
      slip,
      Buffer.from(readFileSync(slip).toString("latin1").replaceAll("xx/evil", "../evil"), "latin1"),
    );
    await assert.rejects(importSession(slip, path("never.mix.json")), /invalid relative path/);
    writeFileSync(path("cut.dawproject"), readFileSync(path("song.dawproject")).subarray(0, 5000));
    await assert.rejects(importSession(path("cut.dawproject"), path("never.mix.json")), /no zip file/);
    await assert.rejects(importSession(path("song.dawproject"), path("song.mix.json")), /already/);
    assert.equal(readdirSync(bench.folder).length, before + 6);
    // A file elsewhere on the disk is not reached for.
    const file = await zip("outside.dawproject", {
      "project.xml": audio('path="/etc/hostname.wav" external="true"'),
    });
    const { lost } = await importSession(file, path("outside.mix.json"));
    assert.match(lost.join(), /hostname\.wav/);
    assert.deepEqual(read("outside.mix.json").tracks[0]!.clips, []);
  });
});

describe("a REAPER project", () => {
  it("comes with its folders, sends, items, envelopes and markers", async () => {
    mkdirSync(path("Media"), { recursive: true });
    writeFileSync(path("Media/voice.wav"), readFileSync(path("voice.wav")));
    writeFileSync(
      path("song.RPP"),
      `<REAPER_PROJECT 0.1 "7.16/linux-x86_64" 1717171717
  SAMPLERATE 44100 1 0
  TEMPO 140 4 4
  MARKER 1 2.5 "Verse one" 0 0 1
  MARKER 2 3 Region 1 0 1
  MASTER_VOLUME 0.5 0 -1 -1 1
  <TRACK {1}
    NAME Drums
    PEAKCOL 16777471
    ISBUS 1 1
    VOLPAN 1 0 -1 -1 1
    MUTESOLO 0 0 0
  >
  <TRACK {2}
    NAME "Kick 'n Snare"
    VOLPAN 0.501187 -0.3 -1 -1 1
    MUTESOLO 1 0 0
    IPHASE 1
    ISBUS 2 -1
    <VOLENV2
      ACT 1 -1
      PT 0 1 0
      PT 2.5 0.5 1
    >
    <FXCHAIN
      <VST "VST: ReaEQ (Cockos)" reaeq.so 0 "" 1919247729 ""
        cWVlcg==
      >
    >
    <ITEM
      POSITION 1.25
      LENGTH 1.5
      FADEIN 1 0.01 0 1 0 0 0
      FADEOUT 1 0 0 1 0 0 0
      MUTE 0 0
      NAME "a \\\`take\\\`"
      VOLPAN 0.5 0 1 -1
      SOFFS 0.25
      PLAYRATE 1 1 0 -1 0 0.0025
      <SOURCE WAVE
        FILE "Media\\\\voice.wav"
      >
    >
    <ITEM
      POSITION 4
      LENGTH 1
      <SOURCE SECTION
        LENGTH 1
        MODE 2
        STARTPOS 0.5
        <SOURCE WAVE
          FILE "C:\\\\Old\\\\drums.wav"
        >
      >
    >
    <ITEM
      POSITION 6
      LENGTH 1
      NAME Notes
      <SOURCE MIDI
        HASDATA 1 960 QN
      >
    >
  >
  <TRACK {3}
    NAME Reverb
    VOLPAN 0.25 0 -1 -1 1
    AUXRECV 1 3 0.25 0 0 0 0 0 0 -1:U 0 -1 ''
  >
>
`
        .replaceAll("\\\\`", "`")
        .replaceAll("\\`", "`"),
    );
    const { lost } = await importSession(path("song.RPP"), path("reaper.mix.json"));
    const { tracks, buses, master, markers, tempo, sampleRate } = read("reaper.mix.json");
    assert.deepEqual([tempo, sampleRate, master.fader], [140, 44100, -6.021]);
    assert.deepEqual(markers, [{ time: 2.5, name: "Verse one" }]);
    assert.deepEqual(
      buses.map(({ name, color, fader }) => [name, color, fader]),
      [
        ["Drums", "#ff0000", 0],
        ["Reverb", undefined, -12.041],
      ],
    );
    const [kick] = tracks;
    assert.equal(tracks.length, 1);
    assert.deepEqual(
      [kick!.name, kick!.output, kick!.pan, kick!.fader, kick!.mute, kick!.polarity],
      ["Kick 'n Snare", "drums", -0.3, -6, true, "inverted"],
    );
    assert.deepEqual(
      kick!.sends.map(({ to, level, tap }) => [to, level, tap]),
      [["reverb", -12.041, "pre"]],
    );
    assert.deepEqual(kick!.automation, {
      fader: [
        [0, 0],
        [2.5, -6.021, "hold"],
      ],
    });
    const [first, second] = kick!.clips;
    assert.deepEqual(
      [first!.file, first!.start, first!.offset, first!.length],
      ["Media/voice.wav", 1.25, 0.25, 1.5],
    );
    assert.deepEqual([first!.gain, first!.fadeIn?.length, first!.fadeOut], [-6.021, 0.01, undefined]);
    assert.deepEqual([second!.file, second!.offset, second!.reverse], ["drums.wav", 0.5, true]);
    assert.deepEqual(lost, [
      `Kick 'n Snare: the plug-in "VST: ReaEQ (Cockos)".`,
      `Kick 'n Snare: the item "Notes", which is no audio file.`,
    ]);
  });

  it("says what is wrong with it", async () => {
    writeFileSync(path("none.rpp"), "hello");
    await assert.rejects(importSession(path("none.rpp"), path("never.mix.json")), /no REAPER project/);
    writeFileSync(path("cut.rpp"), "<REAPER_PROJECT 0.1\n  <TRACK\n    NAME x\n");
    await assert.rejects(importSession(path("cut.rpp"), path("never.mix.json")), /cut short/);
    writeFileSync(path("deep.rpp"), `<REAPER_PROJECT\n${"<A\n".repeat(100_000)}`);
    await assert.rejects(importSession(path("deep.rpp"), path("never.mix.json")), /too deeply/);
    assert.ok(!existsSync(path("never.mix.json")));
  });
});

describe("Audacity's labels", () => {
  it("become markers of a session, whose comments stay", () => {
    writeFileSync(path("labels.txt"), "1.500000\t2.500000\tVerse\n\\\t100.0\t200.0\n3,25\t3,25\tThe end\n");
    writeFileSync(path("labels.mix.json"), '{ "headroom": 1, // mine\n  "tracks": [] }\n');
    assert.equal(importLabels(path("labels.txt"), path("labels.mix.json")), 2);
    assert.match(readFileSync(path("labels.mix.json"), "utf8"), /\/\/ mine/);
    assert.deepEqual(read("labels.mix.json").markers, [
      { time: 1.5, name: "Verse" },
      { time: 3.25, name: "The end" },
    ]);
    writeFileSync(path("none.txt"), "hello\n");
    assert.throws(
      () => importLabels(path("none.txt"), path("labels.mix.json")),
      /none\.txt: line 1 is no label/,
    );
  });
});
