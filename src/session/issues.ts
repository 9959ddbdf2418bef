/** What the schema objects to, in plain sentences. */
import { toJSONSchema, type z } from "zod";
import type { Path } from "./documentPositions.js";
import { FUTURE_INSERTS, INSERT_TABLE } from "./insertTable.js";

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
  if (issue.path.length === 1 && issue.path[0] === "headroom") {
    return {
      code: "version",
      message: `This is format version ${shown(value)}; this Headroom reads version 1.`,
    };
  }
  const code =
    issue.code === "invalid_type"
      ? "type"
      : issue.code === "invalid_value" || issue.code === "invalid_union"
        ? "value"
        : "range";
  return { code, message: `${key} is ${shown(value)}; it ${requirement(issue)}.` };
}

function describeInsertType(path: Path, value: unknown): { code: string; message: string } {
  const known = Object.keys(INSERT_TABLE).join(", ");
  const type = typeof value === "string" ? value : (value as { type?: unknown } | undefined)?.type;
  if (typeof type === "string" && FUTURE_INSERTS.includes(type)) {
    return {
      code: "not-available",
      message: `The insert "${type}" is not available yet. Available are ${known}.`,
    };
  }
  return {
    code: "value",
    message: `${nameOf(path)} is not an insert that Headroom knows; its \`type\` must be one of ${known}.`,
  };
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
  const text = JSON.stringify(value) ?? "undefined";
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}

/** @returns the key of the document's format that is nearest to `key`, if one is near enough to be meant */
export function suggestKey(key: string, schema: z.ZodType): string | undefined {
  const known = new Set<string>();
  collectKeys(toJSONSchema(schema, { io: "input", unrepresentable: "any" }), known);
  const near = [...known].map((each) => ({
    each,
    distance: editDistance(key.toLowerCase(), each.toLowerCase()),
  }));
  near.sort((a, b) => a.distance - b.distance);
  const best = near[0];
  return best && best.distance <= Math.max(1, Math.floor(key.length / 3)) ? best.each : undefined;
}

function collectKeys(schema: unknown, keys: Set<string>): void {
  if (typeof schema !== "object" || schema === null) return;
  const { properties } = schema as { properties?: Record<string, unknown> };
  for (const key of Object.keys(properties ?? {})) keys.add(key);
  for (const part of Object.values(schema)) collectKeys(part, keys);
}

/** Levenshtein distance. */
function editDistance(a: string, b: string): number {
  if (Math.abs(a.length - b.length) > 8) return Infinity;
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      next.push(Math.min(row[j]! + 1, next[j - 1]! + 1, row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1)));
    }
    row = next;
  }
  return row[b.length]!;
}
