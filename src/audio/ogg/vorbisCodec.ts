/** Vorbis packets through libvorbis. Source: Xiph.Org, "Vorbis I specification", section 4.2. */
import { interleaveFloats, quietly } from "../compressed/compressedAudio.js";
import type { PacketCodec, PacketDecoder } from "./packetCodec.js";
import { speakerOrder } from "./speakers.js";

/** The decoder's buffer. */
const LONGEST_PACKET = 128 * 1024;

/** @param headers identification, comments, setup; nothing if they make no sense */
export function vorbisCodec(headers: readonly Uint8Array[]): PacketCodec | undefined {
  const [identification, comments, setup] = headers;
  if (!identification || identification.length < 30 || !comments || !setup) return undefined;
  const view = new DataView(identification.buffer, identification.byteOffset);
  const channels = view.getUint8(11);
  const sampleRate = view.getUint32(12, true);
  const isPossible = view.getUint32(7, true) === 0 && channels > 0 && sampleRate > 0;
  if (!isPossible || setup.length > LONGEST_PACKET || setup[0] !== 5) return undefined;
  return {
    name: "Vorbis",
    sampleRate,
    channels,
    bitDepth: null,
    layout: "f32",
    sampleBytes: 4,
    hasSpeakers: true,
    warmUpFrames: 0,
    comments: comments.subarray(7),
    start: () => startDecoder(identification, setup, channels),
  };
}

/** What the package wants to see of a page of Ogg. */
interface Page {
  readonly data: Uint8Array;
  readonly codecFrames: readonly {
    readonly data: Uint8Array;
    readonly header?: { readonly vorbisSetup: Uint8Array };
  }[];
  readonly isLastPage: false;
}

async function startDecoder(
  identification: Uint8Array,
  setup: Uint8Array,
  channels: number,
): Promise<PacketDecoder> {
  const { OggVorbisDecoder } = await import("@wasm-audio-decoders/ogg-vorbis");
  const decoder = new OggVorbisDecoder();
  await decoder.ready;
  const decodePage = (page: Page) => quietly(() => decoder.decodeOggPages([page as never]));
  await decodePage({ data: identification, codecFrames: [], isLastPage: false });
  const order = speakerOrder(channels);
  let header: { vorbisSetup: Uint8Array } | undefined = { vorbisSetup: setup };
  let damages = 0;
  return {
    get damages() {
      return damages;
    },
    async decode(packets) {
      const whole = packets.filter(({ length }) => length > 0 && length <= LONGEST_PACKET);
      damages += packets.length - whole.length;
      const codecFrames = whole.map((data, i) => (i === 0 && header ? { data, header } : { data }));
      if (codecFrames.length > 0) header = undefined;
      // Any byte but 1: that would be a second identification.
      const decoded = await decodePage({ data: Uint8Array.of(0), codecFrames, isLastPage: false });
      return {
        frames: decoded.samplesDecoded,
        interleave: (start, count) => interleaveFloats(decoded.channelData, start, count, order),
      };
    },
    free: () => decoder.free(),
  };
}
