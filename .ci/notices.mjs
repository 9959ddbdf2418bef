// @ts-check
/**
 * The licences of everything that the programs in `dist/` contain, found in what the bundler has really taken in,
 * so that the list is complete and holds nothing else.
 */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** What packages carry inside as WebAssembly, of which their own licence says nothing. */
const XIPH = "BSD-3-Clause, media/licenses/Xiph-BSD-3-Clause.txt";
const INSIDE = {
  "@mediabunny/flac-encoder": [`libFLAC (${XIPH}), https://github.com/xiph/flac`],
  "@mediabunny/mp3-encoder": [
    "LAME (LGPL-2.0 or later, media/licenses/LGPL-2.1.txt), https://lame.sourceforge.io/; alone in the file " +
      "dist/chunks/mediabunny-mp3-encoder-*.js, which may be replaced by another build of it",
  ],
  "@wasm-audio-decoders/flac": [`libFLAC (${XIPH}), https://github.com/xiph/flac`],
  "@wasm-audio-decoders/ogg-vorbis": [
    `libogg and libvorbis (${XIPH}), https://github.com/xiph/ogg, https://github.com/xiph/vorbis`,
  ],
  "codec-parser": ["the licence that its own adds to in media/licenses/GPL-3.0.txt"],
  "opus-decoder": [`libopus (${XIPH}), https://github.com/xiph/opus`],
  "mpg123-decoder": [
    "mpg123 (LGPL-2.1, media/licenses/LGPL-2.1.txt), https://www.mpg123.de; alone in the file " +
      "dist/chunks/mpg123-decoder-*.js, which may be replaced by another build of it",
  ],
};

/**
 * @param {readonly { inputs: Record<string, unknown> }[]} metafiles of the bundler; paths relative to `root`
 * @param {string} root the repository
 * @returns {string} text for people
 */
export function notices(metafiles, root) {
  const paths = metafiles.flatMap(({ inputs }) => Object.keys(inputs));
  const folders = [...new Set(paths.flatMap((path) => packageFolder(path) ?? []))].sort();
  const head = "Headroom contains the following software of others, each under its own licence.\n";
  return [head, ...folders.map((folder) => notice(join(root, folder)))].join(`\n${"-".repeat(80)}\n\n`);
}

/**
 * @param {string} path of a bundled file
 * @returns {string | undefined} the folder of its package, if it is of one
 */
function packageFolder(path) {
  return /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path.replaceAll("\\", "/"))?.[0];
}

/** @param {string} folder of a package */
function notice(folder) {
  const { name, version, license, homepage, repository } = JSON.parse(
    readFileSync(join(folder, "package.json"), "utf8"),
  );
  const address = homepage ?? repository?.url ?? repository;
  const inside = INSIDE[/** @type {keyof typeof INSIDE} */ (name)] ?? [];
  return [
    `${name} ${version} (${license})${address ? `, ${String(address).replace(/^git\+/, "")}` : ""}`,
    ...inside.map((each) => `with ${each}`),
    ...licenceFiles(folder).map((file) => `\n${readFileSync(file, "utf8").trim()}`),
    "",
  ].join("\n");
}

/** @param {string} folder of a package */
const licenceFiles = (folder) =>
  existsSync(folder)
    ? readdirSync(folder)
        .filter((file) => /^(licen[cs]e|copying|notices?|copyrightnotice)(\.(md|txt))?$/i.test(file))
        .sort()
        .map((file) => join(folder, file))
    : [];
