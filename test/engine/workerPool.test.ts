import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { WorkerPool } from "../../src/engine/workerPool.js";

/** Speaks the pool's protocol; each job is one way in which a worker can behave. */
const WORKER = `
  const { parentPort, threadId } = require("node:worker_threads");
  const jobs = {
    double: (n) => n * 2,
    thread: () => threadId,
    report: (n) => { for (let i = 1; i <= n; i++) parentPort.postMessage({ kind: "progress", progress: i / n }); },
    crash: () => process.exit(7),
    throwOutside: () => { setImmediate(() => { throw new Error("boom"); }); return new Promise(() => {}); },
    never: () => new Promise(() => {}),
    fail: () => { throw Object.assign(new RangeError("no such frame"), { file: "a.wav", offset: 44 }); },
  };
  parentPort.on("message", async ({ name, input }) => {
    try { parentPort.postMessage({ kind: "done", result: await jobs[name](input) }); }
    catch (e) { parentPort.postMessage({ kind: "failed", error: { name: e.name, message: e.message, stack: e.stack, details: { ...e } } }); }
  });
`;

describe("WorkerPool", () => {
  let folder: string;
  let script: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), "headroom-pool-"));
    script = join(folder, "worker.cjs");
    writeFileSync(script, WORKER);
  });
  after(() => rmSync(folder, { recursive: true }));

  const withPool = async (size: number, work: (pool: WorkerPool) => Promise<void>): Promise<void> => {
    const pool = new WorkerPool(script, size);
    try {
      await work(pool);
    } finally {
      await pool.dispose();
    }
  };

  it("answers every job with its own result, in any number of workers", async () => {
    for (const size of [1, 3]) {
      await withPool(size, async (pool) => {
        const results = await Promise.all(
          Array.from({ length: 20 }, (_, i) => pool.run<number>("double", i)),
        );
        assert.deepEqual(
          results,
          Array.from({ length: 20 }, (_, i) => i * 2),
        );
      });
    }
  });

  it("ends workers that rest, and starts others when there is work again", async () => {
    const pool = new WorkerPool(script, 1, 0.01);
    try {
      const first = await pool.run<number>("thread", null);
      let other = first;
      while (other === first) {
        await new Promise((wake) => setTimeout(wake, 30));
        other = await pool.run<number>("thread", null);
      }
      assert.equal(await pool.run<number>("double", 4), 8);
    } finally {
      await pool.dispose();
    }
  });

  it("starts workers before there is work for them", async () => {
    await withPool(2, async (pool) => {
      pool.prepare();
      pool.prepare();
      const threads = await Promise.all([0, 1, 2, 3].map(() => pool.run<number>("thread", null)));
      assert.equal(new Set(threads).size, 2);
    });
  });

  it("starts no more workers than allowed and uses them again", async () => {
    await withPool(2, async (pool) => {
      const threads = await Promise.all(
        Array.from({ length: 10 }, () => pool.run<number>("thread", undefined)),
      );
      assert.ok(new Set(threads).size <= 2);
    });
  });

  it("passes progress on in order", async () => {
    await withPool(1, async (pool) => {
      const seen: number[] = [];
      await pool.run<void, number>("report", 4, { onProgress: (fraction) => seen.push(fraction) });
      assert.deepEqual(seen, [0.25, 0.5, 0.75, 1]);
    });
  });

  it("brings a job's error back with its name and its details", async () => {
    await withPool(1, async (pool) => {
      await assert.rejects(pool.run("fail", undefined), (error: Error & { details: unknown }) => {
        assert.equal(error.name, "RangeError");
        assert.equal(error.message, "no such frame");
        assert.deepEqual(error.details, { file: "a.wav", offset: 44 });
        return true;
      });
    });
  });

  for (const crash of ["crash", "throwOutside"]) {
    it(`fails only the job whose worker dies (${crash}) and goes on`, async () => {
      await withPool(1, async (pool) => {
        const dying = pool.run(crash, undefined);
        const next = pool.run<number>("double", 21);
        await assert.rejects(dying, /The worker that ran ".*" died/);
        assert.equal(await next, 42);
      });
    });
  }

  it("cancels a running job and a waiting one, and goes on", async () => {
    await withPool(1, async (pool) => {
      const controller = new AbortController();
      const { signal } = controller;
      const jobs = [pool.run("never", undefined, { signal }), pool.run("never", undefined, { signal })];
      const other = pool.run<number>("double", 4);
      const cancelled = Promise.all(jobs.map((job) => assert.rejects(job, /enough/)));
      controller.abort(new Error("enough"));
      await cancelled;
      assert.equal(await other, 8);
    });
  });

  it("refuses work after it was shut down, and fails what was under way", async () => {
    const pool = new WorkerPool(script, 1);
    const running = pool.run("never", undefined);
    const refused = assert.rejects(running, /shut down/);
    await pool.dispose();
    await refused;
    await assert.rejects(pool.run("double", 1), /shut down/);
  });
});
