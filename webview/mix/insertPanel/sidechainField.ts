import { element } from "../../shared/element.js";
import { openMenu } from "../../shared/menu.js";
import type { InsertScope } from "./insertScope.js";
import { scopeName } from "./insertScope.js";

/** Whose signal drives the detector of an insert: its own, or that of another channel. */
export function sidechainField(scope: () => InsertScope): { readonly element: HTMLElement; show(): void } {
  const button = element("button", { type: "button", class: "preset", "aria-haspopup": "menu" });
  button.addEventListener("click", () => {
    const { model, path, channel } = scope();
    if (!model.mix) return;
    const now = keyOf(scope());
    const label = `Side-chain of ${scopeName(scope())}`;
    const set = (id: string | undefined): void => {
      if (id !== now) void model.set(label, [...path, "sidechain"], id);
    };
    const { left, bottom } = button.getBoundingClientRect();
    const isEnabled = model.canEdit;
    openMenu(
      [
        { label: "Its own input", isChecked: now === undefined, isEnabled, run: () => set(undefined) },
        ...[...model.mix.tracks, ...model.mix.buses]
          .filter(({ id }) => id !== channel.id)
          .map(({ id, name }) => ({
            ...{ label: name ?? id, isChecked: now === id, isEnabled },
            run: () => set(id),
          })),
      ],
      { x: left, y: bottom },
      label,
    );
  });
  const whole = element(
    "div",
    { class: "field", title: "Whose signal, after its inserts and before its fader, drives the detector" },
    element("span", { class: "quiet" }, "Side-chain"),
    button,
  );
  return {
    element: whole,
    show() {
      const { model } = scope();
      const id = keyOf(scope());
      const key = [...(model.mix?.tracks ?? []), ...(model.mix?.buses ?? [])].find((each) => each.id === id);
      const name = id === undefined ? "Its own input" : (key?.name ?? id);
      button.textContent = name;
      button.setAttribute("aria-label", `Side-chain: ${name}`);
    },
  };
}

const keyOf = ({ insert }: InsertScope): string | undefined =>
  "sidechain" in insert ? insert.sidechain : undefined;
