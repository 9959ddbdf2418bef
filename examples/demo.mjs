// @ts-check
/** What `npm start` and `npm run studio` have in common: the demo album, composed and ready. */
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { ensureBuild, ensurePackages, ROOT } from "../.ci/setup.mjs";

/** Folder of the demo album. */
export const DEMO = join(ROOT, "examples", "demo-album");
/** Its album document. */
export const DEMO_ALBUM = join(DEMO, "record.album.json");

/**
 * Installs, builds and composes what is missing.
 * @throws Error when one of them fails
 */
export function prepareDemo() {
  ensurePackages();
  ensureBuild();
  if (runProgram("dist/demoAlbum.js", DEMO) !== 0) throw new Error("The demo album could not be composed.");
}

/**
 * Runs one of our programs on this terminal.
 * @param {string[]} words program and arguments
 * @returns {number} its exit status
 */
export function runProgram(...words) {
  return spawnSync(process.execPath, words, { cwd: ROOT, stdio: "inherit" }).status ?? 1;
}
