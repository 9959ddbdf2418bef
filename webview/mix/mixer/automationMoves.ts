import type { DocumentChange, DocumentPath, JsonValue } from "../../../src/protocol/mixProtocol.js";
import { levelJson } from "../mixValue.js";

/** The automation of a channel, by the path of what it moves. */
type Automation = Readonly<Record<string, readonly (readonly (number | string | undefined)[])[]>>;

/**
 * Automation names entries of lists by their places: where those change, it goes with them, and ends with what is
 * taken away.
 *
 * @param path of the channel
 * @param list "inserts", "sends" or "inserts/0/bands"
 * @param placeOf where an entry is afterwards; `undefined`: gone
 */
export function automationMoves(
  path: DocumentPath,
  automation: Automation | undefined,
  list: string,
  placeOf: (index: number) => number | undefined,
): DocumentChange[] {
  const removals: DocumentChange[] = [];
  const additions: DocumentChange[] = [];
  for (const [key, points] of Object.entries(automation ?? {})) {
    if (!key.startsWith(`${list}/`)) continue;
    const [index = "", ...rest] = key.slice(list.length + 1).split("/");
    const place = placeOf(Number(index));
    if (place === Number(index)) continue;
    removals.push({ type: "set", path: [...path, "automation", key], value: undefined });
    if (place === undefined) continue;
    const value = points.map((point) => point.map(pointValue)) as JsonValue;
    const moved = [list, place, ...rest].join("/");
    additions.push({ type: "set", path: [...path, "automation", moved], value });
  }
  return [...removals, ...additions];
}

const pointValue = (value: number | string | undefined): JsonValue | undefined =>
  typeof value === "number" ? levelJson(value) : value;

/** Where entries are once one of them has been taken away. */
export const withoutEntry =
  (gone: number) =>
  (index: number): number | undefined =>
    index === gone ? undefined : index > gone ? index - 1 : index;

/** Where entries are once one of them has been moved. */
export const withMovedEntry =
  (from: number, to: number) =>
  (index: number): number => {
    if (index === from) return to;
    if (from < index && index <= to) return index - 1;
    return to <= index && index < from ? index + 1 : index;
  };
