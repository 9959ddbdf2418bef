/** What the reports tell of the songs in sentences. */
import type { QualityFinding } from "../quality/checkQuality.js";
import type { SongResult } from "../results.js";
import { clock } from "../table.js";

/** What quality control has found, each as `title, source, 1:02.5: sentence`. */
export function qualityOf({ title, quality }: SongResult): string[] {
  const lines = (side: string, findings: readonly QualityFinding[]): string[] =>
    findings.map(({ time, message }) => {
      const where = time === null ? "" : `, ${clock(time, 1)}`;
      return `${title}, ${side}${where}: ${message}`;
    });
  return [...lines("source", quality.before), ...lines("master", quality.after)];
}

/** What a song's listener should know, each as `title: sentence`. */
export function notesOf({ title, warnings, notes, error }: SongResult): string[] {
  const failure = error ? [`not mastered: ${error.message}`] : [];
  return [...failure, ...warnings, ...notes].map((note) => `${title}: ${note}`);
}
