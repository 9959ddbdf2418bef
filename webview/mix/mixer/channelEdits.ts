/** Changes of the list of channels: the smallest ones of the text, each one step for undo. */
import type { DocumentChange, JsonValue, MixDocument } from "../../../src/protocol/mixProtocol.js";
import type { MixModel } from "../mixModel.js";
import { channelsOf, type Channel } from "./channel.js";
import { compactChannel } from "./compactChannel.js";

/** What is called so already, or like the master, gets a number. */
export function freeId(mix: MixDocument, wanted: string, isGroup = false): string {
  const taken = new Set(isGroup ? mix.groups.map(({ id }) => id) : stripIds(mix));
  for (let n = 1; ; n++) {
    const id = n === 1 ? wanted : `${wanted}-${n}`;
    if (!taken.has(id)) return id;
  }
}

const stripIds = ({ tracks, buses }: MixDocument): string[] => [
  "master",
  ...[...tracks, ...buses].map(({ id }) => id),
];

/** @returns id of the new channel */
export async function addChannel(model: MixModel, kind: "track" | "bus"): Promise<string | undefined> {
  const { mix } = model;
  if (!mix || !model.canEdit) return undefined;
  const list = kind === "track" ? "tracks" : "buses";
  const number = mix[list].length + 1;
  const id = freeId(mix, `${kind}-${number}`);
  const name = `${kind === "track" ? "Track" : "Bus"} ${number}`;
  const value: JsonValue = kind === "track" ? { id, name, clips: [] } : { id, name };
  const isDone = await model.commit(`Add ${kind}`, [{ type: "insert", path: [list, -1], value }]);
  return isDone ? id : undefined;
}

/** A bus of its own, in between the channel and where it played to. */
export function routeToNewBus(model: MixModel, channel: Channel): void {
  const { mix } = model;
  if (!mix || (channel.kind !== "track" && channel.kind !== "bus")) return;
  const id = freeId(mix, `bus-${mix.buses.length + 1}`);
  const { output } = channel.content;
  const bus = { id, name: `Bus ${mix.buses.length + 1}`, ...(output === undefined ? {} : { output }) };
  void model.commit(`Route ${channel.name} to a new bus`, [
    { type: "insert", path: ["buses", -1], value: bus },
    { type: "set", path: [...channel.path, "output"], value: id },
  ]);
}

/** A group (VCA) whose fader moves the channel; others join it by its strip. @returns id of the group */
export async function addGroup(model: MixModel, channel: Channel): Promise<string | undefined> {
  const { mix } = model;
  if (!mix || !model.canEdit || (channel.kind !== "track" && channel.kind !== "bus")) return undefined;
  const number = mix.groups.length + 1;
  const id = freeId(mix, `group-${number}`, true);
  const value = { id, name: `Group ${number}`, members: [channel.id] };
  const isDone = await model.commit(`Group of ${channel.name}`, [
    { type: "insert", path: ["groups", -1], value },
  ]);
  return isDone ? id : undefined;
}

/** A copy with an id of its own, behind the channel. */
export function duplicateChannel(model: MixModel, channel: Channel): void {
  const { mix } = model;
  if (!mix || channel.kind === "master" || channel.place.list === "master") return;
  const { list, index } = channel.place;
  const id = freeId(mix, `${channel.id}-copy`, channel.kind === "group");
  const value = { ...compactChannel(channel.content), id, name: `${channel.name} copy` };
  void model.commit(`Duplicate ${channel.name}`, [{ type: "insert", path: [list, index + 1], value }]);
}

/** Moves the channel by one place within its list. */
export function moveChannel(model: MixModel, channel: Channel, by: -1 | 1): void {
  const { mix } = model;
  if (!mix || channel.place.list === "master") return;
  const { list, index } = channel.place;
  const to = index + by;
  if (to < 0 || to >= mix[list].length) return;
  model.select({ channel: { list, index: to } });
  void model.commit(`Move ${channel.name}`, [{ type: "move", path: [list], from: index, to }]);
}

/** Takes the channel away, and with it what names it: outputs go on to where it played, sends and side-chains end. */
export function deleteChannel(model: MixModel, channel: Channel): void {
  const { mix } = model;
  if (!mix || channel.kind === "master") return;
  const changes: DocumentChange[] = channel.kind === "group" ? [] : unroute(mix, channel);
  model.select({ channel: null });
  void model.commit(`Delete ${channel.name}`, [
    ...changes,
    { type: "set", path: channel.path, value: undefined },
  ]);
}

/** Entries of lists are taken away from the last to the first, so that the places of the others stay. */
function unroute(mix: MixDocument, channel: Channel): DocumentChange[] {
  const gone = channel.id;
  const output = channel.kind === "bus" ? channel.content.output : undefined;
  const changes: DocumentChange[] = [];
  for (const each of [...channelsOf(mix)]) {
    if (each.key === channel.key) continue;
    if (each.kind === "group") {
      const { members } = each.content;
      for (let m = members.length - 1; m >= 0; m--)
        if (members[m] === gone) changes.push(removal([...each.path, "members", m]));
    } else if (each.kind !== "master") {
      if (each.content.output === gone)
        changes.push({ type: "set", path: [...each.path, "output"], value: output });
      const { sends } = each.content;
      for (let s = sends.length - 1; s >= 0; s--)
        if (sends[s]!.to === gone) changes.push(removal([...each.path, "sends", s]));
      changes.push(...unkey(each.content.inserts, each.path, gone));
    }
  }
  return [...changes, ...unkey(mix.master.inserts, ["master"], gone)];
}

function unkey(
  inserts: MixDocument["master"]["inserts"],
  path: readonly (string | number)[],
  gone: string,
): DocumentChange[] {
  return inserts.flatMap((insert, i) =>
    "sidechain" in insert && insert.sidechain === gone ? [removal([...path, "inserts", i, "sidechain"])] : [],
  );
}

const removal = (path: readonly (string | number)[]): DocumentChange => ({
  ...{ type: "set", path, value: undefined },
});
