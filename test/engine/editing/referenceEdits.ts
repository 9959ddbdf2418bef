/** Edits applied to samples held in arrays, one frame at a time: slow, plain, and independent of pieces. */
import type { AudioEdit, FrameRange } from "../../../src/session/audioEdits.js";
import type { FadeShape } from "../../../src/session/fadeShape.js";

/** Planar samples. */
export type Samples = readonly (readonly number[])[];

/** The curves as src/dsp/time/fadeCurve.ts defines them. */
export function fadeCurve(shape: FadeShape, t: number): number {
  switch (shape) {
    case "linear":
      return t;
    case "equalPower":
      return Math.sin((Math.PI / 2) * t);
    case "sCurve":
      return 3 * t ** 2 - 2 * t ** 3;
    case "exponential":
      return (10 ** (3 * (t - 1)) - 0.001) / 0.999;
  }
}

/** Factor at frame `n` of a fade of `length` frames. */
export function fadeFactor(shape: FadeShape, n: number, length: number, isRising: boolean): number {
  if (length === 1) return fadeCurve(shape, 0.5);
  return fadeCurve(shape, (isRising ? n : length - 1 - n) / (length - 1));
}

/** An edit whose material is samples. */
export type ReferenceEdit =
  | Exclude<AudioEdit, { type: "paste" | "process" | "markers" | "tags" | "format" }>
  | { readonly type: "paste"; readonly range: FrameRange; readonly samples: Samples };

export function applyToSamples(audio: Samples, edit: ReferenceEdit): Samples {
  const frames = audio[0]!.length;
  if (edit.type === "insertSilence") {
    const at = Math.min(edit.at, frames);
    return audio.map((side) => side.toSpliced(at, 0, ...new Array<number>(edit.frames).fill(0)));
  }
  const start = Math.min(edit.range.start, frames);
  const end = Math.min(edit.range.end, frames);
  const map = (change: (value: number, n: number, channel: number) => number): Samples =>
    audio.map((side, channel) =>
      side.map((value, at) => (at >= start && at < end ? change(value, at - start, channel) : value)),
    );
  const chosen = (channels: readonly number[] | undefined, channel: number): boolean =>
    channels === undefined || channels.includes(channel);
  switch (edit.type) {
    case "delete":
      return cut(audio, start, end, edit.crossfade ?? 0, edit.shape ?? "sCurve");
    case "trim":
      return audio.map((side) => side.slice(start, end));
    case "paste":
      return audio.map((side, c) => side.toSpliced(start, end - start, ...edit.samples[c]!));
    case "silence":
      return map(() => 0);
    case "gain":
      return map((value, _, c) => (chosen(edit.channels, c) ? value * 10 ** (edit.gain / 20) : value));
    case "invert":
      return map((value, _, c) => (chosen(edit.channels, c) ? -value : value));
    case "offset":
      return map((value, _, c) => value + edit.offsets[c]!);
    case "fade":
      return map((value, n) => value * fadeFactor(edit.shape, n, end - start, edit.direction === "in"));
    case "reverse":
      return map((_, n, c) => audio[c]![end - 1 - n]!);
    case "swapChannels":
      return map((_, n, c) => audio[c < 2 ? 1 - c : c]![start + n]!);
  }
}

function cut(audio: Samples, start: number, end: number, crossfade: number, shape: FadeShape): Samples {
  if (start === end) return audio;
  const half = Math.min(Math.floor(crossfade / 2), start, audio[0]!.length - end);
  return audio.map((side) => {
    const faded = Array.from({ length: 2 * half }, (_, n) => {
      const out = side[start - half + n]! * fadeFactor(shape, n, 2 * half, false);
      return out + side[end - half + n]! * fadeFactor(shape, n, 2 * half, true);
    });
    return [...side.slice(0, start - half), ...faded, ...side.slice(end + half)];
  });
}
