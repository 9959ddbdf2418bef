// @ts-check
/** The checks of the source text: types, lint rules and format. Each counts as one test. */
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { ROOT } from "../../.ci/setup.mjs";

/** @returns {import("../run.mjs").Stage[]} */
export function checkStages() {
  return [
    check("types of the extension, the command line and the tests", "typescript/bin/tsc", "-p", "."),
    check("types of the webviews", "typescript/bin/tsc", "-p", "webview"),
    check("lint", "eslint/bin/eslint.js", "--config", ".eslint.config.mjs", "--max-warnings=0", "."),
    check("format", "prettier/bin/prettier.cjs", "--check", "--cache", "--log-level=warn", "."),
  ];
}

/**
 * @param {string} name
 * @param {string} program in node_modules
 * @param {string[]} words its arguments
 */
const check = (name, program, ...words) => ({
  name,
  run() {
    const { status } = spawnSync(process.execPath, [join("node_modules", program), ...words], {
      cwd: ROOT,
      stdio: ["ignore", "inherit", "inherit"],
    });
    return status === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
  },
});
