/** What a WAV file says of itself. */
import type { FileTag } from "../audioFacts.js";
import type { ChunkEntry } from "../riff.js";
import { parseBext, type BroadcastExtension } from "../tags/bext.js";
import { parseCues, parseLoops } from "../tags/cue.js";
import { parseId3v2 } from "../tags/id3.js";
import { parseInfo } from "../tags/info.js";
import { decodeText } from "../tags/text.js";
import type { WavReader } from "../wavReader.js";
import { bextFileTags } from "./bextTags.js";
import { meanBitRate, type FormatFacts } from "./formatFacts.js";
import { id3FileTags, infoFileTags } from "./tagNames.js";

const MEANINGS: Readonly<Record<string, string>> = {
  "fmt ": "Format of the samples",
  "cue ": "Markers",
  "id3 ": "ID3 tag",
  "ID3 ": "ID3 tag",
  "XMP ": "Adobe XMP metadata",
  _PMX: "Adobe XMP metadata",
  acid: "Tempo and key of a loop",
  aXML: "ADM or EBU Core metadata",
  axml: "ADM or EBU Core metadata",
  bext: "Broadcast extension",
  cart: "Radio traffic data",
  chna: "ADM channel assignment",
  data: "Audio",
  ds64: "Sizes over 4 GiB",
  fact: "Number of frames",
  FLLR: "Padding",
  iXML: "Production notes",
  inst: "Instrument",
  JUNK: "Padding",
  junk: "Padding",
  LGWV: "Logic waveform",
  levl: "Peak envelope",
  PAD: "Padding",
  "PAD ": "Padding",
  PEAK: "Peak of each channel",
  plst: "Play list",
  resu: "Logic project data",
  slnt: "Silence",
  smpl: "Sampler: pitch and loops",
  strc: "Slices of a loop",
  umid: "Unique identifier",
};

const LIST_MEANINGS: Readonly<Record<string, string>> = {
  INFO: "Title and names",
  adtl: "Labels of the markers",
  wavl: "Audio in pieces",
};

export function wavFacts(reader: WavReader): FormatFacts {
  const { bigEndian, info } = reader;
  const read = (id: string, listType?: string) => smallChunk(reader, id, listType);
  const cue = read("cue ");
  const smpl = read("smpl");
  const bext = read("bext");
  const extension = bext && parseBext(bext, bigEndian);
  const data = reader.chunks.find(({ id }) => id === "data");
  return {
    bitRate: meanBitRate(data?.size ?? 0, info),
    isFloat: info.codec.startsWith("float"),
    chunks: reader.chunks.map(({ id, listType, offset, size }) => ({
      id: listType === undefined ? id : `${id} ${listType}`,
      offset,
      size,
      meaning: meaningOf({ id, ...(listType !== undefined && { listType }) }),
    })),
    tags: wavTags(reader, extension),
    markers: cue ? parseCues(cue, read("LIST", "adtl"), bigEndian) : [],
    loops: smpl ? parseLoops(smpl, bigEndian) : [],
    ...(extension && { timeReferenceFrames: extension.timeReferenceFrames }),
  };
}

function wavTags(reader: WavReader, extension: BroadcastExtension | undefined): FileTag[] {
  const { bigEndian, info } = reader;
  const list = smallChunk(reader, "LIST", "INFO");
  const id3 = smallChunk(reader, "id3 ") ?? smallChunk(reader, "ID3 ");
  const ixml = smallChunk(reader, "iXML");
  return [
    ...(list ? infoFileTags(parseInfo(list, bigEndian)) : []),
    ...(extension ? bextFileTags(extension, info.sampleRate) : []),
    ...(ixml ? ixmlFileTags(decodeText(ixml)) : []),
    ...(id3 ? id3FileTags(parseId3v2(id3)) : []),
  ];
}

/** The contents of a chunk; nothing where it is missing or too large for memory. */
function smallChunk(reader: WavReader, id: string, listType?: string): Uint8Array | undefined {
  const chunk = reader.chunks.find((entry) => entry.id === id && (!listType || entry.listType === listType));
  return chunk && chunk.size <= LARGEST_TAG_BYTES ? reader.readChunk(id, listType) : undefined;
}

const LARGEST_TAG_BYTES = 8 * 2 ** 20;

function meaningOf({ id, listType }: Pick<ChunkEntry, "id" | "listType">): string {
  if (listType !== undefined) return LIST_MEANINGS[listType] ?? "List";
  return MEANINGS[id] ?? "Unknown; kept as it is";
}

/** Elements that people look for. Source: iXML specification 3.01, gallery.software. */
const IXML_FIELDS: readonly [element: string, name: string][] = [
  ["PROJECT", "Project"],
  ["SCENE", "Scene"],
  ["TAKE", "Take"],
  ["TAPE", "Sound roll"],
  ["CIRCLED", "Circled take"],
  ["NOTE", "Note"],
];

function ixmlFileTags(xml: string): FileTag[] {
  return IXML_FIELDS.flatMap(([id, name]) => {
    const value = new RegExp(`<${id}>([^<]+)</${id}>`).exec(xml)?.[1]?.trim();
    return value ? [{ origin: "iXML", id, name, value: plainText(value) }] : [];
  });
}

const ENTITIES: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };

function plainText(xml: string): string {
  return xml.replace(/&(amp|lt|gt|quot|apos);/g, (_, name: string) => ENTITIES[name] ?? "");
}
