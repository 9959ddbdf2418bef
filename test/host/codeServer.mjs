// @ts-check
/** VS Code's server on a free port of this machine, with a profile of its own that is removed at the end. */
import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ROOT } from "../../.ci/setup.mjs";
import { installHost } from "./installation.mjs";

const HOST = "127.0.0.1";
const START_SECONDS = 60;
/** Exit status after Ctrl+C: 128 and the number of the signal. */
const INTERRUPTED = 130;

/**
 * @typedef {object} CodeServer
 * @property {(folder: string, payload?: Record<string, string>) => string} address
 *   page of the workbench on `folder`; `payload` values that are absolute paths become addresses on the server
 * @property {() => string} output what the server has printed so far
 * @property {() => void} stop ends the server with all its processes and removes its profile
 */

/**
 * Starts the server.
 * @param {Record<string, unknown>} settings the user's settings
 * @param {{ runsSuites?: boolean }} [options] `runsSuites`: for suites in the extension host, which come with the
 *   payload of the address; VS Code then shows no notifications. Without it Headroom is installed, as a link to
 *   this folder.
 * @returns {Promise<CodeServer>}
 * @throws Error with the server's output when it does not come up
 */
export async function startCodeServer(settings, { runsSuites = false } = {}) {
  const { node, server } = installHost();
  const profile = makeProfile(settings, !runsSuites);
  const words = [...serverArguments(profile), ...(runsSuites ? ["--enable-smoke-test-driver"] : [])];
  const child = spawn(node, ["out/server-main.js", ...words], {
    cwd: server,
    detached: process.platform !== "win32", // a process group of its own, which `stop` can end as a whole
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (/** @type {string} */ text) => void (output += text));
  }
  const interrupt = () => process.exit(INTERRUPTED);
  const stop = () => {
    process.off("exit", stop).off("SIGINT", interrupt).off("SIGTERM", interrupt);
    end(child);
    rmSync(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  };
  process.on("exit", stop).on("SIGINT", interrupt).on("SIGTERM", interrupt);
  try {
    const port = await listening(child, () => output);
    return { address: (folder, payload) => address(port, folder, payload ?? {}), output: () => output, stop };
  } catch (error) {
    stop();
    throw error;
  }
}

/**
 * Makes the folder of settings, extensions and state.
 * @param {Record<string, unknown>} settings
 * @param {boolean} hasHeadroom whether Headroom is installed in it
 */
function makeProfile(settings, hasHeadroom) {
  const profile = mkdtempSync(join(tmpdir(), "headroom-host-"));
  const userFolder = join(profile, "data", "data", "User");
  mkdirSync(userFolder, { recursive: true });
  writeFileSync(join(userFolder, "settings.json"), JSON.stringify(settings));
  mkdirSync(join(profile, "extensions"));
  if (hasHeadroom) symlinkSync(ROOT, join(profile, "extensions", "headroom"), "junction");
  return profile;
}

/** @param {string} profile */
const serverArguments = (profile) => [
  ...["--host", HOST, "--port", "0", "--without-connection-token", "--accept-server-license-terms"],
  ...["--disable-workspace-trust", "--telemetry-level", "off"],
  ...["--server-data-dir", join(profile, "data"), "--extensions-dir", join(profile, "extensions")],
];

/**
 * @param {import("node:child_process").ChildProcess} child
 * @param {() => string} output
 * @returns {Promise<number>} the port that the server chose
 */
async function listening(child, output) {
  const deadline = Date.now() + START_SECONDS * 1000;
  while (child.exitCode === null && Date.now() < deadline) {
    const port = /listening on (\d+)/.exec(output())?.[1];
    if (port) return Number(port);
    await new Promise((wake) => setTimeout(wake, 50));
  }
  throw new Error(`VS Code's server did not start.\n${output()}`);
}

/**
 * @param {number} port
 * @param {string} folder
 * @param {Record<string, string>} payload
 */
function address(port, folder, payload) {
  const remote = (/** @type {string} */ value) =>
    value.startsWith("/") ? `vscode-remote://${HOST}:${port}${value}` : value;
  const entries = Object.entries({ skipWelcome: "true", ...payload }).map(([key, value]) => [
    key,
    remote(value),
  ]);
  const query = new URLSearchParams({ folder, payload: JSON.stringify(entries) });
  return `http://${HOST}:${port}/?${query.toString()}`;
}

/** @param {import("node:child_process").ChildProcess} child */
function end(child) {
  if (child.pid === undefined || child.exitCode !== null) return;
  try {
    if (process.platform === "win32") child.kill();
    else process.kill(-child.pid, "SIGKILL");
  } catch {
    // It has just ended by itself.
  }
}
