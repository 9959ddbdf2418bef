/**
 * What a stem is, by its name, and how its class stands in a rough mix.
 *
 * Levels: the lead vocal is as loud as all the rest together (P. Pestana, J. Reiss, "Intelligent Audio Production
 * Strategies Informed by Best Practices", AES 53rd Conf., 2014); the other classes' are common practice, chosen so
 * that all of them together come to about the lead. Low sources stand in the centre, high ones wider
 * (E. Perez-Gonzalez, J. Reiss, "A Real-Time Semiautonomous Audio Panning System", AES 129th Conv., 2010).
 */

export type Family = "drums" | "bass" | "music" | "vocals" | "effects";

export interface StemClass {
  readonly label: string;
  readonly family: Family;
  /** Loudness of the whole class in its active parts, LU under the lead. */
  readonly level: number;
  /** How far mono stems of the class stand from the centre, 0 to 1; pairs go to both sides. */
  readonly pan: number;
  /** High-pass, Hz. */
  readonly highpass: number;
  /** Ratio of its gentle compressor, n:1; 1: none. */
  readonly ratio: number;
  /** Attack and release of it, ms. */
  readonly attack: number;
  readonly release: number;
  /** Send to the reverb relative to the strongest, dB; absent: dry. */
  readonly reverb?: number;
}

const gently = { ratio: 2, attack: 20, release: 150 } as const;
const vocal = { ratio: 3, attack: 8, release: 120 } as const;
const percussive = { ratio: 2, attack: 30, release: 100 } as const;
const open = { ratio: 1, attack: 20, release: 150 } as const;

/** Classes by their key. */
export const STEM_CLASSES = {
  leadVocal: { label: "lead vocal", family: "vocals", level: 0, pan: 0, highpass: 80, ...vocal, reverb: 0 },
  backingVocal: {
    label: "backing vocal",
    family: "vocals",
    level: -9,
    pan: 0.55,
    highpass: 150,
    ...vocal,
    reverb: 0,
  },
  kick: { label: "kick", family: "drums", level: -8, pan: 0, highpass: 30, ...percussive },
  snare: { label: "snare", family: "drums", level: -8, pan: 0, highpass: 80, ...percussive, reverb: -4 },
  toms: { label: "toms", family: "drums", level: -14, pan: 0.4, highpass: 60, ...percussive, reverb: -6 },
  hats: { label: "hats", family: "drums", level: -16, pan: 0.25, highpass: 300, ...open },
  overheads: { label: "overheads", family: "drums", level: -12, pan: 0.8, highpass: 200, ...open },
  drums: { label: "drum loop or kit", family: "drums", level: -5, pan: 0, highpass: 30, ...percussive },
  bass: {
    label: "bass",
    family: "bass",
    level: -6,
    pan: 0,
    highpass: 30,
    ratio: 4,
    attack: 15,
    release: 150,
  },
  leadGuitar: {
    label: "lead guitar",
    family: "music",
    level: -4,
    pan: 0.15,
    highpass: 90,
    ...gently,
    reverb: -3,
  },
  electricGuitar: {
    label: "electric guitar",
    family: "music",
    level: -8,
    pan: 0.7,
    highpass: 90,
    ...gently,
    reverb: -8,
  },
  acousticGuitar: {
    label: "acoustic guitar",
    family: "music",
    level: -9,
    pan: 0.35,
    highpass: 100,
    ...gently,
    reverb: -6,
  },
  keys: { label: "keys", family: "music", level: -9, pan: 0.3, highpass: 60, ...gently, reverb: -6 },
  synth: { label: "synth", family: "music", level: -10, pan: 0.4, highpass: 90, ...gently, reverb: -6 },
  pad: { label: "pad or strings", family: "music", level: -13, pan: 0.8, highpass: 150, ...open, reverb: -6 },
  brass: {
    label: "brass or winds",
    family: "music",
    level: -9,
    pan: 0.4,
    highpass: 100,
    ...gently,
    reverb: -4,
  },
  percussion: {
    label: "percussion",
    family: "drums",
    level: -14,
    pan: 0.5,
    highpass: 200,
    ...open,
    reverb: -6,
  },
  effects: { label: "effect", family: "effects", level: -14, pan: 0.5, highpass: 200, ...open, reverb: -6 },
  unknown: { label: "unknown", family: "music", level: -10, pan: 0, highpass: 30, ...open },
} as const satisfies Record<string, StemClass>;

