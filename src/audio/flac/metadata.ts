/** Metadata blocks of FLAC. Source: RFC 9639, "Free Lossless Audio Codec", section 8. */
import type { CueMarker } from "../tags/cue.js";

export interface StreamInfo {
  /** Hz. */
  readonly sampleRate: number;
  readonly channels: number;
  readonly bitDepth: number;
  /** 0 where it is not known. */
  readonly frames: number;
  /** Frames of the longest block: of all but the last where blocks are numbered. */
  readonly blockFrames: number;
}

export const BLOCK_TYPES = {
  streamInfo: 0,
  vorbisComment: 4,
  cueSheet: 5,
} as const;

/** By block type: the name in the standard, and for people. */
export const BLOCK_NAMES: readonly (readonly [name: string, meaning: string])[] = [
  ["STREAMINFO", "Format of the samples"],
  ["PADDING", "Padding"],
  ["APPLICATION", "Data of one program"],
  ["SEEKTABLE", "Places to start from"],
  ["VORBIS_COMMENT", "Title and names"],
  ["CUESHEET", "Tracks"],
  ["PICTURE", "Picture"],
];

export const STREAM_INFO_BYTES = 34;

/** Contents of STREAMINFO (34 bytes or more); nothing if they are impossible. */
export function parseStreamInfo(bytes: Uint8Array): StreamInfo | undefined {
  if (bytes.length < STREAM_INFO_BYTES) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const packed = view.getBigUint64(10);
  const info = {
    sampleRate: Number(packed >> 44n),
    channels: Number((packed >> 41n) & 7n) + 1,
    bitDepth: Number((packed >> 36n) & 31n) + 1,
    frames: Number(packed & 0xf_ffff_ffffn),
    blockFrames: view.getUint16(2),
  };
  const isPossible = info.sampleRate > 0 && info.bitDepth >= 4 && info.blockFrames >= 1;
  return isPossible ? info : undefined;
}

const TRACKS_OFFSET = 128 + 8 + 1 + 258;
const TRACK_BYTES = 36;
const INDEX_BYTES = 12;
/** Numbers of the track that only marks the end, of CDs and of other sheets. */
const LEAD_OUTS = [170, 255];

/** Beginnings of the tracks of a CUESHEET; what is cut off is left out. */
export function parseCueSheet(bytes: Uint8Array): CueMarker[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const markers: CueMarker[] = [];
  let at = TRACKS_OFFSET + 1;
  for (let left = bytes[TRACKS_OFFSET] ?? 0; left > 0 && at + TRACK_BYTES <= bytes.length; left--) {
    const number = view.getUint8(at + 8);
    const start = Number(view.getBigUint64(at));
    const indices = view.getUint8(at + 35);
    const next = at + TRACK_BYTES + indices * INDEX_BYTES;
    if (!LEAD_OUTS.includes(number)) {
      markers.push({ frame: start + indexOne(view, at, indices), label: `Track ${number}`, lengthFrames: 0 });
    }
    at = next;
  }
  return markers;
}

/** Where index 1, the music itself, begins behind the start of its track. */
function indexOne(view: DataView, track: number, indices: number): number {
  for (let index = 0; index < indices; index++) {
    const at = track + TRACK_BYTES + index * INDEX_BYTES;
    if (at + INDEX_BYTES <= view.byteLength && view.getUint8(at + 8) === 1)
      return Number(view.getBigUint64(at));
  }
  return 0;
}

/** Speakers by number of audio channels (RFC 9639, section 9.1.3), as dwChannelMask. */
export const FLAC_MASKS: readonly number[] = [0, 0x4, 0x3, 0x7, 0x33, 0x37, 0x3f, 0x70f, 0x63f];
