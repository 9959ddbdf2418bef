/**
 * Audacity's label files: a line for each label, its start and end in seconds and its text, between tabulators
 * (https://manual.audacityteam.org/man/importing_and_exporting_labels.html).
 */
import type { ForeignMix } from "./foreignMix.js";

/** @returns markers at the labels' starts. @throws Error that names the line which is none */
export function readLabels(text: string): ForeignMix["markers"] {
  return text.split(/\r?\n/).flatMap((line, i) => {
    // A line that begins with a backslash is about frequencies.
    if (line.trim() === "" || line.startsWith("\\")) return [];
    const [start = "", , name = ""] = line.split("\t");
    const time = Number(start.replace(",", "."));
    if (start.trim() === "" || !(time >= 0))
      throw new Error(`line ${i + 1} is no label: it must be start, end and text between tabulators.`);
    return [{ time, name }];
  });
}
