import { showModal } from "./dialog.js";
import { element } from "./element.js";
import "./help.css";
import { button } from "./toolkit.js";

/** Keys or what the pointer does, and what that means. */
export type HelpRow = readonly [what: string, meaning: string];

/**
 * What keys and pointer do.
 *
 * @param others titles and rows of the tables beside that of the commands
 */
export function showHelp(
  commands: readonly { readonly label: string; readonly keys?: readonly string[] }[],
  others: readonly (readonly [title: string, rows: readonly HelpRow[]])[],
): void {
  const keys = commands
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
      element("div", {}, ...others.map(([title, rows]) => keyTable(title, rows))),
    ),
    element("div", { class: "actions" }, close),
  );
  showModal(dialog);
  close.focus();
}

function keyTable(title: string, rows: readonly HelpRow[]): HTMLElement {
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
