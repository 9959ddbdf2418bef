/**
 * The chunks of a saved WAV file: those of the original byte for byte, but for markers, loops and texts that were
 * edited, and for what describes samples that are no longer the same.
 */
import { foreignChunks, riffChunk, type RiffChunk } from "../../audio/riffChunk.js";
import { formatBext, parseBext, type BroadcastExtension } from "../../audio/tags/bext.js";
import { formatCues, parseCues, parseLoops, type CueMarker } from "../../audio/tags/cue.js";
import { formatInfo, parseInfo } from "../../audio/tags/info.js";
import { withLoops } from "../../audio/tags/samplerLoops.js";
import type { WavReader } from "../../audio/wavReader.js";
import type { AudioMarker, AudioTags, EditedAudio } from "../../session/audioEdits.js";
import { sortMarkers } from "../../session/movedMarkers.js";

export interface SavedChunks {
  readonly chunks: readonly RiffChunk[];
  /** Names of chunks of the original that could not be taken over. */
  readonly lost: readonly string[];
}

/** Overviews and peaks of the samples as they were. */
const DESCRIPTIONS_OF_SAMPLES = new Set(["PEAK", "levl", "LGWV", "wavl", "slnt"]);
/** Chunks that name cue points, by numbers that change when markers are edited. */
const FOLLOWERS_OF_CUES = new Set(["plst"]);

/**
 * @param original the file that the edits began with; it must stay open until the chunks are written
 * @param isSameSound whether the samples are those of `original`
 */
export function savedChunks(
  original: WavReader | undefined,
  audio: EditedAudio,
  isSameSound: boolean,
): SavedChunks {
  if (!original) return { chunks: newChunks(audio, new Set()), lost: [] };
  const parts = partsOf(original);
  const own = new Map<string, RiffChunk | undefined>();
  const hasSameMarkers = areSame(sortMarkers(parts.markers), audio.markers);
  if (!hasSameMarkers) for (const id of ["cue ", "LIST adtl", ...FOLLOWERS_OF_CUES]) own.set(id, undefined);
  if (!hasSameInfo(parts.info, audio.tags)) own.set("LIST INFO", infoChunk(audio));
  if (!hasSameBext(parts.bext, audio) || (parts.bext && !isSameSound))
    own.set("bext", bextChunk(audio, parts.bext, isSameSound));
  const smpl = loopsChunk(original, audio);
  if (smpl) own.set("smpl", smpl);
  if (!isSameSound) for (const id of DESCRIPTIONS_OF_SAMPLES) own.set(id, undefined);

  const there = new Set<string>();
  const foreign = foreignChunks(original);
  const kept = foreign.chunks.flatMap((chunk) => {
    const name = nameOf(chunk);
    const isSecond = there.has(name) && own.has(name);
    there.add(name);
    if (!own.has(name)) return [chunk];
    const replacement = own.get(name);
    return replacement && !isSecond ? [replacement] : [];
  });
  return { chunks: [...kept, ...newChunks(audio, there, hasSameMarkers)], lost: foreign.lost };
}

/** Chunks for what the original had none of. */
function newChunks(audio: EditedAudio, there: ReadonlySet<string>, hasMarkers = false): RiffChunk[] {
  const info = there.has("LIST INFO") ? undefined : infoChunk(audio);
  const bext = there.has("bext") ? undefined : bextChunk(audio, undefined, true);
  const cues = hasMarkers || audio.markers.length === 0 ? [] : cueChunks(audio.markers);
  return [...(bext ? [bext] : []), ...(info ? [info] : []), ...cues];
}

/** "LIST INFO" for a list, else the name of the chunk. */
function nameOf(chunk: RiffChunk): string {
  if (chunk.id !== "LIST" || chunk.size < 4) return chunk.id;
  const type = new Uint8Array(4);
  chunk.read(0, type);
  return `LIST ${String.fromCharCode(...type)}`;
}

