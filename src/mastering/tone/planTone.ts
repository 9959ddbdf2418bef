/** What each song's tone and width are changed by, and what is told of them. */
import { THIRD_OCTAVES } from "../../engine/thirdOctaves.js";
import { insertDefaults, type Insert } from "../../session/insertTable.js";
import { eqCurve, matchingEq, type Eq } from "./matchingEq.js";
import { albumTone, loudnessChange, toneDistance, type AlbumTone, type Tone } from "./tone.js";

/** What a song sounds like and what the plan makes of it. */
export interface SongTone extends Tone {
  /** dB by third octave from the album's median; `null` where one of them has nothing. */
  readonly deviation: readonly (number | null)[];
  /** dB, over the third octaves: to the median, before the matching equalizer. */
  readonly distance: number;
  /** An equalizer that would bring the song to the album's median; `null` if there is nothing to do. */
  readonly suggestion: Eq | null;
}

export interface TonePlan {
  readonly album: AlbumTone | null;
  /** By song. */
  readonly songs: readonly PlannedTone[];
}

export interface PlannedTone {
  readonly tone: SongTone | null;
  /** After the chain, before the gain. */
  readonly inserts: readonly Insert[];
  /** By how much they change the loudness, LU. */
  readonly loudnessChange: number;
  readonly notes: readonly string[];
}

export interface ToneSettings {
  /** By song: 0 to 100 % of the way to the album's median. */
  readonly amounts: readonly number[];
  readonly reference: ReferenceTone | undefined;
}

export interface ReferenceTone {
  readonly tone: Tone;
  /** 0 to 100 % of the way. */
  readonly amount: number;
  readonly isWidthMatched: boolean;
}

/** A song that differs by more than this, dB, is named: in width, and in tone over an octave. */
const WIDTH_RANGE = 3;
const TONE_RANGE = 2;
/** Of the sides, dB, when the width is matched. */
const MOST_WIDTH = 3;
/** An album of one song has no others to be compared with. */
const LEAST_SONGS = 2;

/** @param tones by song; `null` for a silent or failed one */
export function planTone(tones: readonly (Tone | null)[], { amounts, reference }: ToneSettings): TonePlan {
  const known = tones.flatMap((tone) => tone ?? []);
  const album = known.length >= LEAST_SONGS ? albumTone(known) : null;
  return { album, songs: tones.map((tone, song) => planSong(tone, album, amounts[song]!, reference)) };
}

function planSong(
  tone: Tone | null,
  album: AlbumTone | null,
  amount: number,
  reference: ReferenceTone | undefined,
): PlannedTone {
  if (!tone) return { tone: null, inserts: [], loudnessChange: 0, notes: [] };
  const compared = album
    ? comparedTo(tone, album)
    : { ...tone, deviation: [], distance: 0, suggestion: null };
  const eq = matching(tone, album, amount, reference);
  const width = reference && widening(tone, reference);
  return {
    tone: compared,
    inserts: [...(eq ? [eq] : []), ...(width ? [width] : [])],
    loudnessChange: eq ? loudnessChange(tone, eqCurve(eq)) : 0,
    notes: album ? notesOn(compared, album) : [],
  };
}

/** LUFS; `null` for what is silent, too short or cannot be read. */
interface SongLevels {
  readonly integrated: number | null;
  readonly loudPart: number | null;
}

/** @returns what a song has after the chain, with what the matching of its tone will do */
export function matchedLoudness(
  { integrated, loudPart }: SongLevels = { integrated: null, loudPart: null },
  { loudnessChange }: PlannedTone,
): SongLevels {
  const matched = (level: number | null): number | null => (level === null ? null : level + loudnessChange);
  return { integrated: matched(integrated), loudPart: matched(loudPart) };
}

/** The way to the reference first; of what it leaves, the way to the album's median. */
function matching(
  tone: Tone,
  album: AlbumTone | null,
  amount: number,
  reference: ReferenceTone | undefined,
): Eq | undefined {
  const share = (reference?.amount ?? 0) / 100;
  const toMedian = album ? (amount / 100) * (1 - share) : 0;
  const whole = share + toMedian;
  if (whole === 0) return undefined;
  const goal = tone.bands.map((level, band) => {
    const [near, far] = [album?.median[band], reference?.tone.bands[band]];
    if (level === null) return null;
    const step = toMedian * ((near ?? level) - level) + share * ((far ?? level) - level);
    return level + step / whole;
  });
  return matchingEq(tone.bands, goal, 100 * whole);
}

function widening(
  tone: Tone,
  { tone: { width }, amount, isWidthMatched }: ReferenceTone,
): Insert | undefined {
  if (!isWidthMatched || width === null || tone.width === null) return undefined;
  const side = Math.max(-MOST_WIDTH, Math.min(MOST_WIDTH, ((width - tone.width) * amount) / 100));
  if (Math.abs(side) < 0.1) return undefined;
  return { ...insertDefaults("stereo"), name: "Width of the reference", side: Math.round(side * 100) / 100 };
}

function comparedTo(tone: Tone, { median }: AlbumTone): SongTone {
  return {
    ...tone,
    deviation: tone.bands.map((level, band) => {
      const middle = median[band] ?? null;
      return level === null || middle === null ? null : Math.round((level - middle) * 100) / 100;
    }),
    distance: Math.round(toneDistance(tone.bands, median) * 100) / 100,
    suggestion: matchingEq(tone.bands, median, 100) ?? null,
  };
}

/** Ranges that people talk about, Hz. */
const RANGES = [
  { name: "bass", low: 40, high: 160 },
  { name: "low mids", low: 160, high: 630 },
  { name: "mids", low: 630, high: 2500 },
  { name: "presence", low: 2500, high: 6300 },
  { name: "treble", low: 6300, high: 12_700 },
];

function notesOn(tone: SongTone, { width }: AlbumTone): string[] {
  const { deviation } = tone;
  const tones = RANGES.flatMap(({ name, low, high }) => {
    const values = deviation.flatMap((each, band) => {
      const hertz = THIRD_OCTAVES[band]!;
      return each !== null && hertz >= low && hertz < high ? [each] : [];
    });
    const mean = values.reduce((sum, each) => sum + each, 0) / Math.max(1, values.length);
    if (Math.abs(mean) <= TONE_RANGE) return [];
    return [`${Math.abs(mean).toFixed(1)} dB ${mean > 0 ? "more" : "less"} ${name} (${low} to ${high} Hz)`];
  });
  const told =
    tones.length === 0
      ? []
      : [
          `It has ${tones.join(", ")} than the album's median. Raise tonalBalance.amount to match it, or leave it if it is meant.`,
        ];
  const difference = width === null || tone.width === null ? 0 : tone.width - width;
  const side = difference > 0 ? "wider" : "narrower";
  const wide =
    Math.abs(difference) > WIDTH_RANGE
      ? [`It is ${side} than the album's median: its sides differ by ${Math.abs(difference).toFixed(1)} dB.`]
      : [];
  return [...told, ...wide];
}
