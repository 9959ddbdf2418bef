// @ts-check
import { runElectronSuites, wantsElectron } from "../host/electron.mjs";
import { runHostSuites } from "../host/suites.mjs";
import { builtSuites, builtTests, runNodeTests } from "./nodeTests.mjs";

/**
 * The tests that need a real VS Code: suites inside its extension host, and tests that operate it from outside.
 * @param {string} only part of the path, or empty
 * @returns {import("../run.mjs").Stage[]}
 */
export const hostStages = (only) => [
  { name: "suites in the extension host", run: () => runSuites(only) },
  { name: "tests of the workbench and the package", run: () => runNodeTests(builtTests(only).host, 1) },
];

/** @param {string} only */
async function runSuites(only) {
  if (builtSuites(only).length === 0) return { passed: 0, failed: 0 };
  process.env.HEADROOM_TEST_ONLY = only;
  const { passed, failed, lines } = await (wantsElectron() ? runElectronSuites() : runHostSuites());
  for (const line of lines) console.log(`  ${line}`);
  return { passed, failed };
}
