/** An album, `*.album.json`: songs in order, how loud they are to be, and what is delivered. */
import * as z from "zod";
import { formatVersion } from "./formatVersion.js";
import type { Path } from "./diagnostic.js";
import { albumChecksSchema, checkChecks } from "./checks.js";
import { checkFileNames, filesOfAlbum } from "./fileNames.js";
import { insertSchema, sidechainOf, type Insert } from "./insertTable.js";
import { deliver, deliveryFaults } from "./delivery.js";
import { FILE_NAME_FIELDS, unknownFields } from "./fileNameTemplate.js";
import { LIMITER_CHARACTER_NAMES, LIMITER_CHARACTERS, type LimiterSettings } from "./limiterCharacters.js";
import { choice, flag, number } from "./parameter.js";
import { TARGETS, TARGET_NAMES } from "./targets.js";
import { parseDocument, type Parsed, type Report } from "./parseDocument.js";

const MODES = ["track", "album", "preserve"] as const;

const targetSchema = z.strictObject({
  loudness: number({
    unit: "LUFS",
    min: -40,
    max: -5,
    description: "Integrated loudness aimed at; without it, that of the preset, else -14",
  }).optional(),
  mode: z
    .enum(MODES)
    .optional()
    .describe(
      "Each song at the target, or loud parts brought together and the loudest song at the target, or all differences kept: track, album, preserve (default that of the preset, else album).",
    ),
  truePeak: number({
    unit: "dBTP",
    min: -6,
    max: 0,
    description: "Ceiling that no file exceeds; without it, that of the preset, else -1",
  }).optional(),
  maxGainReduction: number({
    ...{ unit: "dB", min: 0, max: 12, default: 3 },
    description:
      "Gain reduction that the limiter may exceed for 5 % of a song's time at most; a song that would need more stays short of its loudness and says so",
  }),
  preset: z
    .enum(TARGET_NAMES)
    .optional()
    .describe(
      `Service or medium whose values count where the target does not say: ${TARGET_NAMES.join(", ")}.`,
    ),
});

const target = targetSchema.transform(({ loudness, mode, truePeak, ...rest }) => {
  const preset = TARGETS[rest.preset ?? "streaming"];
  return {
    ...rest,
    loudness: loudness ?? preset.loudness,
    mode: mode ?? preset.mode,
    truePeak: truePeak ?? preset.truePeak,
  };
});

const masterLimiter = z
  .strictObject({
    character: choice(
      LIMITER_CHARACTER_NAMES,
      "transparent",
      "What the other settings are where they are not given: transparent; smooth, whose gain moves slowly; punchy, which lets attacks through; aggressive, for the sake of loudness",
    ),
    lookahead: number({
      ...{ unit: "ms", min: 0.5, max: 20 },
      description: "Time to bring the gain down before a peak",
    }).optional(),
    release: number({ unit: "ms", min: 5, max: 1000, description: "Recovery time" }).optional(),
    autoRelease: z.boolean().optional().describe("Release that adapts to the programme."),
    softClip: number({
      ...{ unit: "dB", min: 0, max: 3 },
      description:
        "What a clipper before the limiter takes off a song's highest peak, oversampled, with a soft knee; 0 is off",
    }).optional(),
  })
  .transform(({ character, ...own }): LimiterSettings => {
    const given = Object.entries(own).filter(([, value]) => value !== undefined);
    return { ...LIMITER_CHARACTERS[character], ...Object.fromEntries(given) };
  });

const tonalBalance = z
  .strictObject({
    amount: number({
      unit: "%",
      min: 0,
      max: 100,
      default: 0,
      description:
        "How far an equalizer after the chain brings a song's long-term spectrum to the median of the album's songs; by at most 6 dB at 100 %, with nothing boosted below 60 Hz or above 12.5 kHz",
    }),
  })
  .describe("How alike the songs are to be in tone.");

const reference = z.strictObject({
  file: z.string().min(1).describe("Audio file of the recording, relative to this document, with `/`."),
  amount: number({
    ...{ unit: "%", min: 0, max: 100, default: 100 },
    description: "How far to go, in tone and width; of several references that of the first counts",
  }),
  weight: number({
    ...{ unit: "", min: 0.01, max: 100, default: 1 },
    description: "How much it counts among several",
  }),
  width: flag(true, "Brings the sides to the reference's level too, by at most 3 dB"),
  loudness: flag(false, "Takes the reference's integrated loudness in place of that of `target`"),
});

const song = z
  .strictObject({
    source: z
      .string()
      .min(1)
      .describe("The mix: an audio file or a `*.mix.json` session, relative to this document, with `/`."),
    title: z.string().min(1).describe("Title of the song; the file is named after it."),
    artist: z.string().optional().describe("Artist, if not the album's."),
    composer: z.string().optional().describe("Composer."),
    comment: z.string().optional().describe("Comment in the tags of the song's files."),
    isrc: z
      .string()
      .regex(/^[A-Z]{2}-?[A-Z0-9]{3}-?\d{2}-?\d{5}$/, "must be an ISRC, for example QZ-ABC-26-00001")
      .optional()
      .describe("International Standard Recording Code."),
    start: number({
      ...{ unit: "s", min: 0, max: 86400, default: 0 },
      description: "Where the song begins in its source; what lies before is left out, to the sample",
    }),
    end: number({
      ...{ unit: "s", min: 0, max: 86400 },
      description: "Where it ends in its source; without it, with that",
    }).optional(),
    loudness: number({
      unit: "LU",
      min: -20,
      max: 20,
      default: 0,
      description: "Louder or quieter than the plan makes the song",
    }),
    chain: z.array(insertSchema).default([]).describe("Inserts on this song, after the album's chain."),
    gap: number({
      unit: "s",
      min: 0,
      max: 30,
      default: 2,
      description: "Silence after this song, at the end of its file; not after the last one",
    }),
    fadeIn: number({ unit: "s", min: 0, max: 600, default: 0, description: "Fade at the start" }),
    fadeOut: number({ unit: "s", min: 0, max: 600, default: 0, description: "Fade at the end" }),
    tonalBalance: tonalBalance.optional(),
  })
  .describe("A song of the album.");

