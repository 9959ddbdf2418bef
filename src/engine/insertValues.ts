/**
 * An insert's values as the kernels take them. Free of the document's schema, so that a webview's preview sets its
 * processors by the same rule as the renderer.
 */
import type { Parameter } from "../session/parameter.js";

/** The kernel's parameter number and its value. */
export type ParameterPair = readonly [parameter: number, value: number];

/** Parameters of the entries of a list (the equalizer's bands) are numbered this far apart (src/dsp/filters/eq.ts). */
const LIST_STRIDE = 8;
/** Beside a list of at most 16 entries, the other parameters are numbered from here on. */
const BESIDE_LIST = 128;
/** Parameters that kinds have in common, by their keys (src/dsp/processor.ts). */
export const COMMON_PARAMETERS = { processing: 255 } as const;
const COMMON: Readonly<Record<string, number>> = COMMON_PARAMETERS;

/**
 * @param parameters of the insert's row, in the order of the kernel's numbers
 * @param values of the insert, by key; complete
 * @returns choices by their number, unless they are numbers themselves; switches as 0 or 1
 */
export function parameterPairs(
  parameters: readonly Parameter[],
  values: Readonly<Record<string, unknown>>,
): ParameterPair[] {
  const hasList = parameters.some(({ control }) => control.kind === "list");
  const single = parameters.filter(({ key, control }) => control.kind !== "list" && !(key in COMMON));
  return parameters.flatMap(({ key, control }): ParameterPair[] => {
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
    const parameter =
      COMMON[key] ?? (hasList ? BESIDE_LIST : 0) + single.findIndex((each) => each.key === key);
    const isWord = control.kind === "choice" && typeof value === "string";
    return [[parameter, isWord ? control.choices.indexOf(value) : Number(value)]];
  });
}

/** @returns where each of the values of {@link parameterPairs} stands in its insert: `threshold`, `bands/1/gain` */
export function parameterPaths(
  parameters: readonly Parameter[],
  values: Readonly<Record<string, unknown>>,
): string[] {
  return parameters.flatMap(({ key, control }) => {
    if (control.kind !== "list") return [key];
    const entries = values[key] as readonly Readonly<Record<string, unknown>>[];
    return entries.flatMap((entry, index) =>
      parameterPaths(control.items, entry).map((path) => `${key}/${index}/${path}`),
    );
  });
}

/**
 * @param path of a parameter within its insert: `["threshold"]`, or `["bands", "1", "gain"]`
 * @returns the kernel's number of it; `undefined` if there is none
 */
export function parameterNumber(
  parameters: readonly Parameter[],
  [key, index, field]: readonly string[],
): number | undefined {
  const list = parameters.find(({ control }) => control.kind === "list");
  if (list?.control.kind === "list" && list.key === key) {
    const place = list.control.items.findIndex((item) => item.key === field);
    return place < 0 ? undefined : Number(index) * LIST_STRIDE + place;
  }
  const place = parameters.filter((each) => each !== list).findIndex((each) => each.key === key);
  return place < 0 ? undefined : (list ? BESIDE_LIST : 0) + place;
}
