/**
 * The `fmt ` chunk: what the bytes of the `data` chunk mean.
 *
 * Sources: Microsoft, "Multiple Channel Audio Data and WAVE Files" (WAVE_FORMAT_EXTENSIBLE) and
 * mmreg.h (format tags); R. W. Dobson, "AMBISONIC B-FORMAT WAVE files" (its sub-format GUIDs).
 */
import { BYTES_PER_SAMPLE, type SampleLayout } from "./audioFile.js";

export type WavEncoding = "pcm" | "float" | "alaw" | "mulaw" | "msAdpcm" | "imaAdpcm";

export interface WavFormat {
  readonly encoding: WavEncoding;
  readonly channels: number;
  readonly sampleRate: number;
  /** Bytes of one frame; of one block where the encoding is ADPCM. */
  readonly blockBytes: number;
  /** Bits a sample occupies; 4 for ADPCM. */
  readonly containerBits: number;
  /** Significant bits of a sample, at most {@link containerBits}. */
  readonly validBits: number;
  readonly channelMask: number;
  /** ADPCM: frames of a whole block as the file says; 0 where it does not. */
  readonly framesPerBlock: number;
  /** MS ADPCM: predictor coefficient pairs, 256 = 1. */
  readonly coefficients: readonly (readonly [number, number])[];
  /** What was odd but could be read. */
  readonly warnings: readonly string[];
}

/** A `fmt ` chunk that cannot be read; `offset` counts from the start of the chunk's contents. */
export class WavFormatError extends Error {
  override readonly name = "WavFormatError";
  constructor(
    readonly offset: number,
    reason: string,
  ) {
    super(reason);
  }
}

const TAG = { pcm: 1, msAdpcm: 2, float: 3, alaw: 6, mulaw: 7, imaAdpcm: 0x11, extensible: 0xfffe } as const;

const MOST_CHANNELS = 256;
const LEAST_SAMPLE_RATE = 1000;
const GREATEST_SAMPLE_RATE = 6_144_000;

/**
 * Reads the contents of a `fmt ` chunk.
 * @throws WavFormatError
 */
