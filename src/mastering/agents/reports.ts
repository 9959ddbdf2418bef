/** What an agent gets to read: the same for the language model tools of VS Code and for the MCP server. */
import { basename } from "node:path";
import type { DocumentChange } from "../../session/edits/editText.js";
import { formatDiagnostic, type Diagnostic } from "../../session/diagnostic.js";
import { outlineOf, type OutlineItem } from "../../session/outline.js";
import { brokenChecks } from "../checkSound.js";
import { comparisonText } from "../compare/comparisonText.js";
import { textAt } from "../compare/textAt.js";
import type { Studio } from "../studio.js";

/** A document as it is now, saved or not. */
export interface AgentDocument {
  /** Absolute. */
  readonly path: string;
  readonly text: string;
}

/** Keys of results that would fill a model's memory. */
const LONG_KEYS: readonly string[] = ["shortTerm"];
/** Characters of a change that is shown. */
const LONGEST_CHANGE = 200;

/** @returns loudness, peaks and format as JSON */
export async function measureReport(studio: Studio, path: string): Promise<string> {
  return json(await studio.overview(path));
}

/** @returns channels, clips and inserts, or songs, as an indented outline */
export const describeReport = ({ text }: AgentDocument): string => outlineText(outlineOf(text));

/** @returns what is wrong, a line each, and whether the document's checks of its sound hold */
export async function checkReport(
  studio: Studio,
  { path, text }: AgentDocument,
  problems: readonly Diagnostic[],
  signal: AbortSignal,
): Promise<string> {
  const hasErrors = problems.some(({ severity }) => severity === "error");
  const checks = hasErrors ? [] : await studio.checkSound({ path, text }, { signal });
  const held = checks.filter(({ holds }) => holds).map(({ sentence }) => `holds: ${sentence}`);
  const lines = [...problemLines(path, [...problems, ...brokenChecks(text, checks)]), ...held];
  return lines.join("\n") || "Nothing is wrong, and there are no checks.";
}

/** @returns what has changed since a revision of git, in words and figures */
export async function compareReport(
  studio: Studio,
  { path, text }: AgentDocument,
  revision: string,
  signal: AbortSignal,
): Promise<string> {
  const before = { path, text: await textAt(path, revision) };
  const result = await studio.compare(before, { path, text }, { signal });
  return comparisonText(result, `${basename(path)} at ${revision}`, `${basename(path)} now`);
}

/** Mixes down to `output`. @param shown how the file is called @returns what came out, as JSON */
export async function renderReport(
  studio: Studio,
  path: string,
  { output, shown }: { readonly output: string; readonly shown: string },
  signal: AbortSignal,
): Promise<string> {
  const job = { path, output, layout: "s24", dither: "tpdf" } as const;
  const { overview, clipped, warnings } = await studio.mixdown(job, { signal });
  return json({ output: shown, ...overview, clipped, warnings });
}

export const problemLines = (path: string, problems: readonly Diagnostic[]): string[] =>
  problems.map((problem) => formatDiagnostic(basename(path), problem));

/** What an agent wants to change, as a list in Markdown. */
export const changeList = (changes: readonly DocumentChange[]): string =>
  changes.map((change) => `- \`${changeText(change)}\``).join("\n");

/** @throws Error unless it is a session */
export function mixdownOf(path: string): string {
  if (!path.endsWith(".mix.json")) throw new Error(`${path} is no *.mix.json.`);
  return path.replace(/\.mix\.json$/, ".wav");
}

function outlineText(items: readonly OutlineItem[], indent = ""): string {
  return items
    .map(({ kind, name, detail, children }) => {
      const line = `${indent}${kind} ${name}${detail === "" ? "" : ` (${detail})`}`;
      return [line, ...(children.length > 0 ? [outlineText(children, `${indent}  `)] : [])].join("\n");
    })
    .join("\n");
}

function changeText(change: DocumentChange): string {
  const path = change.path.join("/");
  if (change.type === "move") return `${path}: entry ${change.from} to ${change.to}`;
  const value = change.value === undefined ? "removed" : JSON.stringify(change.value);
  const text = `${change.type === "insert" ? "new " : ""}${path}: ${value}`.replaceAll("`", "'");
  return text.length > LONGEST_CHANGE ? `${text.slice(0, LONGEST_CHANGE - 1)}\u2026` : text;
}

function json(value: object): string {
  const kept = Object.fromEntries(Object.entries(value).filter(([key]) => !LONG_KEYS.includes(key)));
  return JSON.stringify(kept, undefined, 1);
}
