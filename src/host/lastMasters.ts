/** The last masters of an album, from the report that lies beside them. */
import { existsSync } from "node:fs";
import { readFile, stat } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import * as z from "zod";
import type { AlbumResult } from "../mastering/results.js";
import type { MastersState } from "../protocol/albumProtocol.js";
import { DELIVERY_FORMATS } from "../session/delivery.js";
import { INSERT_TABLE } from "../session/insertTable.js";
import { TARGET_NAMES } from "../session/targets.js";
import type { AlbumDocument } from "../session/albumDocument.js";
import { sourceStamp } from "./sourceStamp.js";

/**
 * @param path absolute path of the album document
 * @returns `null` if there are no masters, or they are of other songs
 */
export async function lastMasters(path: string, album: AlbumDocument): Promise<MastersState | null> {
  const folder = resolve(dirname(path), album.output);
  const report = join(folder, `${basename(path, ".album.json")}.report.json`);
  const text = await readFile(report, "utf8").catch(() => null);
  const stored = text === null ? null : parseReport(text);
  if (!stored || !isOf(stored, album) || !filesExist(stored, folder)) return null;
  const result = { ...stored, folder, reportPath: resolve(folder, stored.reportPath) };
  const isOutdated = (await newestInput(path, album)) > (await stat(report)).mtimeMs;
  return { result, isOutdated };
}

/** The report as `mastering/report` writes it: an AlbumResult with relative paths and without the time it took. */
function parseReport(text: string): AlbumResult | null {
  try {
    return { folder: ".", seconds: 0, ...REPORT.parse(JSON.parse(text)) } as AlbumResult;
  } catch {
    // Not ours, or from another version: as if there were none.
    return null;
  }
}

const LEVEL = z.number().nullable();
const LOUDNESS = z.object({
  integrated: LEVEL,
  momentaryMax: LEVEL,
  shortTermMax: LEVEL,
  lra: LEVEL,
  truePeak: LEVEL,
  samplePeak: LEVEL,
  plr: LEVEL,
});
const OVERVIEW = z.object({
  source: z.string(),
  sampleRate: z.number().positive(),
  channels: z.number().positive(),
  duration: z.number().nonnegative(),
  loudness: LOUDNESS,
  shortTerm: z.array(LEVEL),
});
const FAILURE = z.object({
  message: z.string(),
  file: z.string().optional(),
  line: z.number().int().positive().optional(),
  column: z.number().int().positive().optional(),
});
const FINDINGS = z.array(
  z.object({
    kind: z.string(),
    severity: z.enum(["warning", "information"]),
    time: LEVEL,
    message: z.string(),
  }),
);
const BANDS = z.array(LEVEL);
const SONG_TONE = z.object({
  bands: BANDS,
  width: LEVEL,
  deviation: BANDS,
  distance: z.number(),
  suggestion: INSERT_TABLE.eq.schema.nullable(),
});
const STAGE = z.object({
  type: z.string(),
  name: z.string().nullable(),
  reductionP95: z.number(),
  reductionMax: z.number(),
});
const DELIVERED = z.object({
  file: z.string(),
  format: z.enum(DELIVERY_FORMATS),
  bytes: z.number().nonnegative(),
  sha256: z.string(),
  integrated: LEVEL,
  truePeak: LEVEL,
});
const SERVICE = z.object({
  name: z.enum(TARGET_NAMES),
  label: z.string(),
  level: z.number(),
  songs: z.array(z.object({ gain: LEVEL, loudness: LEVEL, isHeldBack: z.boolean() })),
  albumGain: LEVEL,
});
const TRANSITION = z.object({
  from: z.number().int().nonnegative(),
  end: LEVEL,
  start: LEVEL,
  jump: LEVEL,
  silence: z.number().nonnegative(),
});
const ALBUM_LOUDNESS = z.object({ integrated: LEVEL, spread: LEVEL });
const REPORT = z.object({
  title: z.string(),
  reportPath: z.string(),
  before: ALBUM_LOUDNESS,
  after: ALBUM_LOUDNESS,
  tone: z.object({ median: BANDS, width: LEVEL }).nullable().default(null),
  transitions: z.array(TRANSITION).default([]),
  services: z.array(SERVICE).default([]),
  images: z.array(DELIVERED).default([]),
  songs: z.array(
    z.object({
      index: z.number().int().nonnegative(),
      title: z.string(),
      before: OVERVIEW.optional(),
      after: OVERVIEW.optional(),
      chainGain: z.number().default(0),
      tone: SONG_TONE.optional(),
      notes: z.array(z.string()).default([]),
      stages: z.array(STAGE).default([]),
      quality: z.object({ before: FINDINGS, after: FINDINGS }).default({ before: [], after: [] }),
      gain: z.number(),
      targetLoudness: LEVEL,
      gainReductionP95: z.number(),
      gainReductionMax: z.number(),
      files: z.array(z.string()),
      deliveries: z.array(DELIVERED).default([]),
      warnings: z.array(z.string()),
      error: FAILURE.optional(),
    }),
  ),
});

/** The same songs, in the same order. */
function isOf({ songs }: AlbumResult, album: AlbumDocument): boolean {
  return (
    songs.length === album.songs.length &&
    songs.every(({ title, before }, i) => {
      const song = album.songs[i]!;
      return title === song.title && (!before || before.source === song.source);
    })
  );
}

function filesExist({ songs }: AlbumResult, folder: string): boolean {
  return songs.every(({ files }) => files.every((file) => existsSync(resolve(folder, file))));
}

/** When the document or a source last changed, milliseconds since 1970. */
async function newestInput(path: string, { songs }: AlbumDocument): Promise<number> {
  const inputs = [path, ...songs.map(({ source }) => resolve(dirname(path), source))];
  const stamps = await Promise.all(inputs.map((input) => sourceStamp(input).catch(() => ({ newest: 0 }))));
  return Math.max(...stamps.map(({ newest }) => newest));
}
