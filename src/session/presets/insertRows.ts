/** The insert table as data, for views that put chains of inserts together. */
import { INSERT_TABLE, insertSchema } from "../insertTable.js";
import type { Parameter } from "../parameter.js";
import { PRESETS } from "./presets.js";

interface Row {
  readonly type: string;
  readonly label: string;
  /** The processor's number in the engine. */
  readonly kind: number;
  readonly parameters: readonly Parameter[];
  /** Whether it needs an impulse response: a path under the key `file`. */
  readonly takesImpulse: boolean;
  /** With the values of all parameters. */
  readonly presets: readonly { readonly name: string; readonly values: Readonly<Record<string, unknown>> }[];
}

export function insertRows(): readonly Row[] {
  return Object.entries(INSERT_TABLE).map(([type, { label, kind, parameters, schema }]) => ({
    type,
    label,
    kind,
    takesImpulse: "file" in schema.shape,
    parameters: parameters.map(({ key, control }) => ({ key, control })),
    presets: PRESETS.filter(({ insert }) => insert.type === type).map(({ name, insert }) => {
      const values: Readonly<Record<string, unknown>> = insertSchema.parse(insert);
      return { name, values: Object.fromEntries(parameters.map(({ key }) => [key, values[key]])) };
    }),
  }));
}
