/** Automation of a document as the plan has it: each value with the breakpoints that move it. */
import type { Automation, Breakpoint } from "../session/automation.js";
import { INSERT_TABLE, sidechainOf, type Insert } from "../session/insertTable.js";
import { parameterNumber, parameterPaths } from "./insertValues.js";
import type { ProcessorPlan } from "./processor.js";
import { processorPlan } from "./processorPlan.js";

/** A number that stands still, or follows breakpoints. */
export interface MovingValue {
  readonly value: number;
  /** At least one; their times in seconds of the song. */
  readonly curve?: readonly Breakpoint[];
}

/** A parameter of a processor that follows breakpoints. */
export interface MovingParameter {
  /** The kernel's number. */
  readonly parameter: number;
  readonly curve: readonly Breakpoint[];
}

export interface InsertPlan extends ProcessorPlan {
  readonly automation: readonly MovingParameter[];
  /** Id of the channel whose signal drives the detector. */
  readonly key?: string;
  /** In a plan for live playback. */
  readonly live?: LiveInsert;
}

/** What of an insert may change while it sounds. */
export interface LiveInsert {
  /** Where each of its values stands in it: `threshold`, `bands/1/gain`. */
  readonly paths: readonly string[];
  readonly isBypassed: boolean;
  /** Left out for a comparison: what is heard without it is as loud as what would be heard with it. */
  readonly isCompared?: boolean;
}

/** @param path of the value in its channel */
export function movingValue(automation: Automation | undefined, path: string, value: number): MovingValue {
  const curve = automation?.[path];
  return curve && curve.length > 0 ? { value: curve[0]![1], curve } : { value };
}

/**
 * The inserts that sound, with the breakpoints of each; paths begin with `inserts/N/`.
 * @param own id of their channel, which drives none of them as another would
 * @param isLive whether bypassed ones are wanted too
 */
export function planInserts(
  inserts: readonly Insert[],
  automation: Automation = {},
  own?: string,
  isLive = false,
): InsertPlan[] {
  return inserts.flatMap((insert, index): InsertPlan[] => {
    if (insert.bypass && !isLive) return [];
    const { parameters } = INSERT_TABLE[insert.type];
    const moving = Object.entries(automation).flatMap(([path, curve]): MovingParameter[] => {
      const [key, place, ...rest] = path.split("/");
      if (key !== "inserts" || place !== String(index) || curve.length === 0) return [];
      const parameter = parameterNumber(parameters, rest);
      return parameter === undefined ? [] : [{ parameter, curve }];
    });
    const key = sidechainOf(insert);
    return [
      {
        ...processorPlan(insert),
        automation: moving,
        ...(key === undefined || key === own ? {} : { key }),
        ...(isLive
          ? { live: { paths: parameterPaths(parameters, { ...insert }), isBypassed: insert.bypass } }
          : {}),
      },
    ];
  });
}
