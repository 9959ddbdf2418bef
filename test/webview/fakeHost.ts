/**
 * A host for the WAV editor's page that runs in the page itself: it answers the protocol from audio that it makes up,
 * and notes what it was asked. Bundled into the test page (see wavPageHarness.ts).
 */
import { insertRows } from "../../src/session/presets/insertRows.js";
import { Link } from "../../src/protocol/link.js";
import type {
  EditRequest,
  Measurement,
  PeaksRequest,
  ShownAudio,
  SpectrogramRequest,
  WavRequests,
  WavState,
} from "../../src/protocol/wavProtocol.js";
import { positionToFrequency, spectrogramBounds } from "../../src/units/frequencyScale.js";
import { seededRandom } from "../../src/units/random.js";

export interface FakeAudio {
  readonly sampleRate: number;
  readonly channels: number;
  readonly frames: number;
}

interface HostWindow {
  fakeAudio?: FakeAudio;
  fakeState?: Partial<WavState>;
  /** What the page asked for, in order. */
  asked: [name: string, params: unknown][];
  /** Tells the page that something has changed. */
  tellChanged: (part: Partial<WavState>) => void;
  runCommand: (command: string) => void;
  acquireVsCodeApi: () => { postMessage: (message: unknown) => void };
}
const page = window as unknown as HostWindow;

const audio = page.fakeAudio ?? { sampleRate: 48000, channels: 2, frames: 48000 * 12 };
page.asked = [];

/** A beat over a chord, a little clipped now and then: something to look at. */
function makeSound({ sampleRate, channels, frames }: FakeAudio): Float32Array[] {
  const random = seededRandom(7);
  return Array.from({ length: channels }, (_, channel) => {
    const samples = new Float32Array(frames);
    let smooth = 0;
    for (let i = 0; i < frames; i++) {
      const t = i / sampleRate;
      const beat = t * 2;
      const kick =
        Math.exp(-(beat % 1) * 9) * Math.sin(2 * Math.PI * 55 * t * (1 + 0.4 * Math.exp(-(beat % 1) * 30)));
      const hat = 0.25 * Math.exp(-((beat * 2) % 1) * 14) * (2 * random() - 1);
      smooth += 0.08 * (2 * random() - 1 - smooth);
      const chord = [220, 277.2, 329.6, 440 + channel].reduce(
        (sum, f) => sum + Math.sin(2 * Math.PI * f * t),
        0,
      );
      const swell = 0.5 - 0.5 * Math.cos((2 * Math.PI * t) / 6);
      const value = 0.62 * kick + hat + 0.09 * chord * swell + 0.3 * smooth;
      samples[i] = Math.max(-1, Math.min(1, t > 11.2 ? value * 0.02 : value * (channel === 0 ? 1.05 : 0.9)));
    }
    return samples;
  });
}
const sound = makeSound(audio);

const revision = 1;
let shown: ShownAudio = {
  revision,
  sampleRate: audio.sampleRate,
  channels: audio.channels,
  frames: audio.frames,
  markers: [
    { frame: Math.round(audio.frames * 0.1), label: "Verse", lengthFrames: 0 },
    { frame: Math.round(audio.frames * 0.45), label: "Chorus", lengthFrames: Math.round(audio.frames * 0.2) },
    { frame: Math.round(audio.frames * 0.8), label: "Out", lengthFrames: 0 },
  ],
  tags: { info: { INAM: "Night Drive", IART: "Somebody", ICMT: "Take 3" }, bext: null },
  format: { bitDepth: 24, dither: "none" },
  isDirty: false,
};

function measurementOf(range: { start: number; end: number }): Measurement {
  const seconds = (range.end - range.start) / audio.sampleRate;
  const curve = (offset: number, depth: number): Float32Array =>
    Float32Array.from({ length: Math.floor(seconds * 10) }, (_, i) =>
      i < 4 ? NaN : offset + depth * Math.sin(i / 6) - 3 * Math.cos(i / 17) - (i / 10 > 11.4 ? 25 : 0),
    );
  return {
    range,
    ...{
      integrated: -13.6,
      momentaryMax: -9.8,
      shortTermMax: -11.9,
      lra: 5.2,
      truePeak: 0.42,
      samplePeak: 0,
    },
    ...{
      truePeakAt: range.start + Math.round((range.end - range.start) / 3),
      plr: 14,
      crest: 13.1,
      correlation: 0.87,
    },
    dcOffsets: Array.from({ length: audio.channels }, (_, i) => 0.0001 * (i + 1)),
    momentary: curve(-14, 3),
    shortTerm: curve(-15, 1),
  };
}

