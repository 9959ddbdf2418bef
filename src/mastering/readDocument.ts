import { readFileSync } from "node:fs";

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: "there is no such document",
  EISDIR: "it is a folder, not a document",
  EACCES: "it may not be read",
};

/** @throws Error that names the document and says why it cannot be read */
export function readDocument(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? "";
    throw new Error(`${path}: ${REASONS[code] ?? (error as Error).message}`, { cause: error });
  }
}
