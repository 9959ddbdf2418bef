import type { WavViewCommand } from "../../src/protocol/wavProtocol.js";
import { openMenu, type MenuItem } from "../shared/menu.js";
import type { CommandTable } from "./commands.js";

/** All edits, grouped; `null` is a line between groups. */
const EDITS: readonly (WavViewCommand | null)[] = [
  ...(["cut", "copy", "paste", "delete", "trim", "silence", "insertSilence", null] as const),
  ...(["fadeIn", "fadeOut", "gain", "normalize", "removeDc", null] as const),
  ...([
    "reverse",
    "invert",
    "swapChannels",
    null,
    "inserts",
    "channels",
    "resample",
    "format",
    null,
  ] as const),
  ...(["selectAll", "selectNone", "zoomSelection", "addMarker", "measureSelection"] as const),
];

export function openEditMenu(commands: CommandTable, at: { x: number; y: number }): void {
  const items = EDITS.map((name): MenuItem | null => {
    if (name === null) return null;
    const command = commands[name];
    return {
      label: command.label,
      keys: command.keys?.[0],
      isEnabled: command.isEnabled(),
      run: command.run,
      ...(command.icon ? { icon: command.icon } : {}),
    };
  });
  openMenu(items, at, "Edit");
}
