/**
 * The `COMM` chunk of AIFF and AIFF-C: what the bytes of `SSND` mean. Sources: Apple, "Audio Interchange File
 * Format: AIFF", 1989; "AIFF-C", draft of 1991; compression types of later programs as Apple's CoreAudioTypes.h
 * and QuickTime File Format name them (`sowt`, `in24`, `in32`, `fl32`, `fl64`).
 */
import type { SampleLayout } from "../audioFile.js";
import { fourCC } from "../riffGrammar.js";

export interface AiffFormat {
  readonly channels: number;
  readonly frames: number;
  /** Hz. */
  readonly sampleRate: number;
  /** Significant bits of a sample. */
  readonly bitDepth: number;
  readonly codec: string;
  readonly storage: AiffStorage;
}

/** How a sample lies in the file. */
export type AiffStorage =
  | { readonly kind: "pcm"; readonly layout: SampleLayout; readonly bigEndian: boolean }
  /** Signed bytes, which no {@link SampleLayout} has. */
  | { readonly kind: "s8" }
  | { readonly kind: "alaw" | "mulaw" };

/** A `COMM` chunk that cannot be read; `offset` counts from the start of the chunk's contents. */
export class AiffFormatError extends Error {
  override readonly name = "AiffFormatError";
  constructor(
    readonly offset: number,
    reason: string,
  ) {
    super(reason);
  }
}

const COMMON_BYTES = 18;
const MOST_CHANNELS = 256;
const LEAST_SAMPLE_RATE = 1000;
const GREATEST_SAMPLE_RATE = 6_144_000;

/**
 * Reads the contents of a `COMM` chunk.
 * @param isCompressed whether the form is AIFC, whose chunk names a compression type
 * @throws AiffFormatError
 */
export function parseCommon(bytes: Uint8Array, isCompressed: boolean): AiffFormat {
  const least = isCompressed ? COMMON_BYTES + 4 : COMMON_BYTES;
  if (bytes.length < least) {
    throw new AiffFormatError(0, `"COMM" has ${bytes.length} bytes; at least ${least} are needed`);
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const channels = view.getUint16(0);
  if (channels < 1 || channels > MOST_CHANNELS) {
    throw new AiffFormatError(0, `${channels} channels; 1 to ${MOST_CHANNELS} can be read`);
  }
  const sampleRate = Math.round(extendedAt(view, 8));
  if (!(sampleRate >= LEAST_SAMPLE_RATE && sampleRate <= GREATEST_SAMPLE_RATE)) {
    const range = `${LEAST_SAMPLE_RATE} to ${GREATEST_SAMPLE_RATE} Hz`;
    throw new AiffFormatError(8, `a sample rate of ${sampleRate} Hz; ${range} can be read`);
  }
  const type = isCompressed ? fourCC(bytes, COMMON_BYTES) : "NONE";
  const coding = codingOf(type, view.getUint16(6));
  return { channels, frames: view.getUint32(2), sampleRate, ...coding };
}

type Coding = Pick<AiffFormat, "bitDepth" | "codec" | "storage">;

function codingOf(type: string, bits: number): Coding {
  switch (type) {
    case "NONE":
    case "twos":
      return integers(bits, true);
    case "sowt":
      return integers(bits, false);
    case "in24":
      return integers(24, true);
    case "42ni":
      return integers(24, false);
    case "in32":
      return integers(32, true);
    case "23ni":
      return integers(32, false);
    case "raw ":
      if (bits !== 8)
        throw new AiffFormatError(6, `${bits}-bit samples of type "raw "; only 8 bits can be read`);
      return { bitDepth: 8, codec: "PCM 8-bit", storage: { kind: "pcm", layout: "u8", bigEndian: true } };
    case "fl32":
    case "FL32":
      return floats("f32", 32);
    case "fl64":
    case "FL64":
      return floats("f64", 64);
    case "alaw":
    case "ALAW":
      return { bitDepth: 16, codec: "A-law", storage: { kind: "alaw" } };
    case "ulaw":
    case "ULAW":
      return { bitDepth: 16, codec: "mu-law", storage: { kind: "mulaw" } };
    default:
      throw new AiffFormatError(
        COMMON_BYTES,
        `compression type "${type.replace(/[^\x20-\x7e]/g, "?")}" (${compressionName(type)}) cannot be read`,
      );
  }
}

/** Integers lie left-justified in the fewest bytes that hold them. */
function integers(bits: number, bigEndian: boolean): Coding {
  const layout = ([undefined, "s8", "s16", "s24", "s32"] as const)[Math.ceil(bits / 8)];
  if (!layout) throw new AiffFormatError(6, `${bits}-bit samples; 1 to 32 bits can be read`);
  const storage: AiffStorage = layout === "s8" ? { kind: "s8" } : { kind: "pcm", layout, bigEndian };
  return { bitDepth: bits, codec: `PCM ${bits}-bit`, storage };
}

function floats(layout: "f32" | "f64", bits: number): Coding {
  return { bitDepth: bits, codec: `float ${bits}-bit`, storage: { kind: "pcm", layout, bigEndian: true } };
}

/** Names of compressions people meet in AIFF-C files that are not read. */
function compressionName(type: string): string {
  const names: Readonly<Record<string, string>> = {
    ima4: "IMA ADPCM",
    MAC3: "MACE 3:1",
    MAC6: "MACE 6:1",
    GSM: "GSM 6.10",
    "GSM ": "GSM 6.10",
    QDMC: "QDesign Music",
    QDM2: "QDesign Music 2",
    G722: "G.722",
    G726: "G.726",
  };
  return names[type] ?? "unknown";
}

/** The 80-bit extended number at `offset`: sign and exponent (15 bits, bias 16383), mantissa of 64 bits with its leading one. */
function extendedAt(view: DataView, offset: number): number {
  const head = view.getUint16(offset);
  const mantissa = view.getUint32(offset + 2) * 2 ** 32 + view.getUint32(offset + 6);
  const exponent = (head & 0x7fff) - 16383 - 63;
  return (head & 0x8000 ? -1 : 1) * mantissa * 2 ** exponent;
}
