/** Sources and edited audio for tests of the editing engine. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after } from "node:test";
import { encodePcm, pcmFormat } from "../../../src/audio/pcm.js";
import type { SampleLayout } from "../../../src/audio/audioFile.js";
import { WavWriter, type WavWriterOptions } from "../../../src/audio/wavWriter.js";
import { Dsp } from "../../../src/engine/dsp.js";
import { EditedReader } from "../../../src/engine/editing/editedReader.js";
import type { EditedAudio, EditSource, Piece } from "../../../src/session/audioEdits.js";
import { seededRandom } from "../../../src/units/random.js";

/** A folder for this test file, removed when its tests are over. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "headroom-edit-"));
  after(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Planar noise between -0.8 and 0.8, rounded to 24 bits so that every layout from s24 on holds it exactly. */
export function noise(channels: number, frames: number, seed: number): Float32Array[] {
  const random = seededRandom(seed);
  const sample = () => Math.round((random() - 0.5) * 1.6 * 2 ** 23) / 2 ** 23 + 0;
  return Array.from({ length: channels }, () => Float32Array.from({ length: frames }, sample));
}

/** Writes planar samples to a WAV file, without dither. */
export function writeWav(
  path: string,
  planar: readonly ArrayLike<number>[],
  layout: SampleLayout = "f32",
  options: Partial<WavWriterOptions> = {},
): EditSource {
  const channels = planar.length;
  const writer = WavWriter.create(path, { sampleRate: 48000, channels, layout, ...options });
  writer.write(encodePcm(planar, pcmFormat(layout, channels)));
  writer.finish();
  return { path, frames: planar[0]!.length };
}

/** Audio of these pieces, nothing else said of it. */
export function audioOf(
  sources: readonly EditSource[],
  pieces: readonly Piece[],
  channels: number,
): EditedAudio {
  return {
    sampleRate: 48000,
    channels,
    channelMask: 0,
    sources,
    pieces,
    markers: [],
    tags: { info: {}, bext: null },
    format: { bitDepth: "32f", dither: "none" },
  };
}

/** All of the audio, read in blocks of these sizes over and over. */
export function render(audio: EditedAudio, sizes: readonly number[] = [4096]): Float32Array[] {
  const dsp = new Dsp();
  const reader = new EditedReader(dsp, audio, Math.max(...sizes));
  const sound = reader.buffers.map(() => new Float32Array(reader.frames));
  try {
    for (let at = 0, block = 0; at < reader.frames; block++) {
      const frames = reader.read(at, sizes[block % sizes.length]!);
      reader.buffers.forEach((buffer, c) => sound[c]!.set(dsp.float32(buffer, frames), at));
      at += frames;
    }
  } finally {
    reader.close();
  }
  return sound;
}

/** A source as it was opened, nothing done to it. */
export function openedSound(source: EditSource, channels: number): EditedAudio {
  const layer = { source: 0, start: 0, isReversed: false, treatments: [] };
  return audioOf([source], [{ frames: source.frames, layers: [layer] }], channels);
}
