import { element } from "../shared/element.js";
import { keepState, keptState } from "../shared/keptState.js";
import { openMenu } from "../shared/menu.js";
import { setName, toolGroup } from "../shared/toolButton.js";
import type { MixModel } from "./mixModel.js";
import type { MixPart } from "./mixPart.js";
import { changesTo, takeSnapshot, writtenSnapshot, type Snapshot } from "./snapshot.js";

const NAMES = ["A", "B", "C", "D"] as const;
type SnapshotName = (typeof NAMES)[number];
const STATE_KEY = "snapshots";

type Kept = Readonly<Partial<Record<SnapshotName, Snapshot>>>;

/**
 * Four settings of the mix to switch between. An empty one takes the mix as it is; going over to a full one is one step
 * for undo. They are kept with the page or, for those that the user wants to last, in the document.
 */
export function snapshots(model: MixModel): MixPart {
  let kept = keptState<Kept>(STATE_KEY, {});
  /** The one that was taken or gone over to last. */
  let current: SnapshotName | undefined;
  const keep = (name: SnapshotName, snapshot: Snapshot | undefined): void => {
    const { [name]: _, ...others } = kept;
    kept = snapshot ? { ...others, [name]: snapshot } : others;
    keepState(STATE_KEY, kept);
    model.touch("state");
  };
  const inDocument = (name: SnapshotName): Snapshot | undefined => {
    const content = model.mix?.snapshots?.[name];
    return content && writtenSnapshot(content);
  };
  const find = (name: SnapshotName): Snapshot | undefined => inDocument(name) ?? kept[name];
  const write = (name: SnapshotName, snapshot: Snapshot): void => {
    const change = { type: "set", path: ["snapshots", name], value: snapshot } as const;
    void model.commit(`Snapshot ${name} in the document`, [change]);
  };
  /** The last one takes the whole list with it. */
  const erase = (name: SnapshotName): void => {
    const isLast = Object.keys(model.mix?.snapshots ?? {}).every((each) => each === name);
    const path = isLast ? ["snapshots"] : ["snapshots", name];
    void model.commit(`Snapshot ${name} out of the document`, [{ type: "set", path, value: undefined }]);
  };
  const take = (name: SnapshotName): void => {
    if (!model.mix) return;
    current = name;
    const snapshot = takeSnapshot(model.mix);
    if (inDocument(name)) write(name, snapshot);
    else keep(name, snapshot);
  };
  const forget = (name: SnapshotName): void => {
    if (inDocument(name)) erase(name);
    keep(name, undefined);
  };
  const moveBetween = (name: SnapshotName): void => {
    const snapshot = find(name);
    if (!snapshot) return;
    const isWritten = inDocument(name) !== undefined;
    keep(name, isWritten ? snapshot : undefined);
    if (isWritten) erase(name);
    else write(name, snapshot);
  };
  const recall = (name: SnapshotName): void => {
    const snapshot = find(name);
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
      if (shiftKey || !find(name)) take(name);
      else recall(name);
    });
    button.addEventListener("contextmenu", (event) => {
      event.preventDefault();
      const isWritten = inDocument(name) !== undefined;
      const isFull = find(name) !== undefined;
      const canWrite = model.canEdit;
      openMenu(
        [
          {
            ...{ label: "Take the mix as it is", keys: "Shift+click", isEnabled: canWrite || !isWritten },
            run: () => take(name),
          },
          { label: "Go over to it", isEnabled: isFull && canWrite, run: () => recall(name) },
          {
            ...{ label: "Keep it in the document", isEnabled: isFull && canWrite, isChecked: isWritten },
            run: () => moveBetween(name),
          },
          { label: "Forget it", isEnabled: isFull && (canWrite || !isWritten), run: () => forget(name) },
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
      if (!topics.has("state") && !topics.has("mix")) return;
      for (const { name, button } of buttons) {
        const isFull = find(name) !== undefined;
        const isWritten = inDocument(name) !== undefined;
        setName(
          button,
          isFull
            ? `Snapshot ${name}${isWritten ? ", in the document" : ""}: go over to it; Shift+click takes the mix anew`
            : `Snapshot ${name}, empty: take the mix as it is`,
        );
        button.classList.toggle("written", isWritten);
        button.setAttribute("aria-pressed", String(isFull && current === name));
        button.classList.toggle("empty", !isFull);
      }
    },
  };
}
