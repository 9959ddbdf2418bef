/** Collects what is wrong with one text, in the words and at the places that the user sees. */
import type { ParseError } from "jsonc-parser";
import type { Diagnostic, Path, Range, Severity } from "./diagnostic.js";
import { documentPositions, type DocumentPositions } from "./documentPositions.js";
import { describeIssue, type Issue } from "./issues.js";
import { nearestWord } from "./nearestWord.js";
import { readJson } from "./readJson.js";
import { describeSyntaxError } from "./syntaxErrors.js";

/** More errors, or more warnings, than these are of no help. */
const MOST_OF_A_SEVERITY = 100;

export class Findings {
  readonly positions: DocumentPositions;
  /** What the text says; `undefined` if there is no value at all. */
  readonly value: unknown;
  readonly #diagnostics: Diagnostic[] = [];
  readonly #counts: Record<Severity, number> = { error: 0, warning: 0, information: 0 };

  /** Looks for all that is wrong before the document's meaning is looked at. */
  constructor(text: string) {
    this.positions = documentPositions(text);
    const { value, tooDeepAt, syntaxErrors, duplicateKeys } = readJson(text);
    if (tooDeepAt !== undefined) {
      const message = "The document is nested too deeply to be a session or an album.";
      this.#addAt("error", "too-deep", message, [], () => this.positions.rangeAt(tooDeepAt, 1));
      return;
    }
    this.value = value;
    this.#addSyntaxErrors(text, syntaxErrors);
    for (const { path, offset, length } of duplicateKeys) {
      const message = `\`${String(path.at(-1))}\` is given twice. Remove one of them.`;
      this.#addAt("error", "duplicate-key", message, path, () => this.positions.rangeAt(offset, length));
    }
    if (value === undefined && !this.hasErrors) {
      const message = 'The document is empty. It starts with { "headroom": 1 }.';
      this.#addAt("error", "syntax", message, [], () => this.positions.rangeAt(0, 0));
    }
  }

  get hasErrors(): boolean {
    return this.#counts.error > 0;
  }

  /** In the order of the text. */
  get diagnostics(): readonly Diagnostic[] {
    return this.#diagnostics.toSorted((a, b) => a.offset - b.offset);
  }

  add(severity: Severity, code: string, message: string, path: Path): void {
    this.#addAt(severity, code, message, path, () => this.positions.rangeOf(path));
  }

  /** @param value what stands in the document at the issue's path */
  addIssue(issue: Issue, value: unknown): void {
    const { code, message } = describeIssue(issue, value);
    this.#addAt("error", code, message, issue.path, () =>
      // What is missing has no place; of what it is missing from, the first character is enough.
      value === undefined ? this.positions.rangeOfOpening(issue.path) : this.positions.rangeOf(issue.path),
    );
  }

  /** @param known the keys that could be meant */
  addUnknownKey(path: Path, known: readonly string[]): void {
    const key = String(path.at(-1));
    const meant = nearestWord(key, known);
    const hint = meant === undefined ? "" : ` Did you mean \`${meant}\`?`;
    const message = `Headroom does not know \`${key}\` here; it is kept and ignored.${hint}`;
    this.#addAt("warning", "unknown-key", message, path, () => this.positions.rangeOfKey(path));
  }

  /** One a line: the others on it follow from the first. */
  #addSyntaxErrors(text: string, errors: readonly ParseError[]): void {
    let line = -1;
    for (const error of errors) {
      const range = this.positions.rangeAt(error.offset, error.length);
      if (range.start.line === line) continue;
      line = range.start.line;
      this.#addAt("error", "syntax", describeSyntaxError(error, text), [], () => range);
    }
  }

  #addAt(
    severity: Severity,
    code: string,
    message: string,
    path: Path,
    place: () => Range | undefined,
  ): void {
    if (++this.#counts[severity] > MOST_OF_A_SEVERITY) return;
    this.#diagnostics.push({ severity, code, message, path, ...(place() ?? this.positions.rangeAt(0, 0)) });
  }
}
