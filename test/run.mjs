// @ts-check
/**
 * `npm test`: installs and builds what is missing, then runs all stages, each whether or not one before it failed.
 * The last line on standard output is the total, `N passed, N failed`; a check without counts of its own (types,
 * lint, format) counts as one test. The exit status is 1 if anything failed or a stage found nothing to run.
 *
 *   --check, --unit, --host   only these stages (type check, lint and format; unit tests; tests in VS Code)
 *   --only TEXT               only the unit and host test files whose path contains TEXT
 */
import { parseArgs } from "node:util";
import { ensureBuild, ensurePackages } from "../.ci/setup.mjs";

/**
 * @typedef {object} Counts
 * @property {number} passed
 * @property {number} failed
 */
/** @typedef {{ name: string, run: () => Counts | Promise<Counts> }} Stage */

const { values } = parseArgs({
  options: {
    check: { type: "boolean", default: false },
    unit: { type: "boolean", default: false },
    host: { type: "boolean", default: false },
    only: { type: "string" },
  },
});
const isRestricted = values.check || values.unit || values.host || values.only !== undefined;

/** @type {Counts} */
const total = { passed: 0, failed: 0 };
try {
  ensurePackages();
  ensureBuild({ tests: true });
  for (const stage of await wantedStages()) {
    const { passed, failed } = await runStage(stage);
    total.passed += passed;
    total.failed += failed;
  }
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  total.failed++;
}
console.log(`${total.passed} passed, ${total.failed} failed`);
process.exitCode = total.failed > 0 || total.passed === 0 ? 1 : 0;

/**
 * The stages that the arguments ask for. Their modules import packages, so they are loaded after the installation.
 * @returns {Promise<Stage[]>}
 */
async function wantedStages() {
  const { checkStages } = await import("./stages/checks.mjs");
  const { hostStages } = await import("./stages/hostTests.mjs");
  const { unitStages } = await import("./stages/unitTests.mjs");
  const only = values.only ?? "";
  return [
    ...(values.check || !isRestricted ? checkStages() : []),
    ...(values.unit || !isRestricted || (values.only && !values.host) ? unitStages(only) : []),
    ...(values.host || !isRestricted || (values.only && !values.unit) ? hostStages(only) : []),
  ];
}

/**
 * Runs one stage and prints how it went. A stage that throws, or runs no test, has failed.
 * @param {Stage} stage
 * @returns {Promise<Counts>}
 */
async function runStage({ name, run }) {
  console.log(`${name}…`);
  const start = performance.now();
  const counts = await attempt(run);
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  const isEmpty = counts.passed + counts.failed === 0;
  // With --only, a stage may well hold no file that matches; the total still may not be empty.
  if (isEmpty && values.only === undefined) counts.failed = 1;
  const verdict = isEmpty
    ? "no test ran"
    : counts.failed === 0
      ? `${counts.passed} passed`
      : `${counts.failed} FAILED`;
  console.log(`${name}: ${verdict} (${seconds} s)\n`);
  return counts;
}

/**
 * @param {Stage["run"]} run
 * @returns {Promise<Counts>}
 */
async function attempt(run) {
  try {
    return await run();
  } catch (error) {
    console.log(error instanceof Error ? error.message : error);
    return { passed: 0, failed: 1 };
  }
}
