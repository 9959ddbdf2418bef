/**
 * The broadcast extension chunk `bext`, version 2. Source: EBU Tech 3285, version 2.0, section 2.3.
 * Loudness fields are signed 16-bit integers, 100 times the value; 0x7FFF means "not given".
 */
import { dB, type Decibels } from "../../units/decibels.js";
import { lu, lufs, type LoudnessUnits, type Lufs } from "../../units/loudness.js";
import { decodeText, encodeText } from "./text.js";

export interface BroadcastExtension {
  /** At most 256 bytes. */
  readonly description: string;
  /** At most 32 bytes, like {@link originatorReference}. */
  readonly originator: string;
  readonly originatorReference: string;
  /** yyyy-mm-dd */
  readonly originationDate: string;
  /** hh:mm:ss */
  readonly originationTime: string;
  /** First frame, counted from midnight. */
  readonly timeReferenceFrames: number;
  /** 64 bytes, SMPTE 330M; zeros where there is none. */
  readonly umid: Uint8Array;
  readonly loudness: BroadcastLoudness;
  /** Lines like "A=PCM,F=48000,W=24,M=stereo", each ending in CR LF. */
  readonly codingHistory: string;
}

/** Each is missing where it is not given, out of -99.99 .. 99.99, or the chunk is older than version 2. */
export interface BroadcastLoudness {
  readonly integrated?: Lufs;
  readonly range?: LoudnessUnits;
  readonly maxTruePeak?: Decibels;
  readonly maxMomentary?: Lufs;
  readonly maxShortTerm?: Lufs;
}

/** Offsets and lengths of the fields. */
const FIELD = {
  description: [0, 256],
  originator: [256, 32],
  originatorReference: [288, 32],
  originationDate: [320, 10],
  originationTime: [330, 8],
  timeReference: 338,
  version: 346,
  umid: [348, 64],
  integrated: 412,
  range: 414,
  maxTruePeak: 416,
  maxMomentary: 418,
  maxShortTerm: 420,
  codingHistory: 602,
} as const;

const NOT_GIVEN = 0x7fff;
const GREATEST_LOUDNESS = 9999;

/** Reads the contents of a `bext` chunk; nothing if it is too short to be one (602 bytes). */
export function parseBext(contents: Uint8Array, bigEndian = false): BroadcastExtension | undefined {
  if (contents.length < FIELD.codingHistory) return undefined;
  const view = new DataView(contents.buffer, contents.byteOffset, contents.byteLength);
  const text = ([offset, length]: readonly [number, number]) =>
    decodeText(contents.subarray(offset, offset + length));
  const low = view.getUint32(FIELD.timeReference, !bigEndian);
  const high = view.getUint32(FIELD.timeReference + 4, !bigEndian);
  return {
    description: text(FIELD.description),
    originator: text(FIELD.originator),
    originatorReference: text(FIELD.originatorReference),
    originationDate: text(FIELD.originationDate),
    originationTime: text(FIELD.originationTime),
    timeReferenceFrames: high * 2 ** 32 + low,
    umid: contents.slice(FIELD.umid[0], FIELD.umid[0] + FIELD.umid[1]),
    loudness: view.getUint16(FIELD.version, !bigEndian) >= 2 ? parseLoudness(view, bigEndian) : {},
    codingHistory: decodeText(contents.subarray(FIELD.codingHistory)),
  };
}

function parseLoudness(view: DataView, bigEndian: boolean): BroadcastLoudness {
  const value = <T>(offset: number, unit: (value: number) => T): T | undefined => {
    const stored = view.getInt16(offset, !bigEndian);
    return Math.abs(stored) <= GREATEST_LOUDNESS ? unit(stored / 100) : undefined;
  };
  const integrated = value(FIELD.integrated, lufs);
  const range = value(FIELD.range, lu);
  const maxTruePeak = value(FIELD.maxTruePeak, dB);
  const maxMomentary = value(FIELD.maxMomentary, lufs);
  const maxShortTerm = value(FIELD.maxShortTerm, lufs);
  return {
    ...(integrated !== undefined && { integrated }),
    ...(range !== undefined && { range }),
    ...(maxTruePeak !== undefined && { maxTruePeak }),
    ...(maxMomentary !== undefined && { maxMomentary }),
    ...(maxShortTerm !== undefined && { maxShortTerm }),
  };
}

/**
 * Contents of a little-endian `bext` chunk, version 2. Missing texts are empty, too long ones are cut at
 * a character.
 */
export function formatBext(extension: Partial<BroadcastExtension>): Uint8Array {
  const history = encodeText(extension.codingHistory ?? "");
  const contents = new Uint8Array(FIELD.codingHistory + history.length);
  const view = new DataView(contents.buffer);
  const text = ([offset, length]: readonly [number, number], value = "") =>
    contents.set(encodeText(value, length), offset);
  text(FIELD.description, extension.description);
  text(FIELD.originator, extension.originator);
  text(FIELD.originatorReference, extension.originatorReference);
  text(FIELD.originationDate, extension.originationDate);
  text(FIELD.originationTime, extension.originationTime);
  view.setBigUint64(
    FIELD.timeReference,
    BigInt(Math.max(0, Math.round(extension.timeReferenceFrames ?? 0))),
    true,
  );
  view.setUint16(FIELD.version, 2, true);
  contents.set((extension.umid ?? new Uint8Array(0)).subarray(0, FIELD.umid[1]), FIELD.umid[0]);
  const { loudness = {} } = extension;
  for (const field of ["integrated", "range", "maxTruePeak", "maxMomentary", "maxShortTerm"] as const) {
    view.setInt16(FIELD[field], storedLoudness(loudness[field]), true);
  }
  contents.set(history, FIELD.codingHistory);
  return contents;
}

/** Hundredths, rounded half away from zero; what cannot be stored is "not given". */
function storedLoudness(value: number | undefined): number {
  if (value === undefined || !Number.isFinite(value)) return NOT_GIVEN;
  const stored = Math.sign(value) * Math.round(Math.abs(value) * 100);
  return Math.abs(stored) <= GREATEST_LOUDNESS ? stored : NOT_GIVEN;
}
