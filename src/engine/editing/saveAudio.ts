/** Writes edited audio to a new file, WAV or FLAC. */
import { openAudioFile } from "../../audio/openAudioFile.js";
import type { SampleLayout } from "../../audio/audioFile.js";
import { INFO_IDS } from "../../audio/tags/info.js";
import { WavReader } from "../../audio/wavReader.js";
import { WavWriter } from "../../audio/wavWriter.js";
import type { EditedAudio, StorageFormat } from "../../session/audioEdits.js";
import { EditedPcm } from "./editedPcm.js";
import { savedChunks } from "./savedChunks.js";

export interface WrittenAudio {
  readonly frames: number;
  /** Samples over full scale that an integer format had to clip. */
  readonly clipped: number;
  /** Names of chunks of the original that could not be taken over. */
  readonly lostChunks: readonly string[];
}

const LAYOUTS: Readonly<Record<StorageFormat["bitDepth"], SampleLayout>> = {
  8: "u8",
  16: "s16",
  24: "s24",
  32: "s32",
  "32f": "f32",
  "64f": "f64",
};

type Report = (fraction: number) => void;

/**
 * Writes a WAV file (RF64 over 4 GiB).
 * @param path where nothing is yet, in a folder that exists
 * @param originalPath the file whose other chunks are kept, if it is one of WAVE audio; `null`: none
 * @throws AudioFileError, FileWriteError; nothing is left behind then
 */
export function saveWav(
  audio: EditedAudio,
  path: string,
  originalPath: string | null,
  report: Report = () => undefined,
): WrittenAudio {
  const layout = LAYOUTS[audio.format.bitDepth];
  const { sampleRate, channels, channelMask } = audio;
  const original = originalPath === null ? undefined : openAudioFile(originalPath);
  const pcm = new EditedPcm(audio, layout);
  try {
    const isSameSound = isUnchanged(audio);
    const reader = original instanceof WavReader ? original : undefined;
    const { chunks, lost } = savedChunks(reader, audio, isSameSound && reader?.pcm.layout === layout);
    const { validBits } = pcm;
    const writer = WavWriter.create(path, {
      ...{ sampleRate, channels, layout, chunks },
      ...(channelMask !== 0 && { channelMask }),
      ...(validBits !== undefined && { validBits }),
    });
    try {
      for (const block of pcm.blocks()) {
        writer.write(block);
        report(writer.frames / pcm.frames);
      }
      writer.finish();
    } catch (error) {
      writer.abort();
      throw error;
    }
    return { frames: pcm.frames, clipped: pcm.clipped, lostChunks: lost };
  } finally {
    pcm.close();
    original?.close();
  }
}

/**
 * Writes a FLAC file: 24 bits where the audio is stored at more than 16, else 16.
 * @param path where nothing is yet, in a folder that exists
 * @throws RangeError if FLAC cannot hold such audio; AudioFileError, FileWriteError; nothing is left behind then
 */
export async function saveFlac(
  audio: EditedAudio,
  path: string,
  report: Report = () => undefined,
): Promise<WrittenAudio> {
  const { FlacWriter } = await import("../../audio/flac/flacWriter.js");
  const bitDepth = audio.format.bitDepth === 8 || audio.format.bitDepth === 16 ? 16 : 24;
  const pcm = new EditedPcm(audio, bitDepth === 16 ? "s16" : "s24");
  try {
    const { sampleRate, channels } = audio;
    const comments = vorbisComments(audio);
    const writer = await FlacWriter.create(path, { sampleRate, channels, bitDepth, comments });
    try {
      for (const block of pcm.blocks()) {
        await writer.write(block);
        report(writer.frames / pcm.frames);
      }
      await writer.finish();
    } catch (error) {
      writer.abort();
      throw error;
    }
    return { frames: pcm.frames, clipped: pcm.clipped, lostChunks: [] };
  } finally {
    pcm.close();
  }
}

/** Whether the audio is one source from its first frame to its last, nothing done to it. */
function isUnchanged({ pieces, sources }: EditedAudio): boolean {
  const [piece, second] = pieces;
  const [layer, other] = piece?.layers ?? [];
  if (!piece || !layer || second || other) return false;
  const isPlain = layer.start === 0 && !layer.isReversed && layer.treatments.length === 0;
  return isPlain && sources[layer.source]?.frames === piece.frames;
}

/** INFO texts by the names that FLAC files use. Source: xiph.org, "Ogg Vorbis I format specification: comment field". */
const COMMENT_NAMES: Readonly<Record<string, string>> = {
  [INFO_IDS.title]: "TITLE",
  [INFO_IDS.artist]: "ARTIST",
  [INFO_IDS.album]: "ALBUM",
  [INFO_IDS.date]: "DATE",
  [INFO_IDS.genre]: "GENRE",
  [INFO_IDS.trackNumber]: "TRACKNUMBER",
  [INFO_IDS.comment]: "COMMENT",
  [INFO_IDS.copyright]: "COPYRIGHT",
};

function vorbisComments({ tags }: EditedAudio): Map<string, string> {
  const texts = Object.entries(tags.info).filter(([id]) => id in COMMENT_NAMES);
  return new Map(texts.map(([id, text]) => [COMMENT_NAMES[id]!, text]));
}
