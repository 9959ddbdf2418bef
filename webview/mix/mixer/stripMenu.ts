import { openMenu, type MenuItem } from "../../shared/menu.js";
import { setValue } from "../mixValue.js";
import type { Channel } from "./channel.js";
import {
  addChannel,
  addGroup,
  deleteChannel,
  duplicateChannel,
  moveChannel,
  routeToNewBus,
} from "./channelEdits.js";
import type { Desk } from "./desk.js";
import { insertsOf } from "./insertEdits.js";

/** Colours to choose from, as documents write them: of about the same lightness, told apart in all themes. */
const COLORS = [
  ["Red", "#c4513f"],
  ["Orange", "#cc7a29"],
  ["Yellow", "#b89b1f"],
  ["Green", "#5b9a3d"],
  ["Teal", "#2b9c8d"],
  ["Blue", "#3d7fc4"],
  ["Violet", "#8263c4"],
  ["Pink", "#bf5a96"],
  ["Grey", "#808080"],
] as const;

/** What can be done with a channel. */
export function openStripMenu(
  desk: Desk,
  channel: Channel,
  at: { x: number; y: number },
  rename: () => void,
): void {
  const { model } = desk;
  const isEnabled = model.canEdit;
  const item = (label: string, run: () => void, rest: Partial<MenuItem> = {}): MenuItem => ({
    ...{ label, run, isEnabled },
    ...rest,
  });
  const add = (kind: "track" | "bus") => () =>
    void addChannel(model, kind).then((id) => {
      if (id !== undefined) desk.reveal(`${kind} ${id}`);
    });
  const adding = [item("Add a track", add("track")), item("Add a bus", add("bus"))];
  const heard = insertsOf(channel).flatMap(({ bypass }, index) => (bypass ? [] : [index]));
  const compare = item(
    "Leave the inserts out at equal loudness",
    () => desk.comparison.toggle(channel, heard),
    {
      isEnabled: heard.length > 0,
      isChecked: heard.length > 0 && heard.every((index) => desk.comparison.has(channel, index)),
    },
  );
  if (channel.kind === "master") {
    openMenu([compare, null, ...adding], at, "Master");
    return;
  }
  const canRoute = channel.kind !== "group";
  const group = (): void =>
    void addGroup(model, channel).then((id) => {
      if (id !== undefined) desk.reveal(`group ${id}`);
    });
  openMenu(
    [
      item("Rename", rename, { keys: "F2" }),
      item("Colour…", () => openColorMenu(desk, channel, at)),
      null,
      item("Duplicate", () => duplicateChannel(model, channel)),
      item("Delete", () => deleteChannel(model, channel), { icon: "delete" }),
      item("Move left", () => moveChannel(model, channel, -1)),
      item("Move right", () => moveChannel(model, channel, 1)),
      null,
      ...(canRoute
        ? [
            compare,
            item("Route to a new bus", () => routeToNewBus(model, channel)),
            item("New group (VCA)", group),
          ]
        : []),
      ...adding,
    ],
    at,
    channel.name,
  );
}

function openColorMenu({ model }: Desk, channel: Channel, at: { x: number; y: number }): void {
  if (channel.kind === "master") return;
  const path = [...channel.path, "color"];
  const { color } = channel.content;
  const label = `Colour of ${channel.name}`;
  openMenu(
    [
      ...COLORS.map(([name, value]) => ({
        ...{ label: name, swatch: value, isChecked: color === value },
        run: () => setValue(model, label, path, value),
      })),
      {
        ...{ label: "No colour", isChecked: color === undefined },
        run: () => {
          if (color !== undefined) void model.set(label, path, undefined);
        },
      },
    ],
    at,
    label,
  );
}
