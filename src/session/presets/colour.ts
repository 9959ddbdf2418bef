/** Presets of saturation and modulation. */
import type { Preset } from "./preset.js";

export const COLOUR_PRESETS: readonly Preset[] = [
  {
    name: "Tape, warm",
    purpose: "Rounds the peaks of a bus or a whole mix a little; quiet passages stay as they are.",
    insert: { type: "saturator", curve: "tape", drive: 3, character: 60 },
  },
  {
    name: "Tube, bass",
    purpose: "Even harmonics that make a bass heard on small speakers; half of the dry signal stays.",
    insert: { type: "saturator", curve: "tube", drive: 12, character: 70, mix: 50 },
  },
  {
    name: "Soft clip, drums",
    purpose: "Takes the tips off drum peaks without a compressor's movement.",
    insert: { type: "saturator", curve: "clip", drive: 6, character: 40 },
  },
  {
    name: "Parallel grit",
    purpose: "Hard distortion beneath a voice or a snare, darkened so that it only thickens.",
    insert: { type: "saturator", curve: "tube", drive: 24, character: 100, tone: -4, mix: 25 },
  },
  {
    name: "Wide doubling",
    purpose: "Four voices for guitars, keys and backing vocals.",
    insert: { type: "chorus", mode: "chorus", voices: 4, rate: 0.5, depth: 20, delay: 18, stereoPhase: 180 },
  },
  {
    name: "Slow flanger",
    purpose: "A sweep of four seconds with feedback, for guitars and drum loops.",
    insert: { type: "chorus", mode: "flanger", rate: 0.25, depth: 70, delay: 2, feedback: 55 },
  },
  {
    name: "Phaser, one bar",
    purpose: "Six stages in step with the tempo, for electric pianos and pads.",
    insert: { type: "chorus", mode: "phaser", sync: "1/1", depth: 50, frequency: 700, feedback: 35 },
  },
];
