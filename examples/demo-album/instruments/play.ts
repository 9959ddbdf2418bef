/** From the score to sound: who plays what. */
import { pitchToHertz, type Hit, type Note } from "../score.js";
import type { Stem } from "../stem.js";

/** A hit in real time. */
export interface Stroke {
  readonly startFrame: number;
  /** How long the key is held. */
  readonly seconds: number;
  /** 0..1 */
  readonly velocity: number;
}

/** A note in real time. */
export interface Tone extends Stroke {
  readonly hertz: number;
}

/** Adds one stroke or tone to the stem. */
export type Drum = (stem: Stem, stroke: Stroke) => void;
export type Instrument = (stem: Stem, tone: Tone) => void;

/** Plays hits on a drum; `tempo` in beats per minute. */
export function hit(stem: Stem, tempo: number, hits: readonly Hit[], drum: Drum): void {
  for (const each of hits) drum(stem, stroke(stem, tempo, each));
}

/** Plays notes on an instrument; `tempo` in beats per minute. */
export function play(stem: Stem, tempo: number, notes: readonly Note[], instrument: Instrument): void {
  for (const note of notes)
    instrument(stem, { ...stroke(stem, tempo, note), hertz: pitchToHertz(note.pitch) });
}

function stroke(stem: Stem, tempo: number, { beat, length, velocity }: Hit): Stroke {
  const seconds = 60 / tempo;
  return { startFrame: Math.round(beat * seconds * stem.sampleRate), seconds: length * seconds, velocity };
}