function partsOf(reader: WavReader): {
  readonly markers: readonly CueMarker[];
  readonly info: ReadonlyMap<string, string>;
  readonly bext: BroadcastExtension | undefined;
} {
  const { bigEndian } = reader;
  const cue = reader.readChunk("cue ");
  const bext = reader.readChunk("bext");
  return {
    markers: cue ? parseCues(cue, reader.readChunk("LIST", "adtl"), bigEndian) : [],
    info: parseInfo(reader.readChunk("LIST", "INFO") ?? new Uint8Array(0), bigEndian),
    bext: bext && parseBext(bext, bigEndian),
  };
}

function areSame(a: readonly AudioMarker[], b: readonly AudioMarker[]): boolean {
  return (
    a.length === b.length &&
    a.every(({ frame, label, lengthFrames }, i) => {
      const other = b[i]!;
      return frame === other.frame && label === other.label && lengthFrames === other.lengthFrames;
    })
  );
}

/** Entries without a text are as good as none. */
function hasSameInfo(info: ReadonlyMap<string, string>, tags: AudioTags): boolean {
  const wanted = Object.entries(tags.info).filter(([, text]) => text !== "");
  const given = [...info].filter(([, text]) => text !== "");
  return wanted.length === given.length && wanted.every(([id, text]) => info.get(id) === text);
}

function hasSameBext(
  extension: BroadcastExtension | undefined,
  { tags: { bext }, timeReferenceFrames }: EditedAudio,
): boolean {
  if (!extension || !bext) return !extension && !bext;
  const { description, originator, originatorReference, originationDate, originationTime } = bext;
  return (
    description === extension.description &&
    originator === extension.originator &&
    originatorReference === extension.originatorReference &&
    originationDate === extension.originationDate &&
    originationTime === extension.originationTime &&
    (timeReferenceFrames ?? extension.timeReferenceFrames) === extension.timeReferenceFrames &&
    bext.codingHistory.trimEnd() === extension.codingHistory.trimEnd()
  );
}

function infoChunk({ tags }: EditedAudio): RiffChunk | undefined {
  const info = new Map(Object.entries(tags.info).filter(([, text]) => text !== ""));
  return info.size > 0 ? riffChunk("LIST", formatInfo(info)) : undefined;
}

/** Loudness of other samples is "not given". */
function bextChunk(
  { tags, ...audio }: EditedAudio,
  original: BroadcastExtension | undefined,
  isSameSound: boolean,
): RiffChunk | undefined {
  if (!tags.bext) return undefined;
  const isSameHistory = original?.codingHistory.trimEnd() === tags.bext.codingHistory.trimEnd();
  const codingHistory = isSameHistory ? original.codingHistory : tags.bext.codingHistory;
  const loudness = isSameSound ? (original?.loudness ?? {}) : {};
  const timeReferenceFrames = audio.timeReferenceFrames ?? original?.timeReferenceFrames ?? 0;
  return riffChunk(
    "bext",
    formatBext({ ...original, ...tags.bext, timeReferenceFrames, codingHistory, loudness }),
  );
}

function cueChunks(markers: readonly AudioMarker[]): RiffChunk[] {
  const { cue, adtl } = formatCues(markers);
  return [riffChunk("cue ", cue), riffChunk("LIST", adtl)];
}

/** The sampler chunk with its loops where they are now; nothing where they are as they were. */
function loopsChunk(original: WavReader, { loops = [] }: EditedAudio): RiffChunk | undefined {
  const smpl = original.readChunk("smpl");
  if (!smpl || smpl.length < 36 || original.bigEndian) return undefined;
  const wanted = loops.map(({ frame, label, lengthFrames }) => {
    return { entry: Number(label), startFrame: frame, endFrame: frame + lengthFrames };
  });
  const given = parseLoops(smpl);
  const isSame = ({ entry, startFrame, endFrame }: (typeof wanted)[number]): boolean =>
    given[entry]?.startFrame === startFrame && given[entry].endFrame === endFrame;
  if (given.length === wanted.length && wanted.every(isSame)) return undefined;
  return riffChunk(
    "smpl",
    withLoops(
      smpl,
      wanted.filter(({ entry }) => Number.isInteger(entry)),
    ),
  );
}
