import type { DeliveredFile } from "../results.js";

/** Name of the list, beside the files. */
export const CHECKSUMS = "SHA256SUMS";

/** @returns the list as `sha256sum --check` reads it, in the order of the names */
export function checksums(files: readonly DeliveredFile[]): string {
  const lines = files.map(({ sha256, file }) => ({ file, line: `${sha256}  ${file}\n` }));
  return lines
    .sort((a, b) => (a.file < b.file ? -1 : 1))
    .map(({ line }) => line)
    .join("");
}
