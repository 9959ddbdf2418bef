/** Filters in front of a detector, of its own signal or of a side-chain's. */
import { number } from "../parameter.js";

export const sidechainFilters = {
  sidechainHighpass: number({
    unit: "Hz",
    min: 0,
    max: 5000,
    default: 0,
    description: "High-pass before the detector, 12 dB per octave, 0 is off",
  }),
  sidechainLowpass: number({
    unit: "Hz",
    min: 0,
    max: 20000,
    default: 0,
    description: "Low-pass before the detector, 12 dB per octave, 0 is off",
  }),
} as const;
