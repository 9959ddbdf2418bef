/** Samples that no edit has changed go into the saved file as the bytes they are, not by way of floats. */
import { BYTES_PER_SAMPLE, type AudioFile, type SampleLayout } from "../../audio/audioFile.js";
import type { Layer, Piece } from "../../session/audioEdits.js";
import { sourceFrame } from "../../session/pieces.js";
import { AudioFileError } from "../../audio/audioFile.js";

/** @returns the only layer of a piece whose samples are those of a source (perhaps backwards, channels swapped) */
export function unchangedLayer({ layers }: Piece): Layer | undefined {
  const [layer, second] = layers;
  const isUnchanged = layer && !second && layer.treatments.every(({ kind }) => kind === "permute");
  return isUnchanged ? layer : undefined;
}

/** @returns `frames` frames of silence, interleaved */
export function silentBytes(layout: SampleLayout, channels: number, frames: number): Uint8Array {
  return new Uint8Array(frames * channels * BYTES_PER_SAMPLE[layout]).fill(layout === "u8" ? 0x80 : 0);
}

/**
 * @param frames length of the layer
 * @returns the `count` frames of an unchanged layer from its frame `from` on, interleaved, little-endian
 * @throws AudioFileError
 */
export function copyFrames(
  file: AudioFile,
  layer: Layer,
  frames: number,
  from: number,
  count: number,
): Uint8Array {
  const { frameBytes, layout, channels, bigEndian } = file.pcm;
  const bytes = new Uint8Array(count * frameBytes);
  const start = sourceFrame(layer, frames, from, count);
  const read = file.readFrames(start, count, bytes);
  if (read < count)
    throw new AudioFileError(
      file.info.path,
      undefined,
      `it ends at frame ${start + read}; frame ${start + count} is needed`,
    );
  const width = BYTES_PER_SAMPLE[layout];
  if (bigEndian) turnGroups(bytes, width);
  if (layer.isReversed) reverseFrames(bytes, frameBytes);
  for (const treatment of layer.treatments)
    if (treatment.kind === "permute") permute(bytes, treatment.order, width, channels);
  return bytes;
}

/** Turns the bytes of every `width` of them. */
function turnGroups(bytes: Uint8Array, width: number): void {
  for (let at = 0; at < bytes.length; at += width) bytes.subarray(at, at + width).reverse();
}

/** The frames in reverse order, each as it was. */
function reverseFrames(bytes: Uint8Array, frameBytes: number): void {
  bytes.reverse();
  turnGroups(bytes, frameBytes);
}

function permute(bytes: Uint8Array, order: readonly number[], width: number, channels: number): void {
  const frame = new Uint8Array(width * channels);
  for (let at = 0; at < bytes.length; at += frame.length) {
    frame.set(bytes.subarray(at, at + frame.length));
    order.forEach((from, c) => bytes.set(frame.subarray(from * width, (from + 1) * width), at + c * width));
  }
}
