/** Which files a song becomes, and what they are called. */
import type { SampleLayout } from "../audio/audioFile.js";
import type { AlbumDocument, Deliver, Dither } from "../session/albumDocument.js";

export interface PlannedFile {
  /** Relative to the output folder, with `/`. */
  readonly file: string;
  /** Hz; `null` stands for the song's own rate. */
  readonly sampleRate: number | null;
  readonly layout: SampleLayout;
  readonly dither: Dither;
}

export interface DeliveryPlan {
  readonly files: readonly PlannedFile[];
}

/** How samples lie in a file of each of the documents' bit depths. */
export const LAYOUTS = { "16": "s16", "24": "s24", "32": "s32", "32f": "f32" } as const;

/** @returns for each song its files, in the order of `deliver`: `01 Title.wav`, in a folder per set if there are several sets */
export function planDeliveries({ songs, deliver }: AlbumDocument): DeliveryPlan[] {
  const digits = Math.max(2, String(songs.length).length);
  return songs.map(({ title }, index) => {
    const name = `${String(index + 1).padStart(digits, "0")} ${fileName(title)}.wav`;
    return {
      files: deliver.map((set) => ({
        file: deliver.length > 1 ? `${setName(set)}/${name}` : name,
        sampleRate: set.sampleRate ?? null,
        layout: LAYOUTS[`${set.bitDepth}`],
        dither: set.dither,
      })),
    };
  });
}

/** For example `wav-44100-16`. */
function setName({ format, sampleRate, bitDepth }: Deliver): string {
  return [format, sampleRate ?? "source", bitDepth].join("-");
}

/** A title as a file name that every system takes: no separators, no control characters, no dots or blanks at the ends. */
export function fileName(title: string): string {
  const safe = title
    .normalize("NFC")

    .replace(/[\u0000-\u001f\u007f<>:"/\\|?*]/g, "-")
    .slice(0, 120)
    .replace(/^[.\s]+|[.\s]+$/g, "");
  return safe === "" ? "Untitled" : safe;
}
