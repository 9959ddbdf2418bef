import { InvalidArgumentError } from "commander";

/** Seconds; an end that is not given is that of the file. */
export interface SecondsRange {
  readonly start: number;
  readonly end: number | undefined;
}

/** Reads `START:END` in seconds; either may be left out. */
export function secondsRange(text: string): SecondsRange {
  const match = /^(\d*\.?\d*):(\d*\.?\d*)$/.exec(text);
  const start = Number(match?.[1] ?? NaN);
  const end = match?.[2] ? Number(match[2]) : undefined;
  if (!Number.isFinite(start) || (end !== undefined && !(end > start)))
    throw new InvalidArgumentError(
      "It must be START:END in seconds, END after START, for example 30:45.5 or 30:.",
    );
  return { start, end };
}
