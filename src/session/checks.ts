/** Checks of a document: what the sound that it makes must measure. */
import * as z from "zod";
import type { Path } from "./diagnostic.js";
import type { Report } from "./parseDocument.js";

interface Figure {
  readonly label: string;
  /** Empty for shares. */
  readonly unit: string;
  readonly digits: number;
}

const SONG_FIGURES = {
  integrated: { label: "Integrated loudness", unit: "LUFS", digits: 1 },
  momentaryMax: { label: "Highest momentary loudness (400 ms)", unit: "LUFS", digits: 1 },
  shortTermMax: { label: "Highest short-term loudness (3 s)", unit: "LUFS", digits: 1 },
  lra: { label: "Loudness range", unit: "LU", digits: 1 },
  truePeak: { label: "True peak", unit: "dBTP", digits: 2 },
  samplePeak: { label: "Sample peak", unit: "dBFS", digits: 2 },
  plr: { label: "Peak to loudness ratio", unit: "dB", digits: 1 },
  correlation: { label: "Correlation of left and right", unit: "", digits: 2 },
  duration: { label: "Length", unit: "s", digits: 1 },
} as const satisfies Readonly<Record<string, Figure>>;

const ALBUM_FIGURES = {
  spread: { label: "Loudest song minus quietest song", unit: "LU", digits: 1 },
} as const satisfies Readonly<Record<string, Figure>>;

const FIGURES = { ...SONG_FIGURES, ...ALBUM_FIGURES };

export type SongFigure = keyof typeof SONG_FIGURES;
export type CheckName = keyof typeof FIGURES;
/** What was measured; `null` where there is no such value: silence, too short. */
export type Figures = Readonly<Partial<Record<CheckName, number | null>>>;

const COMPARISON = /^(<=|>=)\s*(-?\d+(?:\.\d+)?)$/;

const limit = z.number().nullable();
const limits = ({ label, unit }: Figure) =>
  z
    .union(
      [z.tuple([limit, limit]), z.string().regex(COMPARISON)],
      'must be [lowest, highest], either of them null, or a comparison such as "<= -1"',
    )
    .optional()
    .describe(
      `${label}${unit === "" ? "" : `, ${unit}`}: \`[lowest, highest]\`, either of them \`null\`, or \`"<= -1"\`, \`">= 5"\`.`,
    );

function shapeOf<Name extends string>(figures: Readonly<Record<Name, Figure>>) {
  const entries = (Object.keys(figures) as Name[]).map((name) => [name, limits(figures[name])] as const);
  return Object.fromEntries(entries) as Record<Name, ReturnType<typeof limits>>;
}

export const mixChecksSchema = z
  .strictObject(shapeOf(SONG_FIGURES))
  .describe("What the mixdown must measure; `headroom check` and the Test Explorer look whether it does.");
export const albumChecksSchema = z
  .strictObject(shapeOf(FIGURES))
  .describe("What every master must measure; `headroom check` and the Test Explorer look whether it does.");

export type Checks = z.output<typeof albumChecksSchema>;

export interface Limits {
  /** `null`: none. */
  readonly low: number | null;
  readonly high: number | null;
}

export interface CheckResult {
  readonly name: CheckName;
  readonly value: number | null;
  readonly holds: boolean;
  /** What was measured and what it must be, as a sentence. */
  readonly sentence: string;
}

/** @returns the checks of a document with their limits */
export function limitsOf(checks: Checks): { readonly name: CheckName; readonly limits: Limits }[] {
  return (Object.keys(checks) as CheckName[]).flatMap((name) => {
    const value = checks[name];
    return value === undefined ? [] : [{ name, limits: readLimits(value) }];
  });
}

function readLimits(value: NonNullable<Checks[CheckName]>): Limits {
  if (typeof value !== "string") return { low: value[0], high: value[1] };
  const [, sign, number] = COMPARISON.exec(value) ?? [];
  return sign === ">=" ? { low: Number(number), high: null } : { low: null, high: Number(number) };
}

/** @param figures those that were measured; checks of others are left out */
export function runChecks(checks: Checks, figures: Figures): CheckResult[] {
  return limitsOf(checks).flatMap(({ name, limits }) => {
    const value = figures[name];
    return value === undefined ? [] : [resultOf(name, limits, value)];
  });
}

function resultOf(name: CheckName, { low, high }: Limits, value: number | null): CheckResult {
  const { label, digits } = FIGURES[name];
  // As it is shown: a limit of -14 takes -14.04, which is shown as -14.0.
  const shown = value === null ? null : Number(value.toFixed(digits));
  const holds = shown !== null && (low === null || shown >= low) && (high === null || shown <= high);
  const text = textOf(FIGURES[name]);
  const is = shown === null ? "cannot be measured (silence, or too short)" : `is ${text(shown)}`;
  return { name, value, holds, sentence: `${label} ${is}; it must be ${described({ low, high }, text)}.` };
}

/** The check with its limits, for a list. */
export function labelOf(name: CheckName, limits: Limits): string {
  return `${FIGURES[name].label}: ${described(limits, textOf(FIGURES[name]))}`;
}

/** @returns what writes a value with its unit */
function textOf({ unit, digits }: Figure): (value: number) => string {
  return (value) => `${value.toFixed(digits)}${unit === "" ? "" : ` ${unit}`}`;
}

function described({ low, high }: Limits, text: (number: number) => string): string {
  if (low !== null && high !== null) return `between ${text(low)} and ${text(high)}`;
  if (low !== null) return `at least ${text(low)}`;
  return high === null ? "measurable" : `at most ${text(high)}`;
}

/** Tells of limits that nothing can keep. */
export function checkChecks(checks: Checks | undefined, report: Report): void {
  for (const { name, limits } of limitsOf(checks ?? {})) {
    const { low, high } = limits;
    const path: Path = ["checks", name];
    if (low !== null && high !== null && low > high)
      report(
        "error",
        "range",
        path,
        `The lowest value, ${low}, is above the highest, ${high}. Exchange them.`,
      );
  }
}
