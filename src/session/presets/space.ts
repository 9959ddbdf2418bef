/** Presets of width and room. */
import type { Preset } from "./preset.js";

export const SPACE_PRESETS: readonly Preset[] = [
  {
    name: "Mono bass",
    purpose: "Brings the bass of a mix or a synthesizer to the middle; above, nothing changes.",
    insert: { type: "stereo", monoBelow: 120 },
  },
  {
    name: "Wide pad",
    purpose: "Spreads keys and choirs behind the rest; their bass stays in the middle.",
    insert: { type: "stereo", width: 140, monoBelow: 200 },
  },
  {
    name: "Narrow",
    purpose: "Draws a stereo recording together, for example a piano that is too wide.",
    insert: { type: "stereo", width: 55 },
  },
  {
    name: "Mono",
    purpose: "Both sides the same: to check how a mix sounds in mono.",
    insert: { type: "stereo", width: 0 },
  },
];
