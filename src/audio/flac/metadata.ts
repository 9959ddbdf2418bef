/** Metadata blocks of FLAC. Source: RFC 9639, "Free Lossless Audio Codec", section 8. */
import type { CueMarker } from "../tags/cue.js";

export interface StreamInfo {
  /** Frames of a block; the least says nothing of the last block. */
  readonly leastBlock: number;
  readonly greatestBlock: number;
  /** Largest block of the stream in bytes; 0 where it is not known. */
  readonly greatestBytes: number;
  /** Hz. */
  readonly sampleRate: number;
  readonly channels: number;
  readonly bitDepth: number;
  /** 0 where it is not known. */
  readonly frames: number;
}

export const BLOCK_TYPES = {
  streamInfo: 0,
  padding: 1,
  application: 2,
  seekTable: 3,
  vorbisComment: 4,
  cueSheet: 5,
  picture: 6,
} as const;

export const STREAM_INFO_BYTES = 34;

/** Contents of STREAMINFO (34 bytes or more); nothing if they are impossible. */
export function parseStreamInfo(bytes: Uint8Array): StreamInfo | undefined {
  if (bytes.length < STREAM_INFO_BYTES) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const packed = view.getBigUint64(10);
  const info = {
    leastBlock: view.getUint16(0),
    greatestBlock: view.getUint16(2),
    greatestBytes: (view.getUint8(7) << 16) | view.getUint16(8),
    sampleRate: Number(packed >> 44n),
    channels: Number((packed >> 41n) & 7n) + 1,
    bitDepth: Number((packed >> 36n) & 31n) + 1,
    frames: Number(packed & 0xf_ffff_ffffn),
  };
  const isPossible = info.sampleRate > 0 && info.bitDepth >= 4 && info.greatestBlock >= 1;
  return isPossible ? info : undefined;
}

/** A frame of audio and the bytes from the first block of audio to the block that begins with it. */
export interface SeekPoint {
  readonly frame: number;
  readonly offset: number;
}

/** Contents of SEEKTABLE without its placeholders. */
export function parseSeekTable(bytes: Uint8Array): SeekPoint[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const points: SeekPoint[] = [];
  for (let at = 0; at + 18 <= bytes.length; at += 18) {
    const frame = view.getBigUint64(at);
    if (frame === 0xffff_ffff_ffff_ffffn) continue;
    points.push({ frame: Number(frame), offset: Number(view.getBigUint64(at + 8)) });
  }
  return points;
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
