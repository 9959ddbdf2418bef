/** Which files a song becomes, and what they are called. */
import type { SampleLayout } from "../../audio/audioFile.js";
import type { AlbumDocument } from "../../session/albumDocument.js";
import type { Deliver, DeliveryFormat, Dither } from "../../session/delivery.js";
import { expandFileName } from "../../session/fileNameTemplate.js";

/** A song's samples as they are rendered, dithered once: what its files are made of. */
export interface PlannedPcm {
  /** Relative to the output folder, with `/`: that of a WAV file that is delivered as it is, or a name of its own. */
  readonly name: string;
  /** Hz; `null` stands for the song's own rate. */
  readonly sampleRate: number | null;
  readonly layout: SampleLayout;
  readonly dither: Dither;
}

export interface PlannedFile {
  /** Relative to the output folder, with `/`. */
  readonly file: string;
  readonly format: DeliveryFormat;
  /** Name of the samples that it is made of. */
  readonly pcm: string;
  /** kbit/s, of lossy formats. */
  readonly bitRate: number;
}

export interface DeliveryPlan {
  readonly files: readonly PlannedFile[];
  readonly pcm: readonly PlannedPcm[];
}

/** One file of the whole album. */
export interface PlannedImage {
  readonly file: string;
  readonly format: "wav" | "flac";
  readonly layout: SampleLayout;
  /** Hz. */
  readonly sampleRate: number;
  /** By song, names of the samples. */
  readonly parts: readonly string[];
}

export interface AlbumDeliveries {
  readonly songs: readonly DeliveryPlan[];
  readonly images: readonly PlannedImage[];
}

/** How samples lie in a file of each of the documents' bit depths. */
export const LAYOUTS = { "16": "s16", "24": "s24", "32": "s32", "32f": "f32" } as const;

/** Files of one set lie together where there are several; samples with no file of their own lie apart. */
export function planDeliveries(album: AlbumDocument): AlbumDeliveries {
  const names = album.songs.map((_, song) => album.deliver.map((set) => fileOf(album, set, song)));
  const songs = names.map((files) => planSong(album.deliver, files));
  const images = album.deliver.flatMap((set): PlannedImage[] =>
    set.image && set.format !== "mp3" && set.sampleRate !== undefined
      ? [
          {
            file: fileOf(album, set, undefined),
            format: set.format,
            layout: layoutOf(set),
            sampleRate: set.sampleRate,
            parts: songs.map(({ pcm }) => pcm.find((each) => keyOf(each) === keyOfSet(set))!.name),
          },
        ]
      : [],
  );
  return { songs, images };
}

function planSong(sets: readonly Deliver[], names: readonly string[]): DeliveryPlan {
  const pcm = new Map<string, PlannedPcm>();
  const isWavFile = ({ format, image }: Deliver): boolean => format === "wav" && !image;
  const add = (set: Deliver, name: string): void => {
    const planned = { name, sampleRate: set.sampleRate ?? null, layout: layoutOf(set), dither: set.dither };
    if (!pcm.has(keyOf(planned))) pcm.set(keyOf(planned), planned);
  };
  // A WAV file is its samples; the others are made of such where they are the same.
  sets.forEach((set, i) => isWavFile(set) && add(set, names[i]!));
  sets.forEach((set, i) => isWavFile(set) || add(set, `samples/${i}-${names[i]!.replaceAll("/", "-")}.wav`));
  const files = sets.flatMap((set, i): PlannedFile[] =>
    set.image
      ? []
      : [{ file: names[i]!, format: set.format, pcm: pcm.get(keyOfSet(set))!.name, bitRate: set.bitRate }],
  );
  return { files, pcm: [...pcm.values()] };
}

const layoutOf = ({ bitDepth }: Deliver): SampleLayout => LAYOUTS[`${bitDepth}`];
const keyOf = ({ sampleRate, layout, dither }: PlannedPcm): string => [sampleRate, layout, dither].join();
const keyOfSet = (set: Deliver): string =>
  [set.sampleRate ?? null, layoutOf(set), set.dither].map((each) => each ?? "").join();

/** @param song its position; absent: of the whole album. @returns for example `wav-44100-16/01 Title.wav` */
function fileOf(album: AlbumDocument, set: Deliver, song: number | undefined): string {
  const { songs, deliver } = album;
  const digits = Math.max(2, String(songs.length).length);
  const each = song === undefined ? undefined : songs[song]!;
  const template = set.fileName ?? (set.image ? "{album}" : "{number} {title}");
  const name = expandFileName(template, {
    number: song === undefined ? "" : String(song + 1).padStart(digits, "0"),
    title: each?.title ?? album.title,
    artist: each?.artist ?? album.artist ?? "",
    album: album.title,
    year: album.year === undefined ? "" : String(album.year),
    isrc: each?.isrc?.replaceAll("-", "") ?? "",
    format: set.format,
  });
  const file = `${name}.${set.format}`;
  return deliver.length > 1 ? `${setName(set)}/${file}` : file;
}

/** For example `wav-44100-16`. */
function setName({ format, sampleRate, bitDepth, bitRate, image }: Deliver): string {
  const quality = format === "mp3" ? `${bitRate}k` : bitDepth;
  return [format, sampleRate ?? "source", quality, ...(image ? ["image"] : [])].join("-");
}
