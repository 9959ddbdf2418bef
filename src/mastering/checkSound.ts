/** Looks whether the sound of a document measures what its checks want. */
import { dirname, join, resolve } from "node:path";
import type { JobOptions, WorkerPool } from "../engine/workerPool.js";
import { parseAlbum } from "../session/albumDocument.js";
import { runChecks, type CheckResult, type Checks, type Figures } from "../session/checks.js";
import type { Diagnostic, Path } from "../session/diagnostic.js";
import { documentPositions } from "../session/documentPositions.js";
import { parseMix } from "../session/mixDocument.js";
import { planDeliveries } from "./deliver/deliveries.js";
import { DocumentError } from "./documentError.js";
import type { SongInput } from "./openSong.js";
import { isMixDocument } from "./readSong.js";

export interface SoundCheck extends Omit<CheckResult, "name"> {
  readonly name: string;
  /** Title of the song on the album; `null` for a session, and for what is of the whole album. */
  readonly song: string | null;
  /** Of the check in the document. */
  readonly path: Path;
}

export interface CheckSoundInput {
  readonly path: string;
  readonly text: string;
  readonly decodedFolder: string | undefined;
}

/**
 * Renders and measures a session, or measures an album's masters as they lie in their folder.
 *
 * @returns nothing if the document has no checks
 * @throws DocumentError if it has errors
 */
export async function checkSound(
  pool: WorkerPool,
  input: CheckSoundInput,
  options: JobOptions<number> = {},
): Promise<SoundCheck[]> {
  const { path, text, decodedFolder } = input;
  const measure = (song: string, given?: string): Promise<Figures> =>
    pool.run("figures", { path: song, text: given, decodedFolder } satisfies SongInput, options);
  if (isMixDocument(path)) {
    const { value, diagnostics } = parseMix(text);
    if (!value) throw new DocumentError(path, diagnostics);
    return value.checks ? results(value.checks, await measure(path, text), null) : [];
  }
  const { value: album, diagnostics } = parseAlbum(text);
  if (!album) throw new DocumentError(path, diagnostics);
  const { checks } = album;
  if (!checks) return [];
  const folder = resolve(dirname(path), album.output);
  const masters = planDeliveries(album).songs.map(({ files }) => {
    const best = files.find(({ format }) => format !== "mp3") ?? files[0];
    return best && join(folder, best.file);
  });
  const measured = await Promise.all(
    masters.map(async (master) =>
      master === undefined ? undefined : measure(master).catch(() => undefined),
    ),
  );
  const songs = album.songs.flatMap(({ title }, i): SoundCheck[] => {
    const figures = measured[i];
    return figures ? results(checks, figures, title) : [unmastered(title)];
  });
  const levels = measured.flatMap((figures) => figures?.integrated ?? []);
  const spread = levels.length === 0 ? null : Math.max(...levels) - Math.min(...levels);
  return [...songs, ...results(checks, { spread }, null)];
}

function results(checks: Checks, figures: Figures, song: string | null): SoundCheck[] {
  return runChecks(checks, figures).map((result) => ({ ...result, song, path: ["checks", result.name] }));
}

function unmastered(song: string): SoundCheck {
  const sentence = "There is no master of it that can be read. Master the album first.";
  return { name: "master", value: null, holds: false, sentence, song, path: ["checks"] };
}

/** @returns checks that do not hold as diagnostics at their lines */
export function brokenChecks(text: string, checks: readonly SoundCheck[]): Diagnostic[] {
  const positions = documentPositions(text);
  return checks.flatMap(({ holds, sentence, song, path }): Diagnostic[] => {
    const range = positions.rangeOf(path);
    if (holds || !range) return [];
    const message = song === null ? sentence : `"${song}": ${sentence}`;
    return [{ severity: "error", code: "check-failed", message, path, ...range }];
  });
}
