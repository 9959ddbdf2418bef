/**
 * Mastering chains to begin with: ordinary inserts and targets, written into an album document as text.
 *
 * Their thresholds count on songs whose loud part lies at {@link CHAIN_LEVEL} before the chain. Values: conventions of
 * mastering engineers; two-to-one at most with slow attacks, one to two decibels of gain reduction on loud passages.
 */
import type * as z from "zod";
import type { insertSchema } from "../insertTable.js";

export interface MasteringPreset {
  /** What it does and when it is of use. */
  readonly purpose: string;
  readonly chain: readonly z.input<typeof insertSchema>[];
  /** LUFS, dBTP, dB. */
  readonly target: {
    readonly loudness: number;
    readonly truePeak: number;
    readonly maxGainReduction: number;
  };
  readonly limiter: {
    /** ms. */
    readonly lookahead: number;
    readonly release: number;
    readonly autoRelease: boolean;
    /** dB. */
    readonly softClip?: number;
  };
}

/** LUFS: of the loud part of a song, before the chain. */
export const CHAIN_LEVEL = -18;

const highpass = (frequency: number, slope: 12 | 24) => ({ type: "highpass", frequency, slope }) as const;

/** Slow glue on the whole mix; its detector does not hear the bass. */
const glue = (
  values: Pick<
    Extract<z.input<typeof insertSchema>, { type: "compressor" }>,
    "threshold" | "ratio" | "knee" | "attack" | "release" | "sidechainHighpass"
  >,
) => ({ type: "compressor", name: "Glue", detector: "rms", autoRelease: true, ...values }) as const;

export const MASTERING_PRESETS = {
  transparent: {
    purpose: "Keeps the mix as it is: a decibel of glue, loudness for streaming services.",
    chain: [
      { type: "eq", name: "Rumble", bands: [highpass(20, 12)] },
      glue({ threshold: -19, ratio: 1.5, knee: 6, attack: 30, release: 150, sidechainHighpass: 90 }),
    ],
    target: { loudness: -14, truePeak: -1, maxGainReduction: 2 },
    limiter: { lookahead: 5, release: 100, autoRelease: true },
  },
  warm: {
    purpose: "Fuller bass, softer treble, a little tape: for mixes that are thin or hard.",
    chain: [
      {
        type: "eq",
        name: "Warmth",
        bands: [
          highpass(22, 12),
          { type: "lowshelf", frequency: 110, gain: 1 },
          { type: "peak", frequency: 300, gain: -0.7, q: 0.9 },
          { type: "highshelf", frequency: 10000, gain: -0.5 },
        ],
      },
      glue({ threshold: -21, ratio: 2, knee: 8, attack: 40, release: 250, sidechainHighpass: 90 }),
      { type: "saturator", name: "Tape", curve: "tape", drive: 2, mix: 25 },
      { type: "stereo", name: "Mono bass", monoBelow: 90 },
    ],
    target: { loudness: -14, truePeak: -1, maxGainReduction: 3 },
    limiter: { lookahead: 5, release: 140, autoRelease: true },
  },
  loud: {
    purpose: "Dense and bright, far louder than services play it: for clubs and where nothing turns it down.",
    chain: [
      {
        type: "eq",
        name: "Clarity",
        bands: [
          highpass(28, 24),
          { type: "peak", frequency: 250, gain: -1, q: 1 },
          { type: "peak", frequency: 3000, gain: 0.7, q: 0.8 },
          { type: "highshelf", frequency: 10000, gain: 1 },
        ],
      },
      glue({ threshold: -22, ratio: 2, knee: 4, attack: 15, release: 100, sidechainHighpass: 120 }),
      {
        type: "multiband",
        name: "Bands",
        bands: [
          { frequency: 120, threshold: -22, ratio: 1.5, attack: 20, release: 150 },
          { frequency: 2000, threshold: -24, ratio: 1.5, attack: 15, release: 120 },
          { frequency: 8000, threshold: -34, ratio: 1.5, attack: 5, release: 80 },
          { threshold: -42, ratio: 1.5, attack: 5, release: 80 },
        ],
      },
      { type: "saturator", name: "Tape", curve: "tape", drive: 3, mix: 30 },
      { type: "stereo", name: "Width", monoBelow: 120, highFrequency: 1000, highWidth: 110 },
    ],
    target: { loudness: -9.5, truePeak: -1, maxGainReduction: 5 },
    limiter: { lookahead: 3, release: 60, autoRelease: true, softClip: 1.5 },
  },
  acoustic: {
    purpose: "Dynamics untouched, a breath of plate: for voices, guitars and classical ensembles.",
    chain: [
      {
        type: "eq",
        name: "Air",
        bands: [
          highpass(25, 12),
          { type: "peak", frequency: 250, gain: -0.8, q: 1.2 },
          { type: "highshelf", frequency: 12000, gain: 0.8 },
        ],
      },
      glue({ threshold: -20, ratio: 1.3, knee: 10, attack: 50, release: 300, sidechainHighpass: 80 }),
      { type: "stereo", name: "Width", side: 0.5 },
      {
        type: "reverb",
        name: "Plate",
        kind: "plate",
        decay: 1.2,
        preDelay: 15,
        lowCut: 250,
        highCut: 8000,
        mix: 4,
      },
    ],
    target: { loudness: -16, truePeak: -1, maxGainReduction: 1 },
    limiter: { lookahead: 8, release: 180, autoRelease: true },
  },
  vinyl: {
    purpose: "A pre-master for the cutting engineer: mono bass, tamed sibilance, hardly any limiting.",
    chain: [
      {
        type: "eq",
        name: "Groove",
        bands: [highpass(30, 24), { type: "highshelf", frequency: 14000, gain: -1 }],
      },
      { type: "deesser", name: "Sibilance" },
      { type: "stereo", name: "Mono bass", monoBelow: 150 },
    ],
    target: { loudness: -16, truePeak: -3, maxGainReduction: 1 },
    limiter: { lookahead: 8, release: 200, autoRelease: true },
  },
  podcast: {
    purpose: "Speech at one level: firm compression, no rumble, the loudness that podcast services ask for.",
    chain: [
      {
        type: "eq",
        name: "Speech",
        bands: [
          highpass(80, 24),
          { type: "peak", frequency: 250, gain: -1.5, q: 1 },
          { type: "peak", frequency: 3500, gain: 1.5, q: 0.8 },
        ],
      },
      {
        type: "compressor",
        name: "Level",
        threshold: -24,
        ratio: 3,
        knee: 9,
        attack: 8,
        release: 160,
        detector: "rms",
      },
      { type: "deesser", name: "Sibilance" },
    ],
    target: { loudness: -16, truePeak: -1, maxGainReduction: 6 },
    limiter: { lookahead: 5, release: 120, autoRelease: true },
  },
  demo: {
    purpose: "No mastering: as loud as others at a friend's, by gain and limiter alone.",
    chain: [],
    target: { loudness: -14, truePeak: -1, maxGainReduction: 3 },
    limiter: { lookahead: 5, release: 100, autoRelease: true },
  },
} as const satisfies Readonly<Record<string, MasteringPreset>>;

export type MasteringPresetName = keyof typeof MASTERING_PRESETS;

export const MASTERING_PRESET_NAMES = Object.keys(MASTERING_PRESETS) as MasteringPresetName[];
