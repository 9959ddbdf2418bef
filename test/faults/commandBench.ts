/** The command line in processes of their own, on a small song and an album, for tests that do it harm. */
import { spawn, type ChildProcess } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ROOT } from "../../.ci/setup.mjs";
import { WavWriter } from "../../src/audio/wavWriter.js";
import { noise } from "../dsp/processorBench.js";

const RATE = 48000;
/** Seconds of a source: a render takes some tenths of a second. */
const SECONDS = 20;

export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stderr: string;
}

export class CommandBench {
  readonly folder = mkdtempSync(join(tmpdir(), "headroom-faults-"));
  readonly cache = join(this.folder, "cache");

  constructor() {
    mkdirSync(this.path("out"));
    for (const [name, seed] of [
      ["a", 1],
      ["b", 2],
    ] as const)
      this.writeSource(`${name}.wav`, seed);
    const tracks = ["a", "b"].map((id) => ({
      ...{ id, clips: [{ file: `${id}.wav` }], fader: -9 },
      inserts: [{ type: "eq", bands: [{ type: "highpass", frequency: 60 }] }, { type: "compressor" }],
    }));
    this.write("song.mix.json", {
      headroom: 1,
      sampleRate: RATE,
      tracks,
      master: { inserts: [{ type: "limiter" }] },
    });
    const songs = ["a.wav", "b.wav"].map((source) => ({ source, title: source }));
    const target = { loudness: -14, mode: "album" };
    this.write("record.album.json", { ...{ headroom: 1, title: "Record", target, songs }, output: "out" });
  }

  path(...names: readonly string[]): string {
    return join(this.folder, ...names);
  }

  write(name: string, value: unknown): void {
    writeFileSync(this.path(name), JSON.stringify(value));
  }

  writeSource(name: string, seed: number): void {
    const { left, right } = noise(SECONDS * RATE, seed);
    const frames = new Float32Array(2 * left.length);
    left.forEach((sample, i) => (frames[2 * i] = 0.5 * sample));
    right.forEach((sample, i) => (frames[2 * i + 1] = 0.5 * sample));
    const writer = WavWriter.create(this.path(name), { sampleRate: RATE, channels: 2, layout: "f32" });
    writer.write(new Uint8Array(frames.buffer));
    writer.finish();
  }

  /** @param limit most blocks of 512 bytes that a file may have: what a full disk does to it */
  start(
    args: readonly string[],
    limit?: number,
  ): { readonly child: ChildProcess; readonly ended: Promise<Ended> } {
    const program = [process.execPath, join(ROOT, "dist", "headroom.js"), ...args];
    const [command, ...rest] =
      limit === undefined ? program : ["bash", "-c", `ulimit -f ${limit}; exec "$@"`, "bash", ...program];
    const child = spawn(command!, rest, {
      cwd: this.folder,
      env: { ...process.env, XDG_CACHE_HOME: this.cache },
      stdio: ["ignore", "ignore", "pipe"],
    });
    let stderr = "";
    child.stderr.setEncoding("utf8").on("data", (text: string) => (stderr += text));
    const ended = new Promise<Ended>((resolve) =>
      child.on("close", (code, signal) => resolve({ code, signal, stderr })),
    );
    return { child, ended };
  }

  run(args: readonly string[], limit?: number): Promise<Ended> {
    return this.start(args, limit).ended;
  }

  /** All files below a folder, hidden ones too, by their path, and what is in them. */
  contents(folder: string): Record<string, string> {
    const names = readdirSync(this.path(folder), { recursive: true, encoding: "utf8" }).sort();
    const files = names.filter((name) => statSync(this.path(folder, name)).isFile());
    return Object.fromEntries(files.map((name) => [name, hashOf(readFileSync(this.path(folder, name)))]));
  }

  clear(...names: readonly string[]): void {
    for (const name of names) rmSync(this.path(name), { recursive: true, force: true });
  }

  remove(): void {
    rmSync(this.folder, { recursive: true });
  }
}

const hashOf = (bytes: Buffer): string => createHash("sha256").update(bytes).digest("hex");
