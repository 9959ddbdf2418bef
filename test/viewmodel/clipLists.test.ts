import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import {
  changeClips,
  deleteClips,
  duplicateClips,
  editClips,
  moveClips,
  type ClipEdit,
  type ClipPlace,
} from "../../src/viewmodel/clipLists.js";

interface Clip {
  readonly name: string;
  readonly start: number;
}
const clip = (name: string, start: number): Clip => ({ name, start });
const LISTS = [[clip("a", 1), clip("b", 5), clip("c", 9)], [clip("d", 2)], []];

/** The steps done one after the other, as the text's edits are. */
function done(lists: readonly (readonly Clip[])[], { steps }: ClipEdit<Clip>): Clip[][] {
  const result = lists.map((list) => [...list]);
  for (const step of steps) {
    const list = result[step.at.track]!;
    if (step.type === "change") {
      assert.equal(list[step.at.clip], step.before);
      list[step.at.clip] = step.after;
    } else if (step.type === "remove") list.splice(step.at.clip, 1);
    else list.splice(step.at.clip < 0 ? list.length : step.at.clip, 0, step.clip);
  }
  return result;
}

const lists = fc.array(
  fc.array(
    fc.integer({ min: 0, max: 50 }).map((start) => clip(`at ${start}`, start)),
    { maxLength: 5 },
  ),
  { minLength: 1, maxLength: 4 },
);

describe("edits of the lists of clips", () => {
  it("come out the same as steps and as lists, and say where the clips went", () => {
    fc.assert(
      fc.property(
        lists,
        fc.array(fc.boolean(), { minLength: 20, maxLength: 20 }),
        fc.integer({ min: -60, max: 60 }),
        fc.integer({ min: -4, max: 4 }),
        fc.boolean(),
        (before, picked, by, tracks, isCopy) => {
          const places = before
            .flatMap((list, track) => list.map((_, at): ClipPlace => ({ track, clip: at })))
            .filter((_, i) => picked[i]);
          const edit = moveClips(before, places, by, tracks, isCopy);
          const after = done(before, edit);
          before.forEach((list, track) => assert.deepEqual(edit.lists.get(track) ?? list, after[track]));
          assert.equal(edit.places.length, places.length);
          const names = (all: readonly ClipPlace[], from: readonly (readonly Clip[])[]): string[] =>
            all.map(({ track, clip: at }) => from[track]![at]!.name).sort();
          assert.deepEqual(names(edit.places, after), names(places, before));
          assert.ok(after.flat().every(({ start }) => start >= 0));
        },
      ),
    );
  });

  it("move clips together, none before the start or beyond the tracks", () => {
    const places = [
      { track: 0, clip: 0 },
      { track: 1, clip: 0 },
    ];
    const edit = moveClips(LISTS, places, -3, 5);
    assert.deepEqual(done(LISTS, edit), [[clip("b", 5), clip("c", 9)], [clip("a", 0)], [clip("d", 1)]]);
  });

  it("put pieces behind each other, and leave the rest alone", () => {
    const of = { track: 0, clip: 1 };
    const pieces = [clip("b1", 5), clip("b2", 6)].map((each) => ({ track: 0, clip: each, isChosen: true }));
    const edit = editClips(LISTS, [{ of, pieces }]);
    assert.deepEqual(
      done(LISTS, edit)[0]!.map(({ name }) => name),
      ["a", "b1", "b2", "c"],
    );
    assert.deepEqual(edit.places, [
      { track: 0, clip: 1 },
      { track: 0, clip: 2 },
    ]);
    assert.deepEqual([...edit.lists.keys()], [0]);
  });

  it("change, copy and delete", () => {
    const places = [
      { track: 0, clip: 0 },
      { track: 0, clip: 2 },
    ];
    const renamed = changeClips(LISTS, places, (each) => ({ ...each, name: each.name.toUpperCase() }));
    assert.deepEqual(
      done(LISTS, renamed)[0]!.map(({ name }) => name),
      ["A", "b", "C"],
    );
    const copied = duplicateClips(LISTS, places, ({ start }) => start + 1);
    assert.deepEqual(
      done(LISTS, copied)[0]!.map(({ name, start }) => `${name} ${start}`),
      ["a 1", "a 10", "b 5", "c 9", "c 18"],
    );
    assert.deepEqual(done(LISTS, deleteClips(LISTS, places))[0], [clip("b", 5)]);
    assert.deepEqual(changeClips(LISTS, places, (each) => each).steps, []);
  });
});
