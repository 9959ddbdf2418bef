/** A mix session, `*.mix.json`: tracks of clips, their strips, buses and the master. */
import * as z from "zod";
import { checkAutomation } from "./checkAutomation.js";
import { checkChecks, mixChecksSchema } from "./checks.js";
import { checkGroups } from "./checkGroups.js";
import { clipSchema } from "./clip.js";
import { checkFileNames, filesOfMix } from "./fileNames.js";
import { formatVersion } from "./formatVersion.js";
import { choice, number } from "./parameter.js";
import { parseDocument, type Parsed, type Report } from "./parseDocument.js";
import { checkRouting } from "./routing.js";
import { snapshotsSchema } from "./snapshots.js";
import { groupSchema, masterSchema, strip, stripSchema } from "./strip.js";

const track = z.strictObject({
  ...strip,
  clips: z.array(clipSchema).default([]).describe("What sounds, and when."),
  overlap: choice(
    ["crossfade", "mix"],
    "crossfade",
    "Where clips overlap: crossfade them with equal power, unless they have fades of their own there, or mix them as they are",
  ),
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
    buses: z.array(stripSchema).default([]).describe("Buses: submixes and effect returns."),
    groups: z.array(groupSchema).default([]).describe("Groups (VCA) that move several faders."),
    master: masterSchema.prefault({}).describe("The master bus."),
    markers: z
      .array(
        z.strictObject({
          time: number({ unit: "s", min: 0, max: 86400, description: "Where it stands" }),
          name: z.string().describe("What it is called."),
        }),
      )
      .default([])
      .describe("Named places on the timeline."),
    checks: mixChecksSchema.optional(),
    snapshots: snapshotsSchema.optional(),
  })
  .describe("A Headroom mix session.");

export type MixDocument = z.output<typeof mixSchema>;
export type Track = MixDocument["tracks"][number];
export type Bus = MixDocument["buses"][number];
export type { Clip } from "./clip.js";

/** Reads a mix session; see {@link parseDocument}. */
export function parseMix(text: string): Parsed<MixDocument> {
  return parseDocument(text, mixSchema, checkMix);
}

/** What a schema cannot say. */
function checkMix(mix: MixDocument, report: Report): void {
  checkRouting(mix, report);
  checkGroups(mix, report);
  checkAutomation(mix, report);
  checkFileNames(filesOfMix(mix), report);
  checkChecks(mix.checks, report);
}
