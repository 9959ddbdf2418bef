/** What is fuzzed: readers of audio and of documents, each with whole material to damage. */
import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { AudioFileError } from "../../src/audio/audioFile.js";
import { memoryByteSource } from "../../src/audio/byteSource.js";
import { openCompressed } from "../../src/audio/compressed/openCompressed.js";
import { FlacWriter } from "../../src/audio/flac/flacWriter.js";
import { Mp3Writer } from "../../src/audio/mpeg/mp3Writer.js";
import { openAudioSource } from "../../src/audio/openAudioFile.js";
import { pictureOf } from "../../src/audio/tags/picture.js";
import { checkAlbumRequest } from "../../src/protocol/albumProtocol.js";
import { isEditRequest, type EditRequest } from "../../src/protocol/editRequest.js";
import { checkMixRequest } from "../../src/protocol/mixRequestCheck.js";
import { checkWavRequest } from "../../src/protocol/wavRequestCheck.js";
import { parseAlbum } from "../../src/session/albumDocument.js";
import { audioPaths } from "../../src/session/audioPathAt.js";
import { channelNames } from "../../src/session/channelNames.js";
import { editedText } from "../../src/session/edits/editText.js";
import { mixChanges } from "../../src/session/mixChanges.js";
import { readDawproject } from "../../src/session/interchange/dawproject/readProject.js";
import { mixOf, type ForeignMix } from "../../src/session/interchange/foreignMix.js";
import { readRpp } from "../../src/session/interchange/reaper/readRpp.js";
import { parseMix } from "../../src/session/mixDocument.js";
import { outlineOf } from "../../src/session/outline.js";
import { quickFixes } from "../../src/session/quickFixes.js";
import { aiff, comm, mark, ssnd } from "../audio/aiff/aiffFixtures.js";
import { WAV_KINDS } from "../audio/damagedFiles.js";
import { bytesOf, concat, counting, u16 } from "../audio/wavFixtures.js";
import { mutatedBytes, mutatedText } from "./mutations.js";

export interface Target {
  readonly name: string;
  /** Share of the cases. */
  readonly weight: number;
  /** Makes a case of the random numbers and does with it what Headroom does; throws if that is not as it should be. */
  readonly run: (random: () => number) => Promise<void> | void;
}

export async function targets(): Promise<Target[]> {
  const { flac, mp3 } = await encoded();
  const pcm = [...Object.values(WAV_KINDS), ...AIFF_KINDS];
  return [
    { name: "WAV and AIFF", weight: 10, run: (random) => readPcm(mutatedBytes(oneOf(pcm, random), random)) },
    { name: "FLAC", weight: 1, run: (random) => decode(mutatedBytes(oneOf(flac, random), random)) },
    { name: "MP3", weight: 1, run: (random) => decode(mutatedBytes(oneOf(mp3, random), random)) },
    {
      name: "pictures",
      weight: 1,
      run: (random) => void pictureOf(mutatedBytes(oneOf(PICTURES, random), random).slice()),
    },
    { name: "sessions", weight: 4, run: (random) => readSession(mutatedText(SESSION, random)) },
    {
      name: "projects of other programs",
      weight: 2,
      run: (random) => (random() < 0.5 ? readProject(random) : readReaper(random)),
    },
    { name: "messages of views", weight: 3, run: sendMessage },
    { name: "albums", weight: 3, run: (random) => readAlbum(mutatedText(ALBUM, random)) },
  ];
}

const oneOf = <T>(all: readonly T[], random: () => number): T => all[Math.floor(random() * all.length)]!;

const AIFF_KINDS = [
  aiff("AIFF", comm(2, 25, 16), ssnd(counting(100))),
  aiff(
    "AIFC",
    comm(1, 100, 8, "NONE"),
    { id: "MARK", bytes: concat(u16(1, true), mark(1, 5, "a")) },
    ssnd(counting(100), 8),
  ),
  aiff("AIFC", comm(2, 25, 16, "sowt"), ssnd(counting(100))),
  aiff("AIFC", comm(1, 25, 32, "fl32"), ssnd(counting(100))),
];

