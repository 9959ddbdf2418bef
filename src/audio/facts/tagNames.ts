/** What the names of tags mean, for people. Sources as in `../tags`. */
import type { FileTag } from "../audioFacts.js";
import type { Id3Text } from "../tags/id3.js";
import type { InfoTags } from "../tags/info.js";

const INFO_NAMES: Readonly<Record<string, string>> = {
  IARL: "Archival location",
  IART: "Artist",
  ICMS: "Commissioned by",
  ICMT: "Comment",
  ICOP: "Copyright",
  ICRD: "Date",
  IENG: "Engineer",
  IGNR: "Genre",
  IKEY: "Keywords",
  ILNG: "Language",
  IMED: "Medium",
  IMUS: "Composer",
  INAM: "Title",
  IPRD: "Album",
  IPRT: "Part",
  ISBJ: "Subject",
  ISFT: "Software",
  ISRC: "Source",
  ISRF: "Source form",
  ITCH: "Technician",
  ITRK: "Track number",
};

const ID3_NAMES: Readonly<Record<string, string>> = {
  COMM: "Comment",
  TALB: "Album",
  TBPM: "Beats per minute",
  TCMP: "Compilation",
  TCOM: "Composer",
  TCON: "Genre",
  TCOP: "Copyright",
  TDAT: "Date",
  TDRC: "Recording time",
  TDRL: "Release time",
  TENC: "Encoded by",
  TIT1: "Content group",
  TIT2: "Title",
  TIT3: "Subtitle",
  TKEY: "Initial key",
  TLAN: "Language",
  TLEN: "Length in milliseconds",
  TPE1: "Artist",
  TPE2: "Album artist",
  TPE3: "Conductor",
  TPE4: "Remixer",
  TPOS: "Disc number",
  TPUB: "Publisher",
  TRCK: "Track number",
  TSRC: "ISRC",
  TSSE: "Encoder",
  TYER: "Year",
  USLT: "Lyrics",
  // Version 2.2
  COM: "Comment",
  TAL: "Album",
  TCM: "Composer",
  TCO: "Genre",
  TEN: "Encoded by",
  TP1: "Artist",
  TP2: "Album artist",
  TRK: "Track number",
  TT2: "Title",
  TYE: "Year",
};

const VORBIS_NAMES: Readonly<Record<string, string>> = {
  ALBUM: "Album",
  ALBUMARTIST: "Album artist",
  ARTIST: "Artist",
  BPM: "Beats per minute",
  COMMENT: "Comment",
  COMPOSER: "Composer",
  COPYRIGHT: "Copyright",
  DATE: "Date",
  DESCRIPTION: "Description",
  DISCNUMBER: "Disc number",
  ENCODER: "Encoder",
  GENRE: "Genre",
  ISRC: "ISRC",
  LICENSE: "Licence",
  LOCATION: "Location",
  ORGANIZATION: "Organisation",
  PERFORMER: "Performer",
  R128_ALBUM_GAIN: "R128 album gain",
  R128_TRACK_GAIN: "R128 track gain",
  REPLAYGAIN_ALBUM_GAIN: "ReplayGain album gain",
  REPLAYGAIN_ALBUM_PEAK: "ReplayGain album peak",
  REPLAYGAIN_TRACK_GAIN: "ReplayGain track gain",
  REPLAYGAIN_TRACK_PEAK: "ReplayGain track peak",
  TITLE: "Title",
  TRACKNUMBER: "Track number",
  VERSION: "Version",
};

export function infoFileTags(tags: InfoTags): FileTag[] {
  return [...tags].map(([id, value]) => ({ origin: "INFO", id, name: INFO_NAMES[id] ?? id, value }));
}

/** @param origin "ID3v2" or "ID3v1", whose ids are names already */
export function id3FileTags(texts: readonly Id3Text[], origin = "ID3"): FileTag[] {
  return texts.map(({ id, value }) => {
    const [frame = id, ...description] = id.split(":");
    return { origin, id, name: description.join(":") || (ID3_NAMES[frame] ?? frame), value };
  });
}

/** @param comments "NAME=value" */
export function vorbisFileTags(comments: readonly string[]): FileTag[] {
  return comments.map((comment) => {
    const equals = comment.indexOf("=");
    const id = equals < 0 ? "" : comment.slice(0, equals);
    const name = VORBIS_NAMES[id.toUpperCase()] ?? id;
    return { origin: "Vorbis comment", id, name, value: comment.slice(equals + 1) };
  });
}
