import { element } from "../../shared/element.js";
import { openMenu } from "../../shared/menu.js";
import { setName } from "../../shared/toolButton.js";
import type { MixModel } from "../mixModel.js";
import { setValue } from "../mixValue.js";
import { channelsOf, type Channel, type Group } from "./channel.js";
import { routeToNewBus } from "./channelEdits.js";
import { possibleTargets, targetName } from "./channelRoutes.js";
import type { StripPart } from "./stripPart.js";

/** Where a channel plays to; of a group, whom it moves. */
export function outputButton(model: MixModel, current: () => Channel): StripPart {
  const button = element("button", { type: "button", class: "output", "aria-haspopup": "menu" });
  button.addEventListener("click", () => {
    const { left, bottom } = button.getBoundingClientRect();
    const channel = current();
    if (channel.kind === "group") openMembers(model, channel, { x: left, y: bottom });
    else openTargets(model, channel, { x: left, y: bottom });
  });
  return {
    element: button,
    show(channel) {
      button.hidden = channel.kind === "master";
      const { mix } = model;
      if (!mix || channel.kind === "master") return;
      if (channel.kind === "group") {
        const count = channel.content.members.length;
        button.textContent = count === 1 ? "1 member" : `${count} members`;
        setName(button, `Members of ${channel.name}: ${count}`);
      } else {
        const name = targetName(mix, channel.content.output);
        button.textContent = `\u2192 ${name}`;
        setName(button, `Output of ${channel.name}: ${name}`);
      }
    },
  };
}

function openTargets(model: MixModel, channel: Channel, at: { x: number; y: number }): void {
  const { mix } = model;
  if (!mix || (channel.kind !== "track" && channel.kind !== "bus")) return;
  const { output } = channel.content;
  const isEnabled = model.canEdit;
  const label = `Output of ${channel.name}`;
  const path = [...channel.path, "output"];
  const isMaster = output === undefined || output === "master";
  openMenu(
    [
      {
        ...{ label: "Master", isChecked: isMaster, isEnabled },
        run() {
          if (!isMaster) void model.set(label, path, undefined);
        },
      },
      ...possibleTargets(mix, channel.id).map(({ id, name }) => ({
        ...{ label: name ?? id, isChecked: output === id, isEnabled },
        run: () => setValue(model, label, path, id),
      })),
      null,
      { label: "A new bus", isEnabled, run: () => routeToNewBus(model, channel) },
    ],
    at,
    label,
  );
}

function openMembers(
  model: MixModel,
  channel: Channel & { readonly content: Group },
  at: { x: number; y: number },
): void {
  if (!model.mix) return;
  const { members } = channel.content;
  const path = [...channel.path, "members"];
  const toggle = (id: string): void => {
    const place = members.indexOf(id);
    const change =
      place < 0
        ? ({ type: "insert", path: [...path, -1], value: id } as const)
        : ({ type: "set", path: [...path, place], value: undefined } as const);
    void model.commit(`Members of ${channel.name}`, [change]);
  };
  openMenu(
    channelsOf(model.mix)
      .filter(({ kind }) => kind !== "group")
      .map(({ id, name }) => ({
        ...{ label: name, isChecked: members.includes(id), isEnabled: model.canEdit },
        run: () => toggle(id),
      })),
    at,
    `Members of ${channel.name}`,
  );
}
