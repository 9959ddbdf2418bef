/** FLAC in Ogg: a block a packet. Source: RFC 9639, section 10.1. */
import { BYTES_PER_SAMPLE } from "../audioFile.js";
import { BlockDecoder } from "../flac/decodeBlock.js";
import { interleaveIntegers, layoutOfDepth } from "../flac/integers.js";
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
    start: () => Promise.resolve(flacDecoder(info)),
  };
}

function flacDecoder(info: StreamInfo): PacketDecoder {
  const decoder = new BlockDecoder(info);
  const layout = layoutOfDepth(info.bitDepth);
  const frameBytes = info.channels * BYTES_PER_SAMPLE[layout];
  let damages = 0;
  return {
    get damages() {
      return damages;
    },
    decode(packets) {
      const parts = packets.flatMap((packet) => {
        const block = decoder.decode(packet, 0);
        if (!block) damages++;
        return block ? [interleaveIntegers(block.channels, 0, block.frames, info.bitDepth)] : [];
      });
      const bytes = Uint8Array.from(Buffer.concat(parts));
      return Promise.resolve({
        frames: bytes.length / frameBytes,
        interleave: (start: number, count: number) =>
          bytes.subarray(start * frameBytes, (start + count) * frameBytes),
      });
    },
    free: () => undefined,
  };
}
