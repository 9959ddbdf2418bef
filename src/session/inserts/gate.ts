/** Gate and downward expander; the order is that of `GateParameter` in src/dsp/dynamics/gate.ts. */
import { choice, number } from "../parameter.js";
import { sidechainFilters } from "./sidechainFilters.js";

export const gateParameters = {
  mode: choice(
    ["gate", "expander"],
    "gate",
    "What happens below the threshold, the gain of the range at once, or more the further below by the ratio",
  ),
  threshold: number({
    unit: "dB",
    min: -100,
    max: 0,
    default: -50,
    description: "Peak level at which the gate opens",
  }),
  hysteresis: number({
    unit: "dB",
    min: 0,
    max: 24,
    default: 4,
    description: "How far below the threshold the level must fall before the gate closes",
  }),
  range: number({
    unit: "dB",
    min: -120,
    max: 0,
    default: -80,
    description: "Gain of the closed gate, and the least of the expander",
  }),
  ratio: number({
    unit: "",
    min: 1,
    max: 20,
    default: 2,
    description: "Ratio of output to input below the threshold, 1:n, of the expander",
  }),
  attack: number({
    unit: "ms",
    min: 0,
    max: 500,
    default: 1,
    description: "Time to 63 % of the way up in dB when the gate opens",
  }),
  hold: number({
    unit: "ms",
    min: 10,
    max: 2000,
    default: 50,
    description: "Time the gate stays open after the last peak that is loud enough",
  }),
  release: number({
    unit: "ms",
    min: 5,
    max: 5000,
    default: 100,
    description: "Time to 63 % of the way down in dB when the gate closes",
  }),
  lookahead: number({
    unit: "ms",
    isFixed: true,
    min: 0,
    max: 20,
    default: 0,
    description: "Time the gate opens ahead of the sound, which is delayed by as much",
  }),
  ...sidechainFilters,
} as const;
