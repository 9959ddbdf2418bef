/** What an edit is called in the Edit menu and in the list of what can be undone. */
import type { AudioEdit, StorageFormat } from "./audioEdits.js";

const NAMES = {
  trim: "Trim",
  paste: "Paste",
  insertSilence: "Insert Silence",
  silence: "Silence",
  offset: "Remove DC Offset",
  reverse: "Reverse",
  swapChannels: "Swap Channels",
  markers: "Edit Markers",
  tags: "Edit Tags",
} as const;

/** For example "Fade In", "Gain +3.0 dB", "Delete with Crossfade". */
export function describeEdit(edit: AudioEdit): string {
  switch (edit.type) {
    case "delete":
      return edit.crossfade ? "Delete with Crossfade" : "Delete";
    case "fade":
      return edit.direction === "in" ? "Fade In" : "Fade Out";
    case "gain":
      return describeGain(edit.gain) + describeChannels(edit.channels);
    case "invert":
      return `Invert Polarity${describeChannels(edit.channels)}`;
    case "process":
      return edit.label;
    case "format":
      return describeFormat(edit.format);
    default:
      return NAMES[edit.type];
  }
}

function describeGain(gain: number): string {
  if (gain === -Infinity) return "Mute";
  return `Gain ${gain < 0 ? "" : "+"}${gain.toFixed(1)} dB`;
}

/** Audio channels as people count them. */
function describeChannels(channels: readonly number[] | undefined): string {
  if (!channels) return "";
  return ` (Channel ${channels.map((channel) => channel + 1).join(", ")})`;
}

function describeFormat({ bitDepth }: StorageFormat): string {
  if (bitDepth === "32f") return "Store as 32-bit Float";
  return bitDepth === "64f" ? "Store as 64-bit Float" : `Store as ${bitDepth}-bit`;
}
