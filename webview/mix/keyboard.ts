/** Keys of the page: what they do stands with the commands. */
import { isPress, keyOf } from "../shared/keys.js";
import { isTyping } from "../shared/typing.js";
import type { CommandTable } from "./commands.js";

/** Handles keys wherever the focus is, but where an element takes them itself. */
export function handleKeys(commands: CommandTable): void {
  const byKey = new Map(
    Object.values(commands).flatMap((command) => command.keys.map((key) => [key, command] as const)),
  );
  document.addEventListener("keydown", (event) => {
    const target = event.target instanceof HTMLElement ? event.target : undefined;
    if (event.defaultPrevented) return;
    const key = keyOf(event);
    if (target && isPress(target, event)) {
      // The button is pressed, and VS Code's binding of the key is not to be done as well.
      event.stopPropagation();
      return;
    }
    const isText = target?.matches("input, select, textarea") || target?.closest("dialog, [role=menu]");
    // A slider has arrows, Home and End for itself; the space bar plays from there too.
    if (isText || (target && isTyping(target) && key !== "Space")) return;
    const command = byKey.get(key);
    if (!command) return;
    if (command.isEnabled()) command.run();
    event.preventDefault();
    event.stopPropagation();
  });
}
