/** Presets of reverb and delay, for a bus that is all wet unless they say otherwise. */
import type { Preset } from "./preset.js";

export const REVERBERATION_PRESETS: readonly Preset[] = [
  {
    name: "Vocal plate",
    purpose: "Dense and bright, with a pause before it so that the words stay clear; on a bus.",
    insert: { type: "reverb", decay: 1.8, preDelay: 25, trebleDecay: 0.6, lowCut: 180, mix: 100 },
  },
  {
    name: "Drum room",
    purpose: "A short room around a kit, on a bus: size and glue without a tail that is heard as such.",
    insert: {
      ...{ type: "reverb", kind: "room", decay: 0.6, preDelay: 3, earlyReflections: 0, bassDecay: 0.9 },
      ...{ lowCut: 90, highCut: 9000, mix: 100 },
    },
  },
  {
    name: "Concert hall",
    purpose: "A long, warm hall for strings, choirs and whole orchestras; on a bus.",
    insert: {
      ...{ type: "reverb", kind: "hall", decay: 2.6, preDelay: 30, bassDecay: 1.25, trebleDecay: 0.4 },
      ...{ lowCut: 60, mix: 100 },
    },
  },
  {
    name: "Endless hall",
    purpose: "A cloud behind pads and single notes; the low cut keeps it from piling up.",
    insert: {
      type: "reverb",
      kind: "hall",
      decay: 12,
      size: 150,
      modulationDepth: 0.6,
      lowCut: 250,
      mix: 100,
    },
  },
  {
    name: "Slap",
    purpose: "One short echo that thickens a voice or a guitar, as tape machines gave it.",
    insert: { type: "delay", time: 110, feedback: 0, highCut: 5000, lowCut: 150, mix: 25 },
  },
  {
    name: "Quarter notes",
    purpose: "Echoes in step with the song that give way while the voice sounds; on a bus.",
    insert: { type: "delay", sync: "1/4", feedback: 40, lowCut: 250, highCut: 4500, ducking: 9, mix: 100 },
  },
  {
    name: "Ping-pong eighths",
    purpose: "Dotted eighths from side to side, for synthesizers and clean guitars; on a bus.",
    insert: { type: "delay", sync: "1/8 dotted", pingPong: true, feedback: 50, highCut: 7000, mix: 100 },
  },
];
