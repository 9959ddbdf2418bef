import assert from "node:assert/strict";
import { homedir } from "node:os";
import { join } from "node:path";
import { it } from "node:test";
import { userCacheFolder } from "../../src/cli/userCacheFolder.js";

it("the cache of the command line lies where each system keeps such files", () => {
  const home = homedir();
  const on = (platform: NodeJS.Platform, env: NodeJS.ProcessEnv = {}): string =>
    userCacheFolder({ platform, env });
  assert.equal(on("linux"), join(home, ".cache", "headroom"));
  assert.equal(on("linux", { XDG_CACHE_HOME: "/var/cache/me" }), join("/var/cache/me", "headroom"));
  assert.equal(on("linux", { XDG_CACHE_HOME: "" }), join(home, ".cache", "headroom"));
  assert.equal(on("darwin"), join(home, "Library", "Caches", "headroom"));
  assert.equal(on("win32", { LOCALAPPDATA: "C:/Local" }), join("C:/Local", "headroom"));
});
