/** What is wrong with a document, where, and what to do. */

/** Keys and indexes from a document's root. */
export type Path = readonly (string | number)[];

/** Position in a text, 0-based; `character` counts UTF-16 units, as VS Code does. */
export interface Position {
  readonly line: number;
  readonly character: number;
}

export interface Range {
  readonly start: Position;
  readonly end: Position;
  /** The same in UTF-16 units of the whole text. */
  readonly offset: number;
  readonly length: number;
}

export type Severity = "error" | "warning" | "information";

export interface Diagnostic extends Range {
  readonly severity: Severity;
  /** Stable name of the kind of fault, for example `unknown-key`. */
  readonly code: string;
  /** A plain sentence or two. */
  readonly message: string;
  readonly path: Path;
  /** The number that would be right there, where that is known. */
  readonly wanted?: number | undefined;
}

/** `song.mix.json:12:7: error: … [code]`, 1-based, as compilers write it. */
export function formatDiagnostic(file: string, { start, severity, message, code }: Diagnostic): string {
  return `${file}:${start.line + 1}:${start.character + 1}: ${severity}: ${message} [${code}]`;
}
