/** What can be set of the reverb; the same order stands in src/session/inserts/reverb.ts. */

export const enum ReverbParameter {
  /** See ReverbKind. */
  Kind = 0,
  /** Seconds in which the middle band decays by 60 dB. */
  Decay = 1,
  /** Decay below and above the crossovers, as factors. */
  BassDecay = 2,
  TrebleDecay = 3,
  /** Hz */
  BassCrossover = 4,
  TrebleCrossover = 5,
  /** ms */
  PreDelay = 6,
  /** % */
  Size = 7,
  /** % */
  Diffusion = 8,
  /** dB, against the reverberation; -Infinity is none. */
  EarlyReflections = 9,
  /** ms to either side */
  ModulationDepth = 10,
  /** Hz */
  ModulationRate = 11,
  /** Hz, 12 dB per octave; below 1: off. */
  LowCut = 12,
  /** Hz, 12 dB per octave; from {@link NO_HIGH_CUT}: off. */
  HighCut = 13,
  /** % */
  Width = 14,
  /** % of the wet signal */
  Mix = 15,
}

export const PARAMETERS: i32 = 16;
/** Hz from which on there is no high cut. */
export const NO_HIGH_CUT: f64 = 20000;
