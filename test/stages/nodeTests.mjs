// @ts-check
/** Runs files of node:test and counts their tests; only failures are printed. */
import { readdirSync } from "node:fs";
import { join, sep } from "node:path";
import { run } from "node:test";
import { ROOT } from "../../.ci/setup.mjs";

const TESTS = join(ROOT, "dist", "test");

/**
 * The built test files, sorted.
 * @param {string} only part of the path, or empty
 * @returns {{ unit: string[], host: string[] }} absolute paths; `host`: those that need a VS Code
 */
export function builtTests(only) {
  const files = readdirSync(TESTS, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".test.mjs") && file.replaceAll(sep, "/").includes(only))
    .sort();
  const isHost = (/** @type {string} */ file) => file.startsWith(`host${sep}`);
  const absolute = (/** @type {string} */ file) => join(TESTS, file);
  return {
    unit: files.filter((file) => !isHost(file)).map(absolute),
    host: files.filter(isHost).map(absolute),
  };
}

/**
 * @param {string[]} files
 * @param {number} concurrency files at a time, each in a process of its own
 * @returns {Promise<import("../run.mjs").Counts>} skipped tests count as neither
 */
export async function runNodeTests(files, concurrency) {
  const counts = { passed: 0, failed: 0 };
  if (files.length === 0) return counts; // `run` would look for files by itself
  for await (const { type, data } of run({ files, concurrency })) {
    if (type === "test:stderr" || type === "test:stdout") process.stdout.write(data.message);
    if (type !== "test:pass" && type !== "test:fail") continue;
    if (isSuite(data) || data.skip !== undefined || data.todo !== undefined) continue;
    if (type === "test:pass") counts.passed++;
    else {
      counts.failed++;
      printFailure(data);
    }
  }
  return counts;
}

/**
 * A suite also fails when one of its tests does; the test itself has been counted then.
 * @param {{ details: { type?: string, error?: Error & { failureType?: string } } }} data
 */
const isSuite = ({ details }) => details.type === "suite" || details.error?.failureType === "subtestsFailed";

/** @param {{ name: string, file?: string, details: { error: Error } }} data */
function printFailure({ name, file, details: { error } }) {
  const cause =
    error.cause instanceof Error
      ? (error.cause.stack ?? error.cause.message)
      : String(error.cause ?? error.message);
  console.log(`✖ ${name}${file ? ` (${file})` : ""}\n${cause.replace(/^/gm, "    ")}`);
}
