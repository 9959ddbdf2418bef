/**
 * Second pass over a song: gain, fades, limiter, dither and the delivery files. Each attempt is
 * written in full and measured from the written files, until loudness and ceiling are met.
 */
import type { MasterLimiter } from "../session/albumDocument.js";
import type { Insert } from "../session/insertTable.js";
import { renderMaster, type Delivery, type MasterSettings } from "./renderMaster.js";
import type { Intermediate } from "./intermediate.js";
import { measurePcm } from "./measureJob.js";
import { overviewOf } from "./overview.js";
import { checkQuality, type QualityFinding } from "./quality/checkQuality.js";
import type { SongOverview } from "./results.js";
import { LARGEST_GAIN, decide, type Attempt, type Goal } from "./solveGain.js";

export interface FinishInput {
  readonly source: string;
  /** After the chain, before the gain. */
  readonly inserts: readonly Insert[];
  /** LUFS after these; `null` for a song without a loudness, which is delivered as it is. */
  readonly integrated: number | null;
  /** LUFS to reach. */
  readonly target: number | null;
  /** dBTP never to be exceeded. */
  readonly ceiling: number;
  /** Allowed gain reduction (95th percentile), dB. */
  readonly maxReduction: number;
  readonly limiter: MasterLimiter;
  /** dBFS of the highest sample after the chain; `null` for silence. */
  readonly peak: number | null;
  /** Seconds. */
  readonly fadeIn: number;
  readonly fadeOut: number;
  /** Silence to append, seconds. */
  readonly gap: number;
  /** Delivery files by sample rate. */
  readonly renditions: readonly {
    readonly intermediate: Intermediate;
    readonly deliveries: readonly Delivery[];
  }[];
}

export interface FinishedSong {
  readonly after: SongOverview;
  readonly afterEnergies: Float64Array;
  readonly gain: number;
  readonly reductionP95: number;
  readonly reductionMax: number;
  /** Of the master. */
  readonly quality: readonly QualityFinding[];
  readonly warnings: readonly string[];
}

export type FinishStage = "limiting" | "verifying";

/**
 * What an independent meter may read higher than ours on signals that fill the band up to Nyquist,
 * where the filters of meters differ, dB: delivered files stay this far under the ceiling.
 */
const METER_TOLERANCE = 0.08;
/** The limiter aims this far lower, dB: room for dither and rounding. */
const CEILING_MARGIN = 0.02;
/** A limiter that must aim this far under the ceiling, dB, to stay under it does not work. */
const LOWEST_CEILING = 1;

/** @param report takes the stage and the share of it done, 0 to 1 */
export function finishSong(
  input: FinishInput,
  report: (progress: { stage: FinishStage; fraction: number }) => void,
): FinishedSong {
  let gain = input.target === null || input.integrated === null ? 0 : input.target - input.integrated;
  gain = Math.min(gain, LARGEST_GAIN);
  const renditions = input.renditions.map(({ intermediate, deliveries }) => {
    const solver = new RenditionSolver(input, intermediate, deliveries, report);
    const result = solver.solve(gain);
    // The other rates differ by hundredths of a decibel: start where this one ended.
    gain = result.gain;
    return result;
  });
  return { ...renditions[0]!, warnings: [...new Set(renditions.flatMap(({ warnings }) => warnings))] };
}

/** Renders one sample rate's files until they are right. */
class RenditionSolver {
  readonly #input: FinishInput;
  readonly #intermediate: Intermediate;
  readonly #deliveries: readonly Delivery[];
  readonly #report: (progress: { stage: FinishStage; fraction: number }) => void;
  readonly #goal: Goal;
  #ceiling: number;

  constructor(
    input: FinishInput,
    intermediate: Intermediate,
    deliveries: readonly Delivery[],
    report: (progress: { stage: FinishStage; fraction: number }) => void,
  ) {
    this.#input = input;
    this.#intermediate = intermediate;
    this.#deliveries = deliveries;
    this.#report = report;
    this.#goal = { loudness: input.target ?? 0, maxReduction: input.maxReduction };
    this.#ceiling = input.ceiling - METER_TOLERANCE - CEILING_MARGIN;
  }

  solve(startGain: number): FinishedSong {
    const attempts: Attempt[] = [];
    let gain = startGain;
    for (;;) {
      const rendered = this.#render(gain);
      const over = rendered.truePeak - (this.#input.ceiling - METER_TOLERANCE);
      if (over > 0) {
        this.#lowerCeiling(over);
        continue;
      }
      attempts.push({
        gain,
        loudness: rendered.song.after.loudness.integrated,
        reduction: -rendered.song.reductionP95,
      });
      const decision =
        this.#input.target === null
          ? ({ kind: "accept", isShort: false } as const)
          : decide(this.#goal, attempts);
      if (decision.kind === "accept")
        return decision.isShort ? this.#withShortfall(rendered.song) : rendered.song;
      gain = decision.gain;
    }
  }

  /** Conversion to integers and dither may lift a peak over the ceiling: aim lower by as much. */
  #lowerCeiling(over: number): void {
    this.#ceiling -= over + CEILING_MARGIN;
    if (this.#ceiling < this.#input.ceiling - LOWEST_CEILING) {
      throw new Error(
        `The true peak does not stay under ${this.#input.ceiling} dBTP: it is ${over.toFixed(2)} dB over.`,
      );
    }
  }

  #render(gain: number): { song: FinishedSong; truePeak: number } {
    const { inserts, fadeIn, fadeOut, gap, limiter, peak } = this.#input;
    const settings: MasterSettings = {
      inserts,
      gain,
      ceiling: this.#ceiling,
      limiter,
      peak,
      fadeIn,
      fadeOut,
      gap,
    };
    const { reductionP95, reductionMax } = renderMaster(
      this.#intermediate,
      settings,
      this.#deliveries,
      (fraction) => this.#report({ stage: "limiting", fraction }),
    );
    const measured = this.#deliveries.map(({ path }, i) => {
      this.#report({ stage: "verifying", fraction: i / this.#deliveries.length });
      return measurePcm({ path, dualMono: false }).measurement;
    });
    const truePeak = Math.max(...measured.map(({ truePeak }) => truePeak ?? -Infinity));
    const first = measured[0]!;
    const after = overviewOf(this.#input.source, first);
    const quality = checkQuality(first, this.#input.ceiling);
    return {
      song: {
        after,
        afterEnergies: first.blockEnergies,
        gain,
        reductionP95,
        reductionMax,
        quality,
        warnings: [],
      },
      truePeak,
    };
  }

  #withShortfall(song: FinishedSong): FinishedSong {
    const reached = song.after.loudness.integrated ?? -Infinity;
    const short = (this.#goal.loudness - reached).toFixed(1);
    const why =
      song.gain >= LARGEST_GAIN
        ? `gain is limited to ${LARGEST_GAIN} dB`
        : `the limiter already takes ${(-song.reductionP95).toFixed(1)} dB for 5 % of the time, and ${this.#goal.maxReduction.toFixed(1)} dB is the most allowed (target.maxGainReduction)`;
    const warning = `It reaches ${reached.toFixed(1)} LUFS, ${short} LU short of ${this.#goal.loudness.toFixed(1)} LUFS: ${why}. Lower target.loudness, compress more in the chain, or allow more limiting.`;
    return { ...song, warnings: [...song.warnings, warning] };
  }
}
