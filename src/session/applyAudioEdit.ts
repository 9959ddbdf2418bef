/** Edits of audio as functions from values to values: nothing is computed, nothing is changed in place. */
import { dB, dbToGain } from "../units/decibels.js";
import type { AudioEdit, AudioMarker, EditedAudio, FrameRange, Piece, Treatment } from "./audioEdits.js";
import { adoptMaterial } from "./material.js";
import {
  markersAfterDelete,
  markersAfterInsert,
  markersAfterResample,
  markersAfterReverse,
  movedMarks,
  sortMarkers,
} from "./movedMarkers.js";
import {
  framesOf,
  joinPieces,
  mergePieces,
  overlayPieces,
  reversePieces,
  silentPieces,
  slicePieces,
} from "./pieces.js";
import { startingLater, startingAtRate } from "./timeReference.js";
import { treatedPiece } from "./treatments.js";

type EditOf<Type extends AudioEdit["type"]> = Extract<AudioEdit, { type: Type }>;

/**
 * @returns the audio after `edit`; `audio` itself where the edit changes nothing
 * @throws RangeError if the edit makes no sense for this audio; the message is for people
 */
export function applyAudioEdit(audio: EditedAudio, edit: AudioEdit): EditedAudio {
  switch (edit.type) {
    case "delete":
      return deleted(audio, edit);
    case "trim":
      return trimmed(audio, edit.range);
    case "paste":
      return pasted(audio, edit);
    case "insertSilence":
      return silenceInserted(audio, edit);
    case "silence":
      return replaced(audio, edit.range, (part) => silentPieces(framesOf({ pieces: part })));
    case "gain":
    case "invert":
    case "offset":
    case "swapChannels":
      return treated(audio, edit.range, treatmentOf(audio, edit));
    case "fade":
      return faded(audio, edit);
    case "reverse":
      return reversed(audio, edit.range);
    case "process":
      return processed(audio, edit);
    case "markers":
      return { ...audio, markers: cutMarkers(edit.markers, framesOf(audio)) };
    case "tags":
      return { ...audio, tags: edit.tags };
    case "format":
      return { ...audio, format: edit.format };
  }
}

/** Cuts a range to the audio. */
function cutRange(audio: EditedAudio, { start, end }: FrameRange): FrameRange {
  if (!isPosition(start) || !isPosition(end) || start > end)
    throw new RangeError(`A range from frame ${start} to ${end} makes no sense.`);
  const frames = framesOf(audio);
  return { start: Math.min(start, frames), end: Math.min(end, frames) };
}

const isPosition = (frame: number): boolean => Number.isSafeInteger(frame) && frame >= 0;

function replaced(
  audio: EditedAudio,
  wanted: FrameRange,
  change: (part: readonly Piece[]) => readonly Piece[],
): EditedAudio {
  const range = cutRange(audio, wanted);
  if (range.start === range.end) return audio;
  const part = mergePieces(change(slicePieces(audio.pieces, range)));
  return { ...audio, pieces: joinPieces(before(audio, range.start), part, after(audio, range.end)) };
}

const before = (audio: EditedAudio, end: number): Piece[] => slicePieces(audio.pieces, { start: 0, end });
const after = (audio: EditedAudio, start: number): Piece[] =>
  slicePieces(audio.pieces, { start, end: Infinity });

function treated(audio: EditedAudio, range: FrameRange, treatment: Treatment): EditedAudio {
  return replaced(audio, range, (part) => part.map((piece) => treatedPiece(piece, treatment)));
}

