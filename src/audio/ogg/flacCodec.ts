/** FLAC in Ogg: a block a packet. Source: RFC 9639, section 10.1. */
import { BYTES_PER_SAMPLE } from "../audioFile.js";
import { quietly } from "../compressed/compressedAudio.js";
import { decodedIntegers, layoutOfDepth } from "../flac/integers.js";
import { BLOCK_TYPES, parseStreamInfo, type StreamInfo } from "../flac/metadata.js";
import type { PacketCodec, PacketDecoder } from "./packetCodec.js";

/** "\x7fFLAC", version, number of headers, "fLaC" and a block header stand before the stream info. */
const STREAM_INFO_OFFSET = 17;

/** @param headers stream info, then metadata blocks; nothing if they make no sense */
export function flacCodec(headers: readonly Uint8Array[]): PacketCodec | undefined {
  const [identification, ...blocks] = headers;
  const info = identification && parseStreamInfo(identification.subarray(STREAM_INFO_OFFSET));
  if (!info) return undefined;
  const comments = blocks.find((block) => (block[0]! & 0x7f) === BLOCK_TYPES.vorbisComment);
  const layout = layoutOfDepth(info.bitDepth);
  return {
    name: `FLAC ${info.bitDepth}-bit`,
    sampleRate: info.sampleRate,
    channels: info.channels,
    bitDepth: info.bitDepth,
    layout,
    sampleBytes: BYTES_PER_SAMPLE[layout],
    hasSpeakers: true,
    warmUpFrames: 0,
    comments: comments?.subarray(4) ?? new Uint8Array(0),
    start: () => flacDecoder(info),
  };
}

async function flacDecoder({ channels, bitDepth }: StreamInfo): Promise<PacketDecoder> {
  const { FLACDecoder } = await import("@wasm-audio-decoders/flac");
  const decoder = new FLACDecoder();
  await decoder.ready;
  const frameBytes = channels * BYTES_PER_SAMPLE[layoutOfDepth(bitDepth)];
  let damages = 0;
  return {
    get damages() {
      return damages;
    },
    async decode(packets) {
      const decoded = await quietly(() => decoder.decodeFrames([...packets]));
      const { channelData, samplesDecoded, errors } = decoded;
      damages += errors.length;
      const bytes = decodedIntegers(channelData.slice(0, channels), samplesDecoded, bitDepth);
      return {
        frames: samplesDecoded,
        interleave: (start, count) => bytes.subarray(start * frameBytes, (start + count) * frameBytes),
      };
    },
    free: () => decoder.free(),
  };
}
