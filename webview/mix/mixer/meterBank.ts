import { LevelBallistics } from "../../../src/viewmodel/levelBallistics.js";
import { ReductionBallistics } from "../../../src/viewmodel/reductionBallistics.js";
import type { MixMeters } from "../player/mixPlayer.js";

/** What the meters of a channel show. */
export interface ChannelMeters {
  /** Left and right. */
  readonly bars: readonly [LevelBallistics, LevelBallistics];
  /** One for each insert; `undefined` for a kind without gain reduction. */
  readonly reductions: readonly (ReductionBallistics | undefined)[];
}

/** LUFS of the master; -Infinity: none yet. */
export interface MasterLoudness {
  readonly momentary: number;
  readonly shortTerm: number;
  readonly integrated: number;
}

/** The meters of all channels, whether their strips are in sight or not. */
export class MeterBank {
  readonly #channels = new Map<
    string,
    { bars: ChannelMeters["bars"]; reductions: ChannelMeters["reductions"] }
  >();
  #loudness: MasterLoudness = { momentary: -Infinity, shortTerm: -Infinity, integrated: -Infinity };

  get loudness(): MasterLoudness {
    return this.#loudness;
  }

  /** @param id by which the player knows the channel */
  of(id: string): ChannelMeters {
    const known = this.#channels.get(id);
    if (known) return known;
    const made = { bars: [new LevelBallistics(), new LevelBallistics()], reductions: [] } as const;
    this.#channels.set(id, { ...made });
    return this.#channels.get(id)!;
  }

  push(meters: MixMeters): void {
    const { seconds, frames, channels, peaks, squares, reductions } = meters;
    const share = frames > 0 ? 1 / frames : 0;
    channels.forEach((id, i) => {
      const meter = this.of(id);
      meter.bars.forEach((bar, side) =>
        bar.push(peaks[2 * i + side] ?? 0, (squares[2 * i + side] ?? 0) * share, seconds),
      );
      const depths = reductions[i] ?? new Float32Array();
      const entry = this.#channels.get(id)!;
      if (depths.length !== entry.reductions.length)
        entry.reductions = Array.from(depths, (depth) =>
          Number.isNaN(depth) ? undefined : new ReductionBallistics(),
        );
      entry.reductions.forEach((ballistics, insert) => {
        const depth = depths[insert]!;
        ballistics?.push(frames > 0 && depth < 0 ? depth : 0, seconds);
      });
    });
    const { momentary, shortTerm, integrated } = meters;
    this.#loudness = { momentary, shortTerm, integrated };
  }

  resetClips(): void {
    for (const { bars } of this.#channels.values()) bars.forEach((bar) => bar.resetClip());
  }
}
