/** Who plays to whom, so that nothing is offered that would close a loop. */
import type { MixDocument } from "../../../src/protocol/mixProtocol.js";
import type { Strip } from "./channel.js";

type Bus = MixDocument["buses"][number];

/** Buses that a channel can play to: all but itself and those whose sound comes to it. */
export function possibleTargets({ tracks, buses, master }: MixDocument, id: string): readonly Bus[] {
  const channels = new Map<string, Strip>([...tracks, ...buses].map((each) => [each.id, each]));
  const keyed = new Map<string, string[]>();
  for (const { id: to, inserts } of [...channels.values(), { id: "master", inserts: master.inserts }])
    for (const insert of inserts)
      if ("sidechain" in insert && insert.sidechain !== undefined)
        keyed.set(insert.sidechain, [...(keyed.get(insert.sidechain) ?? []), to]);
  const reaches = (from: string, seen: Set<string>): boolean => {
    if (from === id) return true;
    if (seen.has(from)) return false;
    seen.add(from);
    const { output, sends = [] } = channels.get(from) ?? {};
    const next = [
      ...(output === undefined ? [] : [output]),
      ...sends.map(({ to }) => to),
      ...(keyed.get(from) ?? []),
    ];
    return next.some((to) => reaches(to, seen));
  };
  return buses.filter((bus) => !reaches(bus.id, new Set()));
}

/** Name of a bus for people; of the master without an id. */
export function targetName({ buses }: MixDocument, id: string | undefined): string {
  if (id === undefined || id === "master") return "Master";
  return buses.find((bus) => bus.id === id)?.name ?? id;
}
