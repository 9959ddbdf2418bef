/** Composes the demo album's stems: `node dist/demoAlbum.js [folder]`, by default into examples/demo-album. */
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { composeAlbum } from "./composeAlbum.js";

const folder = process.argv[2] ?? "examples/demo-album";
// The bundle holds the whole score and every instrument, so its hash names the edition.
const edition = createHash("sha256")
  .update(readFileSync(fileURLToPath(import.meta.url)))
  .digest("hex");

const hasComposed = composeAlbum(folder, edition, ({ title, parts, seconds }) => {
  console.log(`${title}: ${Object.keys(parts).length} stems of ${seconds} s`);
});
if (!hasComposed) console.log("The demo album's stems are up to date.");
