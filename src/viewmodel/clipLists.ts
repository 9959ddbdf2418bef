/** Edits of the lists of clips as values: what becomes of each clip, and the steps that bring a document there. */
import { rounded, type ClipValues } from "./clipEdits.js";

/** Position of a clip in the lists of the tracks. */
export interface ClipPlace {
  readonly track: number;
  readonly clip: number;
}

/** One step; later ones see the earlier ones done. */
export type ClipStep<Clip> =
  | { readonly type: "change"; readonly at: ClipPlace; readonly before: Clip; readonly after: Clip }
  | { readonly type: "remove"; readonly at: ClipPlace }
  /** Before the clip at this position; -1: at the end of the list. */
  | { readonly type: "insert"; readonly at: ClipPlace; readonly clip: Clip };

export interface ClipEdit<Clip> {
  readonly steps: readonly ClipStep<Clip>[];
  /** The lists that differ, by track, as they are afterwards. */
  readonly lists: ReadonlyMap<number, readonly Clip[]>;
  /** Where what was edited lies afterwards. */
  readonly places: readonly ClipPlace[];
}

/** What becomes of a clip. */
export interface ClipOutcome<Clip> {
  readonly of: ClipPlace;
  /** From left to right; none: it is deleted. */
  readonly pieces: readonly { readonly track: number; readonly clip: Clip; readonly isChosen: boolean }[];
}

/**
 * The first piece on a clip's own track takes its place in the list, further ones follow it there; those of other
 * tracks go to the ends of their lists.
 */
export function editClips<Clip>(
  lists: readonly (readonly Clip[])[],
  outcomes: readonly ClipOutcome<Clip>[],
): ClipEdit<Clip> {
  const after = lists.map((list) => list.map((clip) => [{ clip, isChosen: false }]));
  const changes: ClipStep<Clip>[] = [];
  const moves: ClipStep<Clip>[] = [];
  const ends: ClipStep<Clip>[] = [];
  const touched = new Set<number>();
  // From the last to the first of each track, so that positions stay.
  const ordered = [...outcomes].sort((a, b) => a.of.track - b.of.track || b.of.clip - a.of.clip);
  for (const { of, pieces } of ordered) {
    const before = lists[of.track]?.[of.clip];
    if (before === undefined) continue;
    const own = pieces.filter(({ track }) => track === of.track);
    after[of.track]![of.clip] = own.map(({ clip, isChosen }) => ({ clip, isChosen }));
    const [first, ...others] = own;
    if (!first) moves.push({ type: "remove", at: of });
    else if (first.clip !== before) changes.push({ type: "change", at: of, before, after: first.clip });
    if (!first || first.clip !== before || others.length > 0) touched.add(of.track);
    others.forEach(({ clip }, i) =>
      moves.push({ type: "insert", at: { track: of.track, clip: of.clip + 1 + i }, clip }),
    );
  }
  for (const { of, pieces } of [...ordered].sort(
    (a, b) => a.of.track - b.of.track || a.of.clip - b.of.clip,
  )) {
    for (const { track, clip, isChosen } of pieces) {
      if (track === of.track) continue;
      after[track]?.push([{ clip, isChosen }]);
      ends.push({ type: "insert", at: { track, clip: -1 }, clip });
      touched.add(track);
    }
  }
  return {
    steps: [...changes, ...moves, ...ends],
    lists: new Map([...touched].map((track) => [track, after[track]!.flat().map(({ clip }) => clip)])),
    places: after.flatMap((list, track) =>
      list.flat().flatMap(({ isChosen }, clip) => (isChosen ? [{ track, clip }] : [])),
    ),
  };
}

/** Each clip is changed where it lies. */
export function changeClips<Clip>(
  lists: readonly (readonly Clip[])[],
  places: readonly ClipPlace[],
  change: (clip: Clip) => Clip,
): ClipEdit<Clip> {
  return editClips(
    lists,
    places.flatMap((of) => {
      const clip = lists[of.track]?.[of.clip];
      return clip ? [{ of, pieces: [{ track: of.track, clip: change(clip), isChosen: true }] }] : [];
    }),
  );
}

/**
 * Moves clips together: none before the start, none beyond the first and the last track.
 * @param by seconds
 * @param isCopy the clips stay, and copies go
 */
export function moveClips<Clip extends Pick<ClipValues, "start">>(
  lists: readonly (readonly Clip[])[],
  places: readonly ClipPlace[],
  by: number,
  byTracks: number,
  isCopy = false,
): ClipEdit<Clip> {
  const known = places.filter(({ track, clip }) => lists[track]?.[clip]);
  if (known.length === 0) return editClips(lists, []);
  const earliest = Math.min(...known.map(({ track, clip }) => lists[track]![clip]!.start));
  const tracks = known.map(({ track }) => track);
  const down = Math.min(lists.length - 1 - Math.max(...tracks), Math.max(-Math.min(...tracks), byTracks));
  const shift = Math.max(-earliest, by);
  return editClips(
    lists,
    known.map((of) => {
      const clip = lists[of.track]![of.clip]!;
      const start = rounded(clip.start + shift);
      const moved = start === clip.start && !isCopy ? clip : { ...clip, start };
      const copy = { track: of.track + down, clip: moved, isChosen: true };
      return { of, pieces: isCopy ? [{ track: of.track, clip, isChosen: false }, copy] : [copy] };
    }),
  );
}

/**
 * Copies right behind what is copied, all as far apart as the originals are.
 * @param endOf where a clip ends, seconds
 */
export function duplicateClips<Clip extends Pick<ClipValues, "start">>(
  lists: readonly (readonly Clip[])[],
  places: readonly ClipPlace[],
  endOf: (clip: Clip) => number,
): ClipEdit<Clip> {
  const clips = places.flatMap(({ track, clip }) => lists[track]?.[clip] ?? []);
  const start = Math.min(...clips.map((clip) => clip.start));
  return moveClips(lists, places, Math.max(...clips.map(endOf)) - start, 0, true);
}

export function deleteClips<Clip>(
  lists: readonly (readonly Clip[])[],
  places: readonly ClipPlace[],
): ClipEdit<Clip> {
  return editClips(
    lists,
    places.map((of) => ({ of, pieces: [] })),
  );
}
