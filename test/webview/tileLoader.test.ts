import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { TileLoader, type LoadedTile, type TileWish } from "../../webview/shared/tileLoader.js";

/** Loads that are answered by hand. */
function workbench(mostWeight = 100, mostInFlight = 2) {
  const pending: { key: string; answer: (tile: LoadedTile<string>) => void; fail: () => void }[] = [];
  const asked: string[] = [];
  const loader = new TileLoader<string>({ mostWeight, mostInFlight, onArrival: () => undefined });
  const wish = (key: string): TileWish<string> => ({
    key,
    load: () =>
      new Promise((resolve, reject) => {
        asked.push(key);
        pending.push({ key, answer: resolve, fail: () => reject(new Error("no")) });
      }),
  });
  const answer = async (isDraft = false): Promise<void> => {
    const next = pending.shift();
    assert.ok(next);
    next.answer({ value: next.key.toUpperCase(), weight: 10, isDraft });
    await new Promise((done) => setImmediate(done));
  };
  const fail = async (): Promise<void> => {
    pending.shift()?.fail();
    await new Promise((done) => setImmediate(done));
  };
  return { loader, wish, answer, fail, asked };
}

describe("TileLoader", () => {
  it("asks for a few at a time, and keeps what comes", async () => {
    const { loader, wish, answer, asked } = workbench();
    loader.wish("lanes", ["a", "b", "c", "d"].map(wish));
    assert.deepEqual(asked, ["a", "b"]);
    await answer();
    assert.deepEqual(asked, ["a", "b", "c"]);
    assert.equal(loader.find("a"), "A");
    assert.equal(loader.find("b"), undefined);
  });
  it("serves the latest wishes first, and forgets those that were given up", async () => {
    const { loader, wish, answer, asked } = workbench();
    loader.wish("lanes", ["a", "b", "c"].map(wish));
    loader.wish("lanes", ["x", "y"].map(wish));
    await answer();
    await answer();
    assert.deepEqual(asked, ["a", "b", "x", "y"]);
    await answer();
    await answer();
    assert.deepEqual(asked, ["a", "b", "x", "y"]);
  });
  it("does not ask twice for what is there or under way", async () => {
    const { loader, wish, answer, asked } = workbench();
    loader.wish("lanes", [wish("a")]);
    loader.wish("overview", [wish("a")]);
    await answer();
    loader.wish("lanes", [wish("a")]);
    assert.deepEqual(asked, ["a"]);
  });
  it("asks for drafts again once they can be exact, and shows them until then", async () => {
    const { loader, wish, answer, asked } = workbench();
    loader.wish("lanes", [wish("a")]);
    await answer(true);
    loader.refreshDrafts();
    assert.deepEqual(asked, ["a", "a"]);
    assert.equal(loader.find("a"), "A");
    await answer();
    loader.refreshDrafts();
    assert.deepEqual(asked, ["a", "a"]);
  });
  it("does not hammer the host for what it could not have", async () => {
    const { loader, wish, fail, asked } = workbench();
    loader.wish("lanes", [wish("a")]);
    await fail();
    loader.wish("lanes", [wish("a")]);
    assert.deepEqual(asked, ["a"]);
  });
});
