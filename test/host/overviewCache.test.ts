import assert from "node:assert/strict";
import { mkdtempSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, it } from "node:test";
import { OverviewCache } from "../../src/host/overviewCache.js";
import type { StudioService } from "../../src/host/studioService.js";

const MIX = {
  headroom: 1,
  title: "S",
  tracks: [{ id: "t", clips: [{ file: "stem.wav", start: 0 }] }],
};

describe("OverviewCache", () => {
  let folder: string;
  let measured: string[];
  let failure: Error | undefined;
  let cache: OverviewCache;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "headroom-cache-"));
    measured = [];
    failure = undefined;
    const overview = (path: string): Promise<{ source: string }> => {
      measured.push(path);
      return failure ? Promise.reject(failure) : Promise.resolve({ source: path });
    };
    const use = (work: (studio: { overview: typeof overview }) => unknown) => work({ overview });
    cache = new OverviewCache({ use } as unknown as StudioService);
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  function write(name: string, text: string, seconds = 1000): string {
    const path = join(folder, name);
    writeFileSync(path, text);
    utimesSync(path, seconds, seconds);
    return path;
  }

  it("measures a file once for as long as it stays as it is", async () => {
    const path = write("a.wav", "x");
    await Promise.all([cache.overview(path), cache.overview(path)]);
    await cache.overview(path);
    assert.deepEqual(measured, [path]);
    write("a.wav", "x", 2000);
    await cache.overview(path);
    write("a.wav", "xy", 2000);
    await cache.overview(path);
    assert.deepEqual(measured, [path, path, path]);
  });
  it("measures a session anew when one of its clips' files changes", async () => {
    const path = write("s.mix.json", JSON.stringify(MIX));
    await cache.overview(path);
    write("stem.wav", "x");
    await cache.overview(path);
    await cache.overview(path);
    assert.equal(measured.length, 2);
  });
  it("tries again after a failure", async () => {
    const path = write("a.wav", "x");
    failure = new Error("It is no audio file.");
    await assert.rejects(cache.overview(path), failure);
    failure = undefined;
    await cache.overview(path);
    assert.equal(measured.length, 2);
  });
  it("fails for a file that is missing, without asking the studio", async () => {
    await assert.rejects(cache.overview(join(folder, "none.wav")), { code: "ENOENT" });
    assert.deepEqual(measured, []);
  });
});
