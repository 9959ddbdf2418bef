/** Keys of the editor. What they do stands with the commands; here is what moves the cursor. */
import { frameToX, xToFrame } from "../../src/viewmodel/viewport.js";
import type { CommandTable } from "./commands.js";
import type { HelpRow } from "../shared/helpOverlay.js";
import { isPress, keyOf } from "../shared/keys.js";
import { isTyping } from "../shared/typing.js";
import type { WavModel } from "./wavModel.js";

/** Cursor keys, for the help. */
export const CURSOR_KEYS: readonly HelpRow[] = [
  ["← →", "Move the cursor by a pixel (single samples when zoomed in)"],
  ["Alt+← Alt+→", "Move the cursor by a tenth of the view"],
  ["Shift with ← →, Home, End", "Extend the selection"],
  ["Page Up, Page Down", "Scroll by a view"],
  ["↑ ↓", "Magnify the waveforms"],
  ["Z", "Move the cursor to the nearest zero crossing"],
  ["Escape", "Stop; when nothing plays, select nothing"],
  ["Shift+F10", "Open the menu of edits"],
];

/** What the pointer does, for the help. */
export const POINTER_HELP: readonly HelpRow[] = [
  ["Wheel, pinch", "Zoom at the pointer"],
  ["Shift+Wheel, sideways", "Scroll"],
  ["Alt+Wheel", "Magnify the waveforms"],
  ["Drag", "Select; on an edge of the selection, move it"],
  ["Shift+Click", "Extend the selection"],
  ["Double-click", "Select between two markers"],
];

/** Handles keys wherever the focus is, but in fields, lists, menus and dialogs. */
export function handleKeys(
  model: WavModel,
  commands: CommandTable,
  actions: {
    readonly openMenu: () => void;
    readonly toZeroCrossing: () => void;
    readonly escape: () => void;
  },
): void {
  const byKey = new Map(
    Object.values(commands).flatMap((command) => (command.keys ?? []).map((key) => [key, command])),
  );
  document.addEventListener("keydown", (event) => {
    const target = event.target instanceof HTMLElement ? event.target : undefined;
    if (event.defaultPrevented) return;
    if (target && isPress(target, event)) {
      // The button is pressed, and VS Code's binding of the key is not to be done as well.
      event.stopPropagation();
      return;
    }
    if (target && isTyping(target)) return;
    const key = keyOf(event);
    const command = byKey.get(key);
    const own: Readonly<Record<string, () => void>> = {
      "Shift+F10": actions.openMenu,
      ContextMenu: actions.openMenu,
      Escape: actions.escape,
      Z: actions.toZeroCrossing,
    };
    const action = command
      ? command.isEnabled()
        ? command.run
        : () => undefined
      : (own[key] ?? cursorKey(model, event));
    if (!action) return;
    action();
    event.preventDefault();
    // VS Code has bindings of its own for some of these keys.
    event.stopPropagation();
  });
}

function cursorKey(model: WavModel, event: KeyboardEvent): (() => void) | undefined {
  const { viewport, selection } = model;
  const { width } = viewport;
  const isExtended = event.shiftKey;
  const isCoarse = event.altKey;
  if (event.ctrlKey || event.metaKey) return undefined;
  const step = (direction: 1 | -1) => () => {
    const pixels = isCoarse ? width / 10 : 1;
    const to = xToFrame(viewport, frameToX(viewport, selection.cursor) + direction * pixels);
    const least = selection.cursor + direction;
    model.moveCursor(direction > 0 ? Math.max(least, to) : Math.min(least, to), isExtended);
  };
  switch (event.key) {
    case "ArrowLeft":
      return step(-1);
    case "ArrowRight":
      return step(1);
    case "ArrowUp":
      return () => model.magnify(1.25);
    case "ArrowDown":
      return () => model.magnify(1 / 1.25);
    case "PageUp":
      return () => model.scroll(-width);
    case "PageDown":
      return () => model.scroll(width);
    case "Home":
      return () => model.moveCursor(0, isExtended);
    case "End":
      return () => model.moveCursor(model.frames, isExtended);
    default:
      return undefined;
  }
}