/** Beginnings of a PNG and of a JPEG with a frame header. */
const PICTURES = [
  concat(
    Uint8Array.of(0x89),
    bytesOf("PNG\r\n\x1a\n"),
    Uint8Array.of(0, 0, 0, 13),
    bytesOf("IHDR"),
    Uint8Array.of(0, 0, 2, 0, 0, 0, 2, 0, 8, 2, 0, 0, 0),
    new Uint8Array(40),
  ),
  concat(
    Uint8Array.of(0xff, 0xd8, 0xff, 0xe0, 0, 16),
    bytesOf("JFIF\0"),
    new Uint8Array(9),
    Uint8Array.of(0xff, 0xc0, 0, 17, 8, 2, 0, 2, 0, 3),
    new Uint8Array(60),
  ),
];

/** A short noise as FLAC and as MP3, with and without tags. */
async function encoded(): Promise<{
  readonly flac: readonly Uint8Array[];
  readonly mp3: readonly Uint8Array[];
}> {
  const folder = mkdtempSync(join(tmpdir(), "headroom-fuzz-"));
  try {
    const samples = Uint8Array.from({ length: 4 * 3000 }, (_, i) => (i * i * 31 + i * 17) & 255);
    const comments = new Map([["TITLE", "Noise"]]);
    const [flac, mp3] = [join(folder, "a.flac"), join(folder, "a.mp3")];
    const format = { sampleRate: 44100, channels: 2 } as const;
    const writers = [
      await FlacWriter.create(flac, { ...format, bitDepth: 16, comments, cover: undefined }),
      await Mp3Writer.create(mp3, { ...format, bitRate: 64, tag: new Uint8Array(0) }),
    ];
    for (const writer of writers) {
      await writer.write(samples);
      await writer.finish();
    }
    const id3 = concat(
      bytesOf("ID3"),
      Uint8Array.of(3, 0, 0, 0, 0, 0, 20),
      bytesOf("TIT2"),
      new Uint8Array(16),
    );
    return { flac: [readFileSync(flac)], mp3: [readFileSync(mp3), concat(id3, readFileSync(mp3))] };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Names of requests, and of what is none. */
const REQUESTS = [
  ...[
    "open",
    "edit",
    "peaks",
    "sound",
    "rendered",
    "act",
    "openFile",
    "goTo",
    "typing",
    "spectrogram",
    "measure",
  ],
  ...[
    "copy",
    "settings",
    "impulse",
    "addFiles",
    "mixDownRange",
    "inserts",
    "overloaded",
    "song",
    "listen",
    "toString",
  ],
  ...["__proto__", "constructor", ""],
];
const KEYS = [
  ...[
    "type",
    "path",
    "value",
    "changes",
    "label",
    "range",
    "start",
    "end",
    "count",
    "first",
    "level",
    "file",
  ],
  ...[
    "revision",
    "inserts",
    "line",
    "character",
    "from",
    "to",
    "tags",
    "markers",
    "__proto__",
    "constructor",
  ],
];
const VALUES = [
  ...[
    null,
    true,
    0,
    -1,
    1,
    512,
    2 ** 53,
    1e23,
    1e300,
    NaN,
    Infinity,
    -Infinity,
    "",
    "set",
    "insert",
    "move",
    "gain",
  ],
  ...["tracks", "../../etc/passwd", "\\\\host\\x", "file:///x", "\0", "x".repeat(20_000), "save", undefined],
];
const TEXT = '{ "headroom": 1, "tracks": [{ "id": "a", "clips": [] }] }';

/** Anything that a message can hold. */
function anything(random: () => number, depth = 0): unknown {
  const kind = random();
  if (depth > 5 || kind < 0.5) return oneOf(VALUES, random);
  const count = Math.floor(random() * 5);
  if (kind < 0.7) return Array.from({ length: count }, () => anything(random, depth + 1));
  return Object.fromEntries(
    Array.from({ length: count + 1 }, () => [oneOf(KEYS, random), anything(random, depth + 1)]),
  );
}

/** What is let through is what it says; all else is refused as a wrong type, and nothing else happens. */
function sendMessage(random: () => number): void {
  const [name, params] = [oneOf(REQUESTS, random), anything(random)];
  for (const check of [checkMixRequest, checkWavRequest, checkAlbumRequest]) {
    try {
      assert.equal(check(name, params), params);
    } catch (error) {
      assert.ok(error instanceof TypeError, String(error));
      continue;
    }
    if (!isEditRequest(params)) continue;
    try {
      editedText(TEXT, (params as EditRequest).changes);
    } catch (error) {
      assert.ok(error instanceof RangeError, String(error));
    }
  }
}

const DAWPROJECT = `<?xml version="1.0"?>
<Project version="1.0"><Transport><Tempo unit="bpm" value="120"/></Transport>
<Structure><Track id="t" name="T" color="#ff0000"><Channel id="c" destination="m" role="regular" solo="true">
<Devices><Equalizer><Band type="bell" order="2"><Freq unit="hertz" value="500"/><Gain value="3"/><Q value="1"/></Band></Equalizer>
<Compressor><Attack value="0.01"/><Ratio unit="percent" value="50"/><Threshold value="-20"/></Compressor></Devices>
<Pan unit="normalized" value="0.5" id="p"/><Sends><Send destination="m" type="post"><Volume unit="linear" value="1"/></Send></Sends>
<Volume unit="linear" value="0.5" id="v"/></Channel></Track><Track id="mt"><Channel id="m" role="master"/></Track></Structure>
<Arrangement><Lanes timeUnit="beats"><Lanes track="t"><Clips><Clip time="1" duration="8" loopStart="0" loopEnd="2" playStart="1">
<Clips><Clip time="0" duration="4" fadeInTime="0.1"><Warps contentTimeUnit="seconds" timeUnit="beats"><Audio channels="1" duration="2" sampleRate="48000"><File path="a.wav"/></Audio>
<Warp time="0" contentTime="0"/><Warp time="4" contentTime="2"/></Warps></Clip></Clips></Clip></Clips>
<Points><Target parameter="v"/><RealPoint time="0" value="1"/><RealPoint time="2" value="0" interpolation="hold"/></Points></Lanes></Lanes>
<Markers><Marker time="1" name="x"/></Markers></Arrangement></Project>`;

const REAPER = `<REAPER_PROJECT 0.1 "7.0" 1
  SAMPLERATE 48000 1 0
  TEMPO 120 4 4
  MARKER 1 2.5 "Verse" 0
  <TRACK
    NAME "A"
    PEAKCOL 16777471
    ISBUS 1 1
    VOLPAN 1 0 -1
    <VOLENV2
      PT 0 1 0
      PT 1 0.5 1
    >
    <ITEM
      POSITION 1
      LENGTH 2
      SOFFS 0.5
      PLAYRATE 1.5 0
      FADEIN 1 0.1
      <SOURCE SECTION
        STARTPOS 1
        MODE 2
        <SOURCE WAVE
          FILE "a.wav"
        >
      >
    >
  >
  <TRACK
    NAME B
    ISBUS 2 -1
    AUXRECV 0 3 0.5 0 0
  >
>`;

const readProject = (random: () => number): void => {
  const text = mutatedText(DAWPROJECT, random);
  readForeign(() => readDawproject(text, "x", ({ attributes }) => attributes.path));
};
const readReaper = (random: () => number): void => {
  const text = mutatedText(REAPER, random);
  readForeign(() => readRpp(text, "x", (file) => file));
};

/** What can be read becomes a document; what cannot says so in a sentence. */
function readForeign(read: () => ForeignMix): void {
  let mix: ForeignMix;
  try {
    mix = read();
  } catch (error) {
    assert.ok(
      error instanceof Error && !(error instanceof TypeError) && !(error instanceof RangeError),
      String(error),
    );
    return;
  }
  const { value, diagnostics } = parseMix(JSON.stringify(mixOf(mix)));
  assert.ok(value !== undefined || diagnostics.length > 0);
}

/** Opens and reads all; a file that cannot be read says so. */
function readPcm(bytes: Uint8Array): void {
  readable(() => {
    const { info, pcm, ...file } = opened(bytes);
    assert.ok(Number.isInteger(info.frames) && info.frames >= 0);
    assert.ok(
      info.frames * info.channels <= bytes.length * 2 + 2,
      `${info.frames} frames of ${bytes.length} bytes`,
    );
    assert.ok(info.sampleRate > 0 && Number.isFinite(info.sampleRate));
    const target = new Uint8Array(info.frames * pcm.frameBytes);
    assert.equal(file.read(target), info.frames);
  });
}

function opened(bytes: Uint8Array) {
  const file = openAudioSource(memoryByteSource(bytes, "bad"));
  return {
    info: file.info,
    pcm: file.pcm,
    read: (target: Uint8Array) => file.readFrames(0, file.info.frames, target),
  };
}

/** As much sound as bytes could hold, and then some: what lies about its length ends all the same. */
const MOST_DECODED = 64 * 1024 * 1024;

async function decode(bytes: Uint8Array): Promise<void> {
  try {
    const audio = openCompressed(memoryByteSource(bytes, "bad"));
    if (!audio) return;
    let decoded = 0;
    for await (const piece of audio.decode()) {
      decoded += piece.bytes.length;
      if (decoded > MOST_DECODED) break;
    }
  } catch (error) {
    assert.ok(error instanceof AudioFileError, String(error instanceof Error ? error.stack : error));
  }
}

function readable(read: () => void): void {
  try {
    read();
  } catch (error) {
    if (error instanceof assert.AssertionError || !(error instanceof AudioFileError)) throw error;
  }
}

const SESSION = `{
  // A session with some of everything.
  "headroom": 1, "title": "Song", "sampleRate": 48000, "tempo": 120,
  "tracks": [
    { "id": "kick", "output": "drums", "fader": -3.5, "pan": 0.2, "color": "#ff8000",
      "clips": [{ "file": "kick.wav", "start": 1.5, "fadeIn": { "length": 0.1, "shape": "sCurve" } }],
      "inserts": [{ "type": "eq", "bands": [{ "type": "peak", "frequency": 1000, "gain": 3 }] }],
      "sends": [{ "to": "room", "level": "-inf" }],
      "automation": { "fader": [[0, 0], [4, -6, "smooth"]] } },
    { "id": "bass", "inserts": [{ "type": "compressor", "sidechain": "kick", "processing": "mid" }] }
  ],
  "buses": [{ "id": "drums" }, { "id": "room", "inserts": [{ "type": "reverb" }] }],
  "groups": [{ "id": "rhythm", "members": ["kick", "bass"], "fader": 1 }],
  "master": { "fader": 0, "inserts": [{ "type": "limiter" }] },
  "markers": [{ "time": 8, "name": "Verse" }],
  "checks": { "truePeak": "<= -1", "lra": [2, null] },
  "snapshots": { "A": { "track kick": { "fader": -2 } } }
}`;
const ALBUM = `{
  "headroom": 1, "title": "Record", "artist": "Somebody", "upc": "123456789012",
  "target": { "loudness": -14, "mode": "album", "truePeak": -1 },
  "chain": [{ "type": "multiband", "bands": [{ "frequency": 200 }, {}] }], // glue
  "songs": [
    { "source": "one.wav", "title": "One", "isrc": "QZ-ABC-26-00001", "gap": 2 },
    { "source": "two.mix.json", "title": "Two", "loudness": -1, "fadeOut": 4 }
  ],
  "reference": [{ "file": "ref.wav", "amount": 50 }],
  "deliver": [{ "format": "wav", "bitDepth": 16, "sampleRate": 44100 }, { "format": "mp3" }],
  "output": "release"
}`;
const WHOLE_SESSION = parseMix(SESSION).value!;

function readSession(text: string): void {
  const { value, diagnostics } = parseMix(text);
  readText(text, diagnostics);
  channelNames(text);
  if (value) mixChanges(WHOLE_SESSION, value);
}

function readAlbum(text: string): void {
  readText(text, parseAlbum(text).diagnostics);
}

/** Fixes lead to a text that can be read again. */
function readText(text: string, diagnostics: ReturnType<typeof parseMix>["diagnostics"]): void {
  outlineOf(text);
  audioPaths(text);
  const hasSyntax = diagnostics.some(({ code }) => code === "syntax");
  for (const diagnostic of diagnostics) {
    const { offset, length, start, end } = diagnostic;
    assert.ok(offset >= 0 && offset + length <= text.length + 1, `${offset} + ${length} of ${text.length}`);
    assert.ok(start.line < end.line || (start.line === end.line && start.character <= end.character));
    if (hasSyntax) continue;
    for (const { edits } of quickFixes(text, diagnostic)) {
      const fixed = edits.reduceRight(
        (done, edit) => done.slice(0, edit.offset) + edit.text + done.slice(edit.offset + edit.length),
        text,
      );
      assert.ok(
        parseMix(fixed).diagnostics.every(({ code }) => code !== "syntax"),
        `A fix of ${diagnostic.code} broke the text: ${JSON.stringify(fixed)}`,
      );
    }
  }
  assert.equal(({} as Record<string, unknown>).polluted, undefined);
}
