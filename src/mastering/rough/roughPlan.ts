/**
 * Decides on a rough mix: who leads, where everyone stands, what each strip does. Levels are set afterwards, from
 * what the strips were measured to give.
 */
import type { PairCorrelation } from "../../engine/pairCorrelation.js";
import { INSTRUMENTAL_LEADS, STEM_CLASSES, type StemClassName } from "./stemClass.js";

/** A stem as it was measured. */
export interface Stem {
  /** Relative to the session, with `/`. */
  readonly file: string;
  readonly className: StemClassName;
  readonly sampleRate: number;
  readonly channels: number;
  /** Whether both channels carry the same. */
  readonly isDualMono: boolean;
  /** LUFS of the active parts (gated, BS.1770-5), in stereo; `null` if silent. */
  readonly integrated: number | null;
  /** Where it is loudest, seconds. */
  readonly loudestAt: number;
}

/** Two stems of one class, by their places in the list, and how alike they are. */
export interface ComparedPair {
  readonly first: number;
  readonly second: number;
  readonly correlation: PairCorrelation;
}

export interface PlannedTrack {
  readonly stem: Stem;
  readonly id: string;
  readonly name: string;
  readonly isLead: boolean;
  /** dB; brings the active parts to {@link ACTIVE_LOUDNESS}. */
  readonly trim: number;
  readonly isInverted: boolean;
  readonly pan: number;
  /** LUFS that the strip is to give, relative to the lead. */
  readonly level: number;
  /** Each a plain sentence: why it stands as it does. */
  readonly reasons: readonly string[];
}

/** LUFS that every stem's active parts are trimmed to before its inserts. */
export const ACTIVE_LOUDNESS = -23;
/** Two takes of one part are less alike than this. */
const TAKES_BELOW = 0.3;
/** Close microphones of one source are more alike than this. */
const ONE_SOURCE_ABOVE = 0.3;
const MOST_TRIM = 60;

export function planTracks(stems: readonly Stem[], pairs: readonly ComparedPair[]): PlannedTrack[] {
  const lead = findLead(stems);
  const ids = uniqueIds(stems);
  const places = placeTracks(stems, pairs);
  return stems.map((stem, index) => {
    const isLead = stem.className === lead;
    const { pan, reason } = places[index]!;
    const partner = pairs.find((pair) => pair.second === index && isUpsideDown(pair))?.first;
    return {
      stem,
      id: ids[index]!,
      name: nameOf(stem),
      isLead,
      trim: stem.integrated === null ? 0 : tenths(clamp(ACTIVE_LOUDNESS - stem.integrated, MOST_TRIM)),
      isInverted: partner !== undefined,
      pan,
      level: levelOf(stem, stems, isLead),
      reasons: [
        ...(reason === undefined ? [] : [reason]),
        ...(partner === undefined
          ? []
          : [`Polarity inverted: it runs against "${nameOf(stems[partner]!)}", which has the same source.`]),
      ],
    };
  });
}

/** The class that leads: the singer, else the instrument that commonly does; `undefined` if all is silent. */
export function findLead(stems: readonly Stem[]): StemClassName | undefined {
  const sounding = stems.filter(({ integrated }) => integrated !== null).map(({ className }) => className);
  return (
    (["leadVocal", ...INSTRUMENTAL_LEADS] as const).find((each) => sounding.includes(each)) ?? sounding[0]
  );
}

/** Every stem of a class gives an equal share of the class's energy. */
function levelOf(stem: Stem, stems: readonly Stem[], isLead: boolean): number {
  const many = stems.filter(
    ({ className, integrated }) => className === stem.className && integrated !== null,
  ).length;
  const level = isLead ? 0 : STEM_CLASSES[stem.className].level;
  return level - 10 * Math.log10(Math.max(1, many));
}

const isUpsideDown = ({ correlation }: ComparedPair): boolean => correlation.peak < -ONE_SOURCE_ABOVE;

/** Mono stems of a class stand left and right in turn; two takes of one part stand hard on both sides. */
function placeTracks(
  stems: readonly Stem[],
  pairs: readonly ComparedPair[],
): { readonly pan: number; readonly reason?: string }[] {
  const seen = new Map<StemClassName, number>();
  return stems.map((stem, index) => {
    if (stem.channels > 1 && !stem.isDualMono)
      return { pan: 0, reason: "Stereo: stands as it was recorded." };
    const { pan, label } = STEM_CLASSES[stem.className];
    if (pan === 0) return { pan: 0 };
    const before = seen.get(stem.className) ?? 0;
    seen.set(stem.className, before + 1);
    const side = before % 2 === 0 ? -1 : 1;
    const takes = pairs.find(
      (pair) => (pair.first === index || pair.second === index) && areTwoTakes(stems, pair),
    );
    if (takes) {
      const isFirst = takes.first === index;
      return { pan: isFirst ? -1 : 1, reason: `Two takes of one part stand hard left and right.` };
    }
    return {
      pan: side * pan,
      reason: `A mono ${label} stands ${Math.round(pan * 100)} % to the ${side < 0 ? "left" : "right"}.`,
    };
  });
}

function areTwoTakes(stems: readonly Stem[], { first, correlation }: ComparedPair): boolean {
  const { className } = stems[first]!;
  const many = stems.filter((stem) => stem.className === className).length;
  return many === 2 && DOUBLED.includes(className) && Math.abs(correlation.peak) < TAKES_BELOW;
}

/** Classes of which two stems are commonly two takes of one part. */
const DOUBLED: readonly StemClassName[] = [
  "electricGuitar",
  "acousticGuitar",
  "backingVocal",
  "synth",
  "pad",
];

/** @returns how much louder than the lead the rest together is, LU: an instrumental's lead stands 1 LU under it */
export function backingAbove(tracks: readonly PlannedTrack[]): number {
  return tracks.some(({ isLead, stem }) => isLead && stem.className === "leadVocal") ? 0 : 1;
}

/**
 * One trim on everything but the lead, so that together it is as loud as the lead; an instrumental's lead stays
 * 1 LU under the rest.
 *
 * @returns dB
 */
export function backingTrim(tracks: readonly PlannedTrack[]): number {
  const sum = (of: readonly PlannedTrack[]): number =>
    of.reduce((energy, { level }) => energy + 10 ** (level / 10), 0);
  const sounding = tracks.filter(({ stem }) => stem.integrated !== null);
  const lead = sounding.filter(({ isLead }) => isLead);
  const backing = sounding.filter(({ isLead }) => !isLead);
  if (lead.length === 0 || backing.length === 0) return 0;
  const wanted = 10 * Math.log10(sum(lead)) + backingAbove(tracks) - 10 * Math.log10(sum(backing));
  return Math.max(-6, Math.min(6, wanted));
}

function uniqueIds(stems: readonly Stem[]): string[] {
  const taken = new Set(["master", "drums", "music", "vocals", "reverb"]);
  return stems.map((stem) => {
    const base =
      nameOf(stem)
        .toLowerCase()
        .replace(/[^a-z0-9]+/g, "-")
        .replace(/^-|-$/g, "") || "track";
    let id = base;
    for (let n = 2; taken.has(id); n++) id = `${base}-${n}`;
    taken.add(id);
    return id;
  });
}

const nameOf = ({ file }: Stem): string => file.replace(/\.[^./]+$/, "").replace(/^.*\//, "");
const clamp = (value: number, most: number): number => Math.max(-most, Math.min(most, value));
export const tenths = (value: number): number => Math.round(value * 10) / 10;
