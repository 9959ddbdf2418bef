/** Renders clips of files in memory, and the slow and obvious way to do the same. */
import type * as z from "zod";
import type { AudioFile } from "../../src/audio/audioFile.js";
import { compileClips } from "../../src/engine/clipPlan.js";
import { ClipSources } from "../../src/engine/clipSources.js";
import { Dsp } from "../../src/engine/dsp.js";
import { SongTime } from "../../src/engine/songTime.js";
import { StepGraph } from "../../src/engine/stepGraph.js";
import { TrackClips } from "../../src/engine/trackClips.js";
import { clipSchema } from "../../src/session/clip.js";
import { seededRandom } from "../../src/units/random.js";

export const RATE = 48000;

export interface MemoryAudio {
  readonly sampleRate: number;
  readonly channels: readonly Float32Array[];
}
export type MemoryFiles = Readonly<Record<string, MemoryAudio>>;

export const mono = (samples: Float32Array, sampleRate = RATE): MemoryAudio => ({
  sampleRate,
  channels: [samples],
});

export function noise(seed: number, frames: number): Float32Array {
  const random = seededRandom(seed);
  return Float32Array.from({ length: frames }, () => random() - 0.5);
}

export function sine(frames: number, frequency: number, rate: number, phase = 0): Float32Array {
  return Float32Array.from({ length: frames }, (_, n) =>
    Math.sin((2 * Math.PI * frequency * n) / rate + phase),
  );
}

/** Clips as a document gives them: without the defaults. */
export type ClipInput = z.input<typeof clipSchema>;

export interface Rendered {
  readonly left: Float32Array;
  readonly right: Float32Array;
  /** Most files that were open at once, and how many are when the clips are closed. */
  readonly mostOpen: number;
  readonly leftOpen: number;
  /** Bytes of the engine's memory that rendering took. */
  readonly memory: number;
  readonly warnings: readonly string[];
}

export interface RenderOptions {
  readonly overlap?: "crossfade" | "mix";
  readonly frames: number;
  readonly delay?: number;
  /** Used over and over. */
  readonly blocks?: readonly number[];
}

export function renderClips(
  files: MemoryFiles,
  clips: readonly ClipInput[],
  options: RenderOptions,
): Rendered {
  const { overlap = "crossfade", frames, delay = 0, blocks = [4096] } = options;
  const parsed = clips.map((clip) => clipSchema.parse(clip));
  const plans = compileClips({ clips: parsed, overlap }, RATE, (file) => memoryFile(file, files[file]!).info);
  const dsp = new Dsp();
  const before = dsp.bytes.length;
  let [open, mostOpen] = [0, 0];
  const sources = new ClipSources(
    dsp,
    (path) => {
      mostOpen = Math.max(mostOpen, ++open);
      return { ...memoryFile(path, files[path]!), close: () => void open-- };
    },
    RATE,
  );
  const track = new TrackClips(dsp, plans, delay, sources, new SongTime(dsp));
  const graph = new StepGraph(dsp, 4096);
  const buffer = graph.buffer();
  graph.clearBuffer(buffer);
  graph.addClip(track.address, buffer, 0);
  graph.finish();
  const [left, right] = [new Float32Array(frames), new Float32Array(frames)];
  for (let position = 0, i = 0; position < frames; i++) {
    const count = Math.min(blocks[i % blocks.length]!, frames - position);
    track.schedule(position, count);
    graph.process(count);
    left.set(dsp.float32(buffer.left, count), position);
    right.set(dsp.float32(buffer.right, count), position);
    position += count;
  }
  const warnings = sources.warnings();
  sources.close();
  return { left, right, mostOpen, leftOpen: open, memory: dsp.bytes.length - before, warnings };
}

function memoryFile(path: string, { sampleRate, channels }: MemoryAudio): AudioFile {
  const frames = channels[0]!.length;
  const count = channels.length;
  return {
    info: {
      ...{ path, container: "test", codec: "float 32-bit", sampleRate, channels: count },
      ...{ bitDepth: 24, frames, channelMask: 0, warnings: [] },
    },
    pcm: { layout: "f32", bigEndian: false, channels: count, frameBytes: 4 * count },
    readFrames(start, wanted, target) {
      const read = Math.max(0, Math.min(wanted, frames - start));
      const view = new DataView(target.buffer, target.byteOffset, target.byteLength);
      for (let frame = 0; frame < read; frame++) {
        channels.forEach((samples, channel) =>
          view.setFloat32((frame * count + channel) * 4, samples[start + frame]!, true),
        );
      }
      return read;
    },
    close() {},
  };
}

/** The left side of clips at the session's own rate, sample by sample in double precision; overlaps are mixed. */
export function plainClips(files: MemoryFiles, clips: readonly ClipInput[], frames: number): Float64Array {
  const sum = new Float64Array(frames);
  for (const clip of clips) {
    if (clip.mute) continue;
    const samples = files[clip.file]!.channels[0]!;
    const offset = Math.round((clip.offset ?? 0) * RATE);
    const available = Math.max(0, samples.length - offset);
    const pass = Math.min(available, Math.round((clip.length ?? Infinity) * RATE));
    const total = pass * (clip.loop ?? 1);
    const start = Math.round((clip.start ?? 0) * RATE);
    for (let n = 0; n < total; n++) {
      if (start + n >= frames) break;
      const inPass = n % pass;
      const value = samples[offset + (clip.reverse ? pass - 1 - inPass : inPass)]!;
      const rise = fadeAt(clip.fadeIn, n, total);
      const fall = fadeAt(clip.fadeOut, total - n, total);
      sum[start + n]! += value * 10 ** (Number(clip.gain ?? 0) / 20) * rise * fall;
    }
  }
  return sum;
}

function fadeAt(fade: ClipInput["fadeIn"], n: number, total: number): number {
  if (!fade) return 1;
  const length = Math.min(total, Math.round(fade.length * RATE));
  if (n >= length) return 1;
  const t = n / length;
  switch (fade.shape ?? "linear") {
    case "linear":
      return t;
    case "equalPower":
      return Math.sin((t * Math.PI) / 2);
    case "sCurve":
      return 3 * t ** 2 - 2 * t ** 3;
    case "exponential":
      return (10 ** (3 * t - 3) - 0.001) / 0.999;
  }
}

export function largestDifference(
  a: ArrayLike<number>,
  b: ArrayLike<number>,
  from = 0,
  to = a.length,
): number {
  let most = 0;
  for (let i = from; i < to; i++) most = Math.max(most, Math.abs(a[i]! - b[i]!));
  return most;
}

export const toDb = (ratio: number): number => 20 * Math.log10(ratio);
