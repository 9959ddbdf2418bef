/** A live plan with one value moved by hand. */
import { MASTER } from "../audible.js";
import type { InsertPlan, MovingValue } from "../automationPlan.js";
import type { ChannelPlan, ConnectionPlan, MixPlan } from "../mixPlan.js";

/**
 * What automation moves stays as it is.
 *
 * @param channel id of a track or bus, of a group, or {@link MASTER}
 * @param path within it, as automation names it: `fader`, `sends/0/level`, `inserts/0/bands/1/gain`; and `mute`,
 *   `sends/0/mute`, `inserts/0/bypass` with 0 or 1; and `inserts/0/compare` with 1: left out, at equal loudness
 * @returns the same plan if there is no such value or it stays as it is
 */
export function movedPlan(plan: MixPlan, channel: string, path: string, value: number): MixPlan {
  if (channel === MASTER) return movedMaster(plan, path, value);
  const isChannel = plan.channels.some(({ id }) => id === channel);
  const channels = plan.channels.map((each) => {
    if (each.id === channel) return movedChannel(each, path, value);
    return !isChannel && each.live?.groups.includes(channel) ? movedMember(each, channel, path, value) : each;
  });
  return channels.every((each, i) => each === plan.channels[i]) ? plan : { ...plan, channels };
}

function movedMaster(plan: MixPlan, path: string, value: number): MixPlan {
  if (path === "fader") return withValue(plan, "masterFader", value);
  const masterInserts = movedInserts(plan.masterInserts, path.split("/"), value);
  return masterInserts === plan.masterInserts ? plan : { ...plan, masterInserts };
}

function movedChannel(channel: ChannelPlan, path: string, value: number): ChannelPlan {
  const [key, ...rest] = path.split("/");
  switch (key) {
    case "fader":
      return withFader(channel, 0, value);
    case "pan":
    case "width":
    case "trim":
      return withValue(channel, key, value);
    case "mute":
      return withMute(channel, channel.id, value);
    case "sends":
      return movedSend(channel, Number(rest[0]), rest[1], value);
    case "inserts": {
      const inserts = movedInserts(channel.inserts, [key, ...rest], value);
      return inserts === channel.inserts ? channel : { ...channel, inserts };
    }
    default:
      return channel;
  }
}

/** What a group does to a member. */
function movedMember(channel: ChannelPlan, group: string, path: string, value: number): ChannelPlan {
  if (path === "mute") return withMute(channel, group, value);
  return path === "fader" ? withFader(channel, faderOf(channel, group), value) : channel;
}

/** @returns place of a group's fader among those of a member */
const faderOf = ({ live }: ChannelPlan, group: string): number => 1 + (live?.groups.indexOf(group) ?? -1);

function withFader(channel: ChannelPlan, index: number, value: number): ChannelPlan {
  const fader = channel.faders[index];
  if (!fader || !canMove(fader, value)) return channel;
  return { ...channel, faders: channel.faders.with(index, { value }) };
}

function withMute(channel: ChannelPlan, by: string, value: number): ChannelPlan {
  if (!channel.live || channel.live.mutedBy.includes(by) === (value !== 0)) return channel;
  const others = channel.live.mutedBy.filter((each) => each !== by);
  return { ...channel, live: { ...channel.live, mutedBy: value === 0 ? others : [...others, by] } };
}

function movedSend(channel: ChannelPlan, send: number, key: string | undefined, value: number): ChannelPlan {
  const connection = channel.connections[1 + send];
  const moved = connection && movedConnection(connection, key, value);
  if (!moved || moved === connection) return channel;
  return { ...channel, connections: channel.connections.with(1 + send, moved) };
}

function movedConnection(connection: ConnectionPlan, key: string | undefined, value: number): ConnectionPlan {
  const [level] = connection.levels;
  if (key === "level" && level && canMove(level, value)) return { ...connection, levels: [{ value }] };
  if (key === "pan") return withValue(connection, "balance", value);
  // What is soloed is not known here: a send that sounds can be closed, and opened again.
  if (key === "mute") return { ...connection, isOpen: value === 0 };
  return connection;
}

function movedInserts(
  inserts: readonly InsertPlan[],
  [key, place, ...rest]: readonly string[],
  value: number,
): readonly InsertPlan[] {
  const index = Number(place);
  const insert = inserts[index];
  if (key !== "inserts" || !insert?.live) return inserts;
  const path = rest.join("/");
  if (path === "bypass") {
    const isBypassed = value !== 0;
    if (insert.live.isBypassed === isBypassed) return inserts;
    return inserts.with(index, { ...insert, live: { ...insert.live, isBypassed } });
  }
  if (path === "compare") {
    const isCompared = value !== 0;
    if ((insert.live.isCompared ?? false) === isCompared) return inserts;
    return inserts.with(index, { ...insert, live: { ...insert.live, isCompared } });
  }
  const at = insert.live.paths.indexOf(path);
  const pair = insert.values[at];
  if (!pair || pair[1] === value || insert.automation.some(({ parameter }) => parameter === pair[0]))
    return inserts;
  return inserts.with(index, { ...insert, values: insert.values.with(at, [pair[0], value]) });
}

const canMove = (moving: MovingValue, value: number): boolean => !moving.curve && moving.value !== value;

function withValue<Key extends string, Owner extends Readonly<Record<Key, MovingValue>>>(
  owner: Owner,
  key: Key,
  value: number,
): Owner {
  return canMove(owner[key], value) ? { ...owner, [key]: { value } } : owner;
}

/** @returns the value that {@link movedPlan} moves; `undefined` if there is none */
export function valueIn(plan: MixPlan, id: string, path: string): number | undefined {
  const [key, place, field] = path.split("/");
  if (id === MASTER)
    return path === "fader" ? plan.masterFader.value : insertValue(plan.masterInserts, path.split("/"));
  const channel = plan.channels.find((each) => each.id === id);
  const member = plan.channels.find(({ live }) => live?.groups.includes(id));
  if (!channel) {
    if (path === "mute") return Number(member?.live?.mutedBy.includes(id));
    return path === "fader" ? member?.faders[faderOf(member, id)]?.value : undefined;
  }
  const send = channel.connections[1 + Number(place)];
  switch (key) {
    case "fader":
      return channel.faders[0]?.value;
    case "pan":
    case "width":
    case "trim":
      return channel[key].value;
    case "mute":
      return Number(channel.live?.mutedBy.includes(id));
    case "sends":
      if (field === "mute") return Number(send?.isOpen === false);
      return field === "pan" ? send?.balance.value : send?.levels[0]?.value;
    default:
      return insertValue(channel.inserts, path.split("/"));
  }
}

function insertValue(
  inserts: readonly InsertPlan[],
  [key, place, ...rest]: readonly string[],
): number | undefined {
  const insert = inserts[Number(place)];
  if (key !== "inserts" || !insert?.live) return undefined;
  const path = rest.join("/");
  if (path === "bypass") return Number(insert.live.isBypassed);
  if (path === "compare") return Number(insert.live.isCompared ?? false);
  return insert.values[insert.live.paths.indexOf(path)]?.[1];
}
