import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, it } from "node:test";
import type { JobOptions, WorkerPool } from "../../../src/engine/workerPool.js";
import type { FreezeInput } from "../../../src/mastering/freeze/freezeJobs.js";
import { freezeTracks } from "../../../src/mastering/freeze/freezeTracks.js";

describe("freezing tracks", () => {
  it("fails with the first failure, once nobody writes any more", async () => {
    const folder = mkdtempSync(join(tmpdir(), "headroom-freeze-"));
    const full = new Error("the disk is full");
    let isWriting = true;
    const pool = {
      run(name: string, input: FreezeInput, { signal }: JobOptions<number>): Promise<unknown> {
        if (name === "findTracks")
          return Promise.resolve(["a", "b"].map((id) => ({ id, key: `none of ${id}` })));
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
});
