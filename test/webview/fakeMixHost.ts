/**
 * A host for the mix editor's page that runs in the page itself: it keeps a document, does its edits, makes up peaks,
 * and notes what it was asked. Bundled into the test page (see mixPageHarness.ts).
 */
import { Link } from "../../src/protocol/link.js";
import { packLevels } from "../../src/protocol/levels.js";
import type {
  DocumentChange,
  EditRequest,
  FilePeaksRequest,
  JsonValue,
  MixDocument,
  MixEvents,
  MixRequests,
  MixState,
} from "../../src/protocol/mixProtocol.js";
import { mixSchema } from "../../src/session/mixDocument.js";
import { insertRows } from "../../src/session/presets/insertRows.js";

interface HostWindow {
  fakeDocument?: JsonValue;
  fakeState?: Partial<MixState>;
  fakeKept?: unknown;
  /** What the page asked for, in order. */
  asked: [name: string, params: unknown][];
  /** The document as it stands. */
  fakeText: () => unknown;
  tellChanged: (part: Partial<MixState>) => void;
  runCommand: (command: string) => void;
  acquireVsCodeApi: () => object;
}
const page = window as unknown as HostWindow;
page.asked = [];

const NAMES = ["Kick", "Snare", "Hats", "Toms", "Bass", "Guitar L", "Guitar R", "Keys", "Lead", "Choir"];
const COLORS = ["#c4513f", "#c4513f", "#cc7a29", "#cc7a29", "#5b9a3d", "#2b9c8d", "#2b9c8d", "#3d7fc4"];
const SECONDS = 180;

/** Sixteen tracks, three buses, a group. */
function band(): JsonValue {
  const tracks = Array.from({ length: 16 }, (_, i) => ({
    id: `track-${i + 1}`,
    name: NAMES[i] ?? `Track ${i + 1}`,
    ...(COLORS[i] === undefined ? {} : { color: COLORS[i] }),
    clips: [
      { file: `stems/${i + 1}.wav`, start: (i % 5) * 4, length: 60 },
      { file: `stems/${i + 1}.wav`, start: 72 + (i % 3) * 6, offset: 60, length: 48 },
    ],
    inserts:
      i % 3 === 0
        ? [
            {
              type: "eq",
              bands: [
                { type: "highpass", frequency: 40, slope: 24 },
                { type: "peak", frequency: 350, gain: -4, q: 1.4 },
                { type: "highshelf", frequency: 8000, gain: 3 },
              ],
            },
            { type: "compressor", threshold: -20, ratio: 4 },
          ]
        : [{ type: "compressor", bypass: i % 2 === 0 }],
    sends: i % 2 === 0 ? [{ to: "plate", level: -12 - i }] : [],
    pan: [0, 0.3, -0.3, 0, 0, -1, 1, 0.15][i] ?? 0,
    fader: [-6, -7.5, -12, -9, -4.5, -8, -8, -10][i] ?? 0,
    ...(i < 4 ? { output: "drums" } : {}),
    ...(i === 9 ? { mute: true } : {}),
  }));
  return {
    ...{ headroom: 1, title: "Night Drive", sampleRate: 48000, tempo: 96, tracks },
    buses: [
      { id: "drums", name: "Drums", color: "#c4513f", inserts: [{ type: "compressor" }] },
      { id: "plate", name: "Plate", inserts: [{ type: "reverb" }], fader: -3 },
      { id: "echo", name: "Echo", inserts: [{ type: "delay" }], fader: "-inf" },
    ],
    groups: [{ id: "rhythm", name: "Rhythm", members: ["drums", "track-5"] }],
    master: { inserts: [{ type: "limiter", ceiling: -1 }] },
    markers: [
      { time: 0, name: "Intro" },
      { time: 40, name: "Verse" },
    ],
  };
}

let text = page.fakeDocument ?? band();
let version = 1;
const parsed = (): MixDocument => mixSchema.parse(text);
const files = [...new Set(parsed().tracks.flatMap(({ clips }) => clips.map(({ file }) => file)))];
const facts = { channels: 2, sampleRate: 48000, frames: SECONDS * 48000 };
const state = (): MixState => ({
  ...{ name: "night-drive.mix.json", mix: parsed(), version, isCurrent: true, problems: [] },
  sources: Object.fromEntries(files.map((file) => [file, { kind: "ready", facts, overview: 1 }])),
  ...{ playable: null, readOnly: null },
  ...page.fakeState,
});

