/** What the files of a release lack, or have too much of. */
import type { AlbumDocument } from "../../session/albumDocument.js";
import type { SongOverview } from "../results.js";
import type { QualityFinding } from "./checkQuality.js";

/** @param source of the song */
export function checkDelivery(album: AlbumDocument, song: number, source: SongOverview): QualityFinding[] {
  const { isrc, artist } = album.songs[song]!;
  const missing = [
    ...(isrc === undefined ? ["isrc"] : []),
    ...(artist === undefined && album.artist === undefined ? ["artist"] : []),
    ...(album.year === undefined ? ["year"] : []),
  ];
  const lossy = /\.(mp3|ogg|oga|opus)$/i.test(source.source);
  const raised = album.deliver.find(({ sampleRate = 0 }) => sampleRate > source.sampleRate);
  const found: QualityFinding[] = [];
  const add = (
    kind: "metadata" | "resolution",
    severity: QualityFinding["severity"],
    message: string,
  ): void => {
    found.push({ kind, severity, time: null, message });
  };
  if (missing.length > 0)
    add("metadata", "information", `It has no ${missing.join(", no ")}: distributors ask for that.`);
  if (lossy) add("resolution", "warning", "Its source is lossy. Master from the mix, a WAV or FLAC file.");
  if (raised?.sampleRate !== undefined)
    add(
      "resolution",
      "information",
      `It is delivered at ${raised.sampleRate} Hz, but its source has ${source.sampleRate} Hz: nothing is gained by that.`,
    );
  return found;
}
