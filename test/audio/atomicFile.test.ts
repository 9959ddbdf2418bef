import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { describe, it } from "node:test";
import {
  AtomicFile,
  FileWriteError,
  removeStaleTemporaryFiles,
  writeFileAtomically,
} from "../../src/audio/atomicFile.js";
import { temporaryFolder } from "./wavFixtures.js";

const folder = temporaryFolder();
const isWindows = process.platform === "win32";

describe("writeFileAtomically", () => {
  it("writes text as UTF-8 and bytes as they are, leaving nothing else", () => {
    const home = join(folder, "plain");
    mkdirSync(home);
    writeFileAtomically(join(home, "a.txt"), "über");
    writeFileAtomically(join(home, "b.bin"), Uint8Array.of(1, 2));
    writeFileAtomically(join(home, "a.txt"), "neu");
    assert.equal(readFileSync(join(home, "a.txt"), "utf8"), "neu");
    assert.deepEqual([...readFileSync(join(home, "b.bin"))], [1, 2]);
    assert.deepEqual(readdirSync(home).sort(), ["a.txt", "b.bin"]);
  });

  it("writes a name as long as a folder can hold", () => {
    const path = join(folder, `${"ü".repeat(125)}.txt`);
    writeFileAtomically(path, "x");
    assert.equal(readFileSync(path, "utf8"), "x");
  });

  it("keeps permissions, and a symbolic link a link", { skip: isWindows }, () => {
    const target = join(folder, "target.txt");
    const link = join(folder, "link.txt");
    writeFileSync(target, "old");
    chmodSync(target, 0o640);
    symlinkSync("target.txt", link);
    writeFileAtomically(link, "new");
    assert.equal(readlinkSync(link), "target.txt");
    assert.equal(readFileSync(target, "utf8"), "new");
    assert.equal(statSync(target).mode & 0o777, 0o640);
  });

  it("says which file and why: no folder, a folder or a device in its place", () => {
    assert.throws(() => writeFileAtomically(join(folder, "none", "a.txt"), ""), FileWriteError);
    assert.throws(() => writeFileAtomically(folder, ""), { name: "FileWriteError", file: folder });
    if (existsSync("/dev/null")) assert.throws(() => writeFileAtomically("/dev/null", "x"), FileWriteError);
  });
});

describe("AtomicFile", () => {
  it("lies beside its target under a hidden name with the number of the process", () => {
    const file = AtomicFile.create(join(folder, "song.wav"));
    assert.equal(dirname(file.pendingPath), folder);
    assert.match(
      file.pendingPath,
      new RegExp(`/\\.song\\.wav\\.${process.pid}-[0-9a-f]{12}\\.headroom-tmp$`.replace("/", "[\\\\/]")),
    );
    file.abort();
  });

  it("refuses to be used out of order", () => {
    const file = AtomicFile.create(join(folder, "order.txt"));
    assert.throws(() => file.publish(), /not sealed/);
    file.seal();
    assert.throws(() => file.append(Uint8Array.of(1)), /not open/);
    file.publish();
    file.abort();
    assert.equal(statSync(join(folder, "order.txt")).size, 0);
  });

  it("is removed if its size on the disk is not what was written", { skip: isWindows }, () => {
    const file = AtomicFile.create(join(folder, "short.txt"));
    file.append(Uint8Array.of(1, 2, 3));
    writeFileSync(file.pendingPath, "1");
    assert.throws(() => file.seal(), { name: "FileWriteError", reason: "it has 1 bytes instead of 3" });
    assert.equal(existsSync(file.pendingPath), false);
  });
});

describe("removeStaleTemporaryFiles", () => {
  it("deletes what dead processes left, and nothing else", () => {
    const home = join(folder, "stale");
    mkdirSync(home);
    const dead = spawnSync(process.execPath, ["-e", ""]).pid;
    const stale = `.a.wav.${dead}-0123456789ab.headroom-tmp`;
    const kept = [
      `.a.wav.${process.pid}-0123456789ab.headroom-tmp`,
      `.a.wav.${dead}-short.headroom-tmp`,
      "a.wav",
    ];
    for (const name of [stale, ...kept]) writeFileSync(join(home, name), "");
    assert.deepEqual(removeStaleTemporaryFiles(home), [join(home, stale)]);
    assert.deepEqual(readdirSync(home).sort(), kept.sort());
  });

  it(
    "a process that ends in the middle of writing leaves nothing; a killed one only what is stale",
    { skip: isWindows },
    async () => {
      const home = join(folder, "ended");
      mkdirSync(home);
      const bundle = join(folder, "atomicFile.mjs");
      const { build } = await import("esbuild");
      await build({
        entryPoints: [join("src", "audio", "atomicFile.ts")],
        bundle: true,
        platform: "node",
        format: "esm",
        outfile: bundle,
      });
      const script = (end: string) => `
      import { AtomicFile } from ${JSON.stringify(bundle)};
      AtomicFile.create(${JSON.stringify(join(home, "a.wav"))}).append(new Uint8Array(1000));
      ${end}`;
      execFileSync(process.execPath, ["--input-type=module", "-e", script("process.exit(0)")]);
      assert.deepEqual(readdirSync(home), []);
      spawnSync(process.execPath, [
        "--input-type=module",
        "-e",
        script("process.kill(process.pid, 'SIGKILL')"),
      ]);
      assert.equal(readdirSync(home).length, 1);
      assert.equal(removeStaleTemporaryFiles(home).length, 1);
      assert.deepEqual(readdirSync(home), []);
    },
  );
});
