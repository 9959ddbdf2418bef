// @ts-check
/**
 * What has to be there before Headroom runs: its packages, an up-to-date build and, for some jobs, a program of
 * the system. Every function does nothing when its work is done already. Plain Node and no dependencies, since
 * this runs before the packages are installed.
 */
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  accessSync,
  constants,
  existsSync,
  lstatSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { delimiter, dirname, isAbsolute, join } from "node:path";
import { fileURLToPath } from "node:url";

/** The repository: the nearest folder upwards with a package, for this file and for a bundle in `dist/` alike. */
export const ROOT = packageFolder(dirname(fileURLToPath(import.meta.url)));

const PROGRAM_SOURCES = ["src", "webview", "examples", "esbuild.mjs", "package.json", "tsconfig.json"];
const STAMP = join(ROOT, "dist", ".sources.json");

/**
 * Runs `npm ci` when node_modules is missing or older than the lock file.
 * A linked node_modules belongs to another work tree and is left alone.
 * @throws Error with npm's own words when the packages cannot be installed
 */
export function ensurePackages() {
  const installed = join(ROOT, "node_modules", ".package-lock.json");
  if (lstatSync(join(ROOT, "node_modules"), { throwIfNoEntry: false })?.isSymbolicLink()) return;
  if (existsSync(installed) && modified(installed) >= modified(join(ROOT, "package-lock.json"))) return;
  note("Installing the packages…");
  npm(["ci", "--no-audit", "--no-fund"], ROOT);
}

/**
 * Builds `dist/` when a source has changed, come or gone since the last build.
 * @param {{ tests?: boolean }} [options] `tests`: the test programs too
 * @throws Error when the build fails; the compiler has then said why on standard error
 */
export function ensureBuild({ tests = false } = {}) {
  const programsKey = sourcesKey(PROGRAM_SOURCES);
  const testsKey = tests ? sourcesKey(["test"]) : undefined;
  const built = readStamp();
  if (built.programs === programsKey && (!tests || built.tests === testsKey)) return;
  note("Building…");
  rmSync(STAMP, { force: true });
  const { status } = spawnSync(process.execPath, ["esbuild.mjs", ...(tests ? ["--tests"] : [])], {
    cwd: ROOT,
    stdio: ["ignore", "inherit", "inherit"],
  });
  if (status !== 0) throw new Error("The build failed.");
  writeFileSync(STAMP, JSON.stringify({ programs: programsKey, tests: testsKey }));
}

/**
 * Makes sure that a program of the system is there; installs its Debian package where this process may.
 * @param {string} command name on PATH, such as `chromium`
 * @param {string} debianPackage the package that carries it
 * @returns {string} its full path
 * @throws Error that says what to install, where it cannot be installed from here
 */
export function ensureDebianPackage(command, debianPackage) {
  const there = findCommand(command);
  if (there) return there;
  if (process.getuid?.() === 0 && findCommand("apt-get")) {
    note(`Installing Debian's package ${debianPackage}…`);
    const environment = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
    const apt = (/** @type {string[]} */ ...words) =>
      spawnSync("apt-get", words, { encoding: "utf8", env: environment, maxBuffer: 1 << 28 });
    apt("update", "--quiet");
    const { status, stderr } = apt("install", "--yes", "--no-install-recommends", debianPackage);
    const installed = status === 0 && findCommand(command);
    if (installed) return installed;
    throw new Error(`Debian's package ${debianPackage} could not be installed.\n${stderr}`);
  }
  throw new Error(
    `The program “${command}” is needed and not on PATH. ` +
      `Install it (on Debian and Ubuntu: sudo apt-get install ${debianPackage}) and try again.`,
  );
}

/**
 * Full path of a program on PATH, or undefined; an absolute path may also be that of a folder.
 * @param {string} command
 * @returns {string | undefined}
 */
export function findCommand(command) {
  if (isAbsolute(command)) return existsSync(command) ? command : undefined;
  const endings = process.platform === "win32" ? [".exe", ".cmd"] : [""];
  return (process.env.PATH ?? "")
    .split(delimiter)
    .flatMap((folder) => endings.map((ending) => join(folder, command + ending)))
    .find(isExecutable);
}

/**
 * Runs npm quietly.
 * @param {string[]} words arguments of npm
 * @param {string} folder where it runs
 * @throws Error with the first lines of what npm says when it fails
 */
export function npm(words, folder) {
  // Inside an npm script npm names its own program file, which spares a search on PATH.
  const script = process.env.npm_execpath;
  const command = script?.endsWith(".js") ? process.execPath : "npm";
  const { status, stdout, stderr, error } = spawnSync(
    command,
    [...(script && command !== "npm" ? [script] : []), "--loglevel=error", ...words],
    {
      cwd: folder,
      encoding: "utf8",
      maxBuffer: 1 << 28,
      shell: command === "npm" && process.platform === "win32",
    },
  );
  if (status === 0) return;
  const output = error?.message ?? `${stdout}${stderr}`.trim().split("\n").slice(0, 20).join("\n");
  throw new Error(`npm ${words[0]} failed in ${folder}.\n${output}`);
}

/**
 * @param {string} folder
 * @returns {string}
 */
function packageFolder(folder) {
  return existsSync(join(folder, "package.json")) ? folder : packageFolder(dirname(folder));
}

/**
 * One hash of the paths, sizes and modification times of all sources; reading them all would take longer.
 * @param {string[]} sources files and folders, relative to the repository
 */
function sourcesKey(sources) {
  const hash = createHash("sha256");
  for (const source of sources) {
    for (const file of sourceFiles(source)) {
      const { size, mtimeMs } = statSync(join(ROOT, file));
      hash.update(`${file}\0${size}\0${mtimeMs}\n`);
    }
  }
  return hash.digest("hex");
}

/**
 * Source files at or below `path`, sorted. The JSON of the examples is what the programs work on, not built in.
 * @param {string} path relative to the repository
 * @returns {string[]}
 */
function sourceFiles(path) {
  if (!statSync(join(ROOT, path)).isDirectory()) return [path];
  return readdirSync(join(ROOT, path), { recursive: true, encoding: "utf8" })
    .filter((file) => (path === "examples" ? /\.ts$/ : /\.(ts|mjs|json|css|svg)$/).test(file))
    .sort()
    .map((file) => join(path, file));
}

/** @returns {{ programs?: string, tests?: string }} what the last complete build was made of */
function readStamp() {
  try {
    return JSON.parse(readFileSync(STAMP, "utf8"));
  } catch {
    return {};
  }
}

/** @param {string} file */
function isExecutable(file) {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}

/** @param {string} file */
const modified = (file) => statSync(file).mtimeMs;

/** @param {string} text */
const note = (text) => process.stderr.write(`${text}\n`);
