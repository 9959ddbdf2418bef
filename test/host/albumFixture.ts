/** Small albums in temporary folders, with songs that no code of Headroom has written. */
import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import wavefile from "wavefile";
import { seededRandom } from "../../src/units/random.js";

const SAMPLE_RATE = 44100;

/** A new folder with `songs`: file name and level of a stereo song. Remove it after the test. */
export function albumFolder(songs: Readonly<Record<string, { level: number; seconds: number }>>): string {
  const folder = mkdtempSync(join(tmpdir(), "headroom-album-"));
  Object.entries(songs).forEach(([name, { level, seconds }], i) => {
    writeFileSync(join(folder, name), songFile(level, seconds, i + 1));
  });
  return folder;
}

/** A beat: decaying bursts of noise over a chord, with a peak level of about `level`, 16-bit. */
function songFile(level: number, seconds: number, seed: number): Uint8Array {
  const random = seededRandom(seed);
  const channels = [0, 1].map(() => new Int16Array(seconds * SAMPLE_RATE));
  for (let i = 0; i < seconds * SAMPLE_RATE; i++) {
    const t = i / SAMPLE_RATE;
    const burst = 0.6 * Math.exp(-((t * 2) % 1) * 12);
    const chord = [110, 138.6, 164.8].reduce((sum, f) => sum + Math.sin(2 * Math.PI * f * t), 0) / 10;
    for (const channel of channels) channel[i] = 32767 * level * (burst * (2 * random() - 1) + chord);
  }
  const file = new wavefile.WaveFile();
  file.fromScratch(2, SAMPLE_RATE, "16", channels);
  return file.toBuffer();
}

/** Writes an album document as it is indented by hand, one key a line. @returns its path */
export function writeAlbum(folder: string, name: string, album: object): string {
  const path = join(folder, `${name}.album.json`);
  writeFileSync(path, `${JSON.stringify({ headroom: 1, title: "Test", ...album }, undefined, 2)}\n`);
  return path;
}

/** A written master, decoded by other code than ours: full scale is 1. */
export function readMaster(path: string): { channels: Float64Array[]; sampleRate: number } {
  const file = new wavefile.WaveFile(readFileSync(path));
  const { bitsPerSample, sampleRate } = file.fmt as { bitsPerSample: number; sampleRate: number };
  const samples = file.getSamples(false, Float64Array) as unknown as Float64Array[];
  return {
    channels: samples.map((channel) => channel.map((value) => value / 2 ** (bitsPerSample - 1))),
    sampleRate,
  };
}

/** Every file below `folder`, hidden ones too; none if there is no such folder. */
export function filesBelow(folder: string): string[] {
  try {
    return readdirSync(folder, { recursive: true, encoding: "utf8" }).sort();
  } catch {
    return [];
  }
}
