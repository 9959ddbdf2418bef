import { checkDocument } from "../mastering/checkDocument.js";
import { formatDiagnostic } from "../session/diagnostic.js";
import type { Terminal } from "./terminal.js";

/** `headroom check`. @returns whether no document has an error */
export function check(documents: readonly string[], terminal: Terminal): boolean {
  const found = documents.flatMap((file) =>
    checkDocument(file).map((diagnostic) => ({ file, ...diagnostic })),
  );
  const lines = found.map((diagnostic) => formatDiagnostic(diagnostic.file, diagnostic));
  if (lines.length > 0 || terminal.isJson) terminal.result(lines.join("\n"), found);
  return found.every(({ severity }) => severity !== "error");
}
