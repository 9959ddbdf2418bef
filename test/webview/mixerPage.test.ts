import assert from "node:assert/strict";
import { after, afterEach, before, beforeEach, describe, it } from "node:test";
import type { Locator, Page } from "playwright-core";
import { edits, MixPageHarness, type MixHarnessOptions } from "./mixPageHarness.js";

/** The mix editor's mixer, operated as a person would; the host is made up. */
describe("the mixer", () => {
  let harness: MixPageHarness;
  let page: Page;
  before(async () => {
    harness = await MixPageHarness.open();
  });
  after(() => harness.close());
  const open = async (options: MixHarnessOptions = {}): Promise<void> => {
    page = await harness.page(options);
  };
  afterEach(async () => {
    await page.close();
    assert.deepEqual(harness.faults.splice(0), []);
  });
  const slider = (name: string): Locator => page.getByRole("slider", { name, exact: true });
  const valueText = (name: string): Promise<string | null> => slider(name).getAttribute("aria-valuetext");
  /** Until the page has drawn. */
  const drawn = (): Promise<unknown> =>
    page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
  /** Longer than keys and wheel take to come to rest. */
  const atRest = (): Promise<void> => page.waitForTimeout(500);
  const centre = async (of: Locator): Promise<{ x: number; y: number }> => {
    const box = await of.boundingBox();
    assert.ok(box);
    return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
  };
  const set = (path: (string | number)[], value: unknown) => ({ type: "set", path, value });

  describe("by hand", () => {
    beforeEach(() => open());

    it("moves a fader while it is dragged, and changes the text once the hand lets go", async () => {
      const fader = slider("Fader of Kick");
      const { x, y } = await centre(fader);
      await page.mouse.move(x, y);
      await page.mouse.down();
      await page.mouse.move(x, y + 20, { steps: 4 });
      await drawn();
      const moved = await valueText("Fader of Kick");
      assert.notEqual(moved, "-6.0 dB");
      assert.deepEqual(await edits(page), []);
      await page.mouse.move(x, y + 40, { steps: 4 });
      await page.mouse.up();
      await drawn();
      const [edit, ...others] = await edits(page);
      assert.deepEqual(others, []);
      const level = parseFloat((await valueText("Fader of Kick"))!);
      assert.ok(level < -11 && level > -17, String(level));
      assert.deepEqual(edit, {
        label: "Fader of Kick",
        changes: [set(["tracks", 0, "fader"], level)],
      });
    });
    it("puts the fader back when Escape is pressed during a drag", async () => {
      const { x, y } = await centre(slider("Fader of Kick"));
      await page.mouse.move(x, y);
      await page.mouse.down();
      await page.mouse.move(x, y + 30, { steps: 3 });
      await page.keyboard.press("Escape");
      await page.mouse.up();
      await drawn();
      assert.equal(await valueText("Fader of Kick"), "-6.0 dB");
      assert.deepEqual(await edits(page), []);
    });
    it("sets a fader to 0 dB with a double-click, and a pan to the middle", async () => {
      const { x, y } = await centre(slider("Fader of Kick"));
      await page.mouse.dblclick(x, y);
      await slider("Pan of Snare").dblclick();
      await drawn();
      assert.deepEqual(
        (await edits(page)).map(({ changes }) => changes),
        [[set(["tracks", 0, "fader"], 0)], [set(["tracks", 1, "pan"], 0)]],
      );
      assert.equal(await valueText("Pan of Snare"), "C");
    });
    it("takes what the wheel does as one step", async () => {
      const { x, y } = await centre(slider("Fader of Kick"));
      await page.mouse.move(x, y);
      for (let i = 0; i < 3; i++) await page.mouse.wheel(0, -100);
      await atRest();
      assert.deepEqual(
        (await edits(page)).map(({ changes }) => changes),
        [[set(["tracks", 0, "fader"], -3)]],
      );
    });
    it("mutes, solos and inverts, and solos one alone with Ctrl", async () => {
      await page.getByRole("button", { name: /^Mute Kick/ }).click();
      await page.getByRole("button", { name: /^Solo Snare/ }).click();
      await page.getByRole("button", { name: /^Solo Hats/ }).click({ modifiers: ["Control"] });
      await page.getByRole("button", { name: /^Invert the polarity of Bass/ }).click();
      await drawn();
      assert.deepEqual(
        (await edits(page)).map(({ changes }) => changes),
        [
          [set(["tracks", 0, "mute"], true)],
          [set(["tracks", 1, "solo"], true)],
          [set(["tracks", 1, "solo"], false), set(["tracks", 2, "solo"], true)],
          [set(["tracks", 4, "polarity"], "inverted")],
        ],
      );
      await page.getByRole("button", { name: /^Mute Kick/, pressed: true }).waitFor();
    });
    it("renames a channel with F2, and refuses an empty name", async () => {
      await page.getByRole("button", { name: "Kick", exact: true }).focus();
      await page.keyboard.press("F2");
      const field = page.getByLabel("Name of Kick");
      await field.fill(" ");
      await page.keyboard.press("Enter");
      assert.equal(await field.getAttribute("aria-invalid"), "true");
      await field.fill("Kick in");
      await page.keyboard.press("Enter");
      await drawn();
      assert.deepEqual(
        (await edits(page)).map(({ changes }) => changes),
        [[set(["tracks", 0, "name"], "Kick in")]],
      );
      await slider("Fader of Kick in").waitFor();
    });
    it("colours, duplicates, moves and deletes a channel from its menu", async () => {
      const choose = async (...items: string[]): Promise<void> => {
        await page.getByRole("button", { name: "Snare", exact: true }).click({ button: "right" });
        for (const item of items) await page.getByText(item, { exact: true }).click();
        await page.waitForTimeout(50);
      };
      await choose("Colour…", "Blue");
      await choose("Move left");
      await choose("Duplicate");
      const found = (await edits(page)).map(({ changes }) => changes);
      assert.deepEqual(found[0], [set(["tracks", 1, "color"], "#3d7fc4")]);
      assert.deepEqual(found[1], [{ type: "move", path: ["tracks"], from: 1, to: 0 }]);
      const [copy] = found[2]!;
      assert.ok(copy?.type === "insert");
      assert.deepEqual(copy.path, ["tracks", 1]);
      const { id, name, fader, mute } = copy.value as Record<string, unknown>;
      assert.deepEqual(
        { id, name, fader, mute },
        { id: "track-2-copy", name: "Snare copy", fader: -7.5, mute: undefined },
      );
      await choose("Delete");
      assert.deepEqual((await edits(page)).at(-1)?.changes, [set(["tracks", 0], undefined)]);
    });
    it("takes a deleted bus out of what names it", async () => {
      await page.locator(".strip-row").evaluate((row) => (row.scrollLeft = 10_000));
      await page.getByRole("button", { name: "Drums", exact: true }).click({ button: "right" });
      await page.getByText("Delete", { exact: true }).click();
      await drawn();
      assert.deepEqual((await edits(page)).at(-1)?.changes, [
        ...[0, 1, 2, 3].map((i) => set(["tracks", i, "output"], undefined)),
        set(["groups", 0, "members", 0], undefined),
        set(["buses", 0], undefined),
      ]);
    });
  });

  describe("by keyboard", () => {
    beforeEach(() => open());

    it("moves a fader by half a dB, finely by a tenth, as one step of undo", async () => {
      await slider("Fader of Kick").focus();
      for (const key of ["ArrowUp", "ArrowUp", "Shift+ArrowDown"]) await page.keyboard.press(key);
      await drawn();
      assert.equal(await valueText("Fader of Kick"), "-5.1 dB");
      assert.deepEqual(await edits(page), []);
      await atRest();
      assert.deepEqual(
        (await edits(page)).map(({ changes }) => changes),
        [[set(["tracks", 0, "fader"], -5.1)]],
      );
    });
    it("takes typed values up to +24 dB, and silence", async () => {
      await slider("Fader of Kick").focus();
      await page.keyboard.press("Enter");
      await page.keyboard.type("+25");
      await page.keyboard.press("Enter");
      assert.equal(await page.locator(".value-entry").getAttribute("aria-invalid"), "true");
      await page.locator(".value-entry").fill("20 dB");
      await page.keyboard.press("Enter");
      await drawn();
      assert.equal(await valueText("Fader of Kick"), "+20.0 dB");
      await page.keyboard.press("Home");
      await atRest();
      assert.equal(await valueText("Fader of Kick"), "-inf dB");
      assert.deepEqual(
        (await edits(page)).map(({ changes }) => changes),
        [[set(["tracks", 0, "fader"], 20)], [set(["tracks", 0, "fader"], "-inf")]],
      );
    });
    it("goes on to the same control of the next strip", async () => {
      await slider("Fader of Kick").focus();
      await page.keyboard.press("Alt+ArrowRight");
      assert.equal(
        await page.evaluate(() => document.activeElement?.getAttribute("aria-label")),
        "Fader of Snare",
      );
      await page.keyboard.press("Alt+ArrowLeft");
      assert.equal(
        await page.evaluate(() => document.activeElement?.getAttribute("aria-label")),
        "Fader of Kick",
      );
    });
  });

  it("keeps few strips in the page however many tracks there are, and the master in sight", async () => {
    const tracks = Array.from({ length: 128 }, (_, i) => ({ id: `t${i}`, name: `T${i}`, clips: [] }));
    await open({ document: { headroom: 1, tracks } });
    assert.ok((await page.locator(".strip").count()) < 24);
    await page.locator(".strip-row").evaluate((row) => (row.scrollLeft = 6400));
    await drawn();
    await slider("Fader of T70").waitFor();
    assert.ok((await page.locator(".strip").count()) < 24);
    assert.ok(await slider("Fader of Master").isVisible());
  });
  it("moves nothing in a document that cannot be edited", async () => {
    await open({ state: { readOnly: "The file is read-only." } });
    const { x, y } = await centre(slider("Fader of Kick"));
    await page.mouse.dblclick(x, y);
    await page.mouse.wheel(0, -200);
    await page.getByRole("button", { name: /^Mute Kick/ }).click({ force: true });
    await atRest();
    assert.deepEqual(await edits(page), []);
    assert.equal(await valueText("Fader of Kick"), "-6.0 dB");
  });
});
