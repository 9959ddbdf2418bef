/** What an AIFF file says of itself. */
import type { AiffReader } from "../aiff/aiffReader.js";
import { parseAiffLoops, parseAiffMarkers } from "../aiff/markers.js";
import type { FileTag } from "../audioFacts.js";
import { parseId3v2 } from "../tags/id3.js";
import { decodeText } from "../tags/text.js";
import { meanBitRate, type FormatFacts } from "./formatFacts.js";
import { id3FileTags } from "./tagNames.js";

const MEANINGS: Readonly<Record<string, string>> = {
  COMM: "Format of the samples",
  SSND: "Audio",
  MARK: "Markers",
  INST: "Instrument: pitch and loops",
  COMT: "Comments",
  NAME: "Title",
  AUTH: "Author",
  "(c) ": "Copyright",
  ANNO: "Annotation",
  FVER: "Version of the format",
  MIDI: "MIDI data",
  AESD: "Recording device data",
  APPL: "Data of one program",
  CHAN: "Layout of the audio channels",
  "ID3 ": "ID3 tag",
  basc: "Tempo and key of an Apple loop",
  trns: "Transients of an Apple loop",
};

const TEXT_CHUNKS: readonly [id: string, name: string][] = [
  ["NAME", "Title"],
  ["AUTH", "Author"],
  ["(c) ", "Copyright"],
  ["ANNO", "Annotation"],
];

export function aiffFacts(reader: AiffReader): FormatFacts {
  const { info } = reader;
  const [mark] = reader.readChunks("MARK");
  const [inst] = reader.readChunks("INST");
  const [id3] = reader.readChunks("ID3 ");
  const sound = reader.chunks.find(({ id }) => id === "SSND");
  return {
    bitRate: meanBitRate(Math.max(0, (sound?.size ?? 0) - 8), info),
    isFloat: info.codec.startsWith("float"),
    chunks: reader.chunks.map(({ id, offset, size }) => ({
      id,
      offset,
      size,
      meaning: MEANINGS[id] ?? "Unknown",
    })),
    tags: [...textTags(reader), ...(id3 ? id3FileTags(parseId3v2(id3)) : [])],
    markers: mark ? parseAiffMarkers(mark) : [],
    loops: mark && inst ? parseAiffLoops(inst, mark) : [],
  };
}

function textTags(reader: AiffReader): FileTag[] {
  const texts = TEXT_CHUNKS.flatMap(([id, name]) =>
    reader
      .readChunks(id)
      .map((bytes) => ({ origin: "AIFF", id: id.trim(), name, value: decodeText(bytes).trimEnd() })),
  );
  const comments = reader.readChunks("COMT").flatMap(parseComments);
  return [
    ...texts.filter(({ value }) => value !== ""),
    ...comments.map((value) => ({ origin: "AIFF", id: "COMT", name: "Comment", value })),
  ];
}

/** Texts of a `COMT` chunk: time stamp, marker and length before each, padded to an even length. */
function parseComments(bytes: Uint8Array): string[] {
  if (bytes.length < 2) return [];
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const comments: string[] = [];
  let at = 2;
  for (let left = view.getUint16(0); left > 0 && at + 8 <= bytes.length; left--) {
    const length = view.getUint16(at + 6);
    comments.push(decodeText(bytes.subarray(at + 8, at + 8 + length)).trimEnd());
    at += 8 + length + (length % 2);
  }
  return comments;
}
