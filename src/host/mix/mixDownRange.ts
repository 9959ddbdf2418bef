import * as vscode from "vscode";
import type { MixdownResult } from "../../mastering/renderMixdown.js";
import { parseTimeRange, type TimeRange } from "../../mastering/timeRange.js";
import { chooseDocument, MIX } from "../commands/chooseDocument.js";
import type { StudioService } from "../studioService.js";
import { mixDown } from "./mixDown.js";

/**
 * Mix Down Range: as Mix Down, but only a part, which the user confirms or types.
 *
 * @param selected what is selected on the timeline, if anything
 * @returns `undefined` if nothing was written
 */
export async function mixDownRange(
  studio: Pick<StudioService, "use">,
  argument: unknown,
  selected: unknown,
): Promise<MixdownResult | undefined> {
  const mix = await chooseDocument(argument, MIX);
  if (!mix) return undefined;
  const text = await vscode.window.showInputBox({
    title: "Mix Down Range",
    prompt:
      "From and to, in seconds or as m:ss.mmm: 30.5-45 or 1:02.500-1:30; without an end, up to the last tail",
    value: isRange(selected) ? `${round(selected.from)}-${round(selected.to)}` : "0:00-0:30",
    validateInput: faultOf,
  });
  return text === undefined ? undefined : mixDown(studio, mix, parseTimeRange(text));
}

function faultOf(text: string): string | undefined {
  try {
    parseTimeRange(text);
    return undefined;
  } catch (error) {
    return (error as RangeError).message;
  }
}

function isRange(value: unknown): value is Required<TimeRange> & { readonly to: number } {
  const { from, to } = (value ?? {}) as Partial<TimeRange>;
  return typeof from === "number" && typeof to === "number";
}

/** To the microsecond: finer than a sample at any rate, and without digits that are none. */
const round = (seconds: number): number => Math.round(seconds * 1e6) / 1e6;
