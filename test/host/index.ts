/** What VS Code calls to run the suites beside this file (`*.suite.cjs`), in its extension host. */
import { readdirSync } from "node:fs";
import { join } from "node:path";
import Mocha from "mocha";
import type { HostReport } from "./hostReport.mjs";

/** Restricts the run to the suites whose path in `test/` contains this text. */
const ONLY = process.env.HEADROOM_TEST_ONLY ?? "";
const TEST_SECONDS = 30;

/** The report goes out as a whole; VS Code prints too much for a running commentary. */
class Silent extends Mocha.reporters.Base {}

/** Runs all suites, prints the report for the program outside, and rejects if a test failed. */
export async function run(): Promise<void> {
  const mocha = new Mocha({ ui: "bdd", reporter: Silent, timeout: TEST_SECONDS * 1000 });
  for (const file of readdirSync(__dirname).sort()) {
    if (file.endsWith(".suite.cjs") && `host/${file}`.includes(ONLY)) mocha.addFile(join(__dirname, file));
  }
  const report: HostReport = { passed: 0, failed: 0, lines: [] };
  await new Promise<void>((resolve) => {
    mocha
      .run(() => resolve())
      .on("pass", (test) => {
        report.passed++;
        report.lines.push(`✔ ${test.fullTitle()} (${test.duration ?? 0} ms)`);
      })
      .on("fail", (test, error: Error) => {
        report.failed++;
        report.lines.push(`✖ ${test.fullTitle()}\n${error.stack ?? error.message}`);
      });
  });
  console.log(`HEADROOM_HOST_RESULT ${JSON.stringify(report)}`);
  if (report.failed > 0) throw new Error(`${report.failed} tests failed.`);
}
