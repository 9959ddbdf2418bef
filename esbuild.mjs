/**
 * Builds everything that runs into `dist/`:
 *
 *   dsp.wasm, dsp.d.ts   the AssemblyScript kernels of src/dsp and their types, compiled first: the programs inline them
 *   headroom.js, worker.js   the command line and the workers (ES modules that share chunks)
 *   extension.cjs        the extension host's part
 *   schemas/*.json       what VS Code completes and validates documents with
 *   webview/*.js, *.css  one program a custom editor
 *   THIRD-PARTY-NOTICES.txt   licences of what the programs contain of others
 *   demoAlbum.js         the demo album's composer
 *   test/                the unit tests and the suites for the extension host (only with --tests)
 *
 * Flags: --watch, --production (minified, no source maps), --tests.
 */
import { mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import * as esbuild from "esbuild";
import { notices } from "./.ci/notices.mjs";

const DSP_ENTRY = "src/dsp/index.ts";
const DSP_OUTPUT = "dist/dsp.wasm";

/** Files below `folder` whose path ends in `suffix`. */
const filesBelow = (folder, suffix) =>
  readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(suffix))
    .map((file) => `${folder}/${file}`);

/** Compiles the kernels: SIMD, no garbage collector, no bounds checks. */
export async function buildDsp({ production = false } = {}) {
  mkdirSync("dist", { recursive: true });
  const { default: asc } = await import("assemblyscript/asc");
  const { error, stderr } = await asc.main([
    DSP_ENTRY,
    ...["--outFile", DSP_OUTPUT, "--runtime", "stub", "--enable", "simd", "--noAssert"],
    ...["--optimizeLevel", "3", "--shrinkLevel", "0", "--converge", "--initialMemory", "16"],
    // Handed in, so that one memory can serve one instance after another.
    "--importMemory",
    ...["--bindings", "raw"],
    ...(production ? [] : ["--debug"]),
  ]);
  if (error) throw new Error(`The kernels do not compile.\n${stderr.toString()}`);
}

/** Writes the published JSON Schemas, generated from the documents' own schemas. */
async function buildSchemas() {
  const { outputFiles } = await esbuild.build({
    entryPoints: ["src/session/publishedSchemas.ts"],
    ...{
      bundle: true,
      write: false,
      format: "esm",
      target: "node20",
      platform: "node",
      mainFields: ["module", "main"],
    },
  });
  const { publishedSchemas } = await import(
    `data:text/javascript;base64,${Buffer.from(outputFiles[0].contents).toString("base64")}`
  );
  mkdirSync("dist/schemas", { recursive: true });
  for (const [name, schema] of Object.entries(publishedSchemas())) {
    writeFileSync(`dist/schemas/${name}`, `${JSON.stringify(schema, undefined, 2)}\n`);
  }
}

/** Makes `import program from "./main?worklet"` the text of the bundled program, for an AudioWorklet. */
const workletPrograms = (options) => ({
  name: "worklet programs",
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /\?worklet$/ }, ({ path, resolveDir }) => ({
      path: join(resolveDir, path.replace(/\?worklet$/, ".ts")),
      namespace: "worklet",
    }));
    onLoad({ filter: /./, namespace: "worklet" }, async ({ path }) => {
      const { outputFiles, metafile } = await esbuild.build({
        ...options,
        ...{ entryPoints: [path], format: "iife", platform: "browser", target: "es2022" },
        ...{ write: false, sourcemap: false, metafile: true },
      });
      const watchFiles = Object.keys(metafile.inputs).map((file) => resolve(file));
      return { contents: outputFiles[0].text, loader: "text", watchFiles };
    });
  },
});

export function programs({ production = false, tests = false } = {}) {
  const common = {
    bundle: true,
    minify: production,
    sourcemap: !production,
    logLevel: "warning",
    metafile: true,
    loader: { ".wasm": "binary" },
    define: { "process.env.NODE_ENV": JSON.stringify(production ? "production" : "development") },
  };
  // jsonc-parser's "main" is UMD, which cannot be bundled.
  const node = {
    ...common,
    ...{ platform: "node", target: "node20", mainFields: ["module", "main"] },
    // 4 MB of speech enhancement that the Opus decoder loads only when asked to.
    external: ["@wasm-audio-decoders/opus-ml"],
  };
  // An ES module bundle that contains CommonJS packages needs a `require`.
  const banner = {
    js: 'import { createRequire as headroomRequire } from "node:module"; const require = headroomRequire(import.meta.url);',
  };
  const list = [
    {
      ...node,
      entryPoints: {
        headroom: "src/cli/headroom.ts",
        worker: "src/mastering/worker.ts",
        demoAlbum: "examples/demo-album/demoAlbum.ts",
      },
      outdir: "dist",
      format: "esm",
      splitting: true,
      chunkNames: "chunks/[name]-[hash]",
      banner,
    },
    {
      ...node,
      entryPoints: ["src/host/extension.ts"],
      outfile: "dist/extension.cjs",
      format: "cjs",
      external: [...node.external, "vscode"],
    },
    {
      ...common,
      entryPoints: { album: "webview/album/main.ts", wav: "webview/wav/main.ts", mix: "webview/mix/main.ts" },
      outdir: "dist/webview",
      format: "iife",
      platform: "browser",
      target: "es2022",
      plugins: [workletPrograms(common)],
    },
  ];
  if (tests) {
    list.push(
      {
        ...common,
        entryPoints: filesBelow("test/webview", "Page.ts"),
        outdir: "dist/test/webview",
        outbase: "test/webview",
        format: "iife",
        platform: "browser",
        target: "es2022",
        plugins: [workletPrograms(common)],
      },
      {
        ...node,
        entryPoints: filesBelow("test", ".test.ts"),
        outdir: "dist/test",
        outbase: "test",
        outExtension: { ".js": ".mjs" },
        format: "esm",
        packages: "external",
        minify: false,
        sourcemap: "inline",
      },
      {
        ...node,
        entryPoints: filesBelow("test/host", ".suite.ts").concat("test/host/index.ts"),
        outdir: "dist/test/host",
        outbase: "test/host",
        outExtension: { ".js": ".cjs" },
        format: "cjs",
        packages: "external",
        minify: false,
        sourcemap: "inline",
      },
    );
  }
  return list;
}

/** Builds all programs once. */
export async function build(options = {}) {
  rmSync("dist/chunks", { recursive: true, force: true });
  await buildDsp(options);
  const [built] = await Promise.all([
    Promise.all(programs(options).map((program) => esbuild.build(program))),
    buildSchemas(),
  ]);
  const metafiles = built.map(({ metafile }) => metafile);
  writeFileSync("dist/THIRD-PARTY-NOTICES.txt", notices(metafiles, process.cwd()));
}

async function watch(options) {
  await buildDsp(options);
  const { watch: watchFolder } = await import("node:fs");
  for (const program of programs(options)) await (await esbuild.context(program)).watch();
  let pending;
  watchFolder("src/dsp", { recursive: true }, () => {
    clearTimeout(pending);
    pending = setTimeout(() => void buildDsp(options).catch((error) => console.error(error.message)), 100);
  });
  console.log("Watching; press Ctrl+C to stop.");
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  const options = {
    production: process.argv.includes("--production"),
    tests: process.argv.includes("--tests"),
  };
  await (process.argv.includes("--watch") ? watch(options) : build(options));
}
