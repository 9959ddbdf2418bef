/** The one stream of audio that is read from an Ogg file: which codec it is of, and what its headers tell. */
import { AudioFileError } from "../audioFile.js";
import type { ByteSource } from "../byteSource.js";
import { fourCC } from "../riffGrammar.js";
import { OggPackets, OggPages, type OggPage } from "./oggPages.js";

export type OggCodec = "Vorbis" | "Opus" | "FLAC";

export interface OggStream {
  readonly codec: OggCodec;
  readonly serial: number;
  /** Header packets; the first is the identification. */
  readonly headers: readonly Uint8Array[];
  /** Byte of the first page of audio. */
  readonly audioOffset: number;
  /** Position on the last page; -1 if there is none. */
  readonly lastGranule: number;
}

/** Pages looked at for the headers. */
const MOST_HEADER_PAGES = 5000;
/** The last page begins within so many bytes from the end of the file. */
const TAIL_BYTES = 1 << 18;

/** @throws AudioFileError if the file holds no audio that can be read */
export function openOggStream(source: ByteSource): OggStream {
  const pages = new OggPages(source);
  const packets = new OggPackets();
  const others: string[] = [];
  let found: { codec: OggCodec; serial: number } | undefined;
  const headers: Uint8Array[] = [];
  for (let count = 0; count < MOST_HEADER_PAGES; count++) {
    const page = pages.next();
    if (!page) break;
    const [first] = page.parts;
    if (page.isFirst && first && !found) {
      const codec = codecOf(first);
      if (codec) found = { codec, serial: page.serial };
      else others.push(foreignName(first));
    }
    if (!found && !page.isFirst) break;
    if (page.serial !== found?.serial) continue;
    headers.push(...packets.take(page));
    const needed = headerCount(found.codec, headers);
    if (headers.length < needed) continue;
    const lastGranule = findLastGranule(source, found.serial);
    return { ...found, headers: headers.slice(0, needed), audioOffset: pages.position, lastGranule };
  }
  if (found) {
    throw new AudioFileError(
      source.name,
      source.size,
      `the headers of the ${found.codec} stream are cut off or damaged`,
    );
  }
  const what = others.length > 0 ? `it holds ${others.join(", ")}` : "it is cut off or damaged";
  throw new AudioFileError(source.name, 0, `an Ogg file without Vorbis, Opus or FLAC audio: ${what}`);
}

/** Pages of audio of `stream`, up to the page that is marked as the last. */
export function* audioPages(
  source: ByteSource,
  { serial, audioOffset }: OggStream,
  warnings: string[],
): Generator<OggPage> {
  const pages = new OggPages(source, audioOffset);
  let skipped = 0;
  let isOver = false;
  for (let page = pages.next(); page; page = pages.next()) {
    if (pages.skipped > skipped && !isOver) {
      warnings.push(
        `byte ${page.offset}: ${pages.skipped - skipped} bytes before are damaged; silence stands in for them`,
      );
    }
    skipped = pages.skipped;
    if (isOver) {
      warnings.push(`byte ${page.offset}: a second stream follows; it is left out`);
      return;
    }
    if (page.serial !== serial) continue;
    yield page;
    isOver = page.isLast;
  }
  if (!isOver) warnings.push(`byte ${source.size}: the stream has no last page: the file is cut off`);
}

function codecOf(identification: Uint8Array): OggCodec | undefined {
  const start = String.fromCharCode(...identification.subarray(0, 8));
  if (start.startsWith("\x01vorbis")) return "Vorbis";
  if (start === "OpusHead") return "Opus";
  return start.startsWith("\x7fFLAC") ? "FLAC" : undefined;
}

function foreignName(identification: Uint8Array): string {
  const start = String.fromCharCode(...identification.subarray(0, 8));
  if (start.startsWith("Speex")) return "Speex";
  if (start.startsWith("\x80theora")) return "Theora video";
  if (start.startsWith("fishead")) return "a skeleton";
  return `an unknown stream ("${fourCC(identification, 0).replace(/[^\x20-\x7e]/g, "?")}")`;
}

/** Packets before the audio. */
function headerCount(codec: OggCodec, headers: readonly Uint8Array[]): number {
  if (codec === "Vorbis") return 3;
  if (codec === "Opus") return 2;
  // Ogg mapping of FLAC: the number stands in the identification; 0 if the encoder did not know it.
  const [first] = headers;
  const told = first ? (first[7]! << 8) | first[8]! : 0;
  return 1 + (told || 1);
}

function findLastGranule(source: ByteSource, serial: number): number {
  const pages = new OggPages(source, Math.max(0, source.size - TAIL_BYTES));
  let granule = -1;
  for (let page = pages.next(); page; page = pages.next()) {
    if (page.serial === serial && page.granule >= 0) ({ granule } = page);
  }
  return granule;
}
