/** What a FLAC file says of itself. */
import { BLOCK_TYPES, parseCueSheet } from "../flac/metadata.js";
import type { FlacReader } from "../flac/flacReader.js";
import { parseVorbisComments } from "../tags/vorbisComment.js";
import { meanBitRate, type FormatFacts } from "./formatFacts.js";
import { vorbisFileTags } from "./tagNames.js";

/** By block type. */
const BLOCKS: readonly (readonly [id: string, meaning: string])[] = [
  ["STREAMINFO", "Format of the samples"],
  ["PADDING", "Padding"],
  ["APPLICATION", "Data of one program"],
  ["SEEKTABLE", "Places to start from"],
  ["VORBIS_COMMENT", "Title and names"],
  ["CUESHEET", "Tracks"],
  ["PICTURE", "Picture"],
];

/** @param bytes size of the file */
export function flacFacts(reader: FlacReader, bytes: number): FormatFacts {
  const comments = reader.readBlock(BLOCK_TYPES.vorbisComment);
  const cueSheet = reader.readBlock(BLOCK_TYPES.cueSheet);
  return {
    bitRate: meanBitRate(bytes - reader.audioOffset, reader.info),
    isFloat: false,
    chunks: reader.blocks.map(({ id, offset, size }) => {
      const [name, meaning] = BLOCKS[Number(id)] ?? [`block type ${id}`, "Unknown"];
      return { id: name, offset, size, meaning };
    }),
    tags: comments ? vorbisFileTags(parseVorbisComments(comments)) : [],
    markers: cueSheet ? parseCueSheet(cueSheet) : [],
    loops: [],
  };
}
