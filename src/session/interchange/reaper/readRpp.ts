/**
 * A REAPER project (.rpp): tracks, folders, sends, audio items, envelopes of volume and pan, markers. Sources: the
 * files that REAPER 6 and 7 write; https://github.com/ReaTeam/Doc/blob/master/State%20Chunk%20Definitions.
 */
import { decibelsOf, levelOf, panOf, rounded } from "../foreignMix.js";
import type { ForeignChannel, ForeignMix, ForeignSend, JsonObject } from "../foreignMix.js";
import { blocksOf, linesOf, numbersOf, parseRpp, type RppBlock } from "./rppTree.js";

const USUAL_TEMPO = 120;
/** Kinds of sources that hold audio. */
const AUDIO = new Set(["WAVE", "FLAC", "MP3", "VORBIS", "OPUS", "AIFF"]);
/** Envelopes of a track that are carried over: block, path, value of ours. */
const ENVELOPES = [
  ["VOLENV2", "fader", (value: number) => levelOf(decibelsOf(value))],
  // REAPER counts pan of envelopes from the right.
  ["PANENV2", "pan", (value: number) => panOf(-value)],
] as const;
/** Shape of an envelope's point: 1 is a square. */
const SQUARE = 1;

/** @param fileOf name of an audio file as the session writes it; `undefined` for one that is not carried over */
export function readRpp(
  text: string,
  title: string,
  fileOf: (file: string) => string | undefined,
): ForeignMix {
  const project = parseRpp(text);
  const lost = new Set<string>();
  const tracks = blocksOf(project, "TRACK");
  const folders = foldersOf(tracks);
  const channels = tracks.map((track, index): ForeignChannel => {
    const name = linesOf(track, "NAME")[0]?.[0] ?? "";
    const label = name || `Track ${index + 1}`;
    const lose = (what: string): void => void lost.add(`${label}: ${what}.`);
    const [volume = 1, pan = 0] = numbersOf(track, "VOLPAN");
    const [isMuted = 0, isSoloed = 0] = numbersOf(track, "MUTESOLO");
    const [inMaster = 1] = numbersOf(track, "MAINSEND");
    if (inMaster === 0) lose("that it plays to nothing but its sends: turn its output down");
    loseEffects(track, lose);
    return {
      ...{ key: String(index), name: label, color: colorOf(numbersOf(track, "PEAKCOL")[0]) },
      clips: blocksOf(track, "ITEM").flatMap((item) => clipsOf(item, fileOf, lose)),
      inserts: [],
      automation: automationOf(track),
      ...{ fader: decibelsOf(volume), pan: panOf(pan) },
      ...{
        isMuted: isMuted !== 0,
        isSoloed: isSoloed !== 0,
        isInverted: numbersOf(track, "IPHASE")[0] === 1,
      },
      sends: sendsOf(tracks, index),
      output: folders[index] ?? null,
    };
  });
  const [masterVolume = 1] = numbersOf(project, "MASTER_VOLUME");
  for (const chain of blocksOf(project, "MASTERFXLIST"))
    loseChain(chain, (what) => void lost.add(`Master: ${what}.`));
  if (blocksOf(project, "TEMPOENVEX").some((each) => linesOf(each, "PT").length > 1))
    lost.add("The changes of the tempo; places are in seconds and stay.");
  const [rate = 0, isRateSet = 0] = numbersOf(project, "SAMPLERATE");
  return {
    ...{ title, channels, lost: [...lost], tempo: numbersOf(project, "TEMPO")[0] ?? USUAL_TEMPO },
    sampleRate: isRateSet !== 0 && rate >= 8000 ? rate : undefined,
    master: { fader: decibelsOf(masterVolume), inserts: [], automation: {} },
    markers: linesOf(project, "MARKER").flatMap(([, time, name = "", isRegion]) =>
      isRegion === "1" || Number.isNaN(Number(time)) ? [] : [{ time: Math.max(0, Number(time)), name }],
    ),
  };
}

/** @returns for each track the key of the folder that it lies in */
function foldersOf(tracks: readonly RppBlock[]): (string | undefined)[] {
  const open: string[] = [];
  return tracks.map((track, index) => {
    const folder = open.at(-1);
    const [kind = 0, depth = 0] = numbersOf(track, "ISBUS");
    if (kind === 1) open.push(String(index));
    // The last track of a folder closes as many as it says.
    else if (kind === 2) open.splice(Math.max(0, open.length + depth));
    return folder;
  });
}

/** Tracks that receive from track `from`. */
function sendsOf(tracks: readonly RppBlock[], from: number): ForeignSend[] {
  return tracks.flatMap((track, to) =>
    linesOf(track, "AUXRECV").flatMap((words): ForeignSend[] => {
      const [source, mode = 0, volume = 1, pan = 0, isMuted = 0] = words.map(Number);
      if (source !== from) return [];
      const tap = mode === 0 ? "post" : "pre";
      return [{ to: String(to), level: decibelsOf(volume), tap, pan: panOf(pan), isMuted: isMuted !== 0 }];
    }),
  );
}