export type StemClassName = keyof typeof STEM_CLASSES;

/** Words of names; the first row that matches a word gives its class. */
const WORDS: readonly [RegExp, StemClassName][] = [
  [
    /^(bg?vs?|bg?vox|bgvocals?|bvox|backings?|backup|choir|harm(ony|onies)?|doubles?|adlibs?)$/,
    "backingVocal",
  ],
  [/^(vox|voc|vocals?|voice|sing(er)?|rap)$/, "leadVocal"],
  [/^(kick|kik|kck|bd|bassdrum|808kick)$/, "kick"],
  [/^(sn|snr|snares?|clap|rim(shot)?)$/, "snare"],
  [/^(toms?|floortom|racktom)$/, "toms"],
  [/^(hats?|hh|hihats?|chh|ohh|hi-?hat)$/, "hats"],
  [/^(oh|ohs|overheads?|cymbals?|cym|crash|ride|rooms?)$/, "overheads"],
  [/^(drums?|drumkit|kit|beats?|breakbeats?|breaks?|loops?|trap)$/, "drums"],
  [/^(bass|bs|sub|808|basses)$/, "bass"],
  [/^(ac|acoustic|acgtr|acgtrs|nylon)$/, "acousticGuitar"],
  [/^(gtrs?|guitars?|git|egtr|eg|dist)$/, "electricGuitar"],
  [/^(keys?|pno|piano|rhodes|organ|wurli|clav|mallets?|marimba|vibes|bells?)$/, "keys"],
  [/^(pads?|str|strings?|violins?|viola|cellos?|drone|atmos?|ambience)$/, "pad"],
  [/^(syn|synths?|arp|minilogue|moog|juno|prophet|pluck)$/, "synth"],
  [/^(brass|trumpets?|sax|horns?|trombones?|flutes?|winds?)$/, "brass"],
  [/^(perc|percussion|shakers?|tamb(ourine)?|congas?|bongos?|cowbell)$/, "percussion"],
  [/^(fx|sfx|effects?|sweeps?|risers?|build|impact|noise|uplifter|downlifter|foley)$/, "effects"],
];

/** Classes of single parts of a drum kit: two of them in one name are a kit. */
const KIT_PARTS: readonly StemClassName[] = ["kick", "snare", "toms", "hats", "overheads"];

/**
 * @param path relative to the stems' folder, with `/`; the folder's name helps where the file's says nothing
 * @returns the class that the words of the name say; the last one that is known counts, as in "pad bass"
 */
export function classifyStem(path: string): StemClassName {
  const parts = path.replace(/\.[^./]+$/, "").split("/");
  for (const part of parts.reverse()) {
    const words = wordsOf(part);
    const classes = words.flatMap((word) => classOfWord(word) ?? []);
    const parts = new Set(classes.filter((each) => KIT_PARTS.includes(each)));
    if (parts.size > 1) return "drums";
    const last = classes.at(-1);
    if (last !== undefined) return refine(last, words);
    if (words.includes("lead")) return "synth";
  }
  return "unknown";
}

const classOfWord = (word: string): StemClassName | undefined =>
  WORDS.find(([pattern]) => pattern.test(word))?.[1];

/** "LeadVox_02" is lead, vox. */
function wordsOf(name: string): string[] {
  return name
    .replace(/([a-z])([A-Z])/g, "$1 $2")
    .toLowerCase()
    .split(/[^a-z0-9-]+|(?<=[a-z])(?=\d+$)|-/)
    .filter((word) => word !== "" && !/^\d+$/.test(word));
}

function refine(last: StemClassName, words: readonly string[]): StemClassName {
  if (words.includes("lead") && last === "electricGuitar") return "leadGuitar";
  if (words.some((word) => classOfWord(word) === "backingVocal") && last === "leadVocal")
    return "backingVocal";
  if (words.includes("acoustic") || words.includes("ac"))
    return last === "electricGuitar" ? "acousticGuitar" : last;
  return last;
}

/** Who leads where nobody sings, best first. */
export const INSTRUMENTAL_LEADS: readonly StemClassName[] = [
  ...(["leadGuitar", "brass", "synth", "keys", "electricGuitar", "acousticGuitar", "pad", "drums"] as const),
];
