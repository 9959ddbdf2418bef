// @ts-check
/**
 * `npm start`: composes the demo album and masters it, from a fresh clone to `examples/demo-album/release` with
 * the report on the screen. What is installed, built and composed already is not done again.
 */
import { spawnSync } from "node:child_process";
import { ensureBuild, ensurePackages, ROOT } from "../.ci/setup.mjs";

const DEMO = "examples/demo-album";

try {
  ensurePackages();
  ensureBuild();
  process.exitCode = run("dist/demoAlbum.js", DEMO) || run("dist/headroom.js", "master", `${DEMO}/record.album.json`);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}

/**
 * Runs one of our programs on this terminal.
 * @param {string[]} words program and arguments
 * @returns {number} its exit status
 */
function run(...words) {
  return spawnSync(process.execPath, words, { cwd: ROOT, stdio: "inherit" }).status ?? 1;
}