export const albumSchema = z
  .strictObject({
    headroom: formatVersion,
    $schema: z.string().optional().describe("JSON Schema of this document."),
    title: z.string().min(1).describe("Title of the album."),
    artist: z.string().optional().describe("Artist."),
    year: number({
      unit: "",
      min: 1860,
      max: 9999,
      isWhole: true,
      description: "Year of release",
    }).optional(),
    genre: z.string().optional().describe("Genre."),
    upc: z
      .string()
      .regex(/^\d{12,13}$/, "must be 12 or 13 digits")
      .optional()
      .describe("UPC or EAN of the release, 12 or 13 digits."),
    label: z.string().optional().describe("Record label."),
    copyright: z.string().optional().describe("Copyright notice, for example `2026 Headroom`."),
    cover: z
      .string()
      .min(1)
      .optional()
      .describe(
        "Cover art, a JPEG or PNG file relative to this document, with `/`; it goes into the files' tags.",
      ),
    target: target.prefault({}).describe("How loud the album is to be."),
    chainLevel: number({
      unit: "LUFS",
      min: -40,
      max: -6,
      description:
        "Loudness that every song's loud part is brought to before the chain, so that a threshold means the same on each; without it, songs go into the chain as they are. How loud the masters become does not depend on it",
    }).optional(),
    chain: z.array(insertSchema).default([]).describe("Inserts on every song, in this order."),
    limiter: masterLimiter
      .prefault({})
      .describe("The last processor of every song, at the ceiling of `target`."),
    tonalBalance: tonalBalance.prefault({}),
    reference: z
      .union([reference, z.array(reference).min(1)])
      .optional()
      .describe("A recording whose sound to approach, or several, of which the weighted mean counts."),
    songs: z.array(song).min(1, "must list at least one song").describe("Songs in the order of the album."),
    deliver: z
      .array(deliver)
      .min(1, "must list at least one set of files")
      .prefault([{ format: "wav" }])
      .describe("Sets of files to write."),
    checks: albumChecksSchema.optional(),
    output: z
      .string()
      .min(1)
      .default("release")
      .describe("Folder for the masters, relative to this document (default `release`)."),
  })
  .describe("A Headroom album.");

export type AlbumDocument = z.output<typeof albumSchema>;
export type Reference = z.output<typeof reference>;
export type MasterLimiter = AlbumDocument["limiter"];
export type AlbumSong = AlbumDocument["songs"][number];

/** @returns the recordings to approach, none or several */
export function referencesOf({ reference = [] }: Pick<AlbumDocument, "reference">): readonly Reference[] {
  return Array.isArray(reference) ? reference : [reference];
}

/** Reads an album; see {@link parseDocument}. */
export function parseAlbum(text: string): Parsed<AlbumDocument> {
  return parseDocument(text, albumSchema, checkAlbum);
}

/** What a schema cannot say. */
function checkAlbum(album: AlbumDocument, report: Report): void {
  checkFileNames(filesOfAlbum(album), report);
  checkChain(album.chain, ["chain"], report);
  album.songs.forEach(({ chain, start, end }, i) => {
    checkChain(chain, ["songs", i, "chain"], report);
    if (end !== undefined && end <= start)
      report(
        "error",
        "range",
        ["songs", i, "end"],
        `The song ends at ${end} s, but it begins at ${start} s.`,
      );
  });
  checkDeliveries(album, report);
  checkChecks(album.checks, report);
}

/** Masters have no channels. */
function checkChain(chain: readonly Insert[], path: Path, report: Report): void {
  chain.forEach((insert, i) => {
    if (sidechainOf(insert) === undefined) return;
    const message = "An album has no channels that could drive a side-chain. Remove it.";
    report("error", "no-sidechain", [...path, i, "sidechain"], message);
  });
}

/** Sets that no encoder could write, or that would write the same files. */
function checkDeliveries({ deliver }: AlbumDocument, report: Report): void {
  const sets = deliver.map(({ format, sampleRate, bitDepth, bitRate, image }) =>
    [format, sampleRate, format === "mp3" ? bitRate : bitDepth, image].join(),
  );
  deliver.forEach((set, i) => {
    if (sets.indexOf(sets[i]!) !== i) {
      const message = "This set is listed twice; remove one of them.";
      report("error", "duplicate-delivery", ["deliver", i], message);
    }
    for (const { key, message } of deliveryFaults(set))
      report("error", "delivery", ["deliver", i, key], message);
    const [field] = unknownFields(set.fileName ?? "");
    if (field !== undefined) {
      const message = `There is no field {${field}}. Fields are ${FILE_NAME_FIELDS.map((each) => `{${each}}`).join(", ")}.`;
      report("error", "file-name-field", ["deliver", i, "fileName"], message);
    }
    if (set.fileName !== undefined && !set.image && !/\{(number|title|isrc)\}/.test(set.fileName)) {
      const message = "All songs would have the same name: add {number} or {title}.";
      report("error", "file-name-same", ["deliver", i, "fileName"], message);
    }
  });
}
