import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { Dsp } from "../../src/engine/dsp.js";
import { BLOCK_FRAMES, Song, type Block, type Generator } from "../../src/engine/song.js";

/** Sounds where `sounds` says, counted in blocks after its last source; each block has a tap of its own. */
class Blinking implements Generator {
  readonly sampleRate = 48_000;
  readonly latency = 0;
  readonly frames = BLOCK_FRAMES;
  readonly sources = [];
  readonly hasTail = true;
  readonly taps = 1;
  readonly #dsp: Dsp;
  readonly #side: number;
  readonly #tap: number;
  #block = 0;

  constructor(
    dsp: Dsp,
    readonly hold: number,
    readonly sounds: (block: number) => boolean,
  ) {
    this.#dsp = dsp;
    this.#side = dsp.allocate(BLOCK_FRAMES * 4);
    this.#tap = dsp.allocate(BLOCK_FRAMES * 4);
  }

  render(frames: number): Block {
    this.#dsp.float32(this.#side, frames).fill(this.sounds(this.#block) ? 0.5 : 1e-6);
    this.#dsp.float32(this.#tap, frames).fill(this.#block++);
    const [side, tap] = [this.#side, this.#tap];
    return { left: side, right: side, frames, taps: [{ left: tap, right: tap }] };
  }

  warnings(): readonly string[] {
    return [];
  }

  close(): void {
    // Nothing is open.
  }
}

/** @returns the level of each block of the song and of its tap */
function play(hold: number, sounds: (block: number) => boolean): [level: number, tap: number][] {
  const dsp = new Dsp();
  const song = new Song(dsp, new Blinking(dsp, hold, sounds));
  const blocks: [number, number][] = [];
  for (let block = song.next(); block; block = song.next()) {
    const tap = dsp.float32(block.taps![0]!.left, 1)[0]!;
    blocks.push([dsp.float32(block.left, 1)[0]!, tap]);
  }
  return blocks;
}

describe("a song's tail", () => {
  it("ends with its first quiet block, if nothing is held back", () => {
    assert.equal(play(0, (block) => block < 4).length, 4);
  });

  it("goes on through pauses as long as effects hold something back, and does not end with quiet", () => {
    const blocks = play(3 * BLOCK_FRAMES, (block) => [0, 1, 3, 6].includes(block));
    assert.deepEqual(
      blocks.map(([level]) => level > 0.1),
      [true, true, false, true, false, false, true],
    );
    assert.deepEqual(
      blocks.map(([, tap]) => tap),
      [0, 1, 2, 3, 4, 5, 6],
    );
    assert.equal(play(2 * BLOCK_FRAMES, (block) => [0, 1, 3, 6].includes(block)).length, 4);
  });

  it("is cut after a minute", () => {
    const blocks = play(0, () => true);
    assert.ok(Math.abs(blocks.length * BLOCK_FRAMES - 61 * 48_000) < 2 * 48_000);
  });
});
