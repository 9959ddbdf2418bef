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
  {
    name: "Master, bands of width",
    purpose: "A narrower bass, the middle as it was, a little more width in the treble of a mix.",
    insert: { type: "stereo", lowFrequency: 150, lowWidth: 40, highFrequency: 4000, highWidth: 120 },
  },
  {
    name: "Mono to wide",
    purpose: "Gives a mono synthesizer, an organ or a backing voice both sides; in mono it sounds as before.",
    insert: { type: "stereo", spread: 70, monoBelow: 150 },
  },
  {
    name: "Double",
    purpose: "A guitar or a voice with a late double at the sides; in mono it sounds as before.",
    insert: { type: "stereo", spread: 60, spreadDelay: 18, monoBelow: 200 },
  },
  {
    name: "Side only",
    purpose: "What the two channels do not share: to hear what is lost in mono.",
    insert: { type: "stereo", mid: "-inf" },
  },
];
