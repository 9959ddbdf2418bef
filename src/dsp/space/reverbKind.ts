/** The spaces of the reverb: their lengths in milliseconds, at size 100 %. */
import { LINES } from "./absorption";
import { STAGES } from "./diffuser";

export const enum ReverbKind {
  Room = 0,
  /** Dense at once, with hardly any early reflections. */
  Plate = 1,
  Hall = 2,
}

/** Sizes as factors. */
export const MIN_SIZE: f64 = 0.5;
export const MAX_SIZE: f64 = 1.5;
/** Longest of any kind, ms: a line, an all-pass, the span of the early reflections. */
export const LONGEST_LINE: f64 = 104;
export const LONGEST_STAGE: f64 = 24;
export const LONGEST_SPAN: f64 = 82;

/** Each line is so much longer than an even spread would make it, in parts of the step to the next. */
const UNEVEN: StaticArray<f64> = [
  0, 0.31, -0.22, 0.14, 0.37, -0.35, 0.08, -0.12, 0.29, -0.28, 0.19, 0.41, -0.17, 0.05, -0.31, 0,
];

function shortestLine(kind: i32): f64 {
  if (kind == ReverbKind.Hall) return 34;
  return kind == ReverbKind.Plate ? 17 : 13;
}

function longestLine(kind: i32): f64 {
  if (kind == ReverbKind.Hall) return LONGEST_LINE;
  return kind == ReverbKind.Plate ? 61 : 49;
}

/** @returns length of line `line` in ms: the lines grow by the same ratio, more or less, in an order of their own */
export function lineOf(kind: i32, line: i32): f64 {
  const rank = (7 * line + 2) & (LINES - 1);
  const place = (<f64>rank + UNEVEN[rank]) / <f64>(LINES - 1);
  return shortestLine(kind) * Math.pow(longestLine(kind) / shortestLine(kind), place);
}

/** @returns length of an all-pass of the left side in ms */
export function stageOf(kind: i32, stage: i32): f64 {
  const longest: f64 = kind == ReverbKind.Hall ? 21.3 : kind == ReverbKind.Plate ? 11.3 : 9.7;
  return longest * Math.pow(0.61, <f64>(STAGES - 1 - stage));
}

/** @returns span of the early reflections in ms */
export function spanOf(kind: i32): f64 {
  if (kind == ReverbKind.Hall) return LONGEST_SPAN;
  return kind == ReverbKind.Plate ? 16 : 42;
}
