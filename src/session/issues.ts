/** What the schema objects to, in plain sentences. */
import type { Path } from "./diagnostic.js";
import { FUTURE_INSERTS, INSERT_TABLE } from "./insertTable.js";
import { nearestWord } from "./nearestWord.js";

/** The part of zod's issues that is looked at here. */
export interface Issue {
  readonly code: string;
  readonly path: Path;
  readonly message: string;
  readonly expected?: string;
  readonly note?: string;
  readonly values?: readonly unknown[];
  readonly errors?: readonly (readonly Issue[])[];
}

/** @param value what stands in the document at the issue's path */
export function describeIssue(issue: Issue, value: unknown): { code: string; message: string } {
  const key = nameOf(issue.path);
  if (issue.note === "No matching discriminator") return describeInsertType(issue.path, value);
  if (value === undefined) return { code: "missing", message: `${key} is missing${expectation(issue)}.` };
  return { code: codeOf(issue), message: `${key} is ${shown(value)}; it ${requirement(issue)}.` };
}

function codeOf({ code }: Issue): string {
  if (code === "invalid_type") return "type";
  return code === "invalid_value" || code === "invalid_union" ? "value" : "range";
}

function describeInsertType(path: Path, type: unknown): { code: string; message: string } {
  const available = Object.keys(INSERT_TABLE);
  const use = `Use one of ${available.join(", ")}.`;
  if (type === undefined) return { code: "missing", message: `${nameOf(path)} is missing. ${use}` };
  if (typeof type === "string" && FUTURE_INSERTS.includes(type)) {
    return { code: "not-available", message: `The insert "${type}" is not available yet. ${use}` };
  }
  const meant = typeof type === "string" ? nearestWord(type, [...available, ...FUTURE_INSERTS]) : undefined;
  const hint = meant === undefined ? use : `Did you mean "${meant}"?`;
  return { code: "value", message: `${shown(type)} is not an insert that Headroom knows. ${hint}` };
}

function requirement({ code, message, expected, values, errors }: Issue): string {
  if (message.startsWith("must ")) return message;
  if (code === "invalid_type") return `must be ${article(expected ?? "value")}`;
  if (values) return `must be ${list(values)}`;
  const choices = errors?.flatMap((alternative) => alternative.flatMap((each) => each.values ?? [])) ?? [];
  if (choices.length > 0) return `must be ${list(choices)}`;
  return `is not accepted: ${message.charAt(0).toLowerCase()}${message.slice(1)}`;
}

function expectation({ expected, values }: Issue): string {
  if (values) return `; it must be ${list(values)}`;
  return expected ? `; it must be ${article(expected)}` : "";
}

const list = (values: readonly unknown[]): string => {
  const texts = values.map((value) => JSON.stringify(value));
  return texts.length > 1 ? `one of ${texts.join(", ")}` : String(texts[0]);
};

const article = (noun: string): string => `${/^[aeio]/.test(noun) ? "an" : "a"} ${noun}`;

/** `inserts[2].threshold`, in backquotes; "The document" for the root. */
function nameOf(path: Path): string {
  if (path.length === 0) return "The document";
  return `\`${path
    .map((key) => (typeof key === "number" ? `[${key}]` : `.${key}`))
    .join("")
    .replace(/^\./, "")}\``;
}

function shown(value: unknown): string {
  if (Array.isArray(value)) return "a list";
  if (typeof value === "object" && value !== null) return "an object";
  const text = typeof value === "number" ? String(value) : JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}
