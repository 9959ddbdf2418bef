// @ts-check
/**
 * Runs the mocha suites of `dist/test/host/` in the extension host of a real VS Code, by the way that VS Code's
 * own browser integration tests take: the workbench gets the paths of the extension and of the tests in its
 * address, calls the tests' `run()` and reports to two functions that the page exposes.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ROOT } from "../../.ci/setup.mjs";
import { launchBrowser } from "./browser.mjs";
import { calmSettings } from "./calmSettings.mjs";
import { startCodeServer } from "./codeServer.mjs";
import { readHostReport } from "./hostReport.mjs";

const TIMEOUT_SECONDS = 300;

/**
 * @returns {Promise<import("./hostReport.mjs").HostReport>}
 * @throws Error when VS Code does not get as far as running the suites
 */
export async function runHostSuites() {
  const folder = mkdtempSync(join(tmpdir(), "headroom-workspace-"));
  const server = await startCodeServer(calmSettings(), { runsSuites: true });
  const browser = await launchBrowser();
  try {
    const page = await browser.newPage();
    let log = "";
    await page.exposeFunction(
      "codeAutomationLog",
      (/** @type {string} */ _type, /** @type {unknown[]} */ args) => {
        log += `${args.map(String).join(" ")}\n`;
      },
    );
    const exited = new Promise((resolve) => page.exposeFunction("codeAutomationExit", resolve));
    const late = new Promise((resolve) => setTimeout(resolve, TIMEOUT_SECONDS * 1000).unref());
    await page.goto(
      server.address(folder, {
        extensionDevelopmentPath: ROOT,
        extensionTestsPath: join(ROOT, "dist", "test", "host", "index.cjs"),
      }),
    );
    await Promise.race([exited, late]);
    return readHostReport(log);
  } finally {
    await browser.close();
    server.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}