function treatmentOf(
  audio: EditedAudio,
  edit: EditOf<"gain" | "invert" | "offset" | "swapChannels">,
): Treatment {
  const { channels } = audio;
  switch (edit.type) {
    case "gain": {
      if (Number.isNaN(edit.gain) || edit.gain === Infinity)
        throw new RangeError(`A gain of ${edit.gain} dB makes no sense.`);
      return { kind: "gain", factors: factorsOf(audio, dbToGain(dB(edit.gain)), edit.channels) };
    }
    case "invert":
      return { kind: "gain", factors: factorsOf(audio, -1, edit.channels) };
    case "offset": {
      const { offsets } = edit;
      if (offsets.length === channels && offsets.every(Number.isFinite)) return { kind: "offset", offsets };
      throw new RangeError(
        `Offsets of [${offsets.join(", ")}] make no sense for ${channels} audio channels.`,
      );
    }
    case "swapChannels": {
      if (channels < 2) throw new RangeError("Audio of one audio channel has nothing to swap.");
      const order = Array.from({ length: channels }, (_, channel) => (channel < 2 ? 1 - channel : channel));
      return { kind: "permute", order };
    }
  }
}

/** `factor` for the chosen audio channels (all if absent), 1 for the others. */
function factorsOf({ channels }: EditedAudio, factor: number, chosen?: readonly number[]): number[] {
  const wrong = chosen?.find((channel) => !isPosition(channel) || channel >= channels);
  if (wrong !== undefined)
    throw new RangeError(`There is no audio channel ${wrong + 1}; the audio has ${channels}.`);
  return Array.from({ length: channels }, (_, c) => (!chosen || chosen.includes(c) ? factor : 1));
}

function faded(audio: EditedAudio, { range, direction, shape }: EditOf<"fade">): EditedAudio {
  return replaced(audio, range, (part) => ramped(part, shape, direction === "in"));
}

/** A ramp over all of `pieces`. */
function ramped(pieces: readonly Piece[], shape: EditOf<"fade">["shape"], isRising: boolean): Piece[] {
  const length = framesOf({ pieces });
  let at = 0;
  return pieces.map((piece) => {
    const ramp: Treatment = { kind: "ramp", shape, length, at, isRising };
    at += piece.frames;
    return treatedPiece(piece, ramp);
  });
}

function deleted(audio: EditedAudio, edit: EditOf<"delete">): EditedAudio {
  const { crossfade = 0, shape = "sCurve" } = edit;
  if (!isPosition(crossfade)) throw new RangeError(`A crossfade of ${crossfade} frames makes no sense.`);
  const { start, end } = cutRange(audio, edit.range);
  if (start === end) return audio;
  const half = Math.min(Math.floor(crossfade / 2), start, framesOf(audio) - end);
  const around = (frame: number) => slicePieces(audio.pieces, { start: frame - half, end: frame + half });
  const cut = overlayPieces(ramped(around(start), shape, false), ramped(around(end), shape, true));
  const pieces = joinPieces(before(audio, start - half), mergePieces(cut), after(audio, end + half));
  const marks = movedMarks(audio, (before) => markersAfterDelete(before, { start, end }));
  return { ...audio, pieces, ...marks, ...startingLater(audio, start === 0 ? end : 0) };
}

function trimmed(audio: EditedAudio, wanted: FrameRange): EditedAudio {
  const { start, end } = cutRange(audio, wanted);
  const frames = framesOf(audio);
  if (start === 0 && end === frames) return audio;
  const marks = movedMarks(audio, (before) => {
    const kept = markersAfterDelete(before, { start: end, end: Infinity });
    return markersAfterDelete(kept, { start: 0, end: start });
  });
  const pieces = slicePieces(audio.pieces, { start, end });
  return { ...audio, pieces, ...marks, ...startingLater(audio, start) };
}

function pasted(audio: EditedAudio, { range: wanted, material }: EditOf<"paste">): EditedAudio {
  const { sampleRate, channels } = material;
  if (sampleRate !== audio.sampleRate || channels !== audio.channels) {
    const ofMaterial = `${sampleRate} Hz and ${channels} audio channels`;
    const ofAudio = `${audio.sampleRate} Hz and ${audio.channels}`;
    throw new RangeError(`Material of ${ofMaterial} does not fit into audio of ${ofAudio}.`);
  }
  const range = cutRange(audio, wanted);
  const frames = framesOf(material);
  if (frames === 0 && range.start === range.end) return audio;
  const { sources, pieces } = adoptMaterial(audio.sources, material);
  const marks = movedMarks(audio, (before) =>
    markersAfterInsert(markersAfterDelete(before, range), range.start, frames),
  );
  const start = startingLater(audio, range.start === 0 ? range.end - frames : 0);
  return inserted({ ...audio, sources, ...marks, ...start }, range, pieces);
}

