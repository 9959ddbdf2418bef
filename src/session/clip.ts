/** A clip: a piece of an audio file on the timeline of a track. */
import * as z from "zod";
import { automationOf } from "./automation.js";
import { FADE_SHAPES } from "./fadeShape.js";
import { choice, flag, level, number } from "./parameter.js";

const fade = z.strictObject({
  length: number({ unit: "s", min: 0, max: 600, description: "Length of the fade" }),
  shape: choice(FADE_SHAPES, "linear", "Shape of the fade"),
});

export const clipSchema = z
  .strictObject({
    file: z.string().min(1).describe("Audio file, relative to this document, with `/`."),
    name: z.string().optional().describe("Name shown on the timeline."),
    start: number({
      unit: "s",
      min: 0,
      max: 86400,
      default: 0,
      description: "Where the clip starts on the timeline",
    }),
    offset: number({ unit: "s", min: 0, max: 86400, default: 0, description: "Where it starts in the file" }),
    length: number({
      unit: "s",
      min: 0,
      max: 86400,
      description:
        "How long one pass of it sounds on the timeline; without it, to the end of the file. A reversed clip plays the same piece of the file, backwards",
    }).optional(),
    loop: number({
      unit: "",
      min: 1,
      max: 10000,
      default: 1,
      isWhole: true,
      description: "How many times it sounds, one after the other",
    }),
    reverse: flag(false, "Plays backwards"),
    speed: number({
      unit: "",
      min: 0.125,
      max: 8,
      default: 1,
      description: "Varispeed: 2 plays twice as fast and an octave higher",
    }),
    gain: level({ unit: "dB", min: -144, max: 24, default: 0, description: "Clip gain" }),
    mute: flag(false, "Silences the clip"),
    fadeIn: fade.optional().describe("Fade at the clip's start."),
    fadeOut: fade.optional().describe("Fade at the clip's end."),
    automation: z
      .strictObject({ gain: automationOf("gain").unwrap().valueType })
      .partial()
      .optional()
      .describe("Breakpoints of the clip's gain, dB; their time counts from the clip's start."),
  })
  .describe("A piece of an audio file on the timeline.");

export type Clip = z.output<typeof clipSchema>;
