/** A mix session, `*.mix.json`: tracks of clips, their strips, buses and the master. */
import * as z from "zod";
import type { Path } from "./diagnostic.js";
import { formatVersion } from "./formatVersion.js";
import { insertSchema } from "./insertTable.js";
import { choice, flag, level, number, readLevel } from "./parameter.js";
import { parseDocument, type Parsed, type Report } from "./parseDocument.js";
import { checkRouting } from "./routing.js";

const fade = z.strictObject({
  length: number({ unit: "s", min: 0, max: 600, description: "Length of the fade" }),
  shape: choice(["linear", "equalPower", "sCurve", "exponential"], "linear", "Shape of the fade"),
});

const clip = z
  .strictObject({
    file: z.string().min(1).describe("Audio file, relative to this document, with `/`."),
    start: number({
      unit: "s",
      min: 0,
      max: 86400,
      default: 0,
      description: "Where the clip starts on the timeline",
    }),
    offset: number({ unit: "s", min: 0, max: 86400, default: 0, description: "Where it starts in the file" }),
    length: number({
      unit: "s",
      min: 0,
      max: 86400,
      description: "How long it sounds; without it, to the end of the file",
    }).optional(),
    gain: level({ unit: "dB", min: -144, max: 24, default: 0, description: "Clip gain" }),
    fadeIn: fade.optional().describe("Fade at the clip's start."),
    fadeOut: fade.optional().describe("Fade at the clip's end."),
  })
  .describe("A piece of an audio file on the timeline.");

const send = z.strictObject({
  to: z.string().min(1).describe("Id of the bus that receives the send."),
  level: level({ unit: "dB", min: -144, max: 24, default: 0, description: "Send level" }),
  tap: choice(["pre", "post"], "post", "Taken before or after the fader"),
});

const breakpoint = z.tuple(
  [
    z.number().min(0, "must be 0 s or later"),
    z.union([z.number(), z.literal("-inf")], 'must be a number, or "-inf" for a level').transform(readLevel),
  ],
  "must be a pair: [time in s, value]",
);
const breakpoints = z.array(breakpoint).describe("Breakpoints: [time in s, value in the parameter's unit].");

/** What tracks and buses have in common. */
const strip = {
  id: z.string().min(1).describe("Name by which sends and outputs refer to it; unique in the session."),
  name: z.string().optional().describe("Name shown in the mixer."),
  color: z.string().optional().describe("Colour shown in the mixer, `#rrggbb`."),
  trim: number({ unit: "dB", min: -60, max: 60, default: 0, description: "Gain before the inserts" }),
  polarity: choice(["normal", "inverted"], "normal", "Polarity"),
  inserts: z.array(insertSchema).default([]).describe("Processors in series, in this order."),
  sends: z.array(send).default([]).describe("Copies to buses."),
  pan: number({
    unit: "",
    min: -1,
    max: 1,
    default: 0,
    description: "Pan (mono) or balance (stereo), -1 is left, 1 is right",
  }),
  fader: level({ unit: "dB", min: -144, max: 24, default: 0, description: "Fader" }),
  mute: flag(false, "Silences the channel"),
  solo: flag(false, "Silences all channels that are not soloed"),
  output: z.string().optional().describe("Id of the bus it plays to; without it, the master."),
  automation: z
    .record(z.string(), breakpoints)
    .optional()
    .describe("Breakpoints by parameter, for example `inserts/0/threshold`."),
};

const track = z.strictObject({
  ...strip,
  clips: z.array(clip).default([]).describe("What sounds, and when."),
});
const bus = z.strictObject(strip);

const master = z.strictObject({
  inserts: z.array(insertSchema).default([]).describe("Processors in series, in this order."),
  fader: level({ unit: "dB", min: -144, max: 24, default: 0, description: "Fader, after the inserts" }),
});

export const mixSchema = z
  .strictObject({
    headroom: formatVersion,
    $schema: z.string().optional().describe("JSON Schema of this document."),
    title: z.string().default("Untitled").describe("Title of the song."),
    sampleRate: number({
      unit: "Hz",
      min: 8000,
      max: 384000,
      isWhole: true,
      default: 48000,
      description: "Sample rate of the session",
    }),
    tempo: number({ unit: "beats per minute", min: 10, max: 400, default: 120, description: "Tempo" }),
    panLaw: number({
      unit: "dB",
      min: -6,
      max: 0,
      default: -3,
      description: "Level of a mono source panned to the centre; -3 is constant power",
    }),
    tracks: z.array(track).default([]).describe("Tracks, from top to bottom."),
    buses: z.array(bus).default([]).describe("Buses: submixes and effect returns."),
    master: master.prefault({}).describe("The master bus."),
    markers: z
      .array(
        z.strictObject({
          time: number({ unit: "s", min: 0, max: 86400, description: "Where it stands" }),
          name: z.string().describe("What it is called."),
        }),
      )
      .default([])
      .describe("Named places on the timeline."),
  })
  .describe("A Headroom mix session.");

export type MixDocument = z.output<typeof mixSchema>;
export type Track = MixDocument["tracks"][number];
export type Clip = Track["clips"][number];

/** Reads a mix session; see {@link parseDocument}. */
export function parseMix(text: string): Parsed<MixDocument> {
  return parseDocument(text, mixSchema, checkMix);
}

/** What a schema cannot say. */
function checkMix(mix: MixDocument, report: Report): void {
  checkRouting(mix, (code, path, message) => report("error", code, path, message));
  reportUnavailable(mix, report);
}

/** What the format has and the engine does not render yet: an error, since the mix would sound wrong without it. */
function reportUnavailable(mix: MixDocument, report: Report): void {
  const unavailable = (path: Path, message: string): void => report("error", "not-available", path, message);
  for (const kind of ["tracks", "buses"] as const) {
    mix[kind].forEach(({ sends, output, automation }, i) => {
      if (sends.length > 0) unavailable([kind, i, "sends"], "Sends are not rendered yet. Remove them.");
      if (output !== undefined && output !== "master") {
        const message = `Outputs to buses are not rendered yet. Remove "output", so that it plays to the master.`;
        unavailable([kind, i, "output"], message);
      }
      if (automation) unavailable([kind, i, "automation"], "Automation is not rendered yet. Remove it.");
    });
  }
  if (mix.buses.length > 0) unavailable(["buses"], "Buses are not rendered yet. Remove them.");
}
