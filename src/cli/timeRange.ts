import { InvalidArgumentError } from "commander";
import { parseTimeRange, type TimeRange } from "../mastering/timeRange.js";

/** Reads the value of `--range`; see {@link parseTimeRange}. */
export function timeRange(text: string): TimeRange {
  try {
    return parseTimeRange(text);
  } catch (error) {
    throw new InvalidArgumentError((error as RangeError).message);
  }
}
