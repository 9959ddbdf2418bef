/** In which order the channels of a plan are computed, and which of them are needed at all. */
import type { ChannelPlan } from "./mixPlan.js";

/**
 * @returns the channels, each after those that feed it or drive its inserts, otherwise in the plan's order; the same
 *   order whichever tracks are frozen, so that sums add up the same way
 * @throws Error if they wait for each other
 */
export function channelOrder(channels: readonly ChannelPlan[]): ChannelPlan[] {
  const feeders = feedersOf(channels);
  const byId = new Map(channels.map((channel) => [channel.id, channel]));
  const ordered = new Set<ChannelPlan>();
  const walk: string[] = [];
  const visit = (channel: ChannelPlan): void => {
    if (ordered.has(channel)) return;
    const loop = walk.indexOf(channel.id);
    if (loop >= 0) {
      const names = [...walk.slice(loop), channel.id].join(" → ");
      throw new Error(
        `These channels wait for each other: ${names}. Change an output, a send or a side-chain.`,
      );
    }
    walk.push(channel.id);
    const waitsFor = [...(feeders.get(channel.id) ?? []), ...keysOf(channel)];
    for (const id of waitsFor) {
      const before = byId.get(id);
      if (before) visit(before);
    }
    walk.pop();
    ordered.add(channel);
  };
  channels.forEach(visit);
  return [...ordered];
}

/**
 * @param targets ids, of channels or buses
 * @returns ids of all channels that reach one of them, by their outputs, sends and side-chains, and the targets
 */
export function neededFor(targets: readonly string[], channels: readonly ChannelPlan[]): Set<string> {
  const feeders = feedersOf(channels);
  const byId = new Map(channels.map((channel) => [channel.id, channel]));
  const needed = new Set<string>();
  const waiting = [...targets];
  for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
    if (needed.has(id)) continue;
    needed.add(id);
    const channel = byId.get(id);
    waiting.push(...(feeders.get(id) ?? []), ...(channel && !channel.frozen ? keysOf(channel) : []));
  }
  return needed;
}

function feedersOf(channels: readonly ChannelPlan[]): Map<string, string[]> {
  const feeders = new Map<string, string[]>();
  for (const { id, connections } of channels) {
    for (const { to } of connections) feeders.set(to, [...(feeders.get(to) ?? []), id]);
  }
  return feeders;
}

const keysOf = ({ inserts }: ChannelPlan): string[] =>
  inserts.flatMap(({ key }) => (key === undefined ? [] : [key]));
