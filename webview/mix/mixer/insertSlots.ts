import { element } from "../../shared/element.js";
import { openMenu } from "../../shared/menu.js";
import { reorderByDrag } from "../../shared/controls/reorder.js";
import type { Channel } from "./channel.js";
import type { Desk } from "./desk.js";
import { addInsert, bypassAll, insertsOf, moveInsert, removeInsert, toggleBypass } from "./insertEdits.js";
import { insertName } from "./insertNames.js";
import { InsertSlot } from "./insertSlot.js";
import type { StripPart } from "./stripPart.js";

export interface InsertSlots extends StripPart {
  paint(): void;
}

/** The inserts of a channel in their order; they are opened, bypassed, moved (Alt+arrow, drag), removed and added here. */
export function insertSlots(desk: Desk, current: () => Channel): InsertSlots {
  const { model } = desk;
  const list = element("ol", { class: "slots" });
  const add = element("button", { type: "button", class: "slot-add" }, "+ Insert");
  add.addEventListener("click", () => {
    const { left, bottom } = add.getBoundingClientRect();
    openAddMenu(desk, current(), { x: left, y: bottom });
  });
  const whole = element("div", { class: "inserts" }, list, add);
  const slots: InsertSlot[] = [];
  const focus = (index: number): void => slots[Math.min(index, slots.length - 1)]?.name.focus();
  const move = (from: number, by: number): void => {
    const to = from + by;
    if (!model.canEdit || to < 0 || to >= slots.length) return;
    moveInsert(model, current(), from, to);
    // Slots stay where they are; what they show moves.
    focus(to);
  };
  const makeSlot = (index: number): InsertSlot =>
    new InsertSlot({
      open: () => desk.openInsert({ key: current().key, index }),
      toggleBypass: () => toggleBypass(model, current(), index),
      openMenu: (at) => openSlotMenu(desk, current(), index, at),
      press({ key, altKey, ctrlKey, metaKey }) {
        if (ctrlKey || metaKey) return false;
        if (altKey && key === "ArrowUp") move(index, -1);
        else if (altKey && key === "ArrowDown") move(index, 1);
        else if (altKey) return false;
        else if (key === "ArrowUp") focus(Math.max(0, index - 1));
        else if (key === "ArrowDown") focus(index + 1);
        else if (key === "Delete" || key === "Backspace") {
          if (!model.canEdit) return true;
          removeInsert(model, current(), index);
          if (slots.length > 1) focus(Math.min(index, slots.length - 2));
          else add.focus();
        } else if (key === "b" || key === "B") toggleBypass(model, current(), index);
        else if (key === "c" || key === "C") desk.comparison.toggle(current(), [index]);
        else return false;
        return true;
      },
    });
  reorderByDrag(
    list,
    (target) => model.canEdit && target.closest(".slot-name") !== null,
    (from, to) => moveInsert(model, current(), from, to),
  );
  return {
    element: whole,
    show(channel) {
      whole.hidden = channel.kind === "group";
      const inserts = insertsOf(channel);
      while (slots.length > inserts.length) slots.pop()!.element.remove();
      while (slots.length < inserts.length) {
        const slot = makeSlot(slots.length);
        slots.push(slot);
        list.append(slot.element);
      }
      const { opened } = desk;
      slots.forEach((slot, index) =>
        slot.show(
          inserts[index]!,
          index,
          channel,
          opened?.key === channel.key && opened.index === index,
          desk.comparison.has(channel, index),
        ),
      );
      list.setAttribute("aria-label", `Inserts of ${channel.name}`);
      add.setAttribute("aria-label", `Add an insert to ${channel.name}`);
      add.toggleAttribute("disabled", !model.canEdit);
    },
    paint() {
      const channel = current();
      if (channel.kind === "group") return;
      const { reductions } = desk.bank.of(channel.id);
      slots.forEach((slot, index) => slot.paint(reductions[index]));
    },
  };
}

/** First the kind, then, if there are presets of it, one of them. */
function openAddMenu(desk: Desk, channel: Channel, at: { x: number; y: number }): void {
  const { model, rows } = desk;
  openMenu(
    rows().map((row) => ({
      label: row.presets.length > 0 ? `${row.label}…` : row.label,
      isEnabled: model.canEdit,
      run() {
        if (row.presets.length === 0) void addInsert(model, channel, row, row.type);
        else {
          const choices = ["", ...row.presets.map(({ name }) => name)];
          openMenu(
            choices.map((name) => ({
              label: name === "" ? "Without a preset" : name,
              run: () => void addInsert(model, channel, row, name === "" ? row.type : `${row.type}: ${name}`),
            })),
            at,
            row.label,
          );
        }
      },
    })),
    at,
    `Add an insert to ${channel.name}`,
  );
}

function openSlotMenu(desk: Desk, channel: Channel, index: number, at: { x: number; y: number }): void {
  const { model } = desk;
  const inserts = insertsOf(channel);
  const insert = inserts[index];
  if (!insert) return;
  const isEnabled = model.canEdit;
  openMenu(
    [
      { label: "Open", keys: "Enter", run: () => desk.openInsert({ key: channel.key, index }) },
      {
        ...{ label: insert.bypass ? "Switch on" : "Bypass", keys: "B", isEnabled },
        run: () => toggleBypass(model, channel, index),
      },
      { label: "Bypass or switch on all", isEnabled, run: () => bypassAll(model, channel) },
      {
        ...{ label: "Leave out at equal loudness", keys: "C", isEnabled: !insert.bypass },
        ...{ isChecked: desk.comparison.has(channel, index) },
        run: () => desk.comparison.toggle(channel, [index]),
      },
      null,
      {
        ...{ label: "Move up", keys: "Alt+Up", isEnabled: isEnabled && index > 0 },
        run: () => moveInsert(model, channel, index, index - 1),
      },
      {
        ...{ label: "Move down", keys: "Alt+Down", isEnabled: isEnabled && index < inserts.length - 1 },
        run: () => moveInsert(model, channel, index, index + 1),
      },
      null,
      {
        ...{ label: "Remove", keys: "Delete", isEnabled, icon: "delete" as const },
        run: () => removeInsert(model, channel, index),
      },
    ],
    at,
    `${insertName(insert)} of ${channel.name}`,
  );
}
