/** What the last masters of an album have shown, at the places of its document. */
import type { AlbumDocument } from "../session/albumDocument.js";
import type { Diagnostic, Path } from "../session/diagnostic.js";
import { documentPositions } from "../session/documentPositions.js";
import { median } from "../units/median.js";
import type { QualityFinding } from "./quality/checkQuality.js";
import type { AlbumResult, SongResult } from "./results.js";
import { clock, level } from "./table.js";

/** LU from the album's median, beyond which a song falls out of an album whose differences are kept. */
const LARGEST_DEVIATION = 4;
/** Findings of a kind that are told one by one. */
const MOST_OF_A_KIND = 3;

/** @param text of the document. @param result of masters that are up to date */
export function albumProblems(text: string, album: AlbumDocument, { songs }: AlbumResult): Diagnostic[] {
  const positions = documentPositions(text);
  const found: Diagnostic[] = [];
  const add = (
    diagnostic: Pick<Diagnostic, "severity" | "code" | "message" | "wanted">,
    path: Path,
    at = path,
  ): void => {
    const range = positions.rangeOf(at);
    if (range) found.push({ ...diagnostic, path, ...range });
  };
  const middle = median(songs.flatMap(({ after }) => after?.loudness.integrated ?? [])) ?? 0;
  songs.forEach((song, i) => {
    if (!album.songs[i]) return;
    for (const { kind, severity, message } of told(song))
      add({ severity, code: kind, message }, ["songs", i, kind === "metadata" ? "title" : "source"]);
    const deviation = (song.after?.loudness.integrated ?? middle) - middle;
    if (album.target.mode !== "preserve" || Math.abs(deviation) <= LARGEST_DEVIATION) return;
    const way = deviation > 0 ? "louder" : "quieter";
    const message = `"${song.title}" is ${level(Math.abs(deviation))} LU ${way} than the album's median. Give it a loudness offset, or take "album" as the target's mode.`;
    const wanted = Number((album.songs[i].loudness - deviation).toFixed(1));
    add(
      { severity: "warning", code: "loudness-outlier", message, wanted },
      ["songs", i, "loudness"],
      ["songs", i, "title"],
    );
  });
  return found;
}

function told({ quality, warnings }: SongResult): Pick<QualityFinding, "kind" | "severity" | "message">[] {
  const sides = [
    ["source", quality.before],
    ["master", quality.after],
  ] as const;
  const findings = sides.flatMap(([side, all]) =>
    all
      .filter(({ kind }, i) => all.slice(0, i).filter((each) => each.kind === kind).length < MOST_OF_A_KIND)
      .map(({ kind, severity, time, message }) => {
        const where = time === null ? "" : ` at ${clock(time, 1)}`;
        return { kind, severity, message: `In the ${side}${where}: ${message}` };
      }),
  );
  const told = warnings.map((message) => ({
    kind: "limiting" as never,
    severity: "warning" as const,
    message,
  }));
  return [...told, ...findings];
}
