import { element } from "../shared/element.js";
import { keepState, keptState } from "../shared/keptState.js";
import { openMenu } from "../shared/menu.js";
import { setName, toolGroup } from "../shared/toolButton.js";
import type { MixModel } from "./mixModel.js";
import type { MixPart } from "./mixPart.js";
import { changesTo, takeSnapshot, type Snapshot } from "./snapshot.js";

const NAMES = ["A", "B", "C", "D"] as const;
const STATE_KEY = "snapshots";

/**
 * Four settings of the mix to switch between. An empty one takes the mix as it is; going over to a full one is one step
 * for undo. They are kept with the page: the format has no place for them.
 */
export function snapshots(model: MixModel): MixPart {
  let kept = keptState<Readonly<Record<string, Snapshot>>>(STATE_KEY, {});
  /** The one that was taken or gone over to last. */
  let current: string | undefined;
  const keep = (next: Readonly<Record<string, Snapshot>>): void => {
    kept = next;
    keepState(STATE_KEY, kept);
    model.touch("state");
  };
  const take = (name: string): void => {
    if (!model.mix) return;
    current = name;
    keep({ ...kept, [name]: takeSnapshot(model.mix) });
  };
  const recall = (name: string): void => {
    const snapshot = kept[name];
    if (!model.mix || !snapshot || !model.canEdit) return;
    current = name;
    const changes = changesTo(model.mix, snapshot);
    for (const change of changes) if (change.type === "set") model.preview(change.path, change.value);
    if (changes.length > 0) void model.commit(`Snapshot ${name}`, changes);
    model.touch("state");
  };
  const buttons = NAMES.map((name) => {
    const button = element("button", { type: "button", class: "tool text snapshot" }, name);
    button.addEventListener("click", ({ shiftKey }) => {
      if (shiftKey || !kept[name]) take(name);
      else recall(name);
    });
    button.addEventListener("contextmenu", (event) => {
      event.preventDefault();
      const isFull = kept[name] !== undefined;
      openMenu(
        [
          { label: "Take the mix as it is", keys: "Shift+click", run: () => take(name) },
          { label: "Go over to it", isEnabled: isFull && model.canEdit, run: () => recall(name) },
          {
            ...{ label: "Forget it", isEnabled: isFull },
            run: () => keep(Object.fromEntries(Object.entries(kept).filter(([each]) => each !== name))),
          },
        ],
        { x: event.clientX, y: event.clientY },
        `Snapshot ${name}`,
      );
    });
    return { name, button };
  });
  return {
    element: toolGroup("Snapshots of the mix", ...buttons.map(({ button }) => button)),
    show(_, topics) {
      if (!topics.has("state")) return;
      for (const { name, button } of buttons) {
        const isFull = kept[name] !== undefined;
        setName(
          button,
          isFull
            ? `Snapshot ${name}: go over to it; Shift+click takes the mix anew`
            : `Snapshot ${name}, empty: take the mix as it is`,
        );
        button.setAttribute("aria-pressed", String(isFull && current === name));
        button.classList.toggle("empty", !isFull);
      }
    },
  };
}
