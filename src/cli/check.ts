import { checkDocument } from "../mastering/checkDocument.js";
import { brokenChecks } from "../mastering/checkSound.js";
import { readDocument } from "../mastering/readDocument.js";
import { formatDiagnostic, type Diagnostic } from "../session/diagnostic.js";
import type { CommonOptions, Terminal } from "./terminal.js";
import { withStudio } from "./withStudio.js";

export interface CheckOptions extends CommonOptions {
  /** `false`: only what the text and the files beside it say. */
  readonly audio?: boolean;
}

/**
 * `headroom check`: diagnostics, and where there are no errors the document's own checks of its sound.
 * @returns whether no document has an error, and all checks hold
 */
export async function check(
  documents: readonly string[],
  options: CheckOptions,
  terminal: Terminal,
): Promise<boolean> {
  const found = documents.map((file) => ({ file, diagnostics: checkDocument(file) }));
  const sound = options.audio === false ? [] : await checkAll(found, options, terminal);
  const all = [...found, ...sound].flatMap(({ file, diagnostics }) =>
    diagnostics.map((diagnostic) => ({ file, ...diagnostic })),
  );
  const lines = all.map((diagnostic) => formatDiagnostic(diagnostic.file, diagnostic));
  if (lines.length > 0 || terminal.isJson) terminal.result(lines.join("\n"), all);
  return all.every(({ severity }) => severity !== "error");
}

interface Checked {
  readonly file: string;
  readonly diagnostics: readonly Diagnostic[];
}

async function checkAll(
  documents: readonly Checked[],
  options: CheckOptions,
  terminal: Terminal,
): Promise<Checked[]> {
  const sound = documents.filter(({ diagnostics }) =>
    diagnostics.every(({ severity }) => severity !== "error"),
  );
  if (sound.length === 0) return [];
  return withStudio(options, async (studio, signal) => {
    const checked: Checked[] = [];
    for (const { file } of sound) {
      const text = readDocument(file);
      const onProgress = (fraction: number): void => terminal.progress(fraction, file);
      const results = await studio.checkSound({ path: file, text }, { signal, onProgress });
      checked.push({ file, diagnostics: brokenChecks(text, results) });
    }
    return checked;
  });
}
