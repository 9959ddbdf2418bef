/**
 * A song on its way through the engine: stereo blocks from the first frame to the last,
 * whatever it is made of and however late its processors are.
 */
import { dB, dbToGain } from "../units/decibels.js";
import type { Dsp } from "./dsp.js";

/** Frames the engine processes at once; the result does not depend on it. */
export const BLOCK_FRAMES = 4096;

/** A stretch of stereo sound in the engine's memory: planar f32 addresses. */
export interface Block {
  readonly left: number;
  readonly right: number;
  readonly frames: number;
  /** As many frames of what was asked for beside it. */
  readonly taps?: readonly Side[];
}

/** Planar f32 addresses. */
type Side = Pick<Block, "left" | "right">;

/** Something that sounds without an end: silence follows its last sound. */
export interface Generator {
  /** Hz. */
  readonly sampleRate: number;
  /** Frames by which the sound is late. */
  readonly latency: number;
  /** Frames until the last source ends, latency not counted. */
  readonly frames: number;
  /** Absolute paths of the audio files it is made of. */
  readonly sources: readonly string[];
  /** Whether effects may sound on after that. */
  readonly hasTail: boolean;
  /** Frames of silence after which they may sound again (the time of a delay). */
  readonly hold: number;
  /** How many taps a block has. */
  readonly taps?: number;
  /** Renders the next `frames` (at most {@link BLOCK_FRAMES}) frames. */
  render(frames: number): Block;
  /** What the listener should know of, each a plain sentence; complete once the song has ended. */
  warnings(): readonly string[];
  /** The song has ended: nothing more is rendered. */
  finish?(): void;
  close(): void;
}

/** A tail ends when it stays below this level, -90 dBFS (DESIGN.md: a mixdown ends with the tail). */
const TAIL_LEVEL = dbToGain(dB(-90));
/** Seconds after which even an endless tail is cut. */
export const LONGEST_TAIL = 60;

/** What a song has beyond what sounds of it. */
export interface SongFacts {
  /** Absolute paths of all files that it names, whether they sound or not; by default those that sound. */
  readonly sources?: readonly string[];
  /** What the listener should know of before anything has been played. */
  readonly warnings?: readonly string[];
}

/** Gives a {@link Generator} its beginning and its end: latency is dropped, the tail is kept. */
export class Song {
  readonly sampleRate: number;
  readonly #dsp: Dsp;
  readonly #generator: Generator;
  readonly #facts: SongFacts;
  #position: number;
  /** Blocks of the tail that have been rendered and not been given. */
  #due: Block[] = [];
  /** Room for the blocks of the tail that are kept back. */
  readonly #kept: readonly (readonly Side[])[];

  constructor(dsp: Dsp, generator: Generator, facts: SongFacts = {}) {
    this.#facts = facts;
    this.#dsp = dsp;
    this.#generator = generator;
    this.sampleRate = generator.sampleRate;
    this.#position = -generator.latency;
    const signals = 1 + (generator.taps ?? 0);
    this.#kept = Array.from({ length: Math.ceil(generator.hold / BLOCK_FRAMES) }, () =>
      Array.from({ length: signals }, () => ({
        left: dsp.allocate(BLOCK_FRAMES * 4),
        right: dsp.allocate(BLOCK_FRAMES * 4),
      })),
    );
  }

  /** Call once the song has ended; not after an error. */
  finish(): void {
    this.#generator.finish?.();
  }

  /** Share of the song that has been rendered, 0 to 1; the tail is not foreseen. */
  get progress(): number {
    return Math.min(1, Math.max(0, this.#position) / Math.max(1, this.#generator.frames));
  }

  /** @returns the next block, or `undefined` at the end */
  next(): Block | undefined {
    const { frames } = this.#generator;
    while (this.#position < 0) this.#advance(Math.min(BLOCK_FRAMES, -this.#position));
    if (this.#position < frames) return this.#advance(Math.min(BLOCK_FRAMES, frames - this.#position));
    return this.#generator.hasTail ? this.#nextOfTail() : undefined;
  }

  /** Absolute paths of the audio files it is made of. */
  get sources(): readonly string[] {
    return this.#facts.sources ?? this.#generator.sources;
  }

  warnings(): readonly string[] {
    return [...(this.#facts.warnings ?? []), ...this.#generator.warnings()];
  }

  close(): void {
    this.#generator.close();
  }

  /**
   * The tail runs in whole blocks counted from its start, so that its length is the same for any block size before.
   * Quiet blocks are kept back until it sounds again; when they have lasted as long as the effects hold back, it has
   * ended.
   */
  #nextOfTail(): Block | undefined {
    if (this.#due.length > 0) return this.#due.shift();
    const quiet: Block[] = [];
    while (this.#position < this.#generator.frames + LONGEST_TAIL * this.sampleRate) {
      const block = this.#advance(BLOCK_FRAMES);
      if (this.#isAudible(block)) {
        if (quiet.length === 0) return block;
        this.#due = [...quiet.slice(1), this.#keep(block, quiet.length)];
        return quiet[0];
      }
      if ((quiet.length + 1) * BLOCK_FRAMES >= this.#generator.hold) return undefined;
      quiet.push(this.#keep(block, quiet.length));
    }
    return undefined;
  }

  /** Copies a block to place `index`. */
  #keep({ frames, taps = [], ...output }: Block, index: number): Block {
    const kept = this.#kept[index]!;
    [output, ...taps].forEach(({ left, right }, i) => {
      this.#dsp.bytes.copyWithin(kept[i]!.left, left, left + frames * 4);
      this.#dsp.bytes.copyWithin(kept[i]!.right, right, right + frames * 4);
    });
    return { ...kept[0]!, frames, taps: kept.slice(1) };
  }

  #isAudible({ left, right, frames }: Block): boolean {
    const isLoud = (sample: number): boolean => Math.abs(sample) > TAIL_LEVEL;
    return this.#dsp.float32(left, frames).some(isLoud) || this.#dsp.float32(right, frames).some(isLoud);
  }

  #advance(frames: number): Block {
    this.#position += frames;
    return this.#generator.render(frames);
  }
}
