import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { pathToFileURL } from "node:url";
import * as esbuild from "esbuild";
import { ESLint, Linter } from "eslint";
import tseslint from "typescript-eslint";
import { floors, ROOMS } from "../.ci/floors.mjs";
import { ROOT } from "../.ci/setup.mjs";

/** Messages of the floors rule alone for a file at `path` with this text. */
function floorMessages(path: string, text: string): string[] {
  const config: Linter.Config = {
    files: ["**/*.ts"],
    languageOptions: { parser: tseslint.parser },
    plugins: { headroom: { rules: { floors } } },
    rules: { "headroom/floors": "error" },
  };
  const linter = new Linter({ cwd: ROOT });
  return linter.verify(text, config, { filename: join(ROOT, path) }).map(({ message }) => message);
}

describe("the floors", () => {
  it("has every folder of src for a room", () => {
    const folders = readdirSync(join(ROOT, "src")).map((folder) => `src/${folder}`);
    assert.deepEqual(
      folders.filter((folder) => !(folder in ROOMS)),
      [],
    );
  });

  const wrong: [path: string, text: string, message: RegExp][] = [
    ["src/units/a.ts", 'import { b } from "../audio/b.js";', /src\/units may not import src\/audio/],
    ["src/units/a.ts", 'import { readFileSync } from "node:fs";', /imports no packages/],
    [
      "src/audio/wav/a.ts",
      'import type { B } from "../../engine/b.js";',
      /src\/audio may not import src\/engine/,
    ],
    ["src/engine/a.ts", 'export * from "../mastering/b.js";', /src\/engine may not import src\/mastering/],
    ["src/mastering/a.ts", 'export { b } from "../cli/b.js";', /src\/mastering may not import src\/cli/],
    ["src/cli/a.ts", 'await import("../host/b.js");', /src\/cli may not import src\/host/],
    ["src/cli/a.ts", 'import * as vscode from "vscode";', /Only src\/host may import vscode/],
    ["src/protocol/a.ts", 'import { b } from "../session/b.js";', /only types of src\/session/],
    [
      "webview/mix/a.ts",
      'import { b } from "../../src/mastering/b.js";',
      /webview may not import src\/mastering/,
    ],
    ["webview/mix/a.ts", 'import { b } from "../../src/session/b.js";', /only types of src\/session/],
    ["src/session/a.ts", 'import { b } from "../../test/b.js";', /src\/session may not import test/],
  ];
  for (const [path, text, message] of wrong) {
    it(`refuses in ${path}: ${text}`, () => {
      const messages = floorMessages(path, text);
      assert.equal(messages.length, 1);
      assert.match(messages[0]!, message);
    });
  }

  const right: [path: string, text: string][] = [
    ["src/session/a.ts", 'import { z } from "zod"; import { dB } from "../units/decibels.js";'],
    ["src/cli/a.ts", 'import { version } from "../../package.json"; await import("../mastering/b.js");'],
    ["src/host/editors/a.ts", 'import * as vscode from "vscode"; import { b } from "../../viewmodel/b.js";'],
    [
      "webview/mix/a.ts",
      'import type { B } from "../../src/session/b.js"; import { Dsp } from "../../src/engine/dsp.js";',
    ],
    ["test/audio/a.ts", 'import { b } from "../../src/host/b.js";'],
  ];
  for (const [path, text] of right) {
    it(`accepts in ${path}: ${text}`, () => assert.deepEqual(floorMessages(path, text), []));
  }

  it("is in force in the project's own lint rules, with the rules on printing and exports", async () => {
    const eslint = new ESLint({ cwd: ROOT, overrideConfigFile: ".eslint.config.mjs" });
    const text = 'import "../host/extension.js";\nexport default 1;\nconsole.log();\n';
    const [result] = await eslint.lintText(text, { filePath: join(ROOT, "src/units/decibels.ts") });
    assert.deepEqual(result?.messages.map(({ ruleId }) => ruleId).sort(), [
      "headroom/floors",
      "no-console",
      "no-restricted-syntax",
    ]);
  });

  it("has no circles among the files that run", async () => {
    // Imported by its address, since a bundle of it would take itself for the main program.
    const address = pathToFileURL(join(ROOT, "esbuild.mjs")).href;
    const { programs } = (await import(address)) as typeof import("../esbuild.mjs");
    const { metafile } = await esbuild.build({
      absWorkingDir: ROOT,
      entryPoints: programs().flatMap(({ entryPoints }) => Object.values(entryPoints)),
      outdir: "dist",
      bundle: true,
      write: false,
      metafile: true,
      packages: "external",
      external: ["vscode"],
      format: "esm",
      platform: "node",
      loader: { ".wasm": "binary" },
      plugins: programs().flatMap((program) => ("plugins" in program ? (program.plugins ?? []) : [])),
    });
    const imports = new Map(
      Object.entries(metafile.inputs).map(([file, input]) => [file, input.imports.map(({ path }) => path)]),
    );
    assert.ok(imports.size > 20, `only ${imports.size} files looked at`);
    assert.equal(findCircle(imports)?.join(" -> "), undefined);
  });

  it("knows a circle when it sees one", () => {
    const imports = new Map([
      ["a", ["b"]],
      ["b", ["c", "d"]],
      ["c", []],
      ["d", ["b"]],
    ]);
    assert.deepEqual(findCircle(imports), ["b", "d", "b"]);
  });
});

/** A circle of imports, its first file repeated at the end; undefined if there is none. */
function findCircle(imports: ReadonlyMap<string, readonly string[]>): string[] | undefined {
  const done = new Set<string>();
  const visit = (file: string, path: readonly string[]): string[] | undefined => {
    if (path.includes(file)) return [...path.slice(path.indexOf(file)), file];
    if (done.has(file)) return undefined;
    for (const target of imports.get(file) ?? []) {
      const circle = visit(target, [...path, file]);
      if (circle) return circle;
    }
    done.add(file);
    return undefined;
  };
  for (const file of imports.keys()) {
    const circle = visit(file, []);
    if (circle) return circle;
  }
  return undefined;
}
