import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { after, afterEach, before, beforeEach, describe, it } from "node:test";
import type { Locator, Page } from "playwright-core";
import { edits, MixPageHarness, type MixHarnessOptions } from "./mixPageHarness.js";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core"), "utf8");

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
      assert.ok(level < -9 && level > -30, String(level));
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
      await page
        .locator(".mixer")
        .getByRole("button", { name: /^Mute Kick/ })
        .click();
      await page
        .locator(".mixer")
        .getByRole("button", { name: /^Solo Snare/ })
        .click();
      await page
        .locator(".mixer")
        .getByRole("button", { name: /^Solo Hats/ })
        .click({ modifiers: ["Control"] });
      await page
        .locator(".mixer")
        .getByRole("button", { name: /^Invert the polarity of Bass/ })
        .click();
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
      await page
        .locator(".mixer")
        .getByRole("button", { name: /^Mute Kick/, pressed: true })
        .waitFor();
    });
    it("renames a channel with F2, and refuses an empty name", async () => {
      await page.locator(".mixer").getByRole("button", { name: "Kick", exact: true }).focus();
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
    it("makes a group of a channel, whose fader moves it", async () => {
      await page.locator(".mixer .nameplate").first().click({ button: "right" });
      await page.getByRole("menuitem", { name: "New group (VCA)" }).click();
      const group = page.getByRole("slider", { name: "Fader of Group 2" });
      await group.waitFor();
      const [made] = await edits(page);
      assert.deepEqual(made?.changes, [
        {
          ...{ type: "insert", path: ["groups", -1] },
          value: { id: "group-2", name: "Group 2", members: ["track-1"] },
        },
      ]);
    });
    it("colours, duplicates, moves and deletes a channel from its menu", async () => {
      const choose = async (...items: string[]): Promise<void> => {
        await page
          .locator(".mixer")
          .getByRole("button", { name: "Snare", exact: true })
          .click({ button: "right" });
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
      await page
        .locator(".mixer")
        .getByRole("button", { name: "Drums", exact: true })
        .click({ button: "right" });
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

  describe("inserts and sends", () => {
    beforeEach(() => open());
    const changes = async () => (await edits(page)).map((edit) => edit.changes);

    it("adds a convolution with the impulse response that is chosen", async () => {
      await page.getByRole("button", { name: "Add an insert to Snare" }).click();
      await page.getByRole("menuitem", { name: /^Convolution/ }).click();
      await page.getByRole("button", { name: /^Convolution.*, insert 2 of Snare/ }).waitFor();
      const [first] = await changes();
      assert.equal(first?.length, 1);
      const [change] = first;
      assert.ok(change?.type === "insert");
      assert.deepEqual(change.path, ["tracks", 1, "inserts", -1]);
      const { type, file } = change.value as { type: string; file: string };
      assert.deepEqual([type, file], ["convolution", "irs/hall.wav"]);
    });
    it("adds an insert with a preset, bypasses, moves by key and by drag, and removes", async () => {
      await page.getByRole("button", { name: "Add an insert to Snare" }).click();
      await page.getByRole("menuitem", { name: "Parametric equalizer…" }).click();
      await page.getByRole("menuitem", { name: "Without a preset" }).click();
      await page.getByRole("button", { name: "EQ, insert 2 of Snare" }).waitFor();
      await page.getByRole("button", { name: "Bypass EQ of Snare" }).click();
      await page.getByRole("button", { name: "EQ, insert 2 of Snare" }).focus();
      await page.keyboard.press("Alt+ArrowUp");
      await page.getByRole("button", { name: "EQ, insert 1 of Snare" }).waitFor();
      await drawn();
      assert.match((await page.evaluate(() => document.activeElement?.getAttribute("aria-label")))!, /^EQ/);
      const from = await centre(page.getByRole("button", { name: "EQ, insert 1 of Snare" }));
      const to = await centre(page.getByRole("button", { name: "Compressor, insert 2 of Snare" }));
      await page.mouse.move(from.x, from.y);
      await page.mouse.down();
      await page.mouse.move(to.x, to.y + 6, { steps: 5 });
      await page.mouse.up();
      await page.getByRole("button", { name: "EQ, insert 2 of Snare" }).waitFor();
      await page.getByRole("button", { name: "EQ, insert 2 of Snare" }).focus();
      await page.keyboard.press("Delete");
      await drawn();
      const at = ["tracks", 1, "inserts"];
      assert.deepEqual(await changes(), [
        [{ type: "insert", path: [...at, -1], value: { type: "eq", bands: [] } }],
        [set([...at, 1, "bypass"], true)],
        [{ type: "move", path: at, from: 1, to: 0 }],
        [{ type: "move", path: at, from: 0, to: 1 }],
        [set([...at, 1], undefined)],
      ]);
    });
    it("adds a send, changes where it is taken, and offers no bus that would close a loop", async () => {
      await page.getByRole("button", { name: "Add a send to Snare" }).click();
      await page.getByRole("menuitem", { name: "Plate", exact: true }).click();
      await slider("Send to Plate of Snare").waitFor();
      await page.getByRole("button", { name: /^post fader: the send to Plate of Snare/ }).click();
      await drawn();
      const at = ["tracks", 1, "sends"];
      assert.deepEqual(await changes(), [
        [{ type: "insert", path: [...at, -1], value: { to: "plate", level: -12 } }],
        [set([...at, 0, "tap"], "pre")],
      ]);
      await page.locator(".strip-row").evaluate((row) => (row.scrollLeft = 10_000));
      await drawn();
      await page.getByRole("button", { name: "Output of Drums: Master" }).click();
      const items = await page.getByRole("menuitemradio").allInnerTexts();
      assert.deepEqual(
        items.map((item) => item.trim()),
        ["Master", "Plate", "Echo"],
      );
    });
    it("moves a band of an equaliser by its handle: previews, then one edit", async () => {
      await page.getByRole("button", { name: "EQ, insert 1 of Kick" }).click();
      const band = page.getByRole("slider", { name: "Band 2 of EQ of Kick, peak" });
      assert.equal(await band.getAttribute("aria-valuetext"), "350.0 Hz, -4.0 dB, Q 1.40");
      const { x, y } = await centre(band);
      await page.mouse.move(x, y);
      await page.mouse.down();
      await page.mouse.move(x + 40, y - 30, { steps: 5 });
      await drawn();
      assert.deepEqual(await changes(), []);
      await page.mouse.up();
      await drawn();
      const [moved, ...others] = await changes();
      assert.deepEqual(others, []);
      assert.ok(moved?.length === 2);
      const at = ["tracks", 0, "inserts", 0, "bands", 1];
      assert.deepEqual(
        moved.map(({ path }) => path),
        [
          [...at, "frequency"],
          [...at, "gain"],
        ],
      );
      const [frequency, gain] = moved.map((each) => (each.type === "set" ? Number(each.value) : NaN));
      assert.ok(frequency! > 500 && frequency! < 1200, String(frequency));
      assert.ok(gain! > -2 && gain! < 6, String(gain));
    });
    it("moves a band by keys, adds one by double-click and removes it", async () => {
      await page.getByRole("button", { name: "EQ, insert 1 of Kick" }).click();
      const band = page.getByRole("slider", { name: "Band 2 of EQ of Kick, peak" });
      await band.waitFor();
      // The panel takes the focus once it is drawn.
      await drawn();
      await drawn();
      await band.press("ArrowUp");
      await band.press("ArrowUp");
      await atRest();
      const chart = await page.locator(".eq-chart").boundingBox();
      assert.ok(chart);
      await page.mouse.dblclick(chart.x + chart.width * 0.5, chart.y + chart.height * 0.25);
      const added = page.getByRole("slider", { name: "Band 4 of EQ of Kick, peak" });
      await added.focus();
      await page.keyboard.press("Delete");
      await drawn();
      const at = ["tracks", 0, "inserts", 0, "bands"];
      // Keys that follow each other soon are one step; on a slow machine they may be two.
      const [removal, add, keys] = (await changes()).toReversed();
      assert.deepEqual(keys, [set([...at, 1, "gain"], -3)]);
      const [insertion] = add!;
      assert.ok(insertion?.type === "insert");
      const { type, frequency, gain } = insertion.value as Record<string, number>;
      assert.equal(type, "peak");
      assert.ok(frequency! > 600 && frequency! < 670, String(frequency));
      assert.ok(gain! > 8.5 && gain! < 9.5, String(gain));
      assert.deepEqual(removal, [set([...at, 3], undefined)]);
    });
    it("sets a value, a preset and the values from before in the panel of an insert", async () => {
      await page.getByRole("button", { name: "Compressor, insert 2 of Kick" }).click();
      const ratio = page.getByLabel("Ratio", { exact: true });
      await ratio.fill("8");
      await page.keyboard.press("Enter");
      await page.waitForTimeout(50);
      await page.getByRole("button", { name: "Compare" }).click();
      await page.waitForTimeout(50);
      const at = ["tracks", 0, "inserts", 1];
      assert.deepEqual(await changes(), [[set([...at, "ratio"], 8)], [set([...at, "ratio"], 4)]]);
      assert.equal(await ratio.inputValue(), "4");
      assert.match(
        (await page.locator(".transfer-chart").getAttribute("aria-label"))!,
        /-12 dB gives -18\.0 dB/,
      );
      await page.keyboard.press("Escape");
      await drawn();
      assert.equal(await page.locator(".insert-panel").isVisible(), false);
    });
  });

  describe("tools", () => {
    beforeEach(() => open());

    it("sets the tempo, adds a track and shows it", async () => {
      await page.getByLabel("Tempo, BPM").fill("128");
      await page.keyboard.press("Enter");
      await page.getByRole("button", { name: /^Add a track/ }).click();
      await page.locator(".mixer").getByRole("button", { name: "Track 17", exact: true }).waitFor();
      await drawn();
      assert.deepEqual(
        (await edits(page)).map(({ changes }) => changes),
        [
          [set(["tempo"], 128)],
          [{ type: "insert", path: ["tracks", -1], value: { id: "track-17", name: "Track 17", clips: [] } }],
        ],
      );
      assert.equal(await page.evaluate(() => document.activeElement?.textContent), "Track 17");
    });
    it("takes two settings of the mix and goes over from one to the other as one step", async () => {
      await page.getByRole("button", { name: /^Snapshot A, empty/ }).click();
      const { x, y } = await centre(slider("Fader of Kick"));
      await page.mouse.dblclick(x, y);
      await page
        .locator(".mixer")
        .getByRole("button", { name: /^Mute Snare/ })
        .click();
      await page.waitForTimeout(50);
      await page.getByRole("button", { name: /^Snapshot B, empty/ }).click();
      await page.getByRole("button", { name: /^Snapshot A: go over/ }).click();
      await drawn();
      assert.equal(await valueText("Fader of Kick"), "-6.0 dB");
      assert.deepEqual((await edits(page)).at(-1), {
        label: "Snapshot A",
        changes: [set(["tracks", 0, "fader"], -6), set(["tracks", 1, "mute"], false)],
      });
      await page.waitForTimeout(50);
      await page.getByRole("button", { name: /^Snapshot B: go over/ }).click();
      await drawn();
      assert.equal(await valueText("Fader of Kick"), "0.0 dB");
    });
    it("keeps a setting of the mix in the document, goes over to it from there, and takes it out again", async () => {
      const button = page.getByRole("button", { name: /^Snapshot C/ });
      const choose = async (item: string): Promise<void> => {
        await button.click({ button: "right" });
        await page.getByRole("menuitemradio", { name: item }).click();
        await drawn();
        await page.waitForTimeout(50);
      };
      await button.click();
      await choose("Keep it in the document");
      const kept = (await edits(page)).at(-1);
      assert.equal(kept?.label, "Snapshot C in the document");
      const [change] = kept.changes;
      assert.ok(change?.type === "set" && change.path.join("/") === "snapshots/C");
      assert.match(JSON.stringify(change.value), /^\{"track track-1":\{[^}]*"fader":-6/);
      await page.getByRole("button", { name: "Snapshot C, in the document" }).waitFor();
      const { x, y } = await centre(slider("Fader of Kick"));
      await page.mouse.dblclick(x, y);
      await page.waitForTimeout(50);
      await button.click();
      await drawn();
      assert.equal(await valueText("Fader of Kick"), "-6.0 dB");
      await choose("Keep it in the document");
      assert.deepEqual((await edits(page)).at(-1)?.changes, [set(["snapshots"], undefined)]);
      await page.getByRole("button", { name: /^Snapshot C: go over/ }).waitFor();
    });
    it("leaves an insert out to compare it, says so, and writes nothing", async () => {
      const before = (await edits(page)).length;
      const slot = page
        .locator(".strip", { hasText: "Kick" })
        .getByRole("button", { name: /^Compressor, insert 2 of Kick/ });
      await slot.focus();
      await page.keyboard.press("c");
      await drawn();
      const chip = page.getByRole("button", { name: "A/B: Kick without insert 2" });
      await chip.waitFor();
      assert.match((await slot.getAttribute("aria-label")) ?? "", /left out at equal loudness$/);
      await chip.click();
      await drawn();
      assert.equal(await chip.isVisible(), false);
      assert.doesNotMatch((await slot.getAttribute("aria-label")) ?? "", /left out/);
      assert.equal((await edits(page)).length, before);
    });
    it("mutes the channel of the fader that has the focus with M", async () => {
      await slider("Fader of Snare").focus();
      await page.keyboard.press("m");
      await drawn();
      assert.deepEqual((await edits(page)).at(-1)?.changes, [set(["tracks", 1, "mute"], true)]);
    });
    it("divides the height between timeline and mixer by drag, keys and double-click", async () => {
      const line = page.getByRole("separator", { name: "Height of the mixer" });
      const share = async (): Promise<number> => Number(await line.getAttribute("aria-valuenow"));
      assert.equal(await share(), 50);
      const { x, y } = await centre(line);
      await page.mouse.move(x, y);
      await page.mouse.down();
      await page.mouse.move(x, y - 90, { steps: 3 });
      await page.mouse.up();
      const dragged = await share();
      assert.ok(dragged > 57 && dragged < 64, String(dragged));
      await line.focus();
      await page.keyboard.press("ArrowDown");
      assert.ok(Math.abs((await share()) - (dragged - 2)) <= 1);
      await line.dblclick();
      assert.equal(await share(), 50);
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
  for (const theme of ["dark", "light", "hc-black", "hc-light"] as const) {
    it(`has no faults of accessibility in the theme ${theme}`, async () => {
      await open({ theme });
      await page.getByRole("button", { name: "EQ, insert 1 of Kick" }).click();
      await drawn();
      await page.evaluate(AXE);
      const faults = await page.evaluate(async () => {
        const { axe } = window as unknown as {
          axe: {
            run: (
              context: object,
            ) => Promise<{ violations: { id: string; nodes: { html: string; failureSummary: string }[] }[] }>;
          };
        };
        const { violations } = await axe.run({ include: [".toolbar", ".mixer", ".splitter"] });
        return violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html} ${nodes[0]?.failureSummary}`);
      });
      assert.deepEqual(faults, []);
    });
  }
  it("moves nothing in a document that cannot be edited", async () => {
    await open({ state: { readOnly: "The file is read-only." } });
    const { x, y } = await centre(slider("Fader of Kick"));
    await page.mouse.dblclick(x, y);
    await page.mouse.wheel(0, -200);
    await page
      .locator(".mixer")
      .getByRole("button", { name: /^Mute Kick/ })
      .click({ force: true });
    await atRest();
    assert.deepEqual(await edits(page), []);
    assert.equal(await valueText("Fader of Kick"), "-6.0 dB");
  });
});
