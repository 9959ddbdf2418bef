/** Two files side by side: how loud each is, how its tone is spread, and what is left of one without the other. */
import type { AudioFile } from "../../audio/audioFile.js";
import { openAudioFile } from "../../audio/openAudioFile.js";
import { Dsp } from "../../engine/dsp.js";
import { Meter } from "../../engine/meter.js";
import { programSound } from "../../engine/programSound.js";
import { BLOCK_FRAMES, type Block } from "../../engine/song.js";
import { ThirdOctaveMeter } from "../../engine/thirdOctaves.js";
import { loudnessOf } from "../overview.js";
import type { Loudness } from "../results.js";
import { toneOf, type Tone } from "../tone/tone.js";
import { NullTest, type Residual } from "./nullTest.js";

export interface CompareInput {
  /** Absolute paths of PCM. */
  readonly a: string;
  readonly b: string;
}

export interface ComparedSide {
  readonly loudness: Loudness;
  /** `null` for silence. */
  readonly tone: Tone | null;
  /** Seconds. */
  readonly duration: number;
  /** Hz. */
  readonly sampleRate: number;
}

export interface Comparison {
  readonly a: ComparedSide;
  readonly b: ComparedSide;
  readonly residual: Residual;
}

/** Frames that are read of both files at once. */
const STEP = 16 * BLOCK_FRAMES;

/** A file of another rate than b's is converted to it. @throws AudioFileError if a file cannot be read */
export function compareJob({ a, b }: CompareInput, report: (fraction: number) => void): Comparison {
  const [infoA, infoB] = [infoOf(a), infoOf(b)];
  const { sampleRate } = infoB;
  const frames = [infoA, infoB].map((info) => Math.round((info.frames * sampleRate) / info.sampleRate)) as [
    number,
    number,
  ];
  const parts = [a, b].map((path, row) => ({ path, row, start: 0, frames: frames[row]! }));
  const sides = [new Side(sampleRate, frames[0]), new Side(sampleRate, frames[1])] as const;
  const nullTest = new NullTest(sampleRate);
  const longest = Math.max(...frames);
  for (let start = 0; start < longest; start += STEP) {
    const count = Math.min(STEP, longest - start);
    const [aLeft, aRight, bLeft, bRight] = programSound(
      new Dsp(),
      { sampleRate, rows: 2, parts },
      start,
      count,
    ) as [Float32Array, Float32Array, Float32Array, Float32Array];
    sides[0].take(aLeft, aRight, start);
    sides[1].take(bLeft, bRight, start);
    nullTest.take([aLeft, aRight], [bLeft, bRight]);
    report((start + count) / longest);
  }
  const [first, second] = [sides[0].finish(), sides[1].finish()];
  return {
    a: { ...first, sampleRate: infoA.sampleRate },
    b: { ...second, sampleRate },
    residual: nullTest.finish(),
  };
}

function infoOf(path: string): AudioFile["info"] {
  const file = openAudioFile(path);
  file.close();
  return file.info;
}

class Side {
  readonly #dsp = new Dsp();
  readonly #meter: Meter;
  readonly #tone: ThirdOctaveMeter;
  readonly #frames: number;
  readonly #left = this.#dsp.allocate(BLOCK_FRAMES * 4);
  readonly #right = this.#dsp.allocate(BLOCK_FRAMES * 4);

  constructor(sampleRate: number, frames: number) {
    this.#meter = new Meter(this.#dsp, { sampleRate, channels: 2, truePeak: true });
    this.#tone = new ThirdOctaveMeter(this.#dsp, sampleRate);
    this.#frames = frames;
  }

  /** @param start frame of the file; what is beyond its end does not count */
  take(left: Float32Array, right: Float32Array, start: number): void {
    const count = Math.min(left.length, this.#frames - start);
    for (let at = 0; at < count; at += BLOCK_FRAMES) {
      const frames = Math.min(BLOCK_FRAMES, count - at);
      this.#dsp.float32(this.#left, frames).set(left.subarray(at, at + frames));
      this.#dsp.float32(this.#right, frames).set(right.subarray(at, at + frames));
      const block: Block = { left: this.#left, right: this.#right, frames };
      this.#meter.process(block);
      this.#tone.process(block);
    }
  }

  finish(): Omit<ComparedSide, "sampleRate"> {
    const measured = this.#meter.finish();
    return { loudness: loudnessOf(measured), tone: toneOf(this.#tone.finish()), duration: measured.duration };
  }
}
