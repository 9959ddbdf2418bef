import type { AudioFacts, FileTag } from "../../audio/audioFacts.js";
import type { AudioTags, EditedAudio, EditSource, StorageFormat } from "../../session/audioEdits.js";

/** A file as it is before any edit. @param source where its samples are read from */
export function startingAudio(facts: AudioFacts, source: EditSource): EditedAudio {
  const { sampleRate, channels, channelMask, markers, tags } = facts;
  const layer = { source: 0, start: 0, isReversed: false, treatments: [] };
  return {
    sampleRate,
    channels,
    channelMask,
    sources: [source],
    pieces: source.frames > 0 ? [{ frames: source.frames, layers: [layer] }] : [],
    markers,
    tags: tagsOf(tags),
    format: { bitDepth: storedBitDepth(facts), dither: "none" },
  };
}

function storedBitDepth({ bitDepth, isFloat }: AudioFacts): StorageFormat["bitDepth"] {
  if (isFloat) return (bitDepth ?? 32) > 32 ? "64f" : "32f";
  if (bitDepth === null) return 24;
  if (bitDepth <= 8) return 8;
  if (bitDepth <= 16) return 16;
  return bitDepth <= 24 ? 24 : 32;
}

const BEXT_FIELDS = [
  ...["description", "originator", "originatorReference"],
  ...["originationDate", "originationTime", "codingHistory"],
] as readonly (keyof NonNullable<AudioTags["bext"]>)[];

function tagsOf(tags: readonly FileTag[]): AudioTags {
  const info = tags.filter(({ origin }) => origin === "INFO").map(({ id, value }) => [id, value] as const);
  const fields = tags.filter(({ origin }) => origin === "bext");
  const valueOf = (field: string): string =>
    fields.find(({ id }) => id.toLowerCase() === field.toLowerCase())?.value ?? "";
  const bext = Object.fromEntries(BEXT_FIELDS.map((field) => [field, valueOf(field)]));
  return {
    info: Object.fromEntries(info),
    bext: fields.length > 0 ? (bext as NonNullable<AudioTags["bext"]>) : null,
  };
}
