/** Makes a song's files of its rendered samples: encodes, tags, measures what is lossy, and sums. */
import { createHash } from "node:crypto";
import { createReadStream, readFileSync } from "node:fs";
import { pipeline } from "node:stream/promises";
import type { AudioFile } from "../../audio/audioFile.js";
import { completeWav } from "../../audio/completeWav.js";
import { openAudioFile } from "../../audio/openAudioFile.js";
import type { FlacWriter } from "../../audio/flac/flacWriter.js";
import type { Mp3Writer } from "../../audio/mpeg/mp3Writer.js";
import { riffChunk } from "../../audio/riffChunk.js";
import { pictureOf, type Picture } from "../../audio/tags/picture.js";
import type { DeliveryFormat } from "../../session/delivery.js";
import type { DeliveredFile, Loudness } from "../results.js";
import { measureJob } from "../measureJob.js";
import { broadcastExtension, id3Tag, vorbisComments, type ReplayGain, type SongTags } from "./songTags.js";

export interface DeliverInput {
  readonly files: readonly FileToDeliver[];
  readonly tags: SongTags;
  /** JPEG or PNG, absolute path. */
  readonly cover: string | undefined;
  readonly replayGain: ReplayGain;
  /** Of the samples. */
  readonly loudness: Loudness;
}

export interface FileToDeliver {
  /** As the result names it. */
  readonly file: string;
  readonly format: DeliveryFormat;
  /** WAV file of the samples; a delivered WAV file is this very one. */
  readonly pcm: string;
  readonly target: string;
  /** kbit/s. */
  readonly bitRate: number;
}

/** @throws AudioFileError, FileWriteError; Error if the cover is no picture */
export async function deliverSong(input: DeliverInput): Promise<DeliveredFile[]> {
  const cover = readCover(input.cover);
  const delivered: DeliveredFile[] = [];
  for (const file of input.files) delivered.push(await deliver(file, input, cover));
  return delivered;
}

async function deliver(
  { file, format, pcm, target, bitRate }: FileToDeliver,
  input: DeliverInput,
  cover: Picture | undefined,
): Promise<DeliveredFile> {
  const { tags, replayGain, loudness } = input;
  if (format === "wav") completeTags(pcm, input, cover);
  if (format === "flac") await encodeFlac(pcm, target, vorbisComments(tags, replayGain), cover);
  if (format === "mp3") await encodeMp3(pcm, target, bitRate, id3Tag(tags, replayGain, cover));
  const { integrated, truePeak } =
    format === "mp3" ? (await measureJob({ path: target, dualMono: false })).measurement : loudness;
  return { file, format, ...(await sumOf(target)), integrated, truePeak };
}

/** Loudness and tags of a WAV file, which it is written without. */
export function completeTags(
  path: string,
  { tags, loudness, replayGain }: Pick<DeliverInput, "tags" | "loudness" | "replayGain">,
  cover: Picture | undefined,
): void {
  const file = openAudioFile(path);
  const { info, pcm } = file;
  file.close();
  const format = { sampleRate: info.sampleRate, layout: pcm.layout };
  completeWav(path, { bext: broadcastExtension(tags, format, loudness) }, [
    riffChunk("id3 ", id3Tag(tags, replayGain, cover)),
  ]);
}

export async function encodeFlac(
  pcm: string,
  target: string,
  comments: ReadonlyMap<string, string>,
  cover: Picture | undefined,
): Promise<void> {
  const { FlacWriter } = await import("../../audio/flac/flacWriter.js");
  await withSamples(pcm, async ({ info, pcm: { layout } }, blocks) => {
    const { sampleRate, channels } = info;
    const bitDepth = layout === "s16" ? 16 : 24;
    const format = { sampleRate, channels, bitDepth, comments, cover } as const;
    await encode(await FlacWriter.create(target, format), blocks);
  });
}

async function encodeMp3(pcm: string, target: string, bitRate: number, tag: Uint8Array): Promise<void> {
  const { Mp3Writer } = await import("../../audio/mpeg/mp3Writer.js");
  await withSamples(pcm, async ({ info: { sampleRate } }, blocks) => {
    await encode(await Mp3Writer.create(target, { sampleRate, channels: 2, bitRate, tag }), blocks);
  });
}

async function encode(writer: FlacWriter | Mp3Writer, blocks: Iterable<Uint8Array>): Promise<void> {
  try {
    for (const block of blocks) await writer.write(block);
    await writer.finish();
  } catch (error) {
    writer.abort();
    throw error;
  }
}

/** Frames that are read at once: more than an encoder's block, little memory. */
const FRAMES_AT_ONCE = 1 << 15;

/** Lets `use` have the samples of a WAV file as they lie in it, block by block. */
export async function withSamples<T>(
  path: string,
  use: (file: AudioFile, blocks: Iterable<Uint8Array>) => Promise<T>,
): Promise<T> {
  const file = openAudioFile(path);
  try {
    return await use(file, blocksOf(file));
  } finally {
    file.close();
  }
}

function* blocksOf(file: AudioFile): Generator<Uint8Array> {
  const { frameBytes } = file.pcm;
  const bytes = new Uint8Array(FRAMES_AT_ONCE * frameBytes);
  for (let start = 0; start < file.info.frames;) {
    const count = file.readFrames(start, FRAMES_AT_ONCE, bytes);
    if (count === 0) return;
    yield bytes.subarray(0, count * frameBytes);
    start += count;
  }
}

/** @throws Error if the file is no picture */
export function readCover(path: string | undefined): Picture | undefined {
  if (path === undefined) return undefined;
  const picture = pictureOf(new Uint8Array(readFileSync(path)));
  if ("fault" in picture) throw new Error(`${path}: the cover ${picture.fault}.`);
  return picture;
}

/** @returns size and SHA-256 of a file */
export async function sumOf(path: string): Promise<{ readonly bytes: number; readonly sha256: string }> {
  const hash = createHash("sha256");
  let bytes = 0;
  await pipeline(createReadStream(path, { highWaterMark: 1 << 20 }), async (pieces) => {
    for await (const piece of pieces as AsyncIterable<Buffer>) {
      hash.update(piece);
      bytes += piece.length;
    }
  });
  return { bytes, sha256: hash.digest("hex") };
}
