/** A file as it was opened: audio to which nothing has been done yet. */
import type { AudioMarker, AudioTags, EditedAudio, EditSource, StorageFormat } from "./audioEdits.js";
import { sortMarkers } from "./movedMarkers.js";

/** What the editor takes from the facts about a file (AudioFacts of src/audio/audioFacts.ts). */
export interface OpenedFacts {
  /** Hz. */
  readonly sampleRate: number;
  readonly channels: number;
  readonly channelMask: number;
  /** Significant bits of a sample; `null` where the codec has none. */
  readonly bitDepth: number | null;
  readonly isFloat: boolean;
  readonly markers: readonly AudioMarker[];
  readonly loops: readonly { readonly startFrame: number; readonly endFrame: number }[];
  readonly timeReferenceFrames?: number;
  /** Those of origin "INFO" and "bext" are taken; a field of `bext` is named as in EBU Tech 3285. */
  readonly tags: readonly { readonly origin: string; readonly id: string; readonly value: string }[];
}

/** @param source where the decoded samples are */
export function openedAudio(facts: OpenedFacts, source: EditSource): EditedAudio {
  const { sampleRate, channels, channelMask, timeReferenceFrames } = facts;
  const layer = { source: 0, start: 0, isReversed: false, treatments: [] };
  return {
    sampleRate,
    channels,
    channelMask,
    sources: [source],
    pieces: source.frames > 0 ? [{ frames: source.frames, layers: [layer] }] : [],
    markers: sortMarkers(facts.markers),
    ...(facts.loops.length > 0 && { loops: sortMarkers(facts.loops.map(loopMarker)) }),
    ...(timeReferenceFrames !== undefined && { timeReferenceFrames }),
    tags: tagsOf(facts),
    format: formatOf(facts),
  };
}

function loopMarker({ startFrame, endFrame }: OpenedFacts["loops"][number], number: number): AudioMarker {
  return { frame: startFrame, label: String(number), lengthFrames: endFrame - startFrame };
}

function tagsOf({ tags }: OpenedFacts): AudioTags {
  const of = (origin: string) =>
    new Map(tags.filter((tag) => tag.origin === origin).map(({ id, value }) => [id, value]));
  const bext = of("bext");
  const field = (id: string): string => bext.get(id) ?? "";
  return {
    info: Object.fromEntries(of("INFO")),
    bext:
      bext.size === 0
        ? null
        : {
            description: field("Description"),
            originator: field("Originator"),
            originatorReference: field("OriginatorReference"),
            originationDate: field("OriginationDate"),
            originationTime: field("OriginationTime"),
            codingHistory: field("CodingHistory"),
          },
  };
}

/** The file's own depth; what a lossy codec has decoded is stored as 32-bit floats, which lose none of it. */
function formatOf({ bitDepth, isFloat }: OpenedFacts): StorageFormat {
  if (bitDepth === null) return { bitDepth: "32f", dither: "none" };
  if (isFloat) return { bitDepth: bitDepth > 32 ? "64f" : "32f", dither: "none" };
  if (bitDepth > 24) return { bitDepth: 32, dither: "none" };
  return { bitDepth: bitDepth > 16 ? 24 : bitDepth > 8 ? 16 : 8, dither: "tpdf" };
}
