/** What normalizing a file means: the level that is aimed at, the gain that leads there, and what it does to the peaks. */
import type { LoudnessMeasurement } from "../engine/meter.js";

export const NORMALIZE_KINDS = ["loudness", "truePeak", "samplePeak"] as const;
/** Integrated loudness in LUFS, true peak in dBTP or sample peak in dBFS. */
export type NormalizeKind = (typeof NORMALIZE_KINDS)[number];

export const NORMALIZE_UNITS: Readonly<Record<NormalizeKind, string>> = {
  loudness: "LUFS",
  truePeak: "dBTP",
  samplePeak: "dBFS",
};

export interface NormalizeTarget {
  readonly kind: NormalizeKind;
  /** In the unit of its kind. */
  readonly level: number;
}

export interface SuggestedTarget extends NormalizeTarget {
  /** For people: who asks for this level. */
  readonly purpose: string;
}

/**
 * Levels that are asked for most. Playback levels of services drift; state of November 2026. Sources: AES TD1008
 * (2021); EBU R 128 (2023); the services' own help pages.
 */
export const SUGGESTED_TARGETS: readonly SuggestedTarget[] = [
  { kind: "loudness", level: -14, purpose: "playback level of Spotify, YouTube, Tidal and Amazon Music" },
  { kind: "loudness", level: -16, purpose: "Apple Music, podcasts; AES TD1008 for music" },
  { kind: "loudness", level: -18, purpose: "ReplayGain 2; AES TD1008 for speech" },
  { kind: "loudness", level: -23, purpose: "European broadcast, EBU R 128" },
  { kind: "truePeak", level: -1, purpose: "most streaming services" },
  { kind: "truePeak", level: -2, purpose: "Amazon Music; loud masters on Spotify" },
  { kind: "samplePeak", level: -0.1, purpose: "full scale, almost" },
  { kind: "samplePeak", level: -6, purpose: "room for a mix" },
];

/** Lowest and highest level that makes sense, in the unit of the kind. */
export const LEVEL_BOUNDS: Readonly<Record<NormalizeKind, readonly [lowest: number, highest: number]>> = {
  loudness: [-60, 0],
  truePeak: [-60, 0],
  samplePeak: [-60, 0],
};

/** Level that true peaks should not pass: lossy encoders add to them. AES TD1008, EBU R 128. */
export const ADVISED_TRUE_PEAK = -1;

/**
 * Reads a level that the user typed, with or without its unit; a comma counts as a point.
 * @returns the level, or a sentence that says what is wrong
 */
export function parseLevel(text: string, kind: NormalizeKind): number | string {
  const unit = NORMALIZE_UNITS[kind];
  const [lowest, highest] = LEVEL_BOUNDS[kind];
  const hint = `Enter a number from ${lowest} to ${highest} ${unit}.`;
  const plain = text.trim().replace(",", ".").replace("−", "-");
  const match = /^([+-]?\d+(?:\.\d*)?|[+-]?\.\d+)\s*([a-z]*)$/i.exec(plain);
  if (!match) return hint;
  const given = match[2]!.toLowerCase();
  if (given !== "" && given !== "db" && given !== unit.toLowerCase())
    return `The level is in ${unit}, not in ${match[2]!}. ${hint}`;
  const level = Number(match[1]);
  return level >= lowest && level <= highest ? level : hint;
}

export type MeasuredLevels = Pick<LoudnessMeasurement, "integrated" | "truePeak" | "samplePeak">;

export interface NormalizePlan {
  /** dB. */
  readonly gain: number;
  /** Loudness, true peak and sample peak afterwards, in their units; `null` where there is none. */
  readonly after: { readonly [K in keyof MeasuredLevels]: number | null };
}

/** @returns the plan, or a sentence for people that says why there is none */
export function planNormalizing(
  measured: MeasuredLevels,
  { kind, level }: NormalizeTarget,
): NormalizePlan | string {
  const now = { loudness: measured.integrated, truePeak: measured.truePeak, samplePeak: measured.samplePeak }[
    kind
  ];
  if (now === null || !Number.isFinite(now)) {
    return kind === "loudness" && isAudible(measured.samplePeak)
      ? "it has no loudness, since it is too quiet or shorter than 0.4 s. Normalize its peak instead"
      : "it is silent, so there is nothing to normalize";
  }
  return planOf(measured, level - now);
}

/**
 * The same with less gain, so that the true peak stays at or under `ceiling`, dBTP.
 * @returns `plan` itself if it does already
 */
export function limitedPlan(measured: MeasuredLevels, plan: NormalizePlan, ceiling: number): NormalizePlan {
  const { truePeak } = measured;
  return truePeak !== null && passes(plan, ceiling) ? planOf(measured, ceiling - truePeak) : plan;
}

/** Whether the true peak passes `ceiling`, dBTP, by more than what rounding shows. */
export function passes({ after }: NormalizePlan, ceiling: number): boolean {
  return after.truePeak !== null && after.truePeak > ceiling + 0.005;
}

function planOf(measured: MeasuredLevels, gain: number): NormalizePlan {
  const changed = (level: number | null): number | null => (isAudible(level) ? level + gain : null);
  const { integrated, truePeak, samplePeak } = measured;
  return {
    gain,
    after: {
      integrated: changed(integrated),
      truePeak: changed(truePeak),
      samplePeak: changed(samplePeak),
    },
  };
}

function isAudible(level: number | null): level is number {
  return level !== null && Number.isFinite(level);
}
