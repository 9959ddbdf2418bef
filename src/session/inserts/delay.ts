/** Delay with feedback; the order is that of `EchoParameter` in src/dsp/space/echo.ts. */
import { choice, flag, number } from "../parameter.js";

/** The order is that of src/dsp/space/noteValue.ts, after "off". */
const NOTE_VALUES = [
  ...["1/1", "1/1 dotted", "1/1 triplet", "1/2", "1/2 dotted", "1/2 triplet"],
  ...["1/4", "1/4 dotted", "1/4 triplet", "1/8", "1/8 dotted", "1/8 triplet"],
  ...["1/16", "1/16 dotted", "1/16 triplet", "1/32", "1/32 dotted", "1/32 triplet"],
] as const;

export const delayParameters = {
  time: number({
    unit: "ms",
    min: 1,
    max: 5000,
    default: 350,
    description: 'Time from one echo to the next, if "sync" is off; a change crosses over to the new time',
  }),
  sync: choice(
    ["off", ...NOTE_VALUES],
    "off",
    "Note value that sets the time by the session's tempo; one longer than 5 s is halved until it fits",
  ),
  feedback: number({
    unit: "%",
    min: 0,
    max: 98,
    default: 35,
    description: "Level of each echo against the one before",
  }),
  pingPong: flag(false, "Echoes that alternate between left and right, the first one left"),
  offset: number({
    unit: "ms",
    min: -100,
    max: 100,
    default: 0,
    description: "Time by which the echoes are later on the right; negative: on the left",
  }),
  lowCut: number({
    unit: "Hz",
    min: 0,
    max: 2000,
    default: 0,
    description: "High-pass that each echo passes once more than the one before, 12 dB per octave, 0 is off",
  }),
  highCut: number({
    unit: "Hz",
    min: 500,
    max: 20000,
    default: 20000,
    description: "Low-pass that each echo passes once more, 12 dB per octave, 20000 is off",
  }),
  ducking: number({
    unit: "dB",
    min: 0,
    max: 40,
    default: 0,
    description:
      "How far the echoes give way to an input louder than -20 dBFS; from -50 dBFS on they do in part",
  }),
  mix: number({ unit: "%", min: 0, max: 100, default: 30, description: "Share of the wet signal" }),
} as const;
