/** Multiband compressor; the order is that of `MultibandField` and `MultibandParameter` in src/dsp/dynamics/multiband.ts. */
import { choice, list, number } from "../parameter.js";
import { compressorParameters } from "./compressor.js";
import { processing } from "./processing.js";

const { threshold, ratio, attack, release, knee, makeup } = compressorParameters;

const BAND = {
  frequency: number({
    unit: "Hz",
    min: 20,
    max: 20000,
    default: 20000,
    description:
      "Upper end of the band, where the next one begins, not below the band before; the last band has none",
  }),
  threshold,
  ratio,
  attack,
  release,
  knee,
  makeup,
} as const;

export const multibandParameters = {
  bands: list(
    BAND,
    5,
    "Bands from the bass upwards, each a compressor; they meet at 24 dB per octave (Linkwitz-Riley) and add up flat",
  ),
  detector: choice(["peak", "rms"], "rms", "What the detectors follow"),
  mix: number({
    unit: "%",
    min: 0,
    max: 100,
    default: 100,
    description: "Share of the compressed signal; the rest has the same phase",
  }),
  phase: choice(
    ["minimum", "linear"],
    "minimum",
    "Minimum phase splits at once; linear delays all bands alike, by 256 ms at 48 kHz (which a render makes up for), so that they add up to the very input",
  ),
  ...processing,
} as const;
