/** The last stage of a release: files in their formats, with tags that need the whole album to be known. */
import { basename } from "node:path";
import type { WorkerPool } from "../../engine/workerPool.js";
import type { AlbumDocument } from "../../session/albumDocument.js";
import type { FinishedSong } from "../finishSong.js";
import type { AlbumLoudness, DeliveredFile, Loudness } from "../results.js";
import { imageCueSheet } from "./cueSheet.js";
import type { AlbumDeliveries, PlannedImage } from "./deliveries.js";
import type { DeliveredImage, ImageInput } from "./deliverImage.js";
import type { DeliverInput } from "./deliverSong.js";
import { albumGainTexts, gainAndPeak, type SongTags } from "./songTags.js";

export interface DeliverAlbumInput {
  /** Its cover is an absolute path. */
  readonly album: AlbumDocument;
  readonly plan: AlbumDeliveries;
  /** By song; `undefined` where it failed. */
  readonly finished: readonly (FinishedSong | undefined)[];
  readonly loudness: AlbumLoudness;
  /** @returns where a file lies until it is published */
  readonly temporaryOf: (file: string) => string;
  /** What there is of a song from an earlier run, up to date but for the album's gain; `null` if it is not any more. */
  readonly reuse: (
    song: number,
    albumGain: Readonly<Record<string, string>>,
  ) => Promise<readonly DeliveredFile[] | null>;
  /** Renders a song that was thought to be there. */
  readonly render: (song: number) => Promise<void>;
  readonly signal: AbortSignal | undefined;
}

export interface DeliveredAlbum {
  /** By song: its files, or why there are none. */
  readonly songs: readonly PromiseSettledResult<readonly DeliveredFile[]>[];
  readonly images: readonly DeliveredFile[];
  /** Cue sheets of the images, by their names. */
  readonly sheets: Readonly<Record<string, string>>;
}

export async function deliverAlbum(pool: WorkerPool, input: DeliverAlbumInput): Promise<DeliveredAlbum> {
  const { album, plan, finished, temporaryOf, signal } = input;
  const gains = gainAndPeak(input.loudness.integrated, albumPeak(input));
  const songs = await Promise.allSettled(
    finished.map(async (song, index): Promise<readonly DeliveredFile[]> => {
      if (!song) return [];
      const reused = await input.reuse(index, albumGainTexts(gains));
      if (reused) return reused;
      await input.render(index);
      const { loudness } = song.after;
      const job: DeliverInput = {
        files: plan.songs[index]!.files.map(({ file, format, pcm, bitRate }) => ({
          ...{ file, format, bitRate, pcm: temporaryOf(pcm), target: temporaryOf(file) },
        })),
        tags: tagsOf(album, index),
        cover: album.cover,
        replayGain: { track: gainAndPeak(loudness.integrated, loudness.truePeak), album: gains },
        loudness,
      };
      return pool.run("deliverSong", job, { signal });
    }),
  );
  signal?.throwIfAborted();
  // An image of part of an album is none.
  const isWhole = finished.every((song) => song !== undefined);
  const images = isWhole
    ? await Promise.all(plan.images.map((image) => deliverImage(pool, input, image)))
    : [];
  return {
    songs,
    images: images.map(({ delivered }) => delivered),
    sheets: Object.fromEntries(images.map(({ sheet }) => sheet)),
  };
}

async function deliverImage(
  pool: WorkerPool,
  input: DeliverAlbumInput,
  { file, format, layout, sampleRate, parts }: PlannedImage,
): Promise<{ readonly delivered: DeliveredFile; readonly sheet: [string, string] }> {
  const { album, temporaryOf, signal } = input;
  const { integrated } = input.loudness;
  const truePeak = albumPeak(input);
  const gains = gainAndPeak(integrated, truePeak);
  const loudness: Loudness = {
    ...{ integrated, truePeak },
    ...{ momentaryMax: null, shortTermMax: null, lra: null, samplePeak: null, plr: null },
  };
  const job: ImageInput = {
    ...{ format, layout, sampleRate, loudness, parts: parts.map(temporaryOf), target: temporaryOf(file) },
    tags: albumTags(album),
    cover: album.cover,
    replayGain: { track: gains, album: gains },
  };
  const { starts, bytes, sha256 } = await pool.run<DeliveredImage>("deliverImage", job, { signal });
  const sheet = imageCueSheet({ file: basename(file), sampleRate, starts }, album);
  return {
    delivered: { file, format, bytes, sha256, integrated, truePeak },
    sheet: [`${file.replace(/\.[^.]*$/, "")}.cue`, sheet],
  };
}

function albumPeak({ finished }: DeliverAlbumInput): number | null {
  const peaks = finished.flatMap((song) => song?.after.loudness.truePeak ?? []);
  return peaks.length === 0 ? null : Math.max(...peaks);
}

/** @param index position of the song */
export function tagsOf(album: AlbumDocument, index: number): SongTags {
  const song = album.songs[index]!;
  return {
    ...albumTags(album),
    title: song.title,
    artist: song.artist ?? album.artist ?? "",
    track: index + 1,
    composer: song.composer ?? "",
    comment: song.comment ?? "",
    isrc: song.isrc?.replaceAll("-", "") ?? "",
  };
}

export function albumTags({
  title,
  artist = "",
  year,
  genre,
  copyright,
  label,
  upc,
  songs,
}: AlbumDocument): SongTags {
  return {
    ...{ title, artist, album: title, albumArtist: artist, track: 0, tracks: songs.length },
    year: year === undefined ? "" : String(year),
    genre: genre ?? "",
    copyright: copyright ?? "",
    label: label ?? "",
    upc: upc ?? "",
    ...{ composer: "", comment: "", isrc: "" },
  };
}