type Owner = Record<string | number, JsonValue | undefined>;

function change(document: JsonValue, edit: DocumentChange): void {
  const keys = edit.type === "move" ? [...edit.path, edit.from] : [...edit.path];
  const last = keys.pop()!;
  let owner = document as Owner;
  keys.forEach((key, i) => {
    const isList = typeof (keys[i + 1] ?? last) === "number";
    owner = (owner[key] ??= isList ? [] : {}) as Owner;
  });
  if (edit.type === "set") {
    if (edit.value !== undefined) owner[last] = edit.value;
    else if (Array.isArray(owner)) owner.splice(Number(last), 1);
    else delete owner[last];
    return;
  }
  const list = owner as unknown as JsonValue[];
  if (edit.type === "insert") list.splice(last === -1 ? list.length : Number(last), 0, edit.value);
  else list.splice(edit.to, 0, ...list.splice(edit.from, 1));
}

function edit({ changes }: EditRequest): number {
  const next = structuredClone(text);
  for (const each of changes) change(next, each);
  mixSchema.parse(next);
  text = next;
  version++;
  // The host tells of it after a while, as VS Code does.
  setTimeout(() => link.tell("changed", packLevels({ mix: parsed(), version })), 10);
  return version;
}

function peaks({ file, level, first, count }: FilePeaksRequest) {
  const size = 2 ** level;
  const buckets = Math.max(0, Math.min(count, Math.ceil(facts.frames / size) - first));
  const values = new Float32Array(buckets * facts.channels * 3);
  const seed = [...file].reduce((sum, letter) => sum + letter.charCodeAt(0), 0);
  for (let bucket = 0; bucket < buckets; bucket++) {
    const seconds = ((first + bucket) * size) / facts.sampleRate;
    const beat = Math.exp(-((seconds * 1.6) % 1) * 3);
    const swell = 0.55 + 0.45 * Math.sin(seconds / 7 + seed);
    const high = Math.abs(beat * swell * (0.7 + 0.3 * Math.sin(bucket * 12.9898 + seed)));
    for (let channel = 0; channel < facts.channels; channel++)
      values.set([-high * 0.95, high, high * 0.35], 3 * (bucket * facts.channels + channel));
  }
  return { values, isDraft: false };
}

const answers: { [K in keyof MixRequests]: (params: MixRequests[K]["params"]) => unknown } = {
  open: () => packLevels(state()),
  edit,
  peaks,
  sound: ({ count }) => new Uint8Array(count * 8),
  overloaded: () => undefined,
  rendered: ({ count }) => ({ channels: [new Float32Array(count), new Float32Array(count)] }),
  inserts: insertRows,
  addFiles: () => [],
  chooseImpulse: () => "irs/hall.wav",
  act: () => undefined,
  mixDownRange: () => undefined,
  openFile: () => undefined,
  goTo: () => undefined,
  typing: () => undefined,
};

const QUIET = new Set(["peaks", "sound", "rendered"]);
const handlers = Object.fromEntries(
  Object.entries(answers).map(([name, answer]) => [
    name,
    (params: never) => {
      if (!QUIET.has(name)) page.asked.push([name, params]);
      return (answer as (params: never) => unknown)(params);
    },
  ]),
);
let receive: (message: unknown) => void = () => undefined;
const link = new Link<Record<string, never>, MixEvents>(handlers, {
  post: (message) => window.postMessage(message, "*"),
  listen(listener) {
    receive = listener;
    return () => undefined;
  },
});
let kept: unknown = page.fakeKept;
page.acquireVsCodeApi = () => ({
  postMessage: (message: unknown) => queueMicrotask(() => receive(message)),
  getState: () => kept,
  setState: (next: unknown) => (kept = page.fakeKept = next),
});
page.fakeText = () => text;
page.tellChanged = (part) => link.tell("changed", packLevels(part));
page.runCommand = (command) => link.tell("command", command as MixEvents["command"]);
