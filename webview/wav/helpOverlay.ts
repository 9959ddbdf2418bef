import { showModal } from "../shared/dialog.js";
import { element } from "../shared/element.js";
import { button } from "../shared/toolkit.js";
import type { CommandTable } from "./commands.js";
import { CURSOR_KEYS } from "./keyboard.js";

const POINTER: readonly [what: string, meaning: string][] = [
  ["Wheel, pinch", "Zoom at the pointer"],
  ["Shift+Wheel, sideways", "Scroll"],
  ["Alt+Wheel", "Magnify the waveforms"],
  ["Drag", "Select; on an edge of the selection, move it"],
  ["Shift+Click", "Extend the selection"],
  ["Double-click", "Select between two markers"],
];

/** What keys and pointer do. */
export function showHelp(commands: CommandTable): void {
  const keys = Object.values(commands)
    .filter((command) => command.keys)
    .map((command): [string, string] => [(command.keys ?? []).join(", "), command.label.replace("…", "")]);
  const close = button({ label: "Close", isPrimary: true, onPress: () => dialog.close() });
  const dialog = element(
    "dialog",
    { class: "help", "aria-labelledby": "help-title" },
    element("h2", { id: "help-title" }, "Keys and pointer"),
    element(
      "div",
      { class: "columns", tabindex: 0, role: "group", "aria-labelledby": "help-title" },
      keyTable("Commands", keys),
      element("div", {}, keyTable("Cursor", CURSOR_KEYS), keyTable("Pointer", POINTER)),
    ),
    element("div", { class: "actions" }, close),
  );
  showModal(dialog);
  close.focus();
}

function keyTable(title: string, rows: readonly (readonly [string, string])[]): HTMLElement {
  return element(
    "table",
    {},
    element("caption", {}, title),
    element(
      "tbody",
      {},
      ...rows.map(([key, meaning]) =>
        element(
          "tr",
          {},
          element("th", { scope: "row" }, element("kbd", {}, key)),
          element("td", {}, meaning),
        ),
      ),
    ),
  );
}
