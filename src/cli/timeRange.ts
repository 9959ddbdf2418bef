import { InvalidArgumentError } from "commander";
import type { TimeRange } from "../mastering/rangeCut.js";

const TIME = String.raw`(?:(\d+):(?=[0-5]?\d(?:\.|-|$)))?(\d+(?:\.\d+)?)`;
const RANGE = new RegExp(`^${TIME}-(?:${TIME})?$`);

/** Reads `FROM-TO`, each in seconds or as m:ss.mmm; without TO the range goes on to the end. */
export function timeRange(text: string): TimeRange {
  const match = RANGE.exec(text);
  if (!match) {
    throw new InvalidArgumentError(
      "It must be FROM-TO, each in seconds (0 or later) or as m:ss.mmm, for example 30.5-45 or 1:02.500-1:30.",
    );
  }
  const [, minutes, seconds, endMinutes, endSeconds] = match;
  const from = inSeconds(minutes, seconds!);
  const to = endSeconds === undefined ? undefined : inSeconds(endMinutes, endSeconds);
  if (to !== undefined && to <= from)
    throw new InvalidArgumentError(`It goes from ${from} s to ${to} s; TO must be later than FROM.`);
  return { from, to };
}

function inSeconds(minutes: string | undefined, seconds: string): number {
  return Number(minutes ?? 0) * 60 + Number(seconds);
}
