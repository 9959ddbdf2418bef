/** The session of a rough mix, as a document and as commented text. */
import { STEM_CLASSES, type Family } from "./stemClass.js";
import { tenths, type PlannedTrack } from "./roughPlan.js";

/** Levels that have been measured and set. */
export interface RoughLevels {
  /** Of the tracks, in their order, dB. */
  readonly faders: readonly number[];
  /** Of the reverb's return, dB. */
  readonly reverb: number;
  /** Of the master, dB; before the limiter if there is one. */
  readonly master: number;
  /** Whether a limiter at {@link PEAK_CEILING} keeps the peaks down. */
  readonly isLimited: boolean;
}

export interface RoughHead {
  readonly title: string;
  readonly sampleRate: number;
}

/** Peaks of the mix stay under this, dBFS: headroom for mastering. */
export const PEAK_CEILING = -6;

const REVERB = "reverb";
/** Send of the wettest classes, dB. */
const STRONGEST_SEND = -12;
/** The compressor's threshold over the loudness that the stems are trimmed to, dB: loud moments only. */
const THRESHOLD = -16;

type Json = Record<string, unknown>;

/** What of a session is rendered. */
export interface Part {
  /** Tracks by their places; all if absent. */
  readonly tracks?: readonly number[];
  /** The dry signal and the reverb, or one of the two. */
  readonly sounds?: "both" | "dry" | "reverb";
}

const FAMILIES: readonly { readonly family: Family; readonly id: string; readonly name: string }[] = [
  { family: "drums", id: "drums", name: "Drums" },
  { family: "music", id: "music", name: "Music" },
  { family: "vocals", id: "vocals", name: "Vocals" },
];

/**
 * @param fileOf the path by which a clip names its stem
 * @returns the session as plain data
 */
export function roughDocument(
  head: RoughHead,
  tracks: readonly PlannedTrack[],
  levels: RoughLevels,
  fileOf: (stem: string) => string,
  { tracks: chosen, sounds = "both" }: Part = {},
): Json {
  const isChosen = (index: number): boolean => chosen?.includes(index) ?? true;
  return {
    headroom: 1,
    title: head.title,
    sampleRate: head.sampleRate,
    tracks: tracks
      .map((track, index) => roughTrack(track, levels.faders[index]!, fileOf))
      .filter((_, index) => isChosen(index)),
    buses: [
      ...FAMILIES.filter(({ id }) => tracks.some((track) => busOf(track) === id)).map(({ id, name }) => ({
        id,
        name,
        fader: 0,
        ...(sounds === "reverb" ? { mute: true } : {}),
      })),
      ...(tracks.some(isWet)
        ? [{ ...reverbBus(levels.reverb), ...(sounds === "dry" ? { mute: true } : {}) }]
        : []),
    ],
    master: levels.isLimited
      ? { inserts: [mixLimiter(levels.master)], fader: 0 }
      : { inserts: [], fader: levels.master },
  };
}

function roughTrack(track: PlannedTrack, fader: number, fileOf: (stem: string) => string): Json {
  const { stem, id, name, trim, pan, isInverted } = track;
  return {
    id,
    name,
    clips: [{ file: fileOf(stem.file), start: 0 }],
    trim,
    ...(isInverted ? { polarity: "inverted" } : {}),
    inserts: insertsOf(track),
    sends: sendsOf(track),
    pan,
    fader,
    ...(stem.integrated === null ? { mute: true } : {}),
    output: busOf(track),
  };
}

/** Id of the bus of its family. */
function busOf({ stem }: PlannedTrack): string {
  const { family } = STEM_CLASSES[stem.className];
  return FAMILIES.find((each) => each.family === family)?.id ?? "music";
}

function insertsOf({ stem }: PlannedTrack): Json[] {
  const { highpass, ratio, attack, release } = STEM_CLASSES[stem.className] as {
    highpass: number;
    ratio: number;
    attack: number;
    release: number;
  };
  const eq = { type: "eq", bands: [{ type: "highpass", frequency: highpass, slope: 12 }] };
  return ratio === 1
    ? [eq]
    : [eq, { type: "compressor", threshold: THRESHOLD, ratio, attack, release, knee: 6 }];
}

function sendsOf({ stem }: PlannedTrack): Json[] {
  const row = STEM_CLASSES[stem.className];
  return "reverb" in row ? [{ to: REVERB, level: STRONGEST_SEND + row.reverb }] : [];
}

/** Whether the track has a send to the reverb. */
export const isWet = (track: PlannedTrack): boolean => sendsOf(track).length > 0;

function reverbBus(fader: number): Json {
  return {
    id: REVERB,
    name: "Reverb",
    inserts: [
      { type: "eq", bands: [bandAt("highpass", 250), bandAt("lowpass", 8000)] },
      { type: "reverb", decay: 1.6, preDelay: 20, mix: 100 },
    ],
    fader,
  };
}

const bandAt = (type: string, frequency: number): Json => ({ type, frequency, slope: 12 });
/** The gain stands before the limiter: a fader behind it would lift its peaks again. */
const mixLimiter = (gain: number): Json => ({
  type: "limiter",
  ceiling: PEAK_CEILING,
  truePeak: false,
  gain,
});

/** @returns the text of the session, with comments that say why each level was chosen */
export function roughText(document: Json, tracks: readonly PlannedTrack[], notes: readonly string[]): string {
  const {
    tracks: written,
    buses,
    master,
    ...head
  } = document as {
    tracks: Json[];
    buses: Json[];
    master: Json;
  };
  const lines = [
    "{",
    ...notes.map((note) => `  // ${note}`),
    ...Object.entries(head).map(([key, value]) => `  ${JSON.stringify(key)}: ${inline(value)},`),
    `  "tracks": [`,
    ...written.flatMap((track, i) => [...commentOf(tracks[i]!), ...block(track, i < written.length - 1)]),
    "  ],",
    `  "buses": [`,
    ...buses.flatMap((bus, i) => block(bus, i < buses.length - 1)),
    "  ],",
    `  "master": ${inline(master)}`,
    "}",
  ];
  return `${lines.join("\n")}\n`;
}

function commentOf({ stem, isLead, level, reasons }: PlannedTrack): string[] {
  const { label } = STEM_CLASSES[stem.className];
  const known =
    stem.className === "unknown"
      ? "The name says nothing that is known: set it by ear."
      : `By its name: ${label}.`;
  const measured =
    stem.integrated === null
      ? "It is silent, and muted."
      : `Its active parts are at ${stem.integrated.toFixed(1)} LUFS; the strip gives ${relation(level, isLead)}.`;
  return [known, measured, ...reasons].map((sentence) => `    // ${sentence}`);
}

function relation(level: number, isLead: boolean): string {
  if (isLead)
    return level > -0.05
      ? "the lead, which the others are set against"
      : `its share of the lead, ${tenths(level)} LU`;
  return `${Math.abs(tenths(level)).toFixed(1)} LU ${level < 0 ? "under" : "over"} the lead`;
}

/** An entry of a list, one line a key. */
function block(entry: Json, hasNext: boolean): string[] {
  const fields = Object.entries(entry).map(
    ([key, value]) => `      ${JSON.stringify(key)}: ${inline(value)}`,
  );
  return ["    {", fields.join(",\n"), hasNext ? "    }," : "    }"];
}

const inline = (value: unknown): string => JSON.stringify(value, null, 1).replace(/\n\s*/g, " ");
