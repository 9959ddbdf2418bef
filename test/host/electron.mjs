// @ts-check
/** Runs the same suites in the desktop VS Code, where it can be downloaded or lies in `.vscode-test/` already. */
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { downloadAndUnzipVSCode } from "@vscode/test-electron";
import { ROOT } from "../../.ci/setup.mjs";
import { readHostReport } from "./hostReport.mjs";

const CACHE = join(ROOT, ".vscode-test");

/** Whether the desktop VS Code is wanted (`HEADROOM_TEST_ELECTRON=1`) or there. */
export const wantsElectron = () => process.env.HEADROOM_TEST_ELECTRON === "1" || existsSync(CACHE);

/**
 * @returns {Promise<import("./hostReport.mjs").HostReport>}
 * @throws Error when VS Code cannot be downloaded or does not run the suites
 */
export async function runElectronSuites() {
  const program = await downloadAndUnzipVSCode({ cachePath: CACHE });
  // `runTests` of the package would print everything and return no output to read the report from.
  const { stdout, stderr } = spawnSync(
    program,
    [
      ...[
        "--no-sandbox",
        "--disable-gpu-sandbox",
        "--disable-updates",
        "--skip-welcome",
        "--skip-release-notes",
      ],
      ...["--disable-workspace-trust", `--user-data-dir=${join(CACHE, "user-data")}`],
      ...[
        `--extensionDevelopmentPath=${ROOT}`,
        `--extensionTestsPath=${join(ROOT, "dist", "test", "host", "index.cjs")}`,
      ],
    ],
    { encoding: "utf8", maxBuffer: 1 << 28 },
  );
  return readHostReport(`${stdout}\n${stderr}`);
}
