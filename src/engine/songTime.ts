/** Which frame of the song comes when, as src/dsp/songTime.ts has it for the kernels. */
import type { Dsp } from "./dsp.js";

/** Frames that follow each other in the song. */
export interface SongSpan {
  /** First frame, of the song. */
  readonly song: number;
  /** Where it lies in the stretch that was asked for. */
  readonly at: number;
  readonly frames: number;
}

/** As many as the kernels remember. */
const MOST_JUMPS = 256;

export class SongTime {
  readonly #dsp: Dsp;
  readonly #jumps = [{ at: 0, song: 0 }];

  constructor(dsp: Dsp) {
    this.#dsp = dsp;
  }

  /** From frame `at` of the graph on, no earlier than that of the last jump, the song goes on at its frame `song`. */
  jump(at: number, song: number): void {
    const last = this.#jumps[this.#jumps.length - 1];
    if (last && last.at >= at) this.#jumps.pop();
    this.#jumps.push({ at, song });
    if (this.#jumps.length > MOST_JUMPS) this.#jumps.shift();
    this.#dsp.exports.songJump(at, song);
  }

  /** @param frame of the graph, what comes before it not counted */
  songFrame(frame: number): number {
    const { at, song } = this.#jumps[this.#jumpBefore(frame)]!;
    return frame - at + song;
  }

  /** The `frames` frames of the graph from `frame` on, as they lie in the song. */
  spans(frame: number, frames: number): readonly SongSpan[] {
    const spans: SongSpan[] = [];
    for (let done = 0, jump = this.#jumpBefore(frame); done < frames; jump++) {
      const end = this.#jumps[jump + 1]?.at ?? Infinity;
      const count = Math.min(frames - done, end - frame - done);
      spans.push({ song: this.songFrame(frame + done), at: done, frames: count });
      done += count;
    }
    return spans;
  }

  #jumpBefore(frame: number): number {
    let index = this.#jumps.length - 1;
    while (index > 0 && this.#jumps[index]!.at > frame) index--;
    return index;
  }
}