export function parseFormat(bytes: Uint8Array, bigEndian: boolean): WavFormat {
  if (bytes.length < 16)
    throw new WavFormatError(0, `"fmt " has ${bytes.length} bytes; at least 16 are needed`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const u16 = (offset: number) => view.getUint16(offset, !bigEndian);
  const tag = u16(0);
  const channels = u16(2);
  if (channels < 1 || channels > MOST_CHANNELS) {
    throw new WavFormatError(2, `${channels} channels; 1 to ${MOST_CHANNELS} can be read`);
  }
  const sampleRate = view.getUint32(4, !bigEndian);
  if (sampleRate < LEAST_SAMPLE_RATE || sampleRate > GREATEST_SAMPLE_RATE) {
    const range = `${LEAST_SAMPLE_RATE} to ${GREATEST_SAMPLE_RATE} Hz`;
    throw new WavFormatError(4, `a sample rate of ${sampleRate} Hz; ${range} can be read`);
  }
  const common = { channels, sampleRate, channelMask: 0, framesPerBlock: 0, coefficients: [], warnings: [] };
  const sizes = { channels, blockBytes: u16(12), bits: u16(14) };
  if (tag === TAG.extensible) return parseExtensible(view, bigEndian, common);
  if (tag === TAG.msAdpcm || tag === TAG.imaAdpcm) {
    return { ...common, ...parseAdpcm(view, bigEndian, tag, sizes) };
  }
  return { ...common, ...sampleFormat(tag, 0, sizes, sizes.bits) };
}

/** What every `fmt ` chunk says of sizes: bytes of a frame or block, bits of a sample. */
interface SizeFields {
  readonly channels: number;
  readonly blockBytes: number;
  readonly bits: number;
}

type Common = Pick<WavFormat, "channels" | "sampleRate" | "framesPerBlock" | "coefficients">;

function parseExtensible(view: DataView, bigEndian: boolean, common: Common): WavFormat {
  if (view.byteLength < 40) {
    throw new WavFormatError(0, `an extensible "fmt " has ${view.byteLength} bytes; 40 are needed`);
  }
  const u16 = (offset: number) => view.getUint16(offset, !bigEndian);
  const tag = subFormatTag(view, bigEndian);
  if (tag === undefined) throw new WavFormatError(24, "an unknown sub-format GUID");
  if (tag === TAG.msAdpcm || tag === TAG.imaAdpcm) {
    throw new WavFormatError(24, "ADPCM in an extensible header cannot be read");
  }
  const channelMask = view.getUint32(20, !bigEndian);
  const sizes = { channels: common.channels, blockBytes: u16(12), bits: u16(14) };
  const form = sampleFormat(tag, 24, sizes, u16(18) || sizes.bits);
  return { ...common, ...form, channelMask };
}

/** Last eight bytes of the GUIDs of Microsoft's tags and of Ambisonic B-format, as a number. */
const GUID_TAILS = new Set([0x800000aa00389b71n, 0x8644c8c1ca000000n]);

/** The format tag inside a sub-format GUID. RIFX files exist with the GUID turned, unturned and in between. */
function subFormatTag(view: DataView, bigEndian: boolean): number | undefined {
  if (!GUID_TAILS.has(view.getBigUint64(32, false))) return undefined;
  for (const littleEndian of [true, false]) {
    const middle = [view.getUint16(28, littleEndian), view.getUint16(30, littleEndian)].join();
    if (middle !== "0,16" && middle !== `${0x0721},${0x11d3}`) continue;
    const tag = view.getUint32(24, littleEndian);
    // SoX turns the first two bytes only.
    if (bigEndian && tag < 0x10000 && (tag & 0xff) === 0) return tag >> 8;
    return tag;
  }
  return undefined;
}

type SampleForm = Pick<WavFormat, "encoding" | "blockBytes" | "containerBits" | "validBits" | "warnings">;

/** Encodings in which every sample stands alone, by tag, with the sizes of a sample that are read. */
const PLAIN_ENCODINGS: Readonly<Record<number, { encoding: WavEncoding; sampleBytes: readonly number[] }>> = {
  [TAG.pcm]: { encoding: "pcm", sampleBytes: [1, 2, 3, 4] },
  [TAG.float]: { encoding: "float", sampleBytes: [4, 8] },
  [TAG.alaw]: { encoding: "alaw", sampleBytes: [1] },
  [TAG.mulaw]: { encoding: "mulaw", sampleBytes: [1] },
};

/** @param tagOffset where the tag stands, for the error message */
function sampleFormat(
  tag: number,
  tagOffset: number,
  { channels, blockBytes, bits }: SizeFields,
  validBits: number,
): SampleForm {
  const plain = PLAIN_ENCODINGS[tag];
  if (!plain)
    throw new WavFormatError(tagOffset, `format tag 0x${tag.toString(16)} (${tagName(tag)}) cannot be read`);
  const { encoding, sampleBytes } = plain;
  const warnings: string[] = [];
  let bytesPerSample = Math.ceil(bits / 8);
  // An integer may lie in a container larger than its bits, 24 in 32 for example.
  if (
    blockBytes % channels === 0 &&
    blockBytes / channels > bytesPerSample &&
    encoding === "pcm" &&
    bits > 0
  ) {
    bytesPerSample = blockBytes / channels;
  } else if (blockBytes !== bytesPerSample * channels) {
    warnings.push(
      `"fmt " says ${blockBytes} bytes a frame; ${channels} x ${bits} bits need ${bytesPerSample * channels}`,
    );
  }
  if (!sampleBytes.includes(bytesPerSample) || (encoding !== "pcm" && bits !== bytesPerSample * 8)) {
    throw new WavFormatError(14, `${bits}-bit samples of encoding "${encoding}" cannot be read`);
  }
  const containerBits = bytesPerSample * 8;
  if (validBits > containerBits) warnings.push(`"fmt " says ${validBits} valid bits in ${containerBits}`);
  const valid = encoding === "pcm" ? Math.min(validBits, containerBits) : containerBits;
  return { encoding, blockBytes: bytesPerSample * channels, containerBits, validBits: valid, warnings };
}

/** Names of encodings people meet in WAV files that are not read. */
function tagName(tag: number): string {
  const names: Readonly<Record<number, string>> = {
    0x31: "GSM 6.10",
    0x50: "MPEG layer 1 or 2",
    0x55: "MP3",
    0x161: "Windows Media Audio",
    0xff: "AAC",
    0xf1ac: "FLAC",
    0x674f: "Vorbis",
  };
  return names[tag] ?? "unknown";
}

type AdpcmForm = Pick<
  WavFormat,
  "encoding" | "blockBytes" | "containerBits" | "validBits" | "framesPerBlock" | "coefficients"
>;

function parseAdpcm(
  view: DataView,
  bigEndian: boolean,
  tag: number,
  { channels, blockBytes, bits }: SizeFields,
): AdpcmForm {
  if (bits !== 4) throw new WavFormatError(14, `${bits}-bit ADPCM; only 4 bits can be read`);
  const isMs = tag === TAG.msAdpcm;
  if (blockBytes < channels * (isMs ? 7 : 4)) {
    throw new WavFormatError(12, `ADPCM blocks of ${blockBytes} bytes have no room for their header`);
  }
  const framesPerBlock = view.byteLength >= 20 ? view.getUint16(18, !bigEndian) : 0;
  const coefficients = isMs ? parseCoefficients(view, bigEndian) : [];
  const encoding = isMs ? "msAdpcm" : "imaAdpcm";
  return { encoding, blockBytes, containerBits: 4, validBits: 4, framesPerBlock, coefficients };
}

function parseCoefficients(view: DataView, bigEndian: boolean): [number, number][] {
  if (view.byteLength < 22) throw new WavFormatError(0, "MS ADPCM without its predictor coefficients");
  const count = view.getUint16(20, !bigEndian);
  if (count < 1 || 22 + 4 * count > view.byteLength) {
    throw new WavFormatError(
      20,
      `${count} pairs of predictor coefficients in a "fmt " of ${view.byteLength} bytes`,
    );
  }
  return Array.from({ length: count }, (_, pair) => [
    view.getInt16(22 + 4 * pair, !bigEndian),
    view.getInt16(24 + 4 * pair, !bigEndian),
  ]);
}

/** What a WAV file to be written holds. */
export interface WavOutputFormat {
  /** Hz. */
  readonly sampleRate: number;
  readonly channels: number;
  readonly layout: SampleLayout;
  /** Significant bits of integer samples, left-justified; all of the layout's if not given. */
  readonly validBits?: number;
  /** Speaker positions (dwChannelMask); the usual ones for 1, 2, 6 and 8 channels if not given, else 0. */
  readonly channelMask?: number;
}

/** Speakers of mono, stereo, 5.1 and 7.1 (side and back), as in the source above. */
const USUAL_MASKS: Readonly<Record<number, number>> = { 1: 0x4, 2: 0x3, 6: 0x3f, 8: 0x63f };

/**
 * Contents of the `fmt ` chunk, little-endian. Extensible where the plain form would not do: over two
 * channels, integers over 16 bits, padded integers, or speakers that are not the usual ones.
 * @throws RangeError if a number is out of range
 */
export function formatFmt(format: WavOutputFormat): Uint8Array {
  const { sampleRate, channels, layout } = format;
  const bytesPerSample = BYTES_PER_SAMPLE[layout];
  const bits = bytesPerSample * 8;
  const validBits = format.validBits ?? bits;
  const channelMask = format.channelMask ?? USUAL_MASKS[channels] ?? 0;
  checkRange("channels", channels, 1, MOST_CHANNELS);
  checkRange("sampleRate", sampleRate, LEAST_SAMPLE_RATE, GREATEST_SAMPLE_RATE);
  checkRange("validBits", validBits, isFloat(layout) ? bits : 1, bits);
  checkRange("channelMask", channelMask, 0, 0xffffffff);

  const isUsual = format.channelMask === undefined || format.channelMask === USUAL_MASKS[channels];
  const isPlain = channels <= 2 && isUsual && validBits === bits && (isFloat(layout) || bits <= 16);
  const tag = isFloat(layout) ? TAG.float : TAG.pcm;
  const bytes = new Uint8Array(!isPlain ? 40 : isFloat(layout) ? 18 : 16);
  const view = new DataView(bytes.buffer);
  view.setUint16(0, isPlain ? tag : TAG.extensible, true);
  view.setUint16(2, channels, true);
  view.setUint32(4, sampleRate, true);
  // The 32-bit field cannot hold the rate of very many channels; readers do not need it.
  view.setUint32(8, Math.min(sampleRate * channels * bytesPerSample, 0xffffffff), true);
  view.setUint16(12, channels * bytesPerSample, true);
  view.setUint16(14, bits, true);
  if (isPlain) return bytes;
  view.setUint16(16, 22, true);
  view.setUint16(18, validBits, true);
  view.setUint32(20, channelMask, true);
  view.setUint32(24, tag, true);
  view.setUint16(30, 0x10, true);
  view.setBigUint64(32, 0x800000aa00389b71n, false);
  return bytes;
}

/** Whether the layout is one of floating point, which by the source above needs a `fact` chunk. */
export function isFloat(layout: SampleLayout): boolean {
  return layout === "f32" || layout === "f64";
}

function checkRange(name: string, value: number, least: number, greatest: number): void {
  if (Number.isInteger(value) && value >= least && value <= greatest) return;
  throw new RangeError(`WAV: ${name} must be an integer from ${least} to ${greatest}, got ${value}`);
}
