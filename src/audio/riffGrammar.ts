/** How the five WAVE containers and AIFF write chunk names and sizes. Sources as in `riff.ts`. */

export type RiffContainer = "RIFF" | "RIFX" | "RF64" | "BW64" | "Wave64";
export type ChunkContainer = RiffContainer | "AIFF" | "AIFC";

export interface ChunkGrammar {
  readonly container: ChunkContainer;
  readonly bigEndian: boolean;
  /** Name of the chunk that holds the audio. */
  readonly audioChunk: string;
  /** Bytes before a chunk's contents. */
  readonly headerBytes: number;
  /** Chunks begin at multiples of this many bytes. */
  readonly alignment: number;
  /** Byte offset of the form type ("WAVE"). */
  readonly formOffset: number;
  /** Byte offset of the first chunk. */
  readonly firstChunk: number;
  /** Whether the file's first bytes name a form of audio (WAVE, AIFF). */
  isAudio(head: Uint8Array): boolean;
  /** Name and size of contents (`Infinity`: not given) from a chunk header; nothing if it cannot be one. */
  parseHeader(header: Uint8Array): { id: string; declaredSize: number } | undefined;
}

/** Recognises an AIFF or AIFF-C file by its first 12 bytes. */
export function aiffGrammarOf(head: Uint8Array): ChunkGrammar | undefined {
  const form = fourCC(head, 8);
  if (fourCC(head, 0) !== "FORM" || (form !== "AIFF" && form !== "AIFC")) return undefined;
  return { ...shortGrammar("RIFX"), container: form, audioChunk: "SSND", isAudio: () => true };
}

/** Recognises a WAVE container by the first 40 bytes of a file. */
export function chunkGrammarOf(head: Uint8Array): ChunkGrammar | undefined {
  const id = fourCC(head, 0);
  if (id === "RIFF" || id === "RIFX" || id === "RF64" || id === "BW64") return shortGrammar(id);
  return guidOf(head, 0) === WAVE64_RIFF ? WAVE64 : undefined;
}

/** Four printable ASCII characters, as every chunk name must be. */
export function isFourCC(id: string): boolean {
  return /^[\x20-\x7e]{4}$/.test(id);
}

/** The four characters at `offset`; fewer at the end of `bytes`. */
export function fourCC(bytes: Uint8Array, offset: number): string {
  return String.fromCharCode(...bytes.subarray(offset, offset + 4));
}

function shortGrammar(container: "RIFF" | "RIFX" | "RF64" | "BW64"): ChunkGrammar {
  const bigEndian = container === "RIFX";
  return {
    container,
    bigEndian,
    audioChunk: "data",
    headerBytes: 8,
    alignment: 2,
    formOffset: 8,
    firstChunk: 12,
    isAudio: (head) => fourCC(head, 8) === "WAVE",
    parseHeader(header) {
      const id = fourCC(header, 0);
      if (!isFourCC(id)) return undefined;
      const size = new DataView(header.buffer, header.byteOffset).getUint32(4, !bigEndian);
      return { id, declaredSize: size === 0xffffffff ? Infinity : size };
    },
  };
}

/** GUIDs as hexadecimal digits in the order they lie in the file. */
const WAVE64_RIFF = "726966662e91cf11a5d628db04c10000";
const WAVE64_LIST = "6c6973742f91cf11a5d628db04c10000";
/** All other named chunks: the four characters, then this. */
const WAVE64_TAIL = "f3acd3118cd100c04f8edb8a";

const WAVE64: ChunkGrammar = {
  container: "Wave64",
  bigEndian: false,
  audioChunk: "data",
  headerBytes: 24,
  alignment: 8,
  formOffset: 24,
  firstChunk: 40,
  isAudio: (head) => fourCC(head, 24) === "wave" && guidOf(head, 24).endsWith(WAVE64_TAIL),
  parseHeader(header) {
    const guid = guidOf(header, 0);
    // The size counts the header too.
    const size = new DataView(header.buffer, header.byteOffset).getBigUint64(16, true);
    if (size < 24n) return undefined;
    // Streams leave it at the greatest signed or unsigned number.
    const declaredSize = size >= 2n ** 62n ? Infinity : Number(size - 24n);
    return { id: wave64Id(guid, fourCC(header, 0)), declaredSize };
  },
};

function wave64Id(guid: string, name: string): string {
  if (guid === WAVE64_LIST) return "LIST";
  if (!guid.endsWith(WAVE64_TAIL) || !isFourCC(name)) return guid;
  return name === "junk" ? "JUNK" : name;
}

function guidOf(bytes: Uint8Array, offset: number): string {
  const digits = Array.from(bytes.subarray(offset, offset + 16), (byte) =>
    byte.toString(16).padStart(2, "0"),
  );
  return digits.join("");
}
