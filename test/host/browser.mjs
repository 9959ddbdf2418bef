// @ts-check
/** The Chromium that shows the workbench. */
import { existsSync } from "node:fs";
import { chromium } from "playwright-core";
import { ensureDebianPackage, findCommand } from "../../.ci/setup.mjs";

/** Keeps Chromium from looking for the network outside, and lets sound start without a click. */
const FLAGS = [
  ...["--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"],
  ...["--disable-component-update", "--disable-sync", "--autoplay-policy=no-user-gesture-required"],
];

/**
 * Starts Chromium without a window: the one that `CHROMIUM` names, else one on PATH, else Playwright's own, else
 * Debian's, installed where this process may.
 * @param {string[]} flags more of them; of two that contradict each other the last counts
 * @returns {Promise<import("playwright-core").Browser>}
 */
export function launchBrowser(flags = []) {
  return chromium.launch({ executablePath: browserProgram(), args: [...FLAGS, ...flags] });
}

function browserProgram() {
  const installed = process.env.CHROMIUM ?? findChromium();
  if (installed) return installed;
  if (existsSync(chromium.executablePath())) return chromium.executablePath();
  return ensureDebianPackage("chromium", "chromium");
}

const findChromium = () => ["chromium", "chromium-browser", "google-chrome"].map(findCommand).find(Boolean);
