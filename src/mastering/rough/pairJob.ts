/** Compares two stems over a few seconds: are they one source, two takes of a part, or strangers? */
import { openAudioFile } from "../../audio/openAudioFile.js";
import { BlockDecoder } from "../../engine/blockDecoder.js";
import { Dsp } from "../../engine/dsp.js";
import { correlatePair, type PairCorrelation } from "../../engine/pairCorrelation.js";
import { withPcm } from "../withPcm.js";

export interface PairInput {
  readonly paths: readonly [string, string];
  /** Where to listen, seconds. */
  readonly start: number;
}

/** Seconds that are compared. */
const COMPARED = 5;

/** @returns how alike they are; `undefined` if their sample rates differ */
export async function pairJob({ paths, start }: PairInput): Promise<PairCorrelation | undefined> {
  const first = await readMono(paths[0], start);
  const second = await readMono(paths[1], start);
  if (first.sampleRate !== second.sampleRate) return undefined;
  const frames = Math.min(first.samples.length, second.samples.length);
  return correlatePair(
    first.samples.subarray(0, frames),
    second.samples.subarray(0, frames),
    first.sampleRate,
  );
}

/** Sum of the channels from `start` seconds on. */
function readMono(path: string, start: number): Promise<{ samples: Float32Array; sampleRate: number }> {
  return withPcm(path, undefined, (pcm) => {
    const file = openAudioFile(pcm);
    try {
      const { sampleRate, frames } = file.info;
      const from = Math.min(frames, Math.round(start * sampleRate));
      const dsp = new Dsp();
      const decoder = new BlockDecoder(dsp, file, 1 << 14, from);
      const samples = new Float32Array(Math.min(frames - from, Math.round(COMPARED * sampleRate)));
      for (let done = 0; done < samples.length;) {
        const count = decoder.next(Math.min(1 << 14, samples.length - done));
        if (count === 0) break;
        for (const buffer of decoder.buffers) {
          dsp.float32(buffer, count).forEach((sample, i) => (samples[done + i]! += sample));
        }
        done += count;
      }
      return { samples, sampleRate };
    } finally {
      file.close();
    }
  });
}
