/** The factory presets: settings of the inserts to begin with. */
import type { InsertType } from "../insertTable.js";
import { COLOUR_PRESETS } from "./colour.js";
import { DYNAMICS_PRESETS } from "./dynamics.js";
import type { Preset } from "./preset.js";
import { REVERBERATION_PRESETS } from "./reverberation.js";
import { SPACE_PRESETS } from "./space.js";
import { TONE_PRESETS } from "./tone.js";

export const PRESETS: readonly Preset[] = [
  ...TONE_PRESETS,
  ...DYNAMICS_PRESETS,
  ...COLOUR_PRESETS,
  ...SPACE_PRESETS,
  ...REVERBERATION_PRESETS,
];

/** @returns the presets of one kind of insert */
export function presetsOf(type: InsertType): readonly Preset[] {
  return PRESETS.filter(({ insert }) => insert.type === type);
}
