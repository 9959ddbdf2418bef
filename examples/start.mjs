// @ts-check
/**
 * `npm start`: composes the demo album and masters it, from a fresh clone to `examples/demo-album/release` with
 * the report on the screen. What is installed, built and composed already is not done again.
 */
import { relative } from "node:path";
import { ROOT } from "../.ci/setup.mjs";
import { DEMO_ALBUM, prepareDemo, runProgram } from "./demo.mjs";

try {
  prepareDemo();
  process.exitCode = runProgram("dist/headroom.js", "master", relative(ROOT, DEMO_ALBUM));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
