/** Full disks, sources that change or go, two renders of one file: a clear message, and nothing half-written. */
import assert from "node:assert/strict";
import { existsSync, readFileSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { afterEach, beforeEach, describe, it } from "node:test";
import { CommandBench } from "./commandBench.js";

const MIX = ["mix", "song.mix.json", "-o", "out/mix.wav", "--quiet"];

describe("a render that is disturbed", () => {
  let bench: CommandBench;
  beforeEach(() => (bench = new CommandBench()));
  afterEach(() => bench.remove());

  const hidden = (): string[] => Object.keys(bench.contents(".")).filter((file) => /(^|\/)\.[^/]/.test(file));

  for (const cache of ["--no-cache", "--workers=2"]) {
    it(`by a full disk keeps the old file and says so (${cache})`, async () => {
      writeFileSync(bench.path("out/mix.wav"), "the old one");
      // 1 MiB: the mixdown has 5.
      const { code, stderr } = await bench.run([...MIX, cache], 2048);
      assert.equal(code, 1, stderr);
      assert.match(stderr, /larger than the file system allows/);
      assert.equal(readFileSync(bench.path("out/mix.wav"), "utf8"), "the old one");
      assert.equal((await bench.run(MIX)).code, 0);
      assert.deepEqual(hidden(), []);
    });
  }

  it("by a full disk while an album is mastered keeps what was there", async () => {
    const args = ["master", "record.album.json", "-o", "out", "--quiet", "--no-cache"];
    const { code, stderr } = await bench.run(args, 2048);
    assert.equal(code, 1, stderr);
    assert.match(stderr, /larger than the file system allows/);
    // The report is there, and tells of it; nothing else is.
    assert.deepEqual(
      Object.keys(bench.contents("out")),
      ["html", "json", "md"].map((end) => `record.report.${end}`),
    );
    assert.match(
      readFileSync(bench.path("out/record.report.md"), "utf8"),
      /larger than the file system allows/,
    );
    assert.equal((await bench.run(args)).code, 0);
    assert.deepEqual(hidden(), []);
  });

  it("by a source that is cut short or deleted meanwhile ends whole or with a message", async () => {
    for (const harm of [
      () => truncateSync(bench.path("a.wav"), 100_000),
      () => rmSync(bench.path("a.wav")),
    ]) {
      bench.writeSource("a.wav", 1);
      writeFileSync(bench.path("out/mix.wav"), "the old one");
      const { ended } = bench.start([...MIX, "--no-cache"]);
      setTimeout(harm, 260);
      const { code, stderr } = await ended;
      if (code === 0) assert.notEqual(readFileSync(bench.path("out/mix.wav"), "utf8"), "the old one");
      else {
        assert.match(stderr, /a\.wav/);
        assert.equal(readFileSync(bench.path("out/mix.wav"), "utf8"), "the old one");
      }
      assert.deepEqual(hidden(), []);
    }
  });

  it("by another render of the same file: one of the two is there, whole", async () => {
    assert.equal((await bench.run(MIX)).code, 0);
    const whole = bench.contents("out");
    const results = await Promise.all([bench.run(MIX), bench.run([...MIX, "--no-cache"]), bench.run(MIX)]);
    assert.deepEqual(
      results.map(({ code }) => code),
      [0, 0, 0],
    );
    assert.deepEqual(bench.contents("out"), whole);
  });

  it("by a target that cannot be written says which, and why", async () => {
    for (const [target, reason] of [
      ["nowhere/mix.wav", /nowhere/],
      ["/proc/headroom/mix.wav", /\/proc\/headroom/],
      ["out", /out/],
    ] as const) {
      const { code, stderr } = await bench.run(["mix", "song.mix.json", "-o", target, "--quiet"]);
      assert.equal(code, 1, target);
      assert.match(stderr, reason);
    }
    assert.ok(existsSync(bench.path("out")));
    assert.deepEqual(hidden(), []);
  });
});
