/**
 * Compressed audio as a PCM file that can be read at any frame: decoded once, piece by piece, so that memory does not
 * grow with the length. Lossless codecs keep their integers, lossy ones become 32-bit floats.
 */
import { AudioFileError, BYTES_PER_SAMPLE, type SampleLayout } from "../audioFile.js";
import type { ByteSource } from "../byteSource.js";
import { WavWriter } from "../wavWriter.js";
import { codecOf, type Codec, type Decoded, type Decoder } from "./codecs.js";

/** Bytes read at a time. */
const PIECE_BYTES = 65536;
const HEAD_BYTES = 64;

/** What became of a file. */
export interface DecodedFile {
  readonly frames: number;
  /** Plain sentences about what was damaged. */
  readonly warnings: readonly string[];
}

/** Whether `source` is a compressed file that {@link decodeToPcm} knows. */
export function isCompressed(source: ByteSource): boolean {
  return codecOf(headOf(source)) !== undefined;
}

/**
 * Decodes `source` into a WAV file at `target`, which appears when it is whole.
 * @param report takes the share done, 0 to 1
 * @throws AudioFileError if no sound can be made of it, FileWriteError if it cannot be written
 */
export async function decodeToPcm(
  source: ByteSource,
  target: string,
  report?: (fraction: number) => void,
): Promise<DecodedFile> {
  const codec = codecOf(headOf(source));
  if (!codec)
    throw new AudioFileError(source.name, 0, "this is no compressed audio of a kind that can be read");
  const decoder = await codec.create();
  await decoder.ready;
  const output = new PcmOutput(source, target, codec);
  try {
    for await (const { decoded, position } of decodedPieces(source, decoder)) {
      output.write(decoded, position);
      report?.(position / source.size);
    }
    return output.finish();
  } catch (error) {
    output.abort();
    if (error instanceof Error && "file" in error) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw new AudioFileError(source.name, undefined, `this ${codec.name} file is damaged (${reason})`);
  } finally {
    decoder.free();
  }
}

function headOf(source: ByteSource): Uint8Array {
  const head = new Uint8Array(Math.min(HEAD_BYTES, source.size));
  return head.subarray(0, source.read(0, head));
}

/** What the decoder makes of each piece of the file, and the byte that it ends at. */
async function* decodedPieces(source: ByteSource, decoder: Decoder) {
  for (let position = 0; position < source.size;) {
    // A new array each time: the decoders keep what they have not used yet.
    const piece = new Uint8Array(Math.min(PIECE_BYTES, source.size - position));
    const count = source.read(position, piece);
    if (count === 0) break;
    position += count;
    yield { decoded: await quietly(() => decoder.decode(piece.subarray(0, count))), position };
  }
  const rest = await quietly(() => decoder.flush?.());
  if (rest) yield { decoded: rest, position: source.size };
}

/** Damaged places come in the result; what a decoder prints besides is for nobody. */
function quietly<T>(decode: () => T): T {
  /* eslint-disable no-console -- to keep others from printing */
  const { error } = console;
  console.error = () => undefined;
  try {
    return decode();
  } finally {
    console.error = error;
  }
}

/** The WAV file, begun when the first samples tell what it is like. */
class PcmOutput {
  readonly #source: ByteSource;
  readonly #target: string;
  readonly #codec: Codec;
  readonly #warnings: string[] = [];
  #errors = 0;
  #format: PcmOutputFormat | undefined;
  #writer: WavWriter | undefined;

  constructor(source: ByteSource, target: string, codec: Codec) {
    this.#source = source;
    this.#target = target;
    this.#codec = codec;
  }

