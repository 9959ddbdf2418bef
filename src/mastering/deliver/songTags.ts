/** What a delivered file says of itself, and how each format says it. */
import { dB } from "../../units/decibels.js";
import { lu, lufs } from "../../units/loudness.js";
import { BYTES_PER_SAMPLE, type SampleLayout } from "../../audio/audioFile.js";
import { riffChunk, type RiffChunk } from "../../audio/riffChunk.js";
import { formatBext, type BroadcastLoudness } from "../../audio/tags/bext.js";
import { formatId3 } from "../../audio/tags/id3Writer.js";
import { formatInfo, INFO_IDS } from "../../audio/tags/info.js";
import type { Picture } from "../../audio/tags/picture.js";
import type { Loudness } from "../results.js";

/** Texts are empty where there is nothing to say. */
export interface SongTags {
  readonly title: string;
  readonly artist: string;
  readonly album: string;
  readonly albumArtist: string;
  /** From 1; 0 for the image of a whole album. */
  readonly track: number;
  readonly tracks: number;
  readonly year: string;
  readonly genre: string;
  readonly composer: string;
  readonly comment: string;
  readonly copyright: string;
  readonly label: string;
  /** 12 characters, without hyphens. */
  readonly isrc: string;
  readonly upc: string;
}

/**
 * Gains that players apply. Source: ReplayGain 2.0 specification (Hydrogenaudio): reference -18 LUFS, gains in dB
 * with two decimals, peaks linear.
 */
export interface ReplayGain {
  readonly track: GainAndPeak | undefined;
  readonly album: GainAndPeak | undefined;
}

interface GainAndPeak {
  /** dB. */
  readonly gain: number;
  /** True peak, linear. */
  readonly peak: number;
}

const REFERENCE_LUFS = -18;

/** @returns `undefined` for what has no loudness. @param truePeak dBTP */
export function gainAndPeak(integrated: number | null, truePeak: number | null): GainAndPeak | undefined {
  if (integrated === null || truePeak === null) return undefined;
  return { gain: REFERENCE_LUFS - integrated, peak: 10 ** (truePeak / 20) };
}

/** Names as players know them. Source: xiph.org, "Ogg Vorbis I format specification: comment field"; Hydrogenaudio. */
export function vorbisComments(tags: SongTags, replayGain: ReplayGain): Map<string, string> {
  return new Map([
    ["TITLE", tags.title],
    ["ARTIST", tags.artist],
    ["ALBUM", tags.album],
    ["ALBUMARTIST", tags.albumArtist],
    ["TRACKNUMBER", tags.track > 0 ? String(tags.track) : ""],
    ["TRACKTOTAL", tags.track > 0 ? String(tags.tracks) : ""],
    ["DATE", tags.year],
    ["GENRE", tags.genre],
    ["COMPOSER", tags.composer],
    ["COMMENT", tags.comment],
    ["COPYRIGHT", tags.copyright],
    ["ORGANIZATION", tags.label],
    ["ISRC", tags.isrc],
    ["BARCODE", tags.upc],
    ...replayGainTexts(replayGain),
  ]);
}

/** ID3v2.3, for MP3 and the `id3 ` chunk of WAV. Source: id3.org, "ID3 tag version 2.3.0", section 4. */
export function id3Tag(
  tags: SongTags,
  replayGain: ReplayGain,
  cover: Picture | undefined,
): Uint8Array<ArrayBuffer> {
  const frames = new Map([
    ["TIT2", tags.title],
    ["TPE1", tags.artist],
    ["TALB", tags.album],
    ["TPE2", tags.albumArtist],
    ["TRCK", tags.track > 0 ? `${tags.track}/${tags.tracks}` : ""],
    ["TYER", tags.year],
    ["TCON", tags.genre],
    ["TCOM", tags.composer],
    ["COMM", tags.comment],
    ["TCOP", tags.copyright],
    ["TPUB", tags.label],
    ["TSRC", tags.isrc],
    ["TXXX:BARCODE", tags.upc],
    ...replayGainTexts(replayGain).map(([name, text]): [string, string] => [`TXXX:${name}`, text]),
  ]);
  return formatId3(frames, cover);
}

/** Contents of a `LIST` chunk. */
export function infoList(tags: SongTags): Uint8Array {
  return formatInfo(
    new Map([
      [INFO_IDS.title, tags.title],
      [INFO_IDS.artist, tags.artist],
      [INFO_IDS.album, tags.album],
      [INFO_IDS.date, tags.year],
      [INFO_IDS.genre, tags.genre],
      [INFO_IDS.trackNumber, tags.track > 0 ? String(tags.track) : ""],
      [INFO_IDS.comment, tags.comment],
      [INFO_IDS.copyright, tags.copyright],
      [INFO_IDS.software, "Headroom"],
    ]),
  );
}

/**
 * Contents of a `bext` chunk, equally long whatever the loudness: it is not known before the file is written. Source
 * of the coding history: EBU R 98.
 *
 * @param loudness of the file; without it, not given
 */
export function broadcastExtension(
  tags: SongTags,
  { sampleRate, layout }: { readonly sampleRate: number; readonly layout: SampleLayout },
  loudness?: Loudness,
): Uint8Array {
  return formatBext({
    description: [tags.artist, tags.title].filter((text) => text !== "").join(" - "),
    originator: "Headroom",
    originatorReference: tags.isrc,
    codingHistory: `A=PCM,F=${sampleRate},W=${8 * BYTES_PER_SAMPLE[layout]},M=stereo,T=Headroom\r\n`,
    ...(loudness && { loudness: broadcastLoudness(loudness) }),
  });
}

/** What a WAV file has before its audio; `bext` without loudness. */
export function headChunks(
  tags: SongTags,
  format: { readonly sampleRate: number; readonly layout: SampleLayout },
): RiffChunk[] {
  return [riffChunk("bext", broadcastExtension(tags, format)), riffChunk("LIST", infoList(tags))];
}

function broadcastLoudness({
  integrated,
  lra,
  truePeak,
  momentaryMax,
  shortTermMax,
}: Loudness): BroadcastLoudness {
  return {
    ...(integrated !== null && { integrated: lufs(integrated) }),
    ...(lra !== null && { range: lu(lra) }),
    ...(truePeak !== null && { maxTruePeak: dB(truePeak) }),
    ...(momentaryMax !== null && { maxMomentary: lufs(momentaryMax) }),
    ...(shortTermMax !== null && { maxShortTerm: lufs(shortTermMax) }),
  };
}

/** Texts of the album's tags by their names. */
export const albumGainTexts = (album: GainAndPeak | undefined): Record<string, string> =>
  Object.fromEntries(replayGainTexts({ track: undefined, album }));

function replayGainTexts({ track, album }: ReplayGain): [name: string, text: string][] {
  const texts = (kind: string, value: GainAndPeak | undefined): [string, string][] =>
    value
      ? [
          [`REPLAYGAIN_${kind}_GAIN`, `${value.gain.toFixed(2)} dB`],
          [`REPLAYGAIN_${kind}_PEAK`, value.peak.toFixed(6)],
        ]
      : [];
  const reference: [string, string][] =
    track || album ? [["REPLAYGAIN_REFERENCE_LOUDNESS", `${REFERENCE_LUFS.toFixed(2)} LUFS`]] : [];
  return [...texts("TRACK", track), ...texts("ALBUM", album), ...reference];
}
