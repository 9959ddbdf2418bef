/** Opus packets through libopus, always at 48 kHz. Source: RFC 7845, "Ogg Encapsulation for the Opus Audio Codec". */
import { dB, dbToGain } from "../../units/decibels.js";
import { interleaveFloats, quietly } from "../compressed/compressedAudio.js";
import type { PacketCodec, PacketDecoder } from "./packetCodec.js";
import { speakerOrder } from "./speakers.js";

const SAMPLE_RATE = 48000;
/** The decoder's buffer, bytes per audio channel. */
const LONGEST_PACKET = 3840;

/** Fields of the identification header. */
interface OpusHead {
  readonly channels: number;
  readonly preSkip: number;
  /** Factor that the decoded audio is multiplied by. */
  readonly gain: number;
  readonly family: number;
  readonly streamCount: number;
  readonly coupledStreamCount: number;
  readonly mapping: readonly number[];
}

/** @param headers identification and comments; nothing if they make no sense */
export function opusCodec(headers: readonly Uint8Array[]): PacketCodec | undefined {
  const [identification, comments] = headers;
  const head = identification && parseHead(identification);
  if (!head || !comments) return undefined;
  return {
    name: "Opus",
    sampleRate: SAMPLE_RATE,
    channels: head.channels,
    bitDepth: null,
    layout: "f32",
    sampleBytes: 4,
    hasSpeakers: head.family <= 1,
    warmUpFrames: head.preSkip,
    comments: comments.subarray(8),
    start: () => startDecoder(head),
  };
}

function parseHead(bytes: Uint8Array): OpusHead | undefined {
  if (bytes.length < 19) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const channels = view.getUint8(9);
  const family = view.getUint8(18);
  const isOfKnownVersion = view.getUint8(8) < 16;
  const hasTable = family > 0;
  if (!isOfKnownVersion || channels === 0 || (!hasTable && channels > 2)) return undefined;
  if (hasTable && bytes.length < 21 + channels) return undefined;
  const streamCount = hasTable ? view.getUint8(19) : 1;
  const coupledStreamCount = hasTable ? view.getUint8(20) : channels - 1;
  const mapping = hasTable ? [...bytes.subarray(21, 21 + channels)] : [0, 1].slice(0, channels);
  const streams = streamCount + coupledStreamCount;
  const isPossible = streamCount > 0 && coupledStreamCount <= streamCount && streams <= 255;
  if (!isPossible || mapping.some((stream) => stream >= streams && stream !== 255)) return undefined;
  // Q7.8 dB.
  const gain = dbToGain(dB(view.getInt16(16, true) / 256));
  return {
    channels,
    preSkip: view.getUint16(10, true),
    gain,
    family,
    streamCount,
    coupledStreamCount,
    mapping,
  };
}

async function startDecoder(head: OpusHead): Promise<PacketDecoder> {
  const { OpusDecoder } = await import("opus-decoder");
  const { channels, streamCount, coupledStreamCount, mapping } = head;
  const decoder = new OpusDecoder({
    channels,
    streamCount,
    coupledStreamCount,
    channelMappingTable: [...mapping],
    preSkip: 0,
  });
  await decoder.ready;
  const order = head.family === 1 ? speakerOrder(channels) : mapping.map((_, channel) => channel);
  let damages = 0;
  return {
    get damages() {
      return damages;
    },
    decode(packets) {
      const whole = packets.filter(({ length }) => length > 0 && length <= LONGEST_PACKET * channels);
      const decoded = quietly(() => decoder.decodeFrames([...whole]));
      damages += packets.length - whole.length + decoded.errors.length;
      return Promise.resolve({
        frames: decoded.samplesDecoded,
        interleave: (start: number, count: number) =>
          interleaveFloats(decoded.channelData, start, count, order, head.gain),
      });
    },
    free: () => decoder.free(),
  };
}
