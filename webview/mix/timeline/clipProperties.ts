import type { DocumentChange } from "../../../src/protocol/mixProtocol.js";
import { rounded } from "../../../src/viewmodel/clipEdits.js";
import type { ClipPlace } from "../../../src/viewmodel/clipLists.js";
import { openDialog } from "../../shared/dialog.js";
import { choiceField, numberField, switchField } from "../../shared/fields.js";
import { changesOf } from "./clipChanges.js";
import type { TimelineModel } from "./timelineModel.js";

const SHAPES = [
  { value: "linear", label: "Linear" },
  { value: "equalPower", label: "Equal power" },
  { value: "sCurve", label: "S curve" },
  { value: "exponential", label: "Exponential" },
] as const;
type Shape = (typeof SHAPES)[number]["value"];

/** Typed values of a clip. One press on Apply is one edit. */
export function openClipProperties(timeline: TimelineModel, place: ClipPlace): void {
  const { mix } = timeline;
  const clip = timeline.tracks[place.track]?.clips[place.clip];
  if (!clip || !mix.canEdit) return;
  const time = (label: string, value: number, max: number, description: string) =>
    numberField({ label, unit: "s", value: rounded(value), min: 0, max, step: 0.01, description });
  const duration = timeline.durationOf(clip);
  const most = Number.isFinite(duration) ? duration : 86400;
  const start = time("Start", clip.start, 86400, "Where it begins on the timeline");
  const offset = time("Offset", clip.offset, most, "Where it begins in the file");
  const initialLength = rounded(clip.length ?? timeline.endOf({ ...clip, loop: 1 }) - clip.start);
  const length = time("Length", initialLength, 86400, "Of one pass");
  const gain = numberField({
    label: "Gain",
    unit: "dB",
    value: clip.gain,
    min: -144,
    max: 24,
    mayBeOff: true,
    step: 0.5,
  });
  const speed = numberField({
    label: "Speed",
    unit: "",
    value: clip.speed,
    min: 0.125,
    max: 8,
    step: 0.05,
    description: "Varispeed: 2 is an octave higher",
  });
  const loop = numberField({
    label: "Passes",
    unit: "",
    value: clip.loop,
    min: 1,
    max: 10000,
    isWhole: true,
  });
  const reverse = switchField({ label: "Reverse", value: clip.reverse });
  const mute = switchField({ label: "Mute", value: clip.mute });
  const fade = (label: string, value: { length: number; shape: string } | undefined) => ({
    length: time(label, value?.length ?? 0, 600, "0: none"),
    shape: choiceField<Shape>({
      ...{ label: `${label}, shape`, choices: SHAPES },
      value: (value?.shape ?? "linear") as Shape,
    }),
  });
  const [fadeIn, fadeOut] = [fade("Fade-in", clip.fadeIn), fade("Fade-out", clip.fadeOut)];
  const read = (): DocumentChange[] | undefined => {
    const numbers = [start, offset, length, gain, speed, loop, fadeIn.length, fadeOut.length].map((field) =>
      field.read(),
    );
    if (numbers.some((value) => value === undefined)) return undefined;
    const [startAt, offsetAt, lengthOf, gainOf, speedOf, loopOf, inOf, outOf] = numbers as number[];
    const isWhole = clip.length === undefined && lengthOf === initialLength;
    const changes = changesOf(place, clip, {
      ...{ start: startAt!, offset: offsetAt!, speed: speedOf!, loop: loopOf! },
      length: isWhole ? undefined : lengthOf!,
      reverse: reverse.read() ?? clip.reverse,
      fadeIn: inOf! > 0 ? { length: inOf!, shape: fadeIn.shape.read() ?? "linear" } : undefined,
      fadeOut: outOf! > 0 ? { length: outOf!, shape: fadeOut.shape.read() ?? "linear" } : undefined,
    });
    const path = ["tracks", place.track, "clips", place.clip] as const;
    if (gainOf !== clip.gain)
      changes.push({ type: "set", path: [...path, "gain"], value: gainOf === -Infinity ? "-inf" : gainOf! });
    const isMuted = mute.read() ?? clip.mute;
    if (isMuted !== clip.mute) changes.push({ type: "set", path: [...path, "mute"], value: isMuted });
    return changes;
  };
  openDialog({
    title: clip.name ?? clip.file,
    fields: [
      ...[start, offset, length, gain, speed, loop],
      ...[fadeIn, fadeOut].flatMap((each) => [each.length, each.shape]),
      ...[reverse, mute],
    ],
    action: "Apply",
    onSubmit() {
      const changes = read();
      if (!changes) return false;
      if (changes.length > 0) void mix.commit("Clip properties", changes);
      return true;
    },
  });
}
