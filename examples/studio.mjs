// @ts-check
/**
 * `npm run studio`: the demo album in VS Code, with the extension as it is in this folder. In the desktop VS Code
 * where there is one and a display; otherwise in a VS Code for the browser, whose address is printed.
 */
import { spawnSync } from "node:child_process";
import { findCommand, ROOT } from "../.ci/setup.mjs";
import { DEMO, DEMO_ALBUM, prepareDemo } from "./demo.mjs";

const hasDisplay =
  ["darwin", "win32"].includes(process.platform) || process.env.DISPLAY || process.env.WAYLAND_DISPLAY;

try {
  prepareDemo();
  const code = findCommand("code");
  await (code && hasDisplay ? openDesktop(code) : serveBrowser());
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}

/** @param {string} code the desktop VS Code's command */
function openDesktop(code) {
  const words = [`--extensionDevelopmentPath=${ROOT}`, "--new-window", DEMO, DEMO_ALBUM];
  const { status } = spawnSync(code, words, { stdio: "inherit", shell: process.platform === "win32" });
  process.exitCode = status ?? 1;
}

async function serveBrowser() {
  const { startCodeServer } = await import("../test/host/codeServer.mjs");
  const { calmSettings } = await import("../test/host/calmSettings.mjs");
  const server = await startCodeServer({
    ...calmSettings(),
    "workbench.editorAssociations": { "*.album.json": "headroom.album" },
  });
  console.log("The demo album is open at this address (Ctrl+C ends it):\n");
  console.log(server.address(DEMO, { openFile: DEMO_ALBUM }));
}
