/** Compressed audio to a WAV file that can be read at any frame. */
import { AudioFileError } from "../audioFile.js";
import { riffChunk } from "../riffChunk.js";
import { formatInfo } from "../tags/info.js";
import { WavWriter } from "../wavWriter.js";
import type { CompressedAudio } from "./compressedAudio.js";

/**
 * Decodes `audio` to a WAV file at `target`: floats of 32 bits, or the integers of a lossless codec. What was odd
 * stands in its INFO comment, one sentence a line. Memory does not grow with the length.
 * @param report takes the share done, 0 to 1
 * @throws AudioFileError if nothing could be decoded, or the medium cannot be read
 * @throws FileWriteError
 */
export async function decodeToPcm(
  audio: CompressedAudio,
  target: string,
  report?: (fraction: number) => void,
): Promise<void> {
  const { path, sampleRate, channels, channelMask, bitDepth, warnings } = audio.info;
  const writer = WavWriter.create(target, {
    sampleRate,
    channels,
    layout: audio.layout,
    channelMask,
    ...(bitDepth !== null && { validBits: bitDepth }),
  });
  try {
    for await (const { bytes, fraction } of audio.decode()) {
      writer.write(bytes);
      report?.(fraction);
    }
    if (writer.frames === 0) {
      throw new AudioFileError(
        path,
        undefined,
        "no sound could be decoded: the file is empty, damaged or cut off",
      );
    }
    if (warnings.length > 0) {
      writer.addChunk(riffChunk("LIST", formatInfo(new Map([["ICMT", warnings.join("\n")]]))));
    }
    writer.finish();
  } catch (error) {
    writer.abort();
    throw error;
  }
}
