/**
 * Titles and names in a `LIST` chunk of type `INFO`. Source: Microsoft/IBM, "Multimedia Programming
 * Interface and Data Specifications 1.0", chapter 2, "INFO List Chunk".
 */
import { isFourCC } from "../riffGrammar.js";
import { listEntries, writeList } from "./list.js";
import { decodeText, encodeText } from "./text.js";

/** Names of the entries that players show. */
export const INFO_IDS = {
  title: "INAM",
  artist: "IART",
  album: "IPRD",
  date: "ICRD",
  genre: "IGNR",
  trackNumber: "ITRK",
  comment: "ICMT",
  copyright: "ICOP",
  software: "ISFT",
} as const;

/** Texts by four-character name, in the order of the file. */
export type InfoTags = ReadonlyMap<string, string>;

/** Reads the contents of a `LIST` chunk; empty if it is no INFO list. What is cut off is left out. */
export function parseInfo(contents: Uint8Array, bigEndian = false): InfoTags {
  const entries = listEntries(contents, "INFO", bigEndian);
  return new Map(entries.map(({ id, bytes }) => [id, decodeText(bytes)]));
}

/**
 * Contents of a `LIST` chunk with these texts as UTF-8; empty ones are left out.
 * @throws RangeError if a name has not four characters
 */
export function formatInfo(tags: InfoTags): Uint8Array {
  const entries = [...tags].filter(([, text]) => text !== "");
  for (const [id] of entries)
    if (!isFourCC(id)) throw new RangeError(`formatInfo: "${id}" is no name of 4 characters`);
  return writeList(
    "INFO",
    entries.map(([id, text]) => ({ id, bytes: encodeText(`${text}\0`) })),
  );
}
