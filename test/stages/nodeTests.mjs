// @ts-check
/** Runs files of node:test and counts their tests; only failures are printed. */
import { readdirSync } from "node:fs";
import { join, sep } from "node:path";
import { run } from "node:test";
import { ROOT } from "../../.ci/setup.mjs";

const TESTS = join(ROOT, "dist", "test");
/** Longest time of a file; longer runs of the same tests set another. */
const FILE_SECONDS = Number(process.env.HEADROOM_FILE_SECONDS ?? 300);

/**
 * The built tests of node:test, sorted.
 * @param {string} only part of the path, or empty
 * @returns {{ unit: string[], host: string[] }} absolute paths; `host`: those that need a VS Code
 */
export function builtTests(only) {
  const files = builtFiles(".test.mjs", only);
  const isHost = (/** @type {string} */ file) => file.startsWith(join(TESTS, "host"));
  return { unit: files.filter((file) => !isHost(file)), host: files.filter(isHost) };
}

/**
 * The built suites for the extension host.
 * @param {string} only part of the path, or empty
 */
export const builtSuites = (only) => builtFiles(".suite.cjs", only);

/**
 * @param {string} ending
 * @param {string} only
 */
const builtFiles = (ending, only) =>
  readdirSync(TESTS, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(ending) && file.replaceAll(sep, "/").includes(only))
    .sort()
    .map((file) => join(TESTS, file));

/**
 * @param {string[]} files
 * @param {number} concurrency files at a time, each in a process of its own
 * @returns {Promise<import("../run.mjs").Counts>} skipped tests count as neither
 */
export async function runNodeTests(files, concurrency) {
  const counts = { passed: 0, failed: 0 };
  if (files.length === 0) return counts; // `run` would look for files by itself
  for await (const { type, data } of run({ files, concurrency, timeout: FILE_SECONDS * 1000 })) {
    if (type === "test:stdout" || type === "test:stderr") process.stdout.write(data.message);
    if ((type !== "test:pass" && type !== "test:fail") || isSkipped(data) || isSum(data)) continue;
    const fault = type === "test:fail" ? describeError(data.details.error) : emptyFileFault(data.name, files);
    if (fault === undefined) counts.passed++;
    else {
      counts.failed++;
      console.log(`✖ ${data.name}${data.file ? ` (${data.file})` : ""}\n${fault.replace(/^/gm, "    ")}`);
    }
  }
  return counts;
}

/** @param {{ skip?: string | boolean, todo?: string | boolean }} result */
const isSkipped = ({ skip, todo }) => skip !== undefined || todo !== undefined;

/**
 * Whether a result only sums up others. A suite whose hook failed does not: the hook is no test of its own.
 * @param {{ details: { type?: string, error?: Error & { failureType?: string } } }} result
 */
const isSum = ({ details: { type, error } }) =>
  error?.failureType === "subtestsFailed" || (type === "suite" && error?.failureType !== "hookFailed");

/** @param {Error} error node:test's wrapping of what the test threw */
function describeError({ cause, message }) {
  return cause instanceof Error ? (cause.stack ?? cause.message) : String(cause ?? message);
}

/**
 * node:test lets a file without a test pass under the file's own name.
 * @param {string} name
 * @param {string[]} files
 */
const emptyFileFault = (name, files) => (files.includes(name) ? "The file holds no test." : undefined);
