/**
 * The insert table: one row per processor, from which the schema, the engine's parameters,
 * the documentation and the mixer's controls follow.
 */
import * as z from "zod";
import { chorusParameters } from "./inserts/chorus.js";
import { compressorParameters } from "./inserts/compressor.js";
import { deesserParameters } from "./inserts/deesser.js";
import { eqParameters } from "./inserts/eq.js";
import { gainParameters } from "./inserts/gain.js";
import { gateParameters } from "./inserts/gate.js";
import { limiterParameters } from "./inserts/limiter.js";
import { delayParameters } from "./inserts/delay.js";
import { reverbParameters } from "./inserts/reverb.js";
import { saturatorParameters } from "./inserts/saturator.js";
import { multibandParameters } from "./inserts/multiband.js";
import { convolutionParameters } from "./inserts/convolution.js";
import { stereoParameters } from "./inserts/stereo.js";
import { transientParameters } from "./inserts/transient.js";
import { flag, parametersOf, type Control } from "./parameter.js";

/**
 * Parameters in the order of the kernel's numbers. The entries of a list are numbered 8 apart, from 0; in a
 * row with a list the other parameters are numbered from 128 on (src/engine/insertValues.ts).
 */
const PARAMETERS = {
  gain: gainParameters,
  eq: eqParameters,
  compressor: compressorParameters,
  delay: delayParameters,
  reverb: reverbParameters,
  convolution: convolutionParameters,
  stereo: stereoParameters,
  limiter: limiterParameters,
  saturator: saturatorParameters,
  chorus: chorusParameters,
  gate: gateParameters,
  deesser: deesserParameters,
  multiband: multibandParameters,
  transient: transientParameters,
} as const;

/** Key of an insert that listens to another channel. */
const sidechain = {
  sidechain: z
    .string()
    .min(1)
    .optional()
    .describe(
      "Id of the track or bus whose signal, after its inserts and before its fader, drives the detector; without it, the insert's own input.",
    ),
} as const;

/** Key of an insert that reads an impulse response. */
const impulse = {
  file: z
    .string()
    .min(1, "must name an audio file")
    .describe(
      "Impulse response: an audio file of 1, 2 or 4 channels, relative to this document; 4 are left to left, left to right, right to left, right to right. Any sample rate; what is longer than 10 s is faded out there.",
    ),
} as const;

/**
 * `kind` is the processor's number in src/dsp/processorFacts.ts; `parameters` are in the order of the
 * kernel's numbers, with their controls and the choices of those that are one.
 *
 * @param keys that are no parameters of the kernel: what the insert refers to
 */
function row<const Type extends keyof typeof PARAMETERS, Keys extends z.ZodRawShape = Record<never, never>>(
  type: Type,
  kind: number,
  label: string,
  keys: Keys = {} as Keys,
) {
  const schema = z
    .strictObject({
      type: z.literal(type).describe(`${label}.`),
      bypass: flag(false, "Leaves the insert out"),
      name: z.string().optional().describe("Name shown in the mixer."),
      ...PARAMETERS[type],
      ...keys,
    })
    .describe(`${label}.`);
  const parameters = parametersOf(PARAMETERS[type]).map((each) => ({
    ...each,
    choices: choicesOf(each.control),
  }));
  return { kind, label, parameters, schema };
}

function choicesOf(control: Control): readonly string[] {
  return control.kind === "choice" ? control.choices.map(String) : [];
}

export const INSERT_TABLE = {
  gain: row("gain", 0, "Gain, polarity, channels"),
  eq: row("eq", 1, "Parametric equalizer"),
  compressor: row("compressor", 2, "Compressor", sidechain),
  delay: row("delay", 9, "Delay"),
  reverb: row("reverb", 11, "Reverb"),
  convolution: row("convolution", 12, "Convolution reverb", impulse),
  stereo: row("stereo", 3, "Stereo image: width, spread, mono bass, balance"),
  limiter: row("limiter", 4, "Look-ahead limiter"),
  saturator: row("saturator", 8, "Saturator"),
  chorus: row("chorus", 10, "Chorus, flanger, phaser"),
  gate: row("gate", 5, "Gate and expander", sidechain),
  deesser: row("deesser", 6, "De-esser"),
  multiband: row("multiband", 7, "Multiband compressor"),
  transient: row("transient", 13, "Transient shaper"),
} as const;

export type InsertType = keyof typeof INSERT_TABLE;

/** In the format, but the engine has no kernel for them yet. */
export const FUTURE_INSERTS: readonly string[] = [];

export const insertSchema = z
  .discriminatedUnion("type", [
    INSERT_TABLE.gain.schema,
    INSERT_TABLE.eq.schema,
    INSERT_TABLE.compressor.schema,
    INSERT_TABLE.delay.schema,
    INSERT_TABLE.reverb.schema,
    INSERT_TABLE.convolution.schema,
    INSERT_TABLE.stereo.schema,
    INSERT_TABLE.limiter.schema,
    INSERT_TABLE.saturator.schema,
    INSERT_TABLE.chorus.schema,
    INSERT_TABLE.gate.schema,
    INSERT_TABLE.deesser.schema,
    INSERT_TABLE.multiband.schema,
    INSERT_TABLE.transient.schema,
  ])
  .describe("A processor in series.");

export type Insert = z.output<typeof insertSchema>;
export type EqBand = Extract<Insert, { type: "eq" }>["bands"][number];

/** Id of the channel that drives an insert's detector, if it names one. */
export function sidechainOf(insert: Insert): string | undefined {
  return "sidechain" in insert ? insert.sidechain : undefined;
}

/** An insert with all its parameters at their defaults. */
export function insertDefaults<Type extends InsertType>(type: Type): Extract<Insert, { type: Type }> {
  return INSERT_TABLE[type].schema.parse({ type }) as Extract<Insert, { type: Type }>;
}
