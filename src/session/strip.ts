/** The channel strip: what tracks and buses have in common. */
import * as z from "zod";
import { automationOf } from "./automation.js";
import { insertSchema } from "./insertTable.js";
import { choice, flag, level, number } from "./parameter.js";

const send = z
  .strictObject({
    to: z.string().min(1).describe("Id of the bus that receives the send."),
    level: level({ unit: "dB", min: -144, max: 24, default: 0, description: "Send level" }),
    tap: choice(["pre", "post"], "post", "Taken before the fader (and pan), or after them"),
    pan: number({
      unit: "",
      min: -1,
      max: 1,
      default: 0,
      description: "Balance of the send, -1 is left, 1 is right",
    }),
    mute: flag(false, "Silences the send"),
  })
  .describe("A copy of the signal to a bus.");

const faderRange = { unit: "dB", min: -144, max: 24, default: 0 } as const;

export const strip = {
  id: z.string().min(1).describe("Name by which sends and outputs refer to it; unique in the session."),
  name: z.string().optional().describe("Name shown in the mixer."),
  color: z.string().optional().describe("Colour shown in the mixer, `#rrggbb`."),
  trim: number({ unit: "dB", min: -60, max: 60, default: 0, description: "Gain before the inserts" }),
  polarity: choice(["normal", "inverted"], "normal", "Polarity"),
  inserts: z.array(insertSchema).default([]).describe("Processors in series, in this order."),
  sends: z.array(send).default([]).describe("Copies to buses."),
  pan: number({
    unit: "",
    min: -1,
    max: 1,
    default: 0,
    description: "Pan (mono) or balance (stereo), -1 is left, 1 is right",
  }),
  panMode: choice(
    ["balance", "stereo"],
    "balance",
    "How a stereo signal is panned: balance turns the far side down; stereo moves each side to a place of its own",
  ),
  width: number({
    unit: "%",
    min: -100,
    max: 200,
    default: 100,
    description: "Width of a stereo signal, 0 is mono, below 0 the sides are exchanged",
  }),
  fader: level({ ...faderRange, description: "Fader" }),
  mute: flag(false, "Silences the channel"),
  solo: flag(false, "Silences all channels that are not soloed"),
  soloSafe: flag(false, "Is heard whatever else is soloed"),
  output: z.string().optional().describe("Id of the bus it plays to; without it, the master."),
  automation: automationOf("inserts/0/threshold"),
} as const;

export const stripSchema = z.strictObject(strip);

/** The master has no one to play to. */
export const masterSchema = z.strictObject({
  inserts: strip.inserts,
  fader: level({ ...faderRange, description: "Fader, after the inserts" }),
  automation: automationOf("fader"),
});

/** A VCA: moves the faders of its members together; audio does not pass through it. */
export const groupSchema = z
  .strictObject({
    id: z.string().min(1).describe("Name of the group; unique among the groups."),
    name: z.string().optional().describe("Name shown in the mixer."),
    color: z.string().optional().describe("Colour shown in the mixer, `#rrggbb`."),
    members: z.array(z.string().min(1)).default([]).describe("Ids of the tracks and buses that it moves."),
    fader: level({ ...faderRange, description: "Added to the faders of the members" }),
    mute: flag(false, "Silences the members"),
    solo: flag(false, "Solos the members"),
    automation: automationOf("fader"),
  })
  .describe("A group (VCA) of channels.");
