import { element } from "../../shared/element.js";
import { openMenu } from "../../shared/menu.js";
import type { MixModel } from "../mixModel.js";
import type { Channel } from "./channel.js";
import { freeId } from "./channelEdits.js";
import { possibleTargets } from "./channelRoutes.js";
import { SendRow } from "./sendRow.js";
import type { StripPart } from "./stripPart.js";

/** dB of a new send: heard, and not as loud as all it is taken from. */
const NEW_LEVEL = -12;

/** The sends of a channel. */
export function sendList(model: MixModel, current: () => Channel): StripPart {
  const list = element("ul", { class: "sends" });
  const add = element("button", { type: "button", class: "slot-add" }, "+ Send");
  add.addEventListener("click", () => {
    const { left, bottom } = add.getBoundingClientRect();
    openAddMenu(model, current(), { x: left, y: bottom });
  });
  const whole = element("div", { class: "send-list" }, list, add);
  const rows: SendRow[] = [];
  return {
    element: whole,
    show(channel) {
      const hasSends = channel.kind === "track" || channel.kind === "bus";
      whole.hidden = !hasSends;
      const count = hasSends ? channel.content.sends.length : 0;
      while (rows.length > count) rows.pop()!.element.remove();
      while (rows.length < count) {
        const row = new SendRow(model, current, rows.length);
        rows.push(row);
        list.append(row.element);
      }
      for (const row of rows) row.show();
      list.setAttribute("aria-label", `Sends of ${channel.name}`);
      add.setAttribute("aria-label", `Add a send to ${channel.name}`);
      add.toggleAttribute("disabled", !model.canEdit);
    },
  };
}

function openAddMenu(model: MixModel, channel: Channel, at: { x: number; y: number }): void {
  const { mix } = model;
  if (!mix) return;
  const send = (to: string) => ({
    ...({ type: "insert", path: [...channel.path, "sends", -1], value: { to, level: NEW_LEVEL } } as const),
  });
  openMenu(
    [
      ...possibleTargets(mix, channel.id).map(({ id, name }) => ({
        label: name ?? id,
        run: () => void model.commit(`Add a send to ${channel.name}`, [send(id)]),
      })),
      {
        label: "A new bus",
        run() {
          const number = mix.buses.length + 1;
          const id = freeId(mix, `bus-${number}`);
          const bus = { type: "insert", path: ["buses", -1], value: { id, name: `Bus ${number}` } } as const;
          void model.commit(`Add a send to ${channel.name}`, [bus, send(id)]);
        },
      },
    ],
    at,
    `Send ${channel.name} to`,
  );
}