function clipsOf(
  item: RppBlock,
  fileOf: (file: string) => string | undefined,
  lose: (what: string) => void,
): JsonObject[] {
  const name = linesOf(item, "NAME")[0]?.[0] ?? "";
  const source = sourceOf(item);
  if (!source) {
    lose(`the item "${name}", which is no audio file`);
    return [];
  }
  const file = fileOf(source.file);
  if (file === undefined) return [];
  if (linesOf(item, "TAKE").length > 0) lose(`the other takes of the item "${name}"`);
  const [rate = 1, keepsPitch = 1] = numbersOf(item, "PLAYRATE");
  if (rate !== 1 && keepsPitch !== 0) lose(`the pitch of the item "${name}": it is played faster or slower`);
  const [position = 0] = numbersOf(item, "POSITION");
  const [offset = 0] = numbersOf(item, "SOFFS");
  const [length] = numbersOf(item, "LENGTH");
  const [itemVolume = 1, , takeVolume = 1] = numbersOf(item, "VOLPAN");
  const gain = decibelsOf(itemVolume * Math.abs(takeVolume));
  const [isMuted = 0] = numbersOf(item, "MUTE");
  const fade = (key: string): JsonObject | undefined => {
    const seconds = numbersOf(item, key)[1] ?? 0;
    return seconds > 0 ? { length: rounded(seconds) } : undefined;
  };
  const [fadeIn, fadeOut] = [fade("FADEIN"), fade("FADEOUT")];
  return [
    {
      ...{ file, start: rounded(Math.max(0, position)) },
      ...(name !== "" && { name }),
      ...(offset + source.start > 0 && { offset: rounded(offset + source.start) }),
      ...(length !== undefined && length > 0 && { length: rounded(length) }),
      ...(source.isReversed && { reverse: true }),
      ...(rate !== 1 && { speed: rounded(Math.min(8, Math.max(0.125, rate))) }),
      ...(Math.abs(gain) > 1e-3 && { gain: levelOf(gain) }),
      ...(isMuted !== 0 && { mute: true }),
      ...(fadeIn && { fadeIn }),
      ...(fadeOut && { fadeOut }),
    },
  ];
}

interface Source {
  readonly file: string;
  /** Seconds. */
  readonly start: number;
  readonly isReversed: boolean;
}

/** A section plays a part of another source, perhaps backwards. */
function sourceOf(owner: RppBlock): Source | undefined {
  const source = blocksOf(owner, "SOURCE")[0];
  const kind = source?.words[0];
  if (!source || kind === undefined) return undefined;
  if (kind === "SECTION") {
    const inner = sourceOf(source);
    const [start = 0] = numbersOf(source, "STARTPOS");
    const [mode = 0] = numbersOf(source, "MODE");
    return inner && { ...inner, start: inner.start + start, isReversed: mode === 2 || mode === 3 };
  }
  const file = linesOf(source, "FILE")[0]?.[0];
  return AUDIO.has(kind) && file !== undefined ? { file, start: 0, isReversed: false } : undefined;
}

function automationOf(track: RppBlock): ForeignChannel["automation"] {
  return Object.fromEntries(
    ENVELOPES.flatMap(([block, path, valueOf]) => {
      const envelope = blocksOf(track, block)[0];
      const isActive = envelope && (numbersOf(envelope, "ACT")[0] ?? 1) !== 0;
      const points = isActive ? linesOf(envelope, "PT") : [];
      if (points.length === 0) return [];
      const curve = points.map((words) => {
        const [time = 0, value = 1, shape = 0] = words.map(Number);
        const point = [rounded(Math.max(0, time)), valueOf(value)];
        return shape === SQUARE ? [...point, "hold"] : point;
      });
      return [[path, curve.sort(([a], [b]) => Number(a) - Number(b))]];
    }),
  );
}

function loseEffects(track: RppBlock, lose: (what: string) => void): void {
  for (const chain of blocksOf(track, "FXCHAIN")) loseChain(chain, lose);
  if (blocksOf(track, "WIDTHENV2").length > 0) lose("the automation of its width");
}

function loseChain(chain: RppBlock, lose: (what: string) => void): void {
  for (const kind of ["VST", "AU", "JS", "CLAP", "LV2", "DX"])
    for (const { words } of blocksOf(chain, kind)) lose(`the plug-in "${words[0] ?? kind}"`);
}

/** Windows' order of colours, blue highest; the bit above says that there is one. */
function colorOf(number: number | undefined): string | undefined {
  if (number === undefined || (number & 0x1000000) === 0) return undefined;
  const [red, green, blue] = [number & 255, (number >> 8) & 255, (number >> 16) & 255];
  return `#${[red, green, blue].map((each) => each.toString(16).padStart(2, "0")).join("")}`;
}