const state: WavState = {
  name: "night-drive.wav",
  facts: {
    ...{
      path: "/music/night-drive.wav",
      container: "WAV",
      codec: "PCM 24-bit",
      bitDepth: 24,
      isFloat: false,
    },
    ...{ sampleRate: audio.sampleRate, channels: audio.channels, channelMask: audio.channels === 2 ? 3 : 0 },
    ...{ frames: audio.frames, bytes: audio.frames * audio.channels * 3 + 1200 },
    bitRate: audio.sampleRate * audio.channels * 24,
    chunks: [
      { id: "fmt ", offset: 20, size: 40, meaning: "Format" },
      { id: "bext", offset: 68, size: 602, meaning: "Broadcast extension" },
      { id: "data", offset: 700, size: audio.frames * audio.channels * 3, meaning: "Samples" },
      { id: "LIST", offset: 900, size: 120, meaning: "Title and names" },
    ],
    tags: [
      { origin: "INFO", id: "INAM", name: "Title", value: "Night Drive" },
      { origin: "INFO", id: "IART", name: "Artist", value: "Somebody" },
    ],
    markers: [],
    loops: [{ startFrame: Math.round(audio.frames * 0.2), endFrame: Math.round(audio.frames * 0.35) }],
    warnings: [],
  },
  failure: null,
  decoding: null,
  audio: shown,
  measurement: measurementOf({ start: 0, end: audio.frames }),
  unmeasured: null,
  findings: [
    { kind: "clipping", range: { start: 24010, end: 24022 }, channel: 0, text: "12 samples at full scale" },
    { kind: "click", range: { start: 120000, end: 120040 }, channel: 1, text: "Click of -8.2 dBFS" },
    { kind: "silence", range: { start: 540000, end: 570000 }, channel: -1, text: "0.6 s below -60 dBFS" },
  ],
  coarse: null,
  overview: 1,
  task: null,
  readOnly: null,
  notices: [],
  canPaste: true,
  settings: {
    ...{ autoplay: false, view: "waveform", ruler: "time", amplitude: "dB", tempo: 120, beatsPerBar: 4 },
    spectrogram: { size: 2048, window: "hann", scale: "log" },
    spectrogramRange: [-100, -10],
    spectrogramColors: "magma",
  },
  ...page.fakeState,
};

function peaks({ level, first, count }: PeaksRequest) {
  const size = 2 ** level;
  const buckets = Math.max(0, Math.min(count, Math.ceil(audio.frames / size) - first));
  const values = new Float32Array(buckets * audio.channels * 3);
  for (let bucket = 0; bucket < buckets; bucket++) {
    sound.forEach((samples, channel) => {
      let [low, high, energy] = [Infinity, -Infinity, 0];
      const start = (first + bucket) * size;
      const end = Math.min(audio.frames, start + size);
      for (let i = start; i < end; i++) {
        low = Math.min(low, samples[i]!);
        high = Math.max(high, samples[i]!);
        energy += samples[i]! ** 2;
      }
      values.set([low, high, Math.sqrt(energy / (end - start))], 3 * (bucket * audio.channels + channel));
    });
  }
  return { revision: shown.revision, values, isDraft: false };
}

/** A made-up picture with a line at 1 kHz and a sweep, so that the axis can be checked by eye. */
function spectrogram({ level, first, count, rows, scale }: SpectrogramRequest) {
  const columns = Math.max(0, Math.min(count, Math.ceil(audio.frames / 2 ** level) - first));
  const values = new Uint8Array(columns * rows);
  const bounds = spectrogramBounds(audio.sampleRate, scale);
  for (let column = 0; column < columns; column++) {
    const t = ((first + column + 0.5) * 2 ** level) / audio.sampleRate;
    const beat = Math.exp(-((t * 2) % 1) * 6);
    for (let row = 0; row < rows; row++) {
      const hertz = positionToFrequency((row + 0.5) / rows, scale, bounds);
      const line = Math.exp(-(Math.abs(Math.log2(hertz / 1000)) * 40)) * 70;
      const sweep = Math.exp(-(Math.abs(Math.log2(hertz / (100 * 2 ** (t / 2)))) * 25)) * 90;
      values[column * rows + row] = Math.min(255, 70 + beat * 90 * Math.exp(-hertz / 4000) + line + sweep);
    }
  }
  const all = new Uint8Array(audio.channels * values.length);
  for (let channel = 0; channel < audio.channels; channel++) all.set(values, channel * values.length);
  return { revision: shown.revision, values: all };
}

function edit(request: EditRequest): ShownAudio {
  shown = { ...shown, revision: shown.revision + 1, isDirty: true };
  if (request.type === "markers") shown = { ...shown, markers: request.markers };
  if (request.type === "tags") shown = { ...shown, tags: request.tags };
  if (request.type === "format") shown = { ...shown, format: request.format };
  return shown;
}

const answers: { [K in keyof WavRequests]?: (params: WavRequests[K]["params"]) => WavRequests[K]["answer"] } =
  {
    open: () => state,
    peaks,
    spectrogram,
    spectrum: () => ({
      revision: shown.revision,
      binHz: audio.sampleRate / 8192,
      levels: Float32Array.from({ length: 4097 }, (_, i) => {
        const hertz = (i * audio.sampleRate) / 8192;
        return (
          -40 -
          12 * Math.log2(1 + hertz / 200) +
          30 * Math.exp(-(((hertz - 440) / 12) ** 2)) -
          3 * Math.sin(i * 1.7)
        );
      }),
    }),
    measure: ({ range }) => measurementOf(range),
    sound: ({ start, count }) => ({
      revision: shown.revision,
      channels: sound.map((samples) => samples.slice(start, start + count)),
    }),
    edit,
    copy: () => undefined,
    act: () => undefined,
    inserts: insertRows,
    chooseImpulse: () => "/rooms/church.wav",
    impulse: () => ({ sampleRate: shown.sampleRate, channels: [Float32Array.of(1, 0.5)] }),
    settings: () => undefined,
    dismissNotice: () => undefined,
  };

const QUIET = new Set(["peaks", "spectrogram", "sound"]);
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
const link = new Link<Record<string, never>, { changed: Partial<WavState>; command: string }>(handlers, {
  post: (message) => window.postMessage(message, "*"),
  listen(listener) {
    receive = listener;
    return () => undefined;
  },
});
page.acquireVsCodeApi = () => ({ postMessage: (message) => queueMicrotask(() => receive(message)) });
page.tellChanged = (part) => link.tell("changed", part);
page.runCommand = (command) => link.tell("command", command);
