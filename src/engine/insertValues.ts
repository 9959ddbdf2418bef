/**
 * An insert's values as the kernels take them. Free of the document's schema, so that a webview's preview sets its
 * processors by the same rule as the renderer.
 */
import type { Parameter } from "../session/parameter.js";

/** The kernel's parameter number and its value. */
export type ParameterPair = readonly [parameter: number, value: number];

/** Parameters of the entries of a list (the equalizer's bands) are numbered this far apart (src/dsp/filters/eq.ts). */
const LIST_STRIDE = 8;

/**
 * @param parameters of the insert's row, in the order of the kernel's numbers
 * @param values of the insert, by key; complete
 * @returns choices by their number, unless they are numbers themselves; switches as 0 or 1
 */
export function parameterPairs(
  parameters: readonly Parameter[],
  values: Readonly<Record<string, unknown>>,
): ParameterPair[] {
  return parameters.flatMap(({ key, control }, parameter): ParameterPair[] => {
    const value = values[key];
    if (control.kind === "list") {
      const entries = value as readonly Readonly<Record<string, unknown>>[];
      return entries.flatMap((entry, index) =>
        parameterPairs(control.items, entry).map(([field, number]): ParameterPair => [
          index * LIST_STRIDE + field,
          number,
        ]),
      );
    }
    const isWord = control.kind === "choice" && typeof value === "string";
    return [[parameter, isWord ? control.choices.indexOf(value) : Number(value)]];
  });
}
