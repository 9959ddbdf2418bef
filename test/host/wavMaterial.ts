/** Audio files to edit, and what is in them afterwards; without VS Code. */
import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import wavefile from "wavefile";

export const RATE = 48000;
const LIMIT_MILLISECONDS = 10_000;

export function wavFolder(): string {
  return mkdtempSync(join(tmpdir(), "headroom-wav-"));
}

/** Writes a stereo file, 16-bit: sample i of the left channel is `first + i`, the right one its negative. */
export function writeRamp(path: string, frames: number, first = 1): void {
  const left = Int16Array.from({ length: frames }, (_, i) => first + i);
  writeStereo(
    path,
    left,
    left.map((value) => -value),
  );
}

/** Writes a stereo file, 16-bit. */
export function writeStereo(path: string, left: Int16Array, right: Int16Array): void {
  const file = new wavefile.WaveFile();
  file.fromScratch(2, RATE, "16", [left, right]);
  writeFileSync(path, file.toBuffer());
}

/** The samples of a channel, as integers. */
export function readSamples(path: string, channel = 0): number[] {
  const file = new wavefile.WaveFile(readFileSync(path));
  const samples = file.getSamples(false, Float64Array) as unknown as Float64Array | Float64Array[];
  return Array.from(Array.isArray(samples) ? samples[channel]! : samples);
}

/** Waits until `condition` holds. */
export async function until(condition: () => boolean | Promise<boolean>, what: string): Promise<void> {
  const deadline = Date.now() + LIMIT_MILLISECONDS;
  while (!(await condition())) {
    assert.ok(Date.now() < deadline, `Waited in vain for: ${what}`);
    await new Promise((wake) => setTimeout(wake, 20));
  }
}
