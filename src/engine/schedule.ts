/**
 * Latency compensation: at which frame of the graph the first frame of the song passes where, so that whatever
 * comes together is in time.
 *
 * A track simply begins later, as late as those allow who wait for it; all else is delayed on its way to a bus or to
 * a detector. Buses begin on a multiple of {@link BUS_GRID} frames, so that what their processors do at regular
 * times falls on the same frames of the song whatever else plays.
 */

const BUS_GRID = 32;

/** What the schedule has to know of a channel. */
export interface ScheduledChannel {
  readonly id: string;
  readonly isBus: boolean;
  /** Of its inserts, frames. */
  readonly latencies: readonly number[];
  /** For each insert the id of the channel that drives it, if one does. */
  readonly keys: readonly (string | undefined)[];
  /** Ids of the buses that it plays to. */
  readonly targets: readonly string[];
}

/** Frames of the graph at which the first frame of the song passes. */
export interface ChannelTimes {
  /** The channel's input. */
  readonly start: number;
  /** The input of each insert. */
  readonly inserts: readonly number[];
  /** The output of the last one. */
  readonly end: number;
}

/** @param channels each after those that feed it or drive its inserts */
export function schedule(channels: readonly ScheduledChannel[]): ReadonlyMap<string, ChannelTimes> {
  const times = new Map<string, ChannelTimes>();
  for (const channel of channels) {
    const start = earliestStart(channel, channels, times);
    times.set(channel.id, timesFrom(channel, start));
  }
  for (const channel of [...channels].reverse()) {
    if (channel.isBus) continue;
    const { start, end } = times.get(channel.id)!;
    const needed = neededAt(channel, channels, times);
    if (needed > end && needed !== Infinity) times.set(channel.id, timesFrom(channel, start + needed - end));
  }
  return times;
}

function earliestStart(
  { id, isBus, keys, latencies }: ScheduledChannel,
  channels: readonly ScheduledChannel[],
  times: ReadonlyMap<string, ChannelTimes>,
): number {
  const feeders = channels.filter(({ targets }) => targets.includes(id));
  let start = Math.max(0, ...feeders.map((feeder) => times.get(feeder.id)!.end));
  let before = 0;
  keys.forEach((key, i) => {
    if (key !== undefined) start = Math.max(start, times.get(key)!.end - before);
    before += latencies[i]!;
  });
  return isBus ? Math.ceil(start / BUS_GRID) * BUS_GRID : start;
}

function timesFrom({ latencies }: ScheduledChannel, start: number): ChannelTimes {
  let end = start;
  const inserts = latencies.map((latency) => (end += latency) - latency);
  return { start, inserts, end };
}

/** @returns frame at which the first of those that hear the channel needs it; Infinity if nobody does */
function neededAt(
  { id, targets }: ScheduledChannel,
  channels: readonly ScheduledChannel[],
  times: ReadonlyMap<string, ChannelTimes>,
): number {
  const keyed = channels.flatMap((each) =>
    each.keys.flatMap((key, i) => (key === id ? [times.get(each.id)!.inserts[i]!] : [])),
  );
  return Math.min(...keyed, ...targets.map((target) => times.get(target)!.start));
}
