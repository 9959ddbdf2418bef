import assert from "node:assert/strict";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, it } from "node:test";
import type { JobOptions, WorkerPool } from "../../../src/engine/workerPool.js";
import type { FreezeInput } from "../../../src/mastering/freeze/freezeJobs.js";
import { freezeTracks } from "../../../src/mastering/freeze/freezeTracks.js";
import { CACHE_LIMIT } from "../../../src/mastering/freeze/renderCache.js";

describe("freezing tracks", () => {
  it("fails with the first failure, once nobody writes any more", async () => {
    const folder = mkdtempSync(join(tmpdir(), "headroom-freeze-"));
    const full = new Error("the disk is full");
    let isWriting = true;
    const pool = {
      run(name: string, input: FreezeInput, { signal }: JobOptions<number>): Promise<unknown> {
        if (name === "findTracks")
          return Promise.resolve(["a", "b"].map((id) => ({ id, key: `none of ${id}`, bytes: 0 })));
        if (input.track === "a") return Promise.reject(full);
        return new Promise((_, reject) => {
          signal?.addEventListener("abort", () => {
            setTimeout(() => {
              isWriting = false;
              reject(new Error("cancelled"));
            }, 20);
          });
        });
      },
    } as unknown as WorkerPool;
    const input = { path: "song.mix.json" } as never;
    await assert.rejects(freezeTracks(pool, input, folder, false, {}), full);
    assert.equal(isWriting, false);
    rmSync(folder, { recursive: true });
  });

  it("leaves tracks alone that would not fit into the cache", async () => {
    const asked: string[] = [];
    const tracks = ["a", "b"].map((id) => ({ id, key: id, bytes: CACHE_LIMIT / 2 + 1 }));
    const pool = {
      run: (name: string) => (asked.push(name), Promise.resolve(tracks)),
    } as unknown as WorkerPool;
    const folder = join(tmpdir(), "headroom-freeze-none");
    assert.equal(await freezeTracks(pool, { path: "song.mix.json" }, folder, false, {}), undefined);
    assert.deepEqual(asked, ["findTracks"]);
    assert.equal(existsSync(folder), false);
  });
});
