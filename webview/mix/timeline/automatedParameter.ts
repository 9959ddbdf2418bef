/** The parameters of a track that can be automated, with their names and scales. */
import type { InsertRow } from "../../../src/protocol/mixProtocol.js";
import { LEVEL_SCALE, numberScale, PAN_SCALE, type ValueScale } from "../../../src/viewmodel/valueScale.js";
import { valueAt } from "../documentPaths.js";
import type { Track } from "./timelineModel.js";

export interface AutomatedParameter {
  /** As automation names it. */
  readonly path: string;
  /** For people. */
  readonly name: string;
  readonly scale: ValueScale;
}

/** @param inserts the inserts that there are; empty as long as they are not known */
export function parametersOf(track: Track, inserts: readonly InsertRow[]): readonly AutomatedParameter[] {
  const own: AutomatedParameter[] = [
    { path: "fader", name: "Fader", scale: LEVEL_SCALE },
    { path: "pan", name: "Pan", scale: PAN_SCALE },
  ];
  const sends = track.sends.map(({ to }, i): AutomatedParameter => ({
    ...{ path: `sends/${i}/level`, name: `Send to ${to}`, scale: LEVEL_SCALE },
  }));
  const ofInserts = track.inserts.flatMap(({ type }, i) => {
    const row = inserts.find((each) => each.type === type);
    return (row?.parameters ?? []).flatMap(({ key, control }): AutomatedParameter[] => {
      if (control.kind !== "number" && control.kind !== "level") return [];
      if (control.isFixed === true) return [];
      const { min, max, unit, default: rest = min } = control;
      const digits = max - min > 50 ? 1 : 2;
      const step = (max - min) / 100;
      const linear = numberScale({ min, max, unit, rest, digits, step, fineStep: step / 10 });
      const scale = unit === "Hz" && min > 0 ? logarithmic(linear) : linear;
      return [{ path: `inserts/${i}/${key}`, name: `${row!.label} ${i + 1}: ${control.description}`, scale }];
    });
  });
  return [...own, ...sends, ...ofInserts];
}

/** Equal ratios take equal ways. */
function logarithmic(scale: ValueScale): ValueScale {
  const { min, max } = scale;
  return {
    ...scale,
    position: (value) => Math.log(Math.max(min, value) / min) / Math.log(max / min),
    valueAt: (position) => min * (max / min) ** position,
  };
}

/** What the parameter is without automation. */
export function restingValue(track: Track, { path, scale }: AutomatedParameter): number {
  const value = valueAt(track, path.split("/"));
  return typeof value === "number" ? value : scale.rest;
}
