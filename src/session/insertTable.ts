/**
 * The insert table: one row per processor, from which the schema, the engine's parameters,
 * the documentation and the mixer's controls follow.
 */
import * as z from "zod";
import {
  choice,
  flag,
  level,
  list,
  number,
  numberChoice,
  parametersOf,
  requiredChoice,
  type Control,
} from "./parameter.js";

/** The order is that of `BandType` in src/dsp/filters/prototype.ts. */
export const BAND_TYPES = ["lowpass", "highpass", "lowshelf", "highshelf", "peak", "notch", "tilt"] as const;
/** Slopes of high- and low-pass bands, dB per octave. */
export const SLOPES = [6, 12, 18, 24, 36, 48] as const;
/** Most bands of one equalizer. */
export const MOST_BANDS = 16;

const BAND = {
  type: requiredChoice(BAND_TYPES, "Kind of filter"),
  frequency: number({ unit: "Hz", min: 10, max: 40000, description: "Corner or centre frequency" }),
  gain: number({
    unit: "dB",
    min: -24,
    max: 24,
    default: 0,
    description: "Gain of shelves, peaks and tilt",
  }),
  q: number({
    unit: "",
    min: 0.1,
    max: 30,
    default: Math.SQRT1_2,
    description: "Quality: the higher, the narrower",
  }),
  slope: numberChoice(SLOPES, 12, "Slope of high- and low-pass, dB per octave"),
} as const;

/** Parameters in the order of the kernel's numbers; the equalizer's bands are numbered 8 apart. */
const PARAMETERS = {
  gain: {
    gain: level({ unit: "dB", min: -144, max: 24, default: 0, description: "Gain" }),
    polarity: choice(["normal", "inverted"], "normal", "Polarity"),
  },
  eq: {
    bands: list(BAND, MOST_BANDS, "Bands in series"),
  },
  compressor: {
    threshold: number({
      unit: "dB",
      min: -60,
      max: 0,
      default: -18,
      description: "Level above which gain is reduced",
    }),
    ratio: number({
      unit: "",
      min: 1,
      max: 20,
      default: 2,
      description: "Ratio of input to output above the threshold, n:1",
    }),
    attack: number({
      unit: "ms",
      min: 0.05,
      max: 500,
      default: 10,
      description: "Time to 63 % of a reduction",
    }),
    release: number({
      unit: "ms",
      min: 5,
      max: 5000,
      default: 120,
      description: "Time to 63 % of the recovery",
    }),
    knee: number({ unit: "dB", min: 0, max: 24, default: 6, description: "Width of the soft knee" }),
    makeup: number({ unit: "dB", min: -24, max: 24, default: 0, description: "Gain after the reduction" }),
    detector: choice(["peak", "rms"], "rms", "What the detector follows"),
    sidechainHighpass: number({
      unit: "Hz",
      min: 0,
      max: 1000,
      default: 0,
      description: "High-pass before the detector, 0 is off",
    }),
    mix: number({ unit: "%", min: 0, max: 100, default: 100, description: "Share of the compressed signal" }),
    lookahead: number({
      unit: "ms",
      min: 0,
      max: 20,
      default: 0,
      description: "Time the detector is ahead of the signal",
    }),
    autoRelease: flag(false, "Release that adapts to the programme"),
  },
  stereo: {
    width: number({
      unit: "%",
      min: 0,
      max: 200,
      default: 100,
      description: "Level of the side signal, 0 is mono",
    }),
    monoBelow: number({
      unit: "Hz",
      min: 0,
      max: 500,
      default: 0,
      description: "Makes the bass below this frequency mono, 0 is off",
    }),
    balance: number({
      unit: "",
      min: -1,
      max: 1,
      default: 0,
      description: "Balance, -1 is left, 1 is right",
    }),
  },
  limiter: {
    ceiling: number({ unit: "dB", min: -20, max: 0, default: -1, description: "Peak level never exceeded" }),
    lookahead: number({
      unit: "ms",
      min: 0.5,
      max: 20,
      default: 5,
      description: "Time to bring the gain down before a peak",
    }),
    release: number({ unit: "ms", min: 5, max: 1000, default: 100, description: "Recovery time" }),
    autoRelease: flag(true, "Release that adapts to the programme"),
    truePeak: flag(true, "Limits the reconstructed signal between the samples (dBTP), not only the samples"),
    gain: number({ unit: "dB", min: -24, max: 24, default: 0, description: "Gain before the limiter" }),
  },
} as const;

/**
 * `kind` is the processor's number in src/dsp/processor.ts; `parameters` are in the order of the
 * kernel's numbers, with their controls and the choices of those that are one.
 */
function row<const Type extends keyof typeof PARAMETERS>(type: Type, kind: number, label: string) {
  const schema = z
    .strictObject({
      type: z.literal(type).describe(`${label}.`),
      bypass: flag(false, "Leaves the insert out"),
      name: z.string().optional().describe("Name shown in the mixer."),
      ...PARAMETERS[type],
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
  gain: row("gain", 0, "Gain and polarity"),
  eq: row("eq", 1, "Parametric equalizer"),
  compressor: row("compressor", 2, "Compressor"),
  stereo: row("stereo", 3, "Stereo width, mono bass, balance"),
  limiter: row("limiter", 4, "Look-ahead limiter"),
} as const;

export type InsertType = keyof typeof INSERT_TABLE;

/** In the format, but the engine has no kernel for them yet. */
export const FUTURE_INSERTS: readonly string[] = [
  ...["gate", "deesser", "multiband", "saturator", "delay", "chorus", "reverb", "convolution", "transient"],
];

export const insertSchema = z
  .discriminatedUnion("type", [
    INSERT_TABLE.gain.schema,
    INSERT_TABLE.eq.schema,
    INSERT_TABLE.compressor.schema,
    INSERT_TABLE.stereo.schema,
    INSERT_TABLE.limiter.schema,
  ])
  .describe("A processor in series.");

export type Insert = z.output<typeof insertSchema>;
export type EqBand = Extract<Insert, { type: "eq" }>["bands"][number];

/** An insert with all its parameters at their defaults. */
export function insertDefaults<Type extends InsertType>(type: Type): Extract<Insert, { type: Type }> {
  return INSERT_TABLE[type].schema.parse({ type }) as Extract<Insert, { type: Type }>;
}
