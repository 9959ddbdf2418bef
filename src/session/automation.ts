/** Automation of a document: breakpoints by the path of the parameter that they move. */
import * as z from "zod";
import { CURVE_SHAPES } from "./curveShape.js";
import { readLevel } from "./parameter.js";

/** Most breakpoints of one parameter. */
const MOST_BREAKPOINTS = 100_000;

const breakpoint = z.tuple(
  [
    z.number().min(0, "must be 0 s or later").max(86_400, "must be at most 86400 s"),
    z.union([z.number(), z.literal("-inf")], 'must be a number, or "-inf" for a level').transform(readLevel),
    z
      .enum(CURVE_SHAPES)
      .optional()
      .describe(
        "How it goes on to the next breakpoint: linear (default; levels in dB), hold (steps there), smooth (S-shaped), slow (starts slowly), fast (starts fast).",
      ),
  ],
  "must be a breakpoint: [time in s, value] or [time in s, value, shape]",
);

const breakpoints = z
  .array(breakpoint)
  .max(MOST_BREAKPOINTS, `must have at most ${MOST_BREAKPOINTS} breakpoints`)
  .describe("Breakpoints in order of time: [time in s, value in the parameter's unit, shape].");

/** @param example path of a parameter for the description */
export function automationOf(example: string) {
  return z
    .record(z.string(), breakpoints)
    .optional()
    .describe(`Breakpoints by the path of the parameter, for example \`${example}\`.`);
}

export type Automation = NonNullable<z.output<ReturnType<typeof automationOf>>>;
export type Breakpoint = Automation[string][number];
