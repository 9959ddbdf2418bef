/** Chorus, flanger, phaser; the order is that of `ChorusParameter` in src/dsp/colour/chorus.ts. */
import { choice, number } from "../parameter.js";

/** Periods of 16 beats to 1/8 beat: each half the one before. */
const PERIODS = ["4/1", "2/1", "1/1", "1/2", "1/4", "1/8", "1/16", "1/32"] as const;

export const chorusParameters = {
  mode: choice(
    ["chorus", "flanger", "phaser"],
    "chorus",
    "What moves: delayed voices, one short delay with feedback, or a chain of all-pass filters",
  ),
  rate: number({
    unit: "Hz",
    min: 0.01,
    max: 20,
    default: 0.8,
    description: 'Speed of the movement, if "sync" is off',
  }),
  sync: choice(["off", ...PERIODS], "off", "Note value of one period, by the session's tempo"),
  depth: number({
    unit: "%",
    min: 0,
    max: 100,
    default: 25,
    description:
      "How far the delay moves either way, 100 % is 95 % of it; phaser: 100 % is three octaves either way",
  }),
  delay: number({
    unit: "ms",
    min: 0.5,
    max: 50,
    default: 12,
    description: "Delay of chorus and flanger in the middle of the movement; flangers take 1 to 5 ms",
  }),
  voices: number({
    unit: "",
    min: 1,
    max: 6,
    isWhole: true,
    default: 2,
    description: "Voices of the chorus, spread over the period",
  }),
  frequency: number({
    unit: "Hz",
    min: 50,
    max: 10000,
    default: 800,
    description: "Middle of the phaser's movement",
  }),
  stages: number({
    unit: "",
    min: 2,
    max: 12,
    isWhole: true,
    default: 6,
    description: "All-pass filters of the phaser, two for each notch",
  }),
  feedback: number({
    unit: "%",
    min: -95,
    max: 95,
    default: 0,
    description: "Share of the moved signal that goes through once more; negative is inverted",
  }),
  stereoPhase: number({
    unit: "degrees",
    min: 0,
    max: 180,
    default: 90,
    description: "How far the right side is ahead of the left in the movement",
  }),
  mix: number({ unit: "%", min: 0, max: 100, default: 50, description: "Share of the moved signal" }),
} as const;
