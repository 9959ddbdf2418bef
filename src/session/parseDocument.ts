/** From text to a typed document, with every fault at its place. */
import { getNodeValue, printParseErrorCode, type Node } from "jsonc-parser";
import type { z } from "zod";
import type { Diagnostic, Range } from "./diagnostic.js";
import { documentPositions, type DocumentPositions, type Path } from "./documentPositions.js";
import { describeIssue, suggestKey, type Issue } from "./issues.js";

export interface Parsed<T> {
  /** The document with its defaults; absent if it has any error. */
  readonly value?: T;
  readonly diagnostics: readonly Diagnostic[];
}

/** Tells of a fault that the schema cannot see. */
export type Report = (code: string, path: (string | number)[], message: string) => void;

/**
 * @param text JSON with comments and trailing commas
 * @param check looks for faults between the parts of a document that is right by its schema
 * @returns the document, unless it has errors; bad text never throws
 */
export function parseDocument<Schema extends z.ZodType>(
  text: string,
  schema: Schema,
  check: (document: z.output<Schema>, report: Report) => void,
): Parsed<z.output<Schema>> {
  const found = new Findings(text.replace(/^\ufeff/, " "));
  if (!found.positions.root || found.hasErrors) return found.without();
  const value: unknown = getNodeValue(found.positions.root);
  const result = parseKnownKeys(schema, value, found);
  if (!result.success) {
    for (const issue of result.error.issues) found.addIssue(issue as Issue, value);
    return found.without();
  }
  check(result.data, (code, path, message) => found.add("error", code, message, path));
  return found.hasErrors ? found.without() : { value: result.data, diagnostics: found.diagnostics };
}

/** Unknown keys are warned about and left out of the value; the text keeps them. */
function parseKnownKeys<Schema extends z.ZodType>(
  schema: Schema,
  value: unknown,
  found: Findings,
): z.ZodSafeParseResult<z.output<Schema>> {
  const result = schema.safeParse(value);
  if (result.success) return result;
  let hasRemoved = false;
  for (const issue of result.error.issues) {
    if (issue.code !== "unrecognized_keys") continue;
    const owner = valueAt(value, issue.path as Path) as Record<string, unknown>;
    for (const key of issue.keys) {
      found.addUnknownKey([...(issue.path as Path), key], schema);
      delete owner[key];
      hasRemoved = true;
    }
  }
  return hasRemoved ? parseKnownKeys(schema, value, found) : result;
}

function valueAt(value: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (at, key) => (at as Record<string | number, unknown> | undefined)?.[key],
    value,
  );
}

/** Collects the diagnostics of one text. */
class Findings {
  readonly positions: DocumentPositions;
  readonly diagnostics: Diagnostic[] = [];

  constructor(text: string) {
    this.positions = documentPositions(text);
    const { root, syntaxErrors, tooDeepAt } = this.positions;
    if (tooDeepAt !== undefined) {
      this.#addAt(
        "error",
        "too-deep",
        "The document is nested too deeply to be a session or an album.",
        [],
        this.positions.rangeAt(tooDeepAt, 1),
      );
      return;
    }
    for (const { error, offset, length } of syntaxErrors) {
      const what = printParseErrorCode(error)
        .replace(/([a-z])([A-Z])/g, "$1 $2")
        .toLowerCase();
      this.#addAt(
        "error",
        "syntax",
        `This is not valid JSON: ${what}.`,
        [],
        this.positions.rangeAt(offset, length),
      );
    }
    if (!root && syntaxErrors.length === 0) {
      this.#addAt(
        "error",
        "syntax",
        'The document is empty. It starts with { "headroom": 1 }.',
        [],
        this.positions.rangeAt(0, 0),
      );
    }
    if (root) this.#findDuplicateKeys(root, []);
  }

  get hasErrors(): boolean {
    return this.diagnostics.some(({ severity }) => severity === "error");
  }

  without(): { diagnostics: readonly Diagnostic[] } {
    return { diagnostics: this.diagnostics };
  }

  add(severity: Diagnostic["severity"], code: string, message: string, path: Path): void {
    this.#addAt(severity, code, message, path, this.positions.rangeOf(path));
  }

  addIssue(issue: Issue, root: unknown): void {
    const { code, message } = describeIssue(issue, valueAt(root, issue.path));
    this.add("error", code, message, issue.path);
  }

  addUnknownKey(path: Path, schema: z.ZodType): void {
    const key = String(path.at(-1));
    const suggestion = suggestKey(key, schema);
    const message = `Headroom does not know \`${key}\`; it is kept and ignored.${suggestion ? ` Did you mean \`${suggestion}\`?` : ""}`;
    this.#addAt("warning", "unknown-key", message, path, this.positions.rangeOfKey(path));
  }

  #findDuplicateKeys(node: Node, path: Path): void {
    const seen = new Set<unknown>();
    node.children?.forEach((child, i) => {
      const [key, value] = child.type === "property" ? (child.children ?? []) : [undefined, child];
      const at = [...path, key ? String(key.value) : i];
      if (key && seen.has(key.value)) {
        const message = `\`${String(key.value)}\` is given twice. Remove one of them.`;
        this.#addAt("error", "duplicate-key", message, at, this.positions.rangeAt(key.offset, key.length));
      }
      seen.add(key?.value);
      if (value) this.#findDuplicateKeys(value, at);
    });
  }

  #addAt(
    severity: Diagnostic["severity"],
    code: string,
    message: string,
    path: Path,
    range: Range | undefined,
  ): void {
    this.diagnostics.push({ severity, code, message, path, ...(range ?? this.positions.rangeAt(0, 0)) });
  }
}