function silenceInserted(audio: EditedAudio, { at, frames }: EditOf<"insertSilence">): EditedAudio {
  if (!isPosition(frames)) throw new RangeError(`Silence of ${frames} frames makes no sense.`);
  const { start } = cutRange(audio, { start: at, end: at });
  if (frames === 0) return audio;
  const marks = movedMarks(audio, (before) => markersAfterInsert(before, start, frames));
  const earlier = startingLater(audio, start === 0 ? -frames : 0);
  return inserted({ ...audio, ...marks, ...earlier }, { start, end: start }, silentPieces(frames));
}

/** Puts `pieces`, whose sources `audio` has, in place of the range. */
function inserted(audio: EditedAudio, { start, end }: FrameRange, pieces: readonly Piece[]): EditedAudio {
  return { ...audio, pieces: joinPieces(before(audio, start), pieces, after(audio, end)) };
}

function reversed(audio: EditedAudio, wanted: FrameRange): EditedAudio {
  const range = cutRange(audio, wanted);
  if (range.start === range.end) return audio;
  const marks = movedMarks(audio, (before) => markersAfterReverse(before, range));
  return replaced({ ...audio, ...marks }, range, reversePieces);
}

function processed(audio: EditedAudio, edit: EditOf<"process">): EditedAudio {
  const { rendered, sampleRate, channels } = edit;
  const range = cutRange(audio, edit.range);
  const isWhole = range.start === 0 && range.end === framesOf(audio);
  const isOtherFormat = sampleRate !== audio.sampleRate || channels !== audio.channels;
  if (isOtherFormat && !isWhole)
    throw new RangeError("A change of the sample rate or of the channels is for the whole audio only.");
  const layer = { source: 0, start: 0, isReversed: false, treatments: [] };
  const piece: Piece = { frames: rendered.frames, layers: [layer] };
  const pieces = rendered.frames > 0 ? [piece] : [];
  const result = adoptMaterial(isOtherFormat ? [] : audio.sources, { sources: [rendered], pieces });
  const marks = movedMarks(audio, (before) =>
    sampleRate === audio.sampleRate
      ? markersAfterReplacement(before, range, rendered.frames)
      : markersAfterResample(before, sampleRate / audio.sampleRate),
  );
  const channelMask = channels === audio.channels ? audio.channelMask : 0;
  const other = {
    ...{ ...audio, sampleRate, channels, channelMask, sources: result.sources, ...marks },
    ...startingAtRate(audio, sampleRate),
  };
  return inserted(other, range, result.pieces);
}

/** The range sounds on, perhaps shorter or longer at its end. */
function markersAfterReplacement(
  markers: readonly AudioMarker[],
  { start, end }: FrameRange,
  frames: number,
): readonly AudioMarker[] {
  const change = frames - (end - start);
  if (change < 0) return markersAfterDelete(markers, { start: end + change, end });
  return change > 0 ? markersAfterInsert(markers, end, change) : markers;
}

/** Markers beyond the end move to it; regions end there. */
function cutMarkers(markers: readonly AudioMarker[], frames: number): readonly AudioMarker[] {
  const wrong = markers.find((marker) => !isPosition(marker.frame) || !isPosition(marker.lengthFrames));
  if (wrong)
    throw new RangeError(
      `A marker at frame ${wrong.frame}, ${wrong.lengthFrames} frames long, makes no sense.`,
    );
  const cut = markers.map((marker) => {
    const frame = Math.min(marker.frame, frames);
    return { ...marker, frame, lengthFrames: Math.min(marker.lengthFrames, frames - frame) };
  });
  return sortMarkers(cut);
}
