/** Times whole processes, start-up included, on one processor. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/**
 * Runs one piece of work.
 * @param commands run in a row; each a list of words, or a function that makes one of what the last command printed on standard error
 */
function timeOnce(commands) {
  const folder = mkdtempSync(join(tmpdir(), "headroom-bench-"));
  const log = join(folder, "time");
  let [seconds, mebibytes, printed] = [0, 0, ""];
  try {
    for (const command of commands) {
      const words = typeof command === "function" ? command(printed) : command;
      const started = performance.now();
      const { status, stderr } = spawnSync(
        "taskset",
        ["-c", "0", "/usr/bin/time", "-o", log, "-f", "%M", ...words],
        {
          encoding: "utf8",
          maxBuffer: 1 << 28,
        },
      );
      seconds += (performance.now() - started) / 1000;
      if (status !== 0) throw new Error(`${words.join(" ")} failed:\n${stderr.slice(-2000)}`);
      mebibytes = Math.max(mebibytes, Number(readFileSync(log, "utf8").trim().split("\n").at(-1)) / 1024);
      printed = stderr;
    }
    return { seconds, mebibytes };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const median = (values) => [...values].sort((a, b) => a - b)[values.length >> 1];

/**
 * Runs the contestants in turn (A B C, A B C, …), so that a drift of the machine meets all alike.
 * @param contestants name -> list of commands
 * @param inputs files that are read once before, so that the first contestant does not fetch them from the disk for all
 * @returns name -> median seconds and largest memory in MiB
 */
export function compete(contestants, rounds, inputs = []) {
  if (inputs.length > 0) spawnSync("cat", inputs, { stdio: "ignore" });
  const runs = Object.fromEntries(Object.keys(contestants).map((name) => [name, []]));
  for (let round = 0; round < rounds; round++) {
    for (const [name, commands] of Object.entries(contestants)) runs[name].push(timeOnce(commands));
  }
  return Object.fromEntries(
    Object.entries(runs).map(([name, each]) => [
      name,
      {
        seconds: median(each.map(({ seconds }) => seconds)),
        mebibytes: Math.max(...each.map(({ mebibytes }) => mebibytes)),
      },
    ]),
  );
}
