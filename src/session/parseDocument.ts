/** From text to a typed document, with every fault at its place. */
import type * as z from "zod";
import type { Diagnostic, Path, Severity } from "./diagnostic.js";
import { Findings } from "./findings.js";
import { objectionToVersion } from "./formatVersion.js";
import type { Issue } from "./issues.js";
import { knownKeys } from "./knownKeys.js";
import { longestList, shortened } from "./longLists.js";

export interface Parsed<T> {
  /** The document with its defaults; absent if it has any error. */
  readonly value?: T;
  /** In the order of the text; at most 100 errors and 100 warnings. */
  readonly diagnostics: readonly Diagnostic[];
}

/** Tells of a fault that the schema cannot see. */
export type Report = (severity: Severity, code: string, path: Path, message: string) => void;

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
  const found = new Findings(text);
  const value = found.hasErrors ? undefined : readValue(found.value, schema, check, found);
  return { ...(value && !found.hasErrors ? { value } : {}), diagnostics: found.diagnostics };
}

function readValue<Schema extends z.ZodType>(
  value: unknown,
  schema: Schema,
  check: (document: z.output<Schema>, report: Report) => void,
  found: Findings,
): z.output<Schema> | undefined {
  const objection = objectionToVersion(valueAt(value, ["headroom"]));
  if (objection !== undefined) {
    found.add("error", "version", objection, ["headroom"]);
    return undefined;
  }
  const result = parseLongLists(schema, value, found);
  if (!result?.success) {
    for (const issue of result?.error.issues ?? [])
      found.addIssue(issue as Issue, valueAt(value, issue.path as Path));
    return undefined;
  }
  check(result.data, (severity, code, path, message) => found.add(severity, code, message, path));
  return result.data;
}

/**
 * A hundred thousand faults and more are beyond what zod can gather: its stack overflows.
 * @returns `undefined` if there are so many, all far down in long lists, which is then told
 */
function parseLongLists<Schema extends z.ZodType>(
  schema: Schema,
  value: unknown,
  found: Findings,
): z.ZodSafeParseResult<z.output<Schema>> | undefined {
  try {
    return parseKnownKeys(schema, value, found);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
  }
  const result = parseKnownKeys(schema, shortened(value), found);
  if (!result.success) return result;
  const message = "There are more faults here than can be told one by one. Write this list anew.";
  found.add("error", "too-many-faults", message, longestList(value));
  return undefined;
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
    const path = issue.path as Path;
    const owner = valueAt(value, path) as Record<string, unknown>;
    const known = knownKeys(schema, value, path);
    const absent = known.filter((key) => !(key in owner));
    for (const key of issue.keys) {
      found.addUnknownKey([...path, key], absent);
      delete owner[key];
      hasRemoved = true;
    }
  }
  return hasRemoved ? parseKnownKeys(schema, value, found) : result;
}

function valueAt(value: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (at, key) => (at as Record<string | number, unknown> | null | undefined)?.[key],
    value,
  );
}
