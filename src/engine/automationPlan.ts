/** Automation of a document as the plan has it: each value with the breakpoints that move it. */
import type { Automation, Breakpoint } from "../session/automation.js";
import { INSERT_TABLE, sidechainOf, type Insert } from "../session/insertTable.js";
import { parameterNumber } from "./insertValues.js";

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

export interface InsertPlan {
  readonly insert: Insert;
  readonly automation: readonly MovingParameter[];
  /** Id of the channel whose signal drives the detector. */
  readonly key?: string;
}

/** @param path of the value in its channel */
export function movingValue(automation: Automation | undefined, path: string, value: number): MovingValue {
  const curve = automation?.[path];
  return curve && curve.length > 0 ? { value: curve[0]![1], curve } : { value };
}

/**
 * The inserts that sound, with the breakpoints of each; paths begin with `inserts/N/`.
 * @param own id of their channel, which drives none of them as another would
 */
export function planInserts(
  inserts: readonly Insert[],
  automation: Automation = {},
  own?: string,
): InsertPlan[] {
  return inserts.flatMap((insert, index): InsertPlan[] => {
    if (insert.bypass) return [];
    const moving = Object.entries(automation).flatMap(([path, curve]): MovingParameter[] => {
      const [key, place, ...rest] = path.split("/");
      if (key !== "inserts" || place !== String(index) || curve.length === 0) return [];
      const parameter = parameterNumber(INSERT_TABLE[insert.type].parameters, rest);
      return parameter === undefined ? [] : [{ parameter, curve }];
    });
    const key = sidechainOf(insert);
    return [{ insert, automation: moving, ...(key === undefined || key === own ? {} : { key }) }];
  });
}
