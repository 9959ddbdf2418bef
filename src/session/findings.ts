/** Collects what is wrong with one text, in the words and at the places that the user sees. */
import type { Node } from "jsonc-parser";
import type { Diagnostic, Path, Range, Severity } from "./diagnostic.js";
import { documentPositions, type DocumentPositions } from "./documentPositions.js";
import { describeIssue, type Issue } from "./issues.js";
import { nearestWord } from "./nearestWord.js";
import { describeSyntaxError } from "./syntaxErrors.js";

/** More errors, or more warnings, than these are of no help. */
const MOST_OF_A_SEVERITY = 100;

export class Findings {
  readonly positions: DocumentPositions;
  readonly #diagnostics: Diagnostic[] = [];
  readonly #counts: Record<Severity, number> = { error: 0, warning: 0, information: 0 };

  /** Looks for all that is wrong before the document's meaning is looked at. */
  constructor(text: string) {
    this.positions = documentPositions(text);
    const { root, tooDeepAt } = this.positions;
    if (tooDeepAt !== undefined) {
      const message = "The document is nested too deeply to be a session or an album.";
      this.#addAt("error", "too-deep", message, [], () => this.positions.rangeAt(tooDeepAt, 1));
      return;
    }
    this.#addSyntaxErrors(text);
    if (root) this.#addDuplicateKeys(root, []);
    else if (!this.hasErrors) {
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
  #addSyntaxErrors(text: string): void {
    let line = -1;
    for (const error of this.positions.syntaxErrors) {
      const range = this.positions.rangeAt(error.offset, error.length);
      if (range.start.line === line) continue;
      line = range.start.line;
      this.#addAt("error", "syntax", describeSyntaxError(error, text), [], () => range);
    }
  }

  #addDuplicateKeys(node: Node, path: Path): void {
    if (node.type === "array") {
      node.children?.forEach((child, i) => {
        // Numbers and texts, of which there may be very many, hold no keys.
        if (child.children) this.#addDuplicateKeys(child, [...path, i]);
      });
    }
    if (node.type !== "object") return;
    const seen = new Set<unknown>();
    for (const { children: [key, value] = [] } of node.children ?? []) {
      const at = [...path, String(key?.value)];
      if (key && seen.has(key.value)) {
        const message = `\`${String(key.value)}\` is given twice. Remove one of them.`;
        const range = (): Range => this.positions.rangeAt(key.offset, key.length);
        this.#addAt("error", "duplicate-key", message, at, range);
      }
      seen.add(key?.value);
      if (value) this.#addDuplicateKeys(value, at);
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
