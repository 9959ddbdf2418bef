/** Keys of the mix editor; what they do stands with the commands. */
import type { HelpRow } from "../shared/helpOverlay.js";
import { isPress, keyOf } from "../shared/keys.js";
import { isTyping } from "../shared/typing.js";
import type { CommandTable } from "./commands.js";

/** Keys of the mixer, for the help. */
export const MIXER_KEYS: readonly HelpRow[] = [
  ["\u2191 \u2193, Page Up, Page Down", "Move a fader or knob; with Shift finely"],
  ["Enter or figures", "Type the value of a fader or knob"],
  ["Delete, double-click", "Put a fader or knob back to its rest"],
  ["Alt+\u2190 Alt+\u2192", "The same control of the strip beside"],
  ["F2", "Rename the channel"],
  ["Shift+F10", "The menu of a strip, an insert or a send"],
  ["Alt+\u2191 Alt+\u2193", "Move an insert"],
  ["B", "Bypass an insert"],
  ["C", "Leave an insert out at equal loudness, to compare"],
  ["Delete", "Remove an insert"],
];

/** What the pointer does in the mixer, for the help. */
export const MIXER_POINTER: readonly HelpRow[] = [
  ["Drag, wheel", "Move a fader or knob; with Shift finely"],
  ["Ctrl+click on S", "Solo one channel alone"],
  ["Drag an insert", "Move it"],
];

/** Handles keys wherever the focus is, but in fields, lists, menus and dialogs; faders take their own keys first. */
export function handleKeys(commands: CommandTable): void {
  const byKey = new Map(
    Object.values(commands).flatMap((command) => command.keys.map((key) => [key, command])),
  );
  document.addEventListener("keydown", (event) => {
    const target = event.target instanceof HTMLElement ? event.target : undefined;
    if (event.defaultPrevented) return;
    if (target && isPress(target, event)) {
      // The button is pressed, and VS Code's binding of the key is not to be done as well.
      event.stopPropagation();
      return;
    }
    if (target && isTyping(target) && !target.closest("[role=slider]")) return;
    const command = byKey.get(keyOf(event));
    if (!command) return;
    if (command.isEnabled()) command.run();
    event.preventDefault();
    // VS Code has bindings of its own for some of these keys.
    event.stopPropagation();
  });
}
