/** Integers of FLAC as PCM. */
import { BYTES_PER_SAMPLE, type SampleLayout } from "../audioFile.js";

/** The smallest layout that holds integers of so many bits (4 to 32). */
export function layoutOfDepth(bitDepth: number): SampleLayout {
  return (["u8", "s16", "s24", "s32"] as const)[Math.ceil(bitDepth / 8) - 1] ?? "s32";
}

/**
 * `frames` frames of planar integers from frame `from` on as interleaved little-endian PCM, left-justified in
 * {@link layoutOfDepth}.
 * @param target for the result, exactly as long as that; made if not given
 */
export function interleaveIntegers(
  channels: readonly (Int32Array | Float64Array)[],
  from: number,
  frames: number,
  bitDepth: number,
  target?: Uint8Array,
): Uint8Array {
  const sampleBytes = BYTES_PER_SAMPLE[layoutOfDepth(bitDepth)];
  const frameBytes = channels.length * sampleBytes;
  const shift = sampleBytes * 8 - bitDepth;
  const bytes = target ?? new Uint8Array(frames * frameBytes);
  channels.forEach((samples, channel) => {
    let at = channel * sampleBytes;
    for (let i = from; i < from + frames; i++, at += frameBytes) {
      const value = samples[i]! << shift;
      if (sampleBytes === 1) {
        bytes[at] = value ^ 0x80;
        continue;
      }
      bytes[at] = value;
      bytes[at + 1] = value >> 8;
      if (sampleBytes > 2) bytes[at + 2] = value >> 16;
      if (sampleBytes > 3) bytes[at + 3] = value >> 24;
    }
  });
  return bytes;
}
