/** What a song of the demo album is: named parts, each composed into a stem of its own. */
import type { Stem } from "./stem.js";

export interface Part {
  /** 1 for what stands in the middle, 2 for what has width. */
  readonly channels: 1 | 2;
  /** Adds the part to an empty stem; a stem shorter than the song holds its beginning. */
  readonly compose: (stem: Stem) => void;
}

export interface Song {
  /** Folder of its stems below `stems/`. */
  readonly folder: string;
  readonly title: string;
  /** Hz */
  readonly sampleRate: number;
  /** Length of the stems in seconds, the last note's dying away included. */
  readonly seconds: number;
  /** By name; each becomes `<name>.wav`. */
  readonly parts: Readonly<Record<string, Part>>;
}

export function mono(compose: (stem: Stem) => void): Part {
  return { channels: 1, compose };
}

export function stereo(compose: (stem: Stem) => void): Part {
  return { channels: 2, compose };
}
