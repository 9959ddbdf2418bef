/** Which channels of a session become stems, and what their files are called. */
import { heardChannels, MASTER } from "../../engine/audible.js";
import type { MixPlan } from "../../engine/mixPlan.js";

export interface PlannedStem {
  /** Of the track or bus. */
  readonly id: string;
  /** Name of the file, without a folder. */
  readonly file: string;
  readonly kind: "track" | "bus";
  /** Whether it plays straight to the master: those stems together are the mixdown before the master's inserts. */
  readonly isPartOfSum: boolean;
}

/** @returns the channels that are heard, in the session's order */
export function planStems({ channels }: Pick<MixPlan, "channels">): PlannedStem[] {
  const taken = new Set<string>();
  const heard = heardChannels(channels);
  return channels
    .filter(({ id }) => heard.has(id))
    .map(({ id, isBus, connections }) => ({
      id,
      file: freeName(id, taken),
      kind: isBus ? ("bus" as const) : ("track" as const),
      isPartOfSum: connections.some(({ to }) => to === MASTER),
    }));
}

/** Ids may hold what file names may not, and differ in case only. */
function freeName(id: string, taken: Set<string>): string {
  const base = id.replace(/[\\/:*?"<>|\u0000-\u001f]+/g, "-").replace(/^\.+|[. ]+$/g, "") || "stem";
  for (let n = 1; ; n++) {
    const name = n === 1 ? base : `${base}-${n}`;
    if (taken.has(name.toLowerCase())) continue;
    taken.add(name.toLowerCase());
    return `${name}.wav`;
  }
}