  /** @param position byte of the source that has been read up to */
  write(decoded: Decoded, position: number): void {
    this.#noteErrors(decoded, position);
    const { channelData, samplesDecoded: frames, sampleRate } = decoded;
    if (frames === 0) return;
    this.#format ??= outputFormat(this.#codec, decoded, this.#codec.channelsOf?.(this.#source));
    const { layout, scale, channels } = this.#format;
    if (channelData.length < channels.length || sampleRate !== this.#format.sampleRate) {
      this.#warnings.push(
        `byte ${position}: the sample rate or the number of channels changes there; what follows is left out`,
      );
      return;
    }
    this.#writer ??= WavWriter.create(this.#target, { sampleRate, channels: channels.length, layout });
    const planar = channels.map((channel) => channelData[channel]!);
    this.#writer.write(interleaved(planar, frames, layout, scale));
  }

  finish(): DecodedFile {
    const writer = this.#writer;
    if (!writer) {
      throw new AudioFileError(
        this.#source.name,
        undefined,
        `no sound could be decoded; this ${this.#codec.name} file is empty or damaged`,
      );
    }
    if (this.#errors > 1)
      this.#warnings.push(`${this.#errors} places are damaged; what can be decoded plays`);
    const { frames } = writer;
    writer.finish();
    return { frames, warnings: this.#warnings };
  }

  abort(): void {
    this.#writer?.abort();
  }

  #noteErrors({ errors }: Decoded, position: number): void {
    const [first] = errors;
    if (first && this.#errors === 0) {
      this.#warnings.push(`byte ${position}: damaged (${first.message}); what can be decoded plays`);
    }
    this.#errors += errors.length;
  }
}

interface PcmOutputFormat {
  readonly sampleRate: number;
  readonly layout: SampleLayout;
  /** From decoded samples to integers of the layout; floats stay as they are. */
  readonly scale: { readonly fullScale: number; readonly shift: number } | undefined;
  /** The decoder's channel for each channel of the file. */
  readonly channels: readonly number[];
}

function outputFormat(
  { isLossless, hasVorbisOrder }: Codec,
  { sampleRate, bitDepth = 16, channelData }: Decoded,
  count = channelData.length,
): PcmOutputFormat {
  const inOrder = Array.from({ length: count }, (_, channel) => channel);
  const channels = (hasVorbisOrder && WAV_FROM_VORBIS[count]) || inOrder;
  if (!isLossless) return { sampleRate, layout: "f32", scale: undefined, channels };
  if (bitDepth > 24) throw new Error(`its samples have ${bitDepth} bits; at most 24 can be read`);
  const layout = bitDepth <= 16 ? "s16" : "s24";
  const shift = 8 * BYTES_PER_SAMPLE[layout] - bitDepth;
  // The decoder divides by the largest positive integer, so that rounding gives the integers back.
  return { sampleRate, layout, scale: { fullScale: 2 ** (bitDepth - 1) - 1, shift }, channels };
}

/**
 * The order of channels in WAV, as numbers of those in Vorbis, by their count. Sources: Vorbis I specification,
 * section 4.3.9; RFC 7845, section 5.1.1.2; Microsoft, WAVEFORMATEXTENSIBLE (order of dwChannelMask).
 */
const WAV_FROM_VORBIS: Readonly<Record<number, readonly number[]>> = {
  3: [0, 2, 1],
  5: [0, 2, 1, 3, 4],
  6: [0, 2, 1, 5, 3, 4],
  7: [0, 2, 1, 6, 5, 3, 4],
  8: [0, 2, 1, 7, 5, 6, 3, 4],
};

function interleaved(
  planar: readonly Float32Array[],
  frames: number,
  layout: SampleLayout,
  scale: PcmOutputFormat["scale"],
): Uint8Array {
  const channels = planar.length;
  const frameBytes = channels * BYTES_PER_SAMPLE[layout];
  const bytes = new Uint8Array(frames * frameBytes);
  if (!scale) {
    const floats = new Float32Array(bytes.buffer);
    planar.forEach((samples, channel) => {
      for (let frame = 0, to = channel; frame < frames; frame++, to += channels) floats[to] = samples[frame]!;
    });
    return bytes;
  }
  const { fullScale, shift } = scale;
  planar.forEach((samples, channel) => {
    for (let frame = 0, to = channel * BYTES_PER_SAMPLE[layout]; frame < frames; frame++, to += frameBytes) {
      const value = Math.round(samples[frame]! * fullScale) << shift;
      bytes[to] = value;
      bytes[to + 1] = value >> 8;
      if (layout === "s24") bytes[to + 2] = value >> 16;
    }
  });
  return bytes;
}
