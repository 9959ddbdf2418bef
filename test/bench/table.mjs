// @ts-check
/** The results of the bench as a page of Markdown, with what it was measured on. */
import { spawnSync } from "node:child_process";
import { cpus } from "node:os";

/** How the programs say which version they are. */
const VERSIONS = [
  ["ffmpeg", ["-version"], /version (\S+)/],
  ["sox", ["--version"], /v(\d\S+)/],
  ["ecasound", ["--version"], /ecasound v(\S+)/i],
];

/**
 * @typedef {{ name: string, seconds: number, mebibytes: number }} Result
 * @typedef {{ title: string, results: readonly Result[] }} Case one of the results is Headroom's
 */

/**
 * @param {readonly Case[]} cases
 * @param {number} rounds
 */
export function benchmarkPage(cases, rounds) {
  const rows = cases.flatMap(({ title, results }) => {
    const own = results.find(({ name }) => name === "headroom");
    return results.map(({ name, seconds, mebibytes }, i) => {
      const ratio = own ? (seconds / own.seconds).toFixed(2) : "";
      return `| ${i === 0 ? title : ""} | ${name} | ${seconds.toFixed(2)} s | ${mebibytes.toFixed(0)} MiB | ${ratio} |`;
    });
  });
  const versions = VERSIONS.map(([name, args, pattern]) => {
    const { stdout, stderr } = spawnSync(/** @type {string} */ (name), /** @type {string[]} */ (args), {
      encoding: "utf8",
    });
    const version = /** @type {RegExp} */ (pattern).exec(`${stdout}${stderr}`)?.[1];
    return version === undefined ? `no ${name}` : `${name} ${version}`;
  });
  return `# Benchmarks

Made by \`npm run bench -- --rounds ${rounds} --write\`: whole processes, start-up included, one core, all in the same run, in
turn; the median of ${rounds} rounds. A ratio above 1 says how many times as long the other took. Times are those of one
machine (${cpus()[0]?.model.trim() ?? "unknown processor"}); ratios travel better.

Node ${process.versions.node}, ${versions.join(", ")}.

| work | program | time | memory | ratio |
| ---- | ------- | ---: | -----: | ----: |
${rows.join("\n")}
`;
}
