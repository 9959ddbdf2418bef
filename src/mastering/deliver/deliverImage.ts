/** One file of the whole album: the songs' samples one after another. */
import { WavWriter } from "../../audio/wavWriter.js";
import type { SampleLayout } from "../../audio/audioFile.js";
import { openAudioFile } from "../../audio/openAudioFile.js";
import type { Loudness } from "../results.js";
import { completeTags, encodeFlac, readCover, sumOf, withSamples } from "./deliverSong.js";
import { headChunks, vorbisComments, type ReplayGain, type SongTags } from "./songTags.js";

export interface ImageInput {
  /** WAV files of the songs' samples, all of the same format. */
  readonly parts: readonly string[];
  readonly format: "wav" | "flac";
  readonly layout: SampleLayout;
  /** Hz. */
  readonly sampleRate: number;
  readonly target: string;
  readonly tags: SongTags;
  readonly cover: string | undefined;
  readonly replayGain: ReplayGain;
  /** Of the album. */
  readonly loudness: Loudness;
}

export interface DeliveredImage {
  /** By song, the frame at which it starts: a whole number of CD frames. */
  readonly starts: readonly number[];
  readonly bytes: number;
  readonly sha256: string;
}

/** Frames of a CD in a second. Source: IEC 60908. */
export const CD_FRAMES = 75;

/** Songs begin at whole CD frames: silence is added to the gap before, never to a song. */
export async function deliverImage(input: ImageInput): Promise<DeliveredImage> {
  const { parts, format, layout, sampleRate, target, tags, replayGain, loudness } = input;
  const cover = readCover(input.cover);
  const samples = format === "wav" ? target : `${target}.samples.wav`;
  const starts = await concatenate(parts, samples, { layout, sampleRate, tags });
  if (format === "wav") completeTags(samples, { tags, loudness, replayGain }, cover);
  else await encodeFlac(samples, target, vorbisComments(tags, replayGain), cover);
  return { starts, ...(await sumOf(target)) };
}

async function concatenate(
  parts: readonly string[],
  target: string,
  { layout, sampleRate, tags }: Pick<ImageInput, "layout" | "sampleRate" | "tags">,
): Promise<number[]> {
  const writer = WavWriter.create(target, {
    ...{ sampleRate, channels: 2, layout },
    chunks: headChunks(tags, { sampleRate, layout }),
  });
  const starts: number[] = [];
  try {
    for (const part of parts) {
      writer.write(silence(writer.frames, sampleRate, part));
      starts.push(writer.frames);
      await withSamples(part, (_, blocks) => {
        for (const block of blocks) writer.write(block);
        return Promise.resolve();
      });
    }
    writer.finish();
  } catch (error) {
    writer.abort();
    throw error;
  }
  return starts;
}

/** Up to the next CD frame, at rates that are whole multiples of it. */
function silence(position: number, sampleRate: number, part: string): Uint8Array {
  const frame = sampleRate / CD_FRAMES;
  if (!Number.isInteger(frame)) return new Uint8Array(0);
  const file = openAudioFile(part);
  file.close();
  return new Uint8Array(((frame - (position % frame)) % frame) * file.pcm.frameBytes);
}
