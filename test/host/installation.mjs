// @ts-check
/**
 * The VS Code that the host tests run in: the npm package code-server, which carries VS Code's server and
 * workbench with extension host, webviews and custom editors. It needs no display and no download from outside
 * the npm registry, and lives in a folder of its own in the user's cache.
 */
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { dirname, join } from "node:path";
import { npm } from "../../.ci/setup.mjs";

const CODE_SERVER = "4.139.1"; // carries VS Code 1.139.1
const NODE = "24.21.0"; // code-server's own requirement; Headroom itself runs on Node 20 and later

/**
 * @typedef {object} HostInstallation
 * @property {string} node the Node that runs it
 * @property {string} server folder of VS Code's server
 */

/**
 * Installs the test host, unless it is there already.
 *
 * `HEADROOM_TEST_HOST` names another folder. A complete folder is renamed into its place as the last step, so an
 * interrupted installation is never taken for a whole one. No install script runs: the native parts that the
 * server needs come ready-made in the packages, and it does without the rest.
 * @returns {HostInstallation}
 * @throws Error when npm cannot install it
 */
export function installHost() {
  const folder = process.env.HEADROOM_TEST_HOST ?? join(cacheFolder(), `test-host-${CODE_SERVER}`);
  if (!existsSync(folder)) {
    process.stderr.write(`Installing the VS Code for the host tests (once, about 700 MB) in ${folder}…\n`);
    mkdirSync(dirname(folder), { recursive: true });
    const draft = mkdtempSync(`${folder}.installing-`);
    try {
      fill(draft);
      moveIntoPlace(draft, folder);
    } finally {
      rmSync(draft, { recursive: true, force: true });
    }
  }
  return {
    node: join(
      folder,
      "node_modules",
      nodePackage(),
      "bin",
      process.platform === "win32" ? "node.exe" : "node",
    ),
    server: serverFolder(folder),
  };
}

/** @param {string} folder an empty folder */
function fill(folder) {
  writeFileSync(join(folder, "package.json"), JSON.stringify({ name: "headroom-test-host", private: true }));
  const quiet = ["--ignore-scripts", "--no-audit", "--no-fund"];
  npm(["install", ...quiet, `${nodePackage()}@${NODE}`, `code-server@${CODE_SERVER}`], folder);
  // The packages of the server itself are not among the dependencies: code-server installs them by a script.
  npm(["install", "--omit=dev", ...quiet], serverFolder(folder));
}

/**
 * @param {string} draft
 * @param {string} folder
 */
function moveIntoPlace(draft, folder) {
  try {
    renameSync(draft, folder);
  } catch (error) {
    // Another process was faster; its installation is as good.
    if (!existsSync(serverFolder(folder))) throw error;
  }
}

/** @param {string} folder the installation */
const serverFolder = (folder) => join(folder, "node_modules", "code-server", "lib", "vscode");

/** Name of the npm package that carries Node for this machine. */
const nodePackage = () => `node-${process.platform === "win32" ? "win" : process.platform}-${process.arch}`;

/** Headroom's folder in the user's cache (XDG Base Directory Specification). */
const cacheFolder = () => join(process.env.XDG_CACHE_HOME || join(homedir(), ".cache"), "headroom");
