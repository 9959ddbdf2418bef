/** A set of files that an album is delivered as. */
import * as z from "zod";
import { FLAC_RATES, MP3_RATES } from "../units/codecRates.js";
import { FILE_NAME_FIELDS } from "./fileNameTemplate.js";
import { number, requiredChoice } from "./parameter.js";

const DITHERS = ["none", "tpdf", "shaped"] as const;
export type Dither = (typeof DITHERS)[number];

export const DELIVERY_FORMATS = ["wav", "flac", "mp3"] as const;
export type DeliveryFormat = (typeof DELIVERY_FORMATS)[number];

/** Bit rates of MPEG-1 layer III worth delivering, kbit/s. Source: ISO/IEC 11172-3, 2.4.2.3. */
export const BIT_RATES = [96, 112, 128, 160, 192, 224, 256, 320] as const;
/** MP3 without a rate has that of a CD. */
const DEFAULT_MP3_RATE = 44100;

const deliverSchema = z.strictObject({
  format: requiredChoice(DELIVERY_FORMATS, "File format; mp3 is lossy, for listening only"),
  sampleRate: number({
    unit: "Hz",
    min: 8000,
    max: 384000,
    isWhole: true,
    description: "Sample rate; without it, the song's own (mp3: 44100 Hz)",
  }).optional(),
  bitDepth: z
    .union([z.literal(16), z.literal(24), z.literal(32), z.literal("32f")])
    .default(24)
    .describe('Sample format: 16, 24 or 32 bit integers, or "32f" floats (default 24). FLAC: 16 or 24.'),
  dither: z
    .enum(DITHERS)
    .optional()
    .describe("Dither: none, tpdf, shaped (default tpdf for 16 and 24 bit, else none)."),
  bitRate: z
    .union(BIT_RATES.map((rate) => z.literal(rate)))
    .default(320)
    .describe(`Bit rate of mp3, constant, in kbit/s: ${BIT_RATES.join(", ")} (default 320).`),
  fileName: z
    .string()
    .min(1)
    .optional()
    .describe(
      `How the files are named, without extension (default \`{number} {title}\`, of an image \`{album}\`). Fields: ${FILE_NAME_FIELDS.map((field) => `{${field}}`).join(", ")}.`,
    ),
  image: z
    .boolean()
    .default(false)
    .describe(
      "One file of the whole album instead of one per song, with a cue sheet; needs a sampleRate (default false).",
    ),
});

export const deliver = deliverSchema
  .transform(({ dither, ...rest }) => ({
    ...rest,
    ...(rest.format === "mp3" && {
      bitDepth: "32f" as const,
      sampleRate: rest.sampleRate ?? DEFAULT_MP3_RATE,
    }),
    dither: rest.format === "mp3" ? ("none" as const) : (dither ?? defaultDither(rest.bitDepth)),
  }))
  .describe("One set of files.");

export type Deliver = z.output<typeof deliver>;

/** What is added when the bits get fewer; wider formats resolve more than the engine computes. */
const defaultDither = (bitDepth: 16 | 24 | 32 | "32f"): Dither =>
  bitDepth === 16 || bitDepth === 24 ? "tpdf" : "none";

/** @returns what is wrong with a set, and at which of its keys */
export function deliveryFaults({ format, sampleRate, bitDepth, image }: Deliver): {
  readonly key: string;
  readonly message: string;
}[] {
  const rates = format === "flac" ? FLAC_RATES : format === "mp3" ? MP3_RATES : undefined;
  const rateFault =
    sampleRate !== undefined && rates && !rates.includes(sampleRate)
      ? [
          {
            key: "sampleRate",
            message: `A ${format.toUpperCase()} file cannot have ${sampleRate} Hz. Choose one of ${rates.join(", ")} Hz.`,
          },
        ]
      : [];
  const depthFault =
    format === "flac" && bitDepth !== 16 && bitDepth !== 24
      ? [{ key: "bitDepth", message: "A FLAC file has 16 or 24 bits. Choose one of them, or wav." }]
      : [];
  const imageFault = image
    ? [
        ...(format === "mp3"
          ? [
              {
                key: "image",
                message: "An image of the album is wav or flac; mp3 cannot be cut to the sample.",
              },
            ]
          : []),
        ...(sampleRate === undefined
          ? [
              {
                key: "image",
                message: "An image has one sample rate for all songs: add `sampleRate`, for example 44100.",
              },
            ]
          : []),
      ]
    : [];
  return [...rateFault, ...depthFault, ...imageFault];
}
