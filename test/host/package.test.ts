import assert from "node:assert/strict";
import { cpSync, mkdtempSync, readFileSync, rmSync, statSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { after, before, describe, it } from "node:test";
import { listFiles, PackageManager } from "@vscode/vsce";
import { npm, ROOT } from "../../.ci/setup.mjs";

const LARGEST_BYTES = 3e6;
const NOT_COPIED = ["node_modules", "dist", ".git", ".vscode-test"].concat(
  ["stems", "release"].map((name) => join("examples", "demo-album", name)),
);
const REQUIRED = [
  ...["package.json", "README.md", "CHANGELOG.md", "LICENSE"],
  ...["dist/extension.cjs", "dist/headroom.js", "dist/worker.js", "dist/webview/album.js"],
  "dist/THIRD-PARTY-NOTICES.txt",
];
const ALLOWED =
  /^(package\.json|(README|CHANGELOG)\.md|LICENSE|media\/.+|dist\/(extension\.cjs|(headroom|worker)\.js|chunks\/[^/]+\.js|webview\/[^/]+\.(js|css)|schemas\/[^/]+\.json|THIRD-PARTY-NOTICES\.txt))$/;

describe("the package", () => {
  let folder = "";
  let vsix = "";

  before(() => {
    folder = mkdtempSync(join(tmpdir(), "headroom-package-"));
    vsix = join(folder, "headroom.vsix");
    // A copy, so that the production build leaves the development build alone.
    cpSync(ROOT, folder, { recursive: true, filter: (file) => !NOT_COPIED.includes(relative(ROOT, file)) });
    symlinkSync(join(ROOT, "node_modules"), join(folder, "node_modules"), "junction");
    npm(["run", "package", "--", "--out", vsix], folder);
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  it("holds the programs and what a person reads, and nothing else", async () => {
    const files = await listFiles({ cwd: folder, packageManager: PackageManager.None });
    assert.deepEqual(
      REQUIRED.filter((file) => !files.includes(file)),
      [],
      "missing",
    );
    assert.deepEqual(
      files.filter((file) => !ALLOWED.test(file)),
      [],
      "not wanted",
    );
  });

  it("names the licence of every package that is in it", () => {
    const notices = readFileSync(join(folder, "dist", "THIRD-PARTY-NOTICES.txt"), "utf8");
    for (const name of ["zod 4", "jsonc-parser 3", "birpc 4", "uplot 1", "@vscode/webview-ui-toolkit 1"]) {
      assert.match(notices, new RegExp(`^${name}\\.[^(]+\\((MIT|MPL-2.0)\\)`, "m"));
    }
    assert.doesNotMatch(notices, /^(web-audio-api|wavefile|fast-check) /m, "only tests use it");
  });

  it("stays small", () => {
    const { size } = statSync(vsix);
    assert.ok(size < LARGEST_BYTES, `${size} bytes`);
  });
});
