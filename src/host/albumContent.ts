/** What the album view shows of a document's text. Brings the documents' schemas along: import it when an editor opens. */
import { checkText } from "../mastering/checkDocument.js";
import type { AlbumView, Problem } from "../protocol/albumProtocol.js";
import { parseAlbum, type AlbumDocument } from "../session/albumDocument.js";
import type { Deliver } from "../session/delivery.js";
import { formatSampleRate } from "../viewmodel/formats.js";

export interface AlbumContent {
  /** Absent if the text has errors. */
  readonly document: AlbumDocument | undefined;
  readonly problems: readonly Problem[];
}

/** @param path where the document lies; `text` may not be saved yet */
export function albumContent(path: string, text: string): AlbumContent {
  const problems = checkText(path, text).flatMap(({ severity, message, start }): Problem[] =>
    severity === "information" ? [] : [{ severity, message, place: start }],
  );
  return { document: parseAlbum(text).value, problems };
}

export function albumView({ title, artist, target, deliver, output, songs }: AlbumDocument): AlbumView {
  return {
    title,
    artist: artist ?? null,
    target: { loudness: target.loudness, mode: target.mode, truePeak: target.truePeak },
    deliveries: deliver.map(describeDelivery),
    output,
    songs: songs.map(({ title, source, loudness, gap, fadeIn, fadeOut }) => ({
      ...{ title, source, loudness, gap, fadeIn, fadeOut },
    })),
  };
}

/** `WAV 44.1 kHz 16-bit`; without a sample rate of its own, a set has the songs'. */
function describeDelivery({ format, sampleRate, bitDepth, bitRate, image }: Deliver): string {
  const rate = sampleRate === undefined ? [] : [formatSampleRate(sampleRate)];
  const depth = bitDepth === "32f" ? "32-bit float" : `${bitDepth}-bit`;
  const quality = format === "mp3" ? `${bitRate} kbit/s` : depth;
  return [format.toUpperCase(), ...rate, quality, ...(image ? ["image"] : [])].join(" ");
}
