/** Integers of FLAC as PCM. */
import { BYTES_PER_SAMPLE, type SampleLayout } from "../audioFile.js";

/** The smallest layout that holds integers of so many bits (4 to 32). */
export function layoutOfDepth(bitDepth: number): SampleLayout {
  return (["u8", "s16", "s24", "s32"] as const)[Math.ceil(bitDepth / 8) - 1] ?? "s32";
}

/**
 * What the decoder gives for `frames` frames, as the integers that were encoded: interleaved little-endian PCM,
 * left-justified in {@link layoutOfDepth}.
 * @param channels planar floats; the decoder divides by the largest positive integer, so that rounding the product
 *   gives the integer back
 * @param bitDepth at most 24
 */
export function decodedIntegers(
  channels: readonly Float32Array[],
  frames: number,
  bitDepth: number,
): Uint8Array<ArrayBuffer> {
  const sampleBytes = BYTES_PER_SAMPLE[layoutOfDepth(bitDepth)];
  const frameBytes = channels.length * sampleBytes;
  const shift = sampleBytes * 8 - bitDepth;
  const largest = 2 ** (bitDepth - 1) - 1;
  const bytes = new Uint8Array(frames * frameBytes);
  channels.forEach((samples, channel) => {
    for (let i = 0, at = channel * sampleBytes; i < frames; i++, at += frameBytes) {
      const value = Math.round(samples[i]! * largest) << shift;
      if (sampleBytes === 1) {
        bytes[at] = value ^ 0x80;
        continue;
      }
      bytes[at] = value;
      bytes[at + 1] = value >> 8;
      if (sampleBytes > 2) bytes[at + 2] = value >> 16;
    }
  });
  return bytes;
}
