/** What of the stereo signal an insert works on; the order is that of `StereoPart` in src/dsp/spatial/part.ts. */
import { choice } from "../parameter.js";

export const processing = {
  processing: choice(
    ["stereo", "left", "right", "mid", "side"],
    "stereo",
    "What is processed: both sides, one of them, the middle (L + R) or the sides (L - R) alone",
  ),
} as const;
