/**
 * Mute and solo: which outputs and sends of a session sound.
 *
 * A soloed channel is heard with all that it plays to, a soloed bus also with all that feeds it. What feeds a soloed
 * bus plays to that bus, and not on other ways. Solo-safe channels are heard whatever is soloed. Mute wins. A
 * channel that nobody hears still drives the detectors that listen to it.
 */
import type { MixDocument } from "../session/mixDocument.js";

export const MASTER = "master";

/** @returns whether what `from` plays to `to`, a bus or the master, sounds */
export type IsAudible = (from: string, to: string) => boolean;

export function audibleConnections(document: MixDocument): IsAudible {
  const channels = [...document.tracks, ...document.buses];
  const inGroups = (key: "mute" | "solo"): string[] =>
    document.groups.filter((group) => group[key]).flatMap(({ members }) => members);
  const idsWith = (key: "mute" | "solo" | "soloSafe"): string[] =>
    channels.filter((channel) => channel[key]).map(({ id }) => id);
  const muted = new Set([...idsWith("mute"), ...inGroups("mute")]);
  const soloed = [...idsWith("solo"), ...inGroups("solo")];

  const targets = new Map(
    channels.map(({ id, output = MASTER, sends }) => [id, [output, ...sends.map(({ to }) => to)]]),
  );

  const heard = closure([...soloed, ...idsWith("soloSafe")], targets);
  const buses = new Set(document.buses.map(({ id }) => id));
  const fed = closure(
    soloed.filter((id) => buses.has(id)),
    feedersOf(targets),
  );
  return (from, to) => {
    if (muted.has(from)) return false;
    if (soloed.length === 0 || heard.has(from) || fed.has(to)) return true;
    // Nobody hears the bus: what feeds it can only drive a detector.
    return to !== MASTER && !heard.has(to);
  };
}

/** @returns ids of the channels that are heard: whose sound gets to the master */
export function heardChannels(
  channels: readonly { readonly id: string; readonly connections: readonly { readonly to: string }[] }[],
): ReadonlySet<string> {
  const targets = channels.map(({ id, connections }) => [id, connections.map(({ to }) => to)] as const);
  return closure([MASTER], feedersOf(new Map(targets)));
}

function feedersOf(targets: ReadonlyMap<string, readonly string[]>): Map<string, string[]> {
  const feeders = new Map<string, string[]>();
  for (const [from, tos] of targets) {
    for (const to of tos) {
      const known = feeders.get(to);
      if (known) known.push(from);
      else feeders.set(to, [from]);
    }
  }
  return feeders;
}

/** @returns `from` and all that can be reached from there */
function closure(from: readonly string[], next: ReadonlyMap<string, readonly string[]>): Set<string> {
  const reached = new Set<string>();
  const waiting = [...from];
  for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
    if (reached.has(id)) continue;
    reached.add(id);
    waiting.push(...(next.get(id) ?? []));
  }
  return reached;
}
