/** Renders that are killed at random moments: what was there stays whole, and the next render is right and tidies up. */
import assert from "node:assert/strict";
import { mkdirSync, readdirSync } from "node:fs";
import { after, describe, it } from "node:test";
import { seededRandom } from "../../src/units/random.js";
import { CommandBench } from "./commandBench.js";

/** Over all commands. */
const KILLS = Number(process.env.HEADROOM_FAULTS ?? 200);
const TEMPORARY = /headroom-tmp$/;

/** What is written, from what, and how often in four it is killed. */
const COMMANDS = [
  { name: "a mixdown that fills the cache", args: ["mix", "song.mix.json", "-o", "out/mix.wav"], share: 2, isCold: true },
  { name: "a mixdown from the cache", args: ["mix", "song.mix.json", "-o", "out/mix.wav"], share: 1, isCold: false },
  { name: "an album", args: ["master", "record.album.json", "-o", "out"], share: 1, isCold: true },
]; // prettier-ignore

describe(`killed ${KILLS} times`, () => {
  const bench = new CommandBench();
  const random = seededRandom(Date.now());
  after(() => bench.remove());

  for (const { name, args, share, isCold } of COMMANDS) {
    it(name, { timeout: 1400 * KILLS }, async () => {
      const empty = (): void => {
        bench.clear("out");
        mkdirSync(bench.path("out"));
      };
      empty();
      bench.clear("cache");
      const started = performance.now();
      assert.equal((await bench.run([...args, "--quiet"])).code, 0);
      const took = performance.now() - started;
      const whole = bench.contents("out");
      let killed = 0;
      for (let round = 0; round < (KILLS * share) / 4; round++) {
        // Every other time over the files of the last render.
        if (round % 2 === 0) empty();
        if (isCold) bench.clear("cache");
        const { child, ended } = bench.start([
          ...args,
          "--quiet",
          ...(args[0] === "master" ? ["--force"] : []),
        ]);
        await new Promise((wake) => setTimeout(wake, random() * took * 1.05));
        child.kill("SIGKILL");
        if ((await ended).signal === "SIGKILL") killed++;
        for (const [file, hash] of Object.entries(bench.contents("out")))
          if (!/(^|\/)\./.test(file) && !isDated(file))
            assert.equal(hash, whole[file], `round ${round}: ${file} is neither old nor new`);
      }
      assert.ok(killed > 0);
      assert.equal((await bench.run([...args, "--quiet"])).code, 0);
      const after = bench.contents("out");
      assert.deepEqual(withoutDated(after), withoutDated(whole));
      const litter = readdirSync(bench.folder, { recursive: true, encoding: "utf8" }).filter((each) =>
        TEMPORARY.test(each),
      );
      assert.deepEqual(litter, []);
    });
  }
});

/** Reports and lock files tell of the run itself. */
const isDated = (file: string): boolean => /\.(md|json|html)$/.test(file);
const withoutDated = (files: Record<string, string>): Record<string, string> =>
  Object.fromEntries(Object.entries(files).filter(([file]) => !isDated(file)));
