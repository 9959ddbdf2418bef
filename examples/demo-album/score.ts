/** Music as data: a readable notation for melodies, chords and drum patterns. Times are in beats. */
import { seededRandom } from "../../src/units/random.js";

/** Something that sounds: when and how long (beats), and how hard (0..1). */
export interface Hit {
  readonly beat: number;
  readonly length: number;
  readonly velocity: number;
}

/** A hit with a pitch: a MIDI note number, 69 is A4 = 440 Hz. */
export interface Note extends Hit {
  readonly pitch: number;
}

export interface Chord {
  /** Pitch of the root below middle C (C2..B2). */
  readonly root: number;
  /** The chord's tones in close position, ascending. */
  readonly tones: readonly number[];
}

export const BEATS_PER_BAR = 4;
const DEFAULT_VELOCITY = 0.75;
const SEMITONES: Readonly<Record<string, number>> = { C: 0, D: 2, E: 4, F: 5, G: 7, A: 9, B: 11 };

/** Semitones above the root, by what follows it in a chord's symbol. */
const QUALITIES: Readonly<Record<string, readonly number[]>> = {
  "": [0, 4, 7],
  m: [0, 3, 7],
  "5": [0, 7, 12],
  "7": [0, 4, 7, 10],
  m7: [0, 3, 7, 10],
  m9: [0, 3, 7, 10, 14],
  maj7: [0, 4, 7, 11],
  maj9: [0, 4, 7, 11, 14],
  add9: [0, 4, 7, 14],
  madd9: [0, 3, 7, 14],
  sus4: [0, 5, 7],
  "7sus4": [0, 5, 7, 10],
};

/** @returns the frequency in Hz, equal temperament, A4 = 440 Hz */
export function pitchToHertz(pitch: number): number {
  return 440 * 2 ** ((pitch - 69) / 12);
}

/**
 * A melody such as `"A4:1.5 C#5:.5 | r:1 E5:3!"`: pitch or `r` (rest), colon, beats; `!` accents, `|` is
 * only for the eye. It begins at `bar`.
 * @throws RangeError at a word that is no note
 */
export function melody(bar: number, text: string): Note[] {
  const notes: Note[] = [];
  let beat = bar * BEATS_PER_BAR;
  for (const word of text.split(/[\s|]+/).filter(Boolean)) {
    const [, name, beats, accent] = /^([A-G][#b]?\d|r):(\d*\.?\d+)(!?)$/.exec(word) ?? [];
    if (!name || !beats) throw new RangeError(`melody: "${word}" is no note`);
    const length = Number(beats);
    if (name !== "r") {
      notes.push({ beat, length, pitch: parsePitch(name), velocity: accent ? 1 : DEFAULT_VELOCITY });
    }
    beat += length;
  }
  return notes;
}

/** Chord symbols, one a bar, such as `"Am7 | Fmaj7"`; all tones lie in the octave above `lowest`. */
export function chords(text: string, lowest: string): Chord[] {
  return text.split("|").map((symbol) => parseChord(symbol.trim(), parsePitch(lowest)));
}

/**
 * A drum pattern from `bar` on, a sixteenth a character: `X` accent, `x` hit, `o` ghost, `.` rest; spaces
 * are only for the eye.
 */
export function pattern(bar: number, text: string): Hit[] {
  const velocities: Readonly<Record<string, number>> = { X: 1, x: DEFAULT_VELOCITY, o: 0.4 };
  return steps(text).flatMap((step, i) => {
    const velocity = velocities[step];
    return velocity === undefined ? [] : [{ beat: bar * BEATS_PER_BAR + i / 4, length: 1 / 4, velocity }];
  });
}

/** Every chord's tones together, once for each hit of the pattern in its bar, `length` beats long. */
export function strum(bar: number, bars: readonly Chord[], rhythm: string, length: number): Note[] {
  return bars.flatMap(({ tones }, i) =>
    pattern(bar + i, rhythm).flatMap((hit) => tones.map((pitch) => ({ ...hit, pitch, length }))),
  );
}

/** Each chord's root at the hits of the pattern; `octave` 0 is C2..B2. */
export function roots(
  bar: number,
  bars: readonly Chord[],
  rhythm: string,
  length: number,
  octave = 0,
): Note[] {
  return bars.flatMap(({ root }, i) =>
    pattern(bar + i, rhythm).map((hit) => ({ ...hit, pitch: root + 12 * octave, length })),
  );
}

/**
 * Each chord broken into single tones, a sixteenth a character: a digit picks the tone from below (beyond
 * the last one it goes on an octave higher), `.` rests.
 */
export function arpeggio(bar: number, bars: readonly Chord[], order: string, length: number): Note[] {
  return bars.flatMap(({ tones }, i) =>
    steps(order).flatMap((step, k) => {
      if (step === ".") return [];
      const tone = Number(step);
      const pitch = tones[tone % tones.length]! + 12 * Math.floor(tone / tones.length);
      const velocity = k % 4 === 0 ? DEFAULT_VELOCITY : 0.8 * DEFAULT_VELOCITY;
      return [{ beat: (bar + i) * BEATS_PER_BAR + k / 4, length, pitch, velocity }];
    }),
  );
}

/** The notes, each with its fifth and octave. */
export function powerChords(notes: readonly Note[]): Note[] {
  return notes.flatMap((note) => [0, 7, 12].map((interval) => ({ ...note, pitch: note.pitch + interval })));
}

/** Players are no machines: hits a little late and of uneven strength, the same way every time. */
export function humanize<T extends Hit>(hits: readonly T[], seed: number, lateBeats = 0.02): T[] {
  const random = seededRandom(seed);
  return hits.map((hit) => ({
    ...hit,
    beat: hit.beat + lateBeats * random(),
    velocity: hit.velocity * (0.85 + 0.15 * random()),
  }));
}

function parsePitch(name: string): number {
  const [, letter = "", accidental, octave] = /^([A-G])([#b]?)(\d)$/.exec(name) ?? [];
  const semitone = SEMITONES[letter];
  if (semitone === undefined) throw new RangeError(`"${name}" is no pitch`);
  return semitone + { "#": 1, b: -1, "": 0 }[accidental as "#" | "b" | ""] + 12 * (Number(octave) + 1);
}

function parseChord(symbol: string, lowest: number): Chord {
  const [, name, quality = ""] = /^([A-G][#b]?)(.*)$/.exec(symbol) ?? [];
  const intervals = QUALITIES[quality];
  if (!name || !intervals) throw new RangeError(`"${symbol}" is no chord known here`);
  const root = parsePitch(`${name}2`);
  const tones = intervals.map((interval) => lowest + ((((root + interval - lowest) % 12) + 12) % 12));
  return { root, tones: [...new Set(tones)].sort((a, b) => a - b) };
}

function steps(text: string): string[] {
  return [...text.replace(/[\s|]/g, "")];
}
