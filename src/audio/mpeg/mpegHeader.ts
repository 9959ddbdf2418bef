/** Headers of MPEG audio. Sources: ISO/IEC 11172-3 and 13818-3, section 2.4.2.3; MPEG 2.5 by common practice. */

export interface MpegHeader {
  /** "MPEG-1", "MPEG-2" or "MPEG-2.5". */
  readonly version: string;
  /** 1 to 3. */
  readonly layer: number;
  /** Hz. */
  readonly sampleRate: number;
  readonly channels: 1 | 2;
  /** bit/s */
  readonly bitRate: number;
  /** Bytes of the frame, header included. */
  readonly bytes: number;
  /** Frames of audio in it. */
  readonly frames: number;
}

const VERSIONS = ["MPEG-2.5", undefined, "MPEG-2", "MPEG-1"] as const;
const RATES: Readonly<Record<string, readonly number[]>> = {
  "MPEG-1": [44100, 48000, 32000],
  "MPEG-2": [22050, 24000, 16000],
  "MPEG-2.5": [11025, 12000, 8000],
};

/** kbit/s by index from 1, of MPEG-1 by layer and of the others. */
const BIT_RATES = {
  first: [
    [32, 64, 96, 128, 160, 192, 224, 256, 288, 320, 352, 384, 416, 448],
    [32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384],
    [32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320],
  ],
  second: [
    [32, 48, 56, 64, 80, 96, 112, 128, 144, 160, 176, 192, 224, 256],
    [8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160],
    [8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160],
  ],
} as const;

export const MPEG_HEADER_BYTES = 4;

/** The header at `at`; nothing if none is there, or one of a free bit rate. */
export function parseMpegHeader(bytes: Uint8Array, at: number): MpegHeader | undefined {
  if (at + MPEG_HEADER_BYTES > bytes.length || bytes[at] !== 0xff || bytes[at + 1]! < 0xe0) return undefined;
  const version = VERSIONS[(bytes[at + 1]! >> 3) & 3];
  const layer = 4 - ((bytes[at + 1]! >> 1) & 3);
  if (version === undefined || layer === 4) return undefined;
  const table = version === "MPEG-1" ? BIT_RATES.first : BIT_RATES.second;
  const kilobits = table[layer - 1]?.[(bytes[at + 2]! >> 4) - 1];
  const sampleRate = RATES[version]?.[(bytes[at + 2]! >> 2) & 3];
  if (kilobits === undefined || sampleRate === undefined || (bytes[at + 3]! & 3) === 2) return undefined;
  const padding = (bytes[at + 2]! >> 1) & 1;
  const bitRate = kilobits * 1000;
  const frames = layer === 1 ? 384 : layer === 3 && version !== "MPEG-1" ? 576 : 1152;
  const size =
    layer === 1
      ? 4 * (Math.floor((12 * bitRate) / sampleRate) + padding)
      : Math.floor(((frames / 8) * bitRate) / sampleRate) + padding;
  const channels = bytes[at + 3]! >> 6 === 3 ? 1 : 2;
  return { version, layer, sampleRate, channels, bitRate, bytes: size, frames };
}

/** Whether `head` begins like a frame of layer III, II or I, or like one whose other bits are damaged. */
export function beginsWithMpegSync(head: Uint8Array): boolean {
  if (parseMpegHeader(head, 0)) return true;
  // Layer I is left to whole headers: FF FE and FF FF begin texts and empty memory as well.
  return head[0] === 0xff && (head[1]! & 0xe0) === 0xe0 && [0x02, 0x04].includes(head[1]! & 0x06);
}

/** Where two headers of one stream follow each other from `from` on; -1 if nowhere. */
export function findMpegFrame(bytes: Uint8Array, from = 0): number {
  for (let at = bytes.indexOf(0xff, from); at >= 0; at = bytes.indexOf(0xff, at + 1)) {
    const header = parseMpegHeader(bytes, at);
    if (!header) continue;
    const next = parseMpegHeader(bytes, at + header.bytes);
    const isAlone = at + header.bytes === bytes.length;
    if (isAlone || (next && next.sampleRate === header.sampleRate && next.layer === header.layer)) return at;
  }
  return -1;
}
