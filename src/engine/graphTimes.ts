/** When the signals of a graph come where, and what they hold back. */
import { MASTER } from "./audible.js";
import type { ChannelPlan } from "./mixPlan.js";
import { schedule, type ChannelTimes } from "./schedule.js";
import type { RunningInsert } from "./strip.js";

/** A channel with its processors. */
export interface Channel {
  readonly id: string;
  readonly inserts: readonly RunningInsert[];
}

/** @returns when the first frame of the song passes where, by the ids of the channels; that of the master too */
export function timesOf(
  plans: readonly ChannelPlan[],
  channels: ReadonlyMap<string, Channel>,
): ReadonlyMap<string, ChannelTimes> {
  const insertsOf = (id: string): Pick<Parameters<typeof schedule>[0][number], "keys" | "latencies"> => {
    const { inserts } = channels.get(id)!;
    return { latencies: inserts.map(({ latency }) => latency), keys: inserts.map(({ plan }) => plan.key) };
  };
  const scheduled = plans.map(({ id, isBus, frozen, connections }) => ({
    id,
    isBus,
    ...(frozen ? { latencies: [frozen.latency], keys: [] } : insertsOf(id)),
    targets: connections.map(({ to }) => to).filter((to) => channels.has(to)),
  }));
  return schedule([...scheduled, { id: MASTER, isBus: true, ...insertsOf(MASTER), targets: [] }]);
}

/** @returns what the inserts hold back on the way that holds back the most, to channel `id` */
export function holdOf(
  plans: readonly ChannelPlan[],
  channels: ReadonlyMap<string, Channel>,
  id: string,
): number {
  const holds = new Map<string, number>();
  const until = (each: string, frozen = 0): number => {
    const feeders = plans.filter(({ connections }) => connections.some(({ to }) => to === each));
    const own = channels.get(each)!.inserts.reduce((sum, { hold }) => sum + hold, frozen);
    return own + Math.max(0, ...feeders.map((feeder) => holds.get(feeder.id)!));
  };
  for (const plan of plans) holds.set(plan.id, until(plan.id, plan.frozen?.hold));
  return holds.get(id) ?? until(id);
}
