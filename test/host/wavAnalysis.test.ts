import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { it } from "node:test";
import { CacheFolder } from "../../src/mastering/cacheFolder.js";
import { WavAnalysis } from "../../src/host/wav/wavAnalysis.js";
import { openedAudio } from "../../src/session/openedAudio.js";

it("says in the state why audio could not be measured, so that nobody waits for it", async () => {
  const folder = mkdtempSync(join(tmpdir(), "headroom-analysis-"));
  const path = join(folder, "a.wav");
  writeFileSync(path, "");
  const facts = { sampleRate: 48000, channels: 1, channelMask: 0, bitDepth: 16, isFloat: false };
  const audio = openedAudio({ ...facts, markers: [], loops: [], tags: [] }, { path, frames: 100 });
  const unmeasured = await new Promise<string>((resolve) => {
    const analysis = new WavAnalysis({
      use: () => Promise.reject(new Error("a.wav: the medium cannot be read here")),
      cache: new CacheFolder(join(folder, "cache"), 1000),
      onFound: (found) => typeof found.unmeasured === "string" && resolve(found.unmeasured),
      onNotice: () => undefined,
    });
    analysis.follow(audio);
  });
  assert.equal(unmeasured, "a.wav: the medium cannot be read here");
  rmSync(folder, { recursive: true });
});
