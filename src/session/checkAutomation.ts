/** Automation of a session: paths that name a parameter, breakpoints in order of time and within its range. */
import type * as z from "zod";
import type { Automation, Breakpoint } from "./automation.js";
import { automationTarget } from "./automationTarget.js";
import type { Path } from "./diagnostic.js";
import type { MovingControl } from "./parameter.js";
import type { Report } from "./parseDocument.js";
import { clipSchema } from "./clip.js";
import { groupSchema, masterSchema, stripSchema } from "./strip.js";

interface Automated {
  readonly automation?: Partial<Automation> | undefined;
}

interface AutomatedSession {
  readonly tracks: readonly (Automated & { readonly clips: readonly Automated[] })[];
  readonly buses: readonly Automated[];
  readonly groups: readonly Automated[];
  readonly master: Automated;
}

/** A value out of the parameter's range is an error here as it is elsewhere in a document. */
export function checkAutomation(mix: AutomatedSession, report: Report): void {
  const check = (schema: z.ZodType, owner: Automated, path: Path): void => {
    for (const [parameter, points] of Object.entries(owner.automation ?? {})) {
      if (!points) continue;
      const at = [...path, "automation", parameter];
      const control = automationTarget(schema, owner, parameter);
      if (typeof control === "string") report("error", "automation-path", at, control);
      else checkPoints(points, control, at, report);
    }
  };
  mix.tracks.forEach((track, i) => {
    check(stripSchema, track, ["tracks", i]);
    track.clips.forEach((clip, c) => check(clipSchema, clip, ["tracks", i, "clips", c]));
  });
  mix.buses.forEach((bus, i) => check(stripSchema, bus, ["buses", i]));
  mix.groups.forEach((group, i) => check(groupSchema, group, ["groups", i]));
  check(masterSchema, mix.master, ["master"]);
}

function checkPoints(
  points: readonly Breakpoint[],
  control: MovingControl,
  path: Path,
  report: Report,
): void {
  if (points.length === 0) {
    const message = "There are no breakpoints here; the parameter keeps its value. Add some, or remove it.";
    report("warning", "automation-empty", path, message);
  }
  let before = 0;
  points.forEach(([time, value], i) => {
    if (time < before) {
      const message = `This breakpoint is at ${time} s, but the one before it at ${before} s. Put them in order of time.`;
      report("error", "automation-order", [...path, i, 0], message);
    }
    before = time;
    const objection = objectionToValue(value, control);
    if (objection) report("error", "range", [...path, i, 1], objection);
  });
}

function objectionToValue(value: number, { kind, min, max, unit }: MovingControl): string | undefined {
  if (value >= min && value <= max) return undefined;
  const range = `between ${min} and ${max}${unit === "" ? "" : ` ${unit}`}`;
  if (kind === "level")
    return value === -Infinity ? undefined : `${value} is out of range; it must be ${range}, or "-inf".`;
  if (value === -Infinity) return `"-inf" is for levels only; this must be a number ${range}.`;
  return `${value} is out of range; it must be ${range}.`;
}
