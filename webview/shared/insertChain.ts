/** The chain of inserts that the user puts together, as values of the rows' parameters. */
import { parameterPairs } from "../../src/engine/insertValues.js";
import type { Insert, InsertRow } from "../../src/protocol/wavProtocol.js";
import type { ImpulseSound, InsertSetting } from "./player/playerMessages.js";

export type ParameterRow = InsertRow["parameters"][number];
export type ParameterValue = number | string | boolean | readonly ParameterValues[];
export interface ParameterValues {
  readonly [key: string]: ParameterValue;
}

export interface ChainInsert {
  readonly row: InsertRow;
  readonly isBypassed: boolean;
  readonly values: ParameterValues;
}

/** The values with which an insert (or an entry of a list) begins. */
export function initialValues(parameters: readonly ParameterRow[]): ParameterValues {
  return Object.fromEntries(parameters.map(({ key, control }) => [key, initialValue(control)]));
}

function initialValue(control: ParameterRow["control"]): ParameterValue {
  switch (control.kind) {
    case "number":
    case "level":
      // What must be given has no default: frequencies begin in the middle of hearing.
      return control.default ?? (control.unit === "Hz" ? 1000 : (control.min + control.max) / 2);
    case "choice":
      return (
        (control.default as string | number | undefined) ??
        control.choices.find((each) => each === "peak") ??
        control.choices[0] ??
        ""
      );
    case "switch":
      return control.default === true;
    case "list":
      return [];
  }
}

/** @param chosen "compressor", or with a preset "compressor: Vocal, gentle" */
export function chosenValues({ type, parameters, presets }: InsertRow, chosen: string): ParameterValues {
  const preset = presets.find(({ name }) => chosen === `${type}: ${name}`);
  return { ...initialValues(parameters), ...(preset?.values as ParameterValues | undefined) };
}

/** As the host takes it. */
export function insertsOf(chain: readonly ChainInsert[]): Insert[] {
  return chain.map(
    ({ row, isBypassed, values }) => ({ type: row.type, bypass: isBypassed, ...values }) as unknown as Insert,
  );
}

/**
 * As the player takes it, to be heard at once.
 *
 * @param impulses by their paths; an insert whose impulse response is not among them is left out
 */
export function settingsOf(
  chain: readonly ChainInsert[],
  impulses: ReadonlyMap<string, ImpulseSound>,
): InsertSetting[] {
  return chain.map(({ row, isBypassed, values }) => {
    const setting = { kind: row.kind, isBypassed, values: parameterPairs(row.parameters, values) };
    if (!row.takesImpulse) return setting;
    const impulse = impulses.get(values["file"] as string);
    return impulse ? { ...setting, impulse: impulse.id } : { ...setting, isBypassed: true };
  });
}
