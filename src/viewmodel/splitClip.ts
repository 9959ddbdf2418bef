/** Cutting a clip in two without changing what sounds. */
import { curveLevel, type CurvePoint } from "./curveLevel.js";
import { passLength, rounded, type ClipValues } from "./clipEdits.js";

/** Breakpoints of the gain count from the clip's start. */
export interface CutClip extends ClipValues {
  readonly automation?: { readonly gain?: readonly CurvePoint[] | undefined } | undefined;
}

/** Finer than other times, so that resampled sound keeps its phase over the cut. */
const fine = (seconds: number): number => Number(seconds.toFixed(9));

/** A bent piece of a curve is cut into this many straight ones. */
const BENT_PIECES = 12;

/**
 * @param duration of the file, seconds; Infinity: not known
 * @param at seconds of the timeline; the cut falls on the nearest frame of the session
 * @param sampleRate of the session, Hz
 * @returns the pieces from left to right: more than two where a loop is cut within a pass; `undefined` where there is
 *   nothing to cut
 */
export function splitClip<Clip extends CutClip>(
  clip: Clip,
  duration: number,
  at: number,
  sampleRate: number,
): readonly Clip[] | undefined {
  const firstFrame = Math.round(clip.start * sampleRate);
  const into = (Math.round(at * sampleRate) - firstFrame) / sampleRate;
  const pass = passLength(clip, duration);
  if (into <= 0 || into >= pass * clip.loop - 0.5 / sampleRate) return undefined;
  const passesBefore = Math.min(clip.loop - 1, Math.floor(into / pass + 1e-9));
  const rest = into - passesBefore * pass;
  const isAtJoin = rest < 0.5 / sampleRate;
  const passesAfter = clip.loop - passesBefore - (isAtJoin ? 0 : 1);
  const pieces: Clip[] = [];
  const add = (piece: Partial<ClipValues>, from: number): void => {
    pieces.push({ ...clip, ...piece, start: rounded(clip.start + from) });
  };
  if (passesBefore > 0) add({ loop: passesBefore }, 0);
  if (!isAtJoin) {
    const [left, right] = cutPass(clip, pass, rest);
    add({ ...left, loop: 1 }, passesBefore * pass);
    add({ ...right, loop: 1 }, into);
  }
  if (passesAfter > 0) add({ loop: passesAfter }, (clip.loop - passesAfter) * pass);
  return pieces.map((piece, i) => withEnds(clip, piece, i === 0, i === pieces.length - 1));
}

/** What both halves of a pass play of the file, cut `rest` seconds after its beginning. */
function cutPass(
  { offset, speed, reverse }: ClipValues,
  pass: number,
  rest: number,
): readonly [Partial<ClipValues>, Partial<ClipValues>] {
  const [left, right] = [{ length: fine(rest) }, { length: fine(pass - rest) }];
  return reverse
    ? [{ ...left, offset: fine(offset + (pass - rest) * speed) }, right]
    : [left, { ...right, offset: fine(offset + rest * speed) }];
}

/** Fades stay at the ends where they were; breakpoints of the gain are shared out. */
function withEnds<Clip extends CutClip>(whole: Clip, piece: Clip, isFirst: boolean, isLast: boolean): Clip {
  const { fadeIn, fadeOut, automation, ...rest } = piece;
  const curve = automation?.gain;
  return {
    ...rest,
    ...(isFirst && fadeIn ? { fadeIn } : {}),
    ...(isLast && fadeOut ? { fadeOut } : {}),
    ...(curve && curve.length > 0
      ? { automation: { ...automation, gain: isFirst ? curve : curveFrom(curve, piece.start - whole.start) } }
      : automation
        ? { automation }
        : {}),
  } as unknown as Clip;
}

/** The curve from `seconds` on, counted from there. */
export function curveFrom(curve: readonly CurvePoint[], seconds: number): readonly CurvePoint[] {
  const later = curve.filter(([time]) => time > seconds);
  const before = curve.filter(([time]) => time <= seconds).at(-1);
  const shift = ([time, value, shape]: CurvePoint): CurvePoint =>
    shape === undefined ? [rounded(time - seconds), value] : [rounded(time - seconds), value, shape];
  const shape = before?.[2] ?? "linear";
  const next = later[0];
  const isBent = before && next && shape !== "linear" && shape !== "hold";
  const head: CurvePoint[] = isBent
    ? Array.from({ length: BENT_PIECES }, (_, i) => {
        const time = ((next[0] - seconds) * i) / BENT_PIECES;
        return [rounded(time), curveLevel(curve, seconds + time)];
      })
    : [[0, curveLevel(curve, seconds), ...(shape === "hold" ? (["hold"] as const) : ([] as const))]];
  return [...head, ...later.map(shift)];
}

/** The same breakpoints when what they belong to begins `seconds` later (below 0: earlier). */
export function movedCurve(curve: readonly CurvePoint[], seconds: number): readonly CurvePoint[] {
  if (curve.length === 0 || seconds === 0) return curve;
  if (seconds > 0) return curveFrom(curve, seconds);
  return curve.map(([time, value, shape]) =>
    shape === undefined ? [rounded(time - seconds), value] : [rounded(time - seconds), value, shape],
  );
}
