/** Utility: gain, polarity, channels; the order is that of `GainParameter` in src/dsp/gain.ts. */
import { choice, flag, level } from "../parameter.js";

export const gainParameters = {
  gain: level({ unit: "dB", min: -144, max: 24, default: 0, description: "Gain" }),
  polarity: choice(["normal", "inverted", "left", "right"], "normal", "Polarity: which sides are inverted"),
  channels: choice(
    ["stereo", "swapped", "mono", "left", "right"],
    "stereo",
    "What the two sides carry: as they are, exchanged, half of left plus right, or one side on both",
  ),
  dcFilter: flag(false, "Takes DC away: a high-pass of 6 dB per octave at 4 Hz"),
} as const;
