import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { it } from "node:test";
import { SongCache } from "../../../src/mastering/incremental/songCache.js";

it("the cache of songs removes what a killed run has left, and nothing that a running one writes", () => {
  const folder = mkdtempSync(join(tmpdir(), "headroom-songs-"));
  mkdirSync(join(folder, "songs"));
  const { pid } = spawnSync(process.execPath, ["-e", "0"]);
  const [stale, own] = [pid, process.pid].map((each) => `.a.measured.${each}-0123456789ab.headroom-tmp`);
  for (const name of [stale!, own!, "b.master"]) writeFileSync(join(folder, "songs", name), "x");
  new SongCache(folder, false);
  assert.deepEqual(readdirSync(join(folder, "songs")).sort(), [own, "b.master"]);
  rmSync(folder, { recursive: true });
});
