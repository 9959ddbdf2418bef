/** What of an album can be heard side by side, in the order of its rows. */
export const PROGRAM_SIDES = ["source", "master", "reference"] as const;
export type ProgramSide = (typeof PROGRAM_SIDES)[number];
