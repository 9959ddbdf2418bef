import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { after, afterEach, before, beforeEach, describe, it } from "node:test";
import type { Page } from "playwright-core";
import { asked } from "./pageHarness.js";
import { edits, MixPageHarness, type MixHarnessOptions } from "./mixPageHarness.js";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core"), "utf8");

/** Shown whole it is 20 s long; the ruler's lines are a second apart. */
const DOCUMENT = {
  ...{ headroom: 1, sampleRate: 48000, tempo: 120 },
  tracks: [
    {
      ...{ id: "kick", name: "Kick" },
      clips: [
        { file: "kick.wav", start: 2, offset: 5, length: 4 },
        { file: "kick.wav", start: 12, length: 4 },
      ],
    },
    { id: "bass", name: "Bass", clips: [{ file: "bass.wav", start: 4, offset: 1, length: 6 }] },
    { id: "keys", name: "Keys", clips: [] },
  ],
  markers: [{ time: 8, name: "Verse" }],
};

/** The mix editor's timeline, operated as a person would; the host is made up. */
describe("the timeline", () => {
  let harness: MixPageHarness;
  let page: Page;
  before(async () => {
    harness = await MixPageHarness.open();
  });
  after(() => harness.close());
  const open = async (options: MixHarnessOptions = {}): Promise<void> => {
    page = await harness.page({ document: DOCUMENT, ...options });
  };
  afterEach(async () => {
    await page.close();
    assert.deepEqual(harness.faults.splice(0), []);
  });

  const drawn = (): Promise<unknown> =>
    page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
  /** A point over the lanes. @param share of a track's height */
  const at = async (seconds: number, track: number, share = 0.5): Promise<[number, number]> => {
    const lanes = (await page.locator(".lanes").boundingBox())!;
    const head = (await page.locator(".heads .head").nth(track).boundingBox())!;
    return [lanes.x + (seconds / 20) * lanes.width, head.y + share * head.height];
  };
  type Point = readonly [seconds: number, track: number, share?: number];
  const drag = async (from: Point, to: Point, keys: readonly string[] = []): Promise<void> => {
    const [x, y] = await at(...from);
    await page.mouse.move(x, y);
    for (const key of keys) await page.keyboard.down(key);
    await page.mouse.down();
    await page.mouse.move(...(await at(...to)), { steps: 6 });
    await drawn();
    await page.mouse.up();
    for (const key of keys) await page.keyboard.up(key);
    await drawn();
  };
  const click = async (...place: Point): Promise<void> => {
    await page.mouse.click(...(await at(...place)));
    await drawn();
  };
  const press = async (key: string): Promise<void> => {
    await page.locator(".lanes").focus();
    await page.keyboard.press(key);
    await drawn();
  };
  /** As VS Code's commands do it. */
  const command = async (name: string): Promise<void> => {
    await page.evaluate(
      (each) => (window as unknown as { runCommand: (command: string) => void }).runCommand(each),
      name,
    );
    await drawn();
  };
  const changes = async () => (await edits(page)).map((edit) => edit.changes);
  const set = (path: (string | number)[], value: unknown) => ({ type: "set", path, value });
  const clip = (track: number, index: number, key: string) => ["tracks", track, "clips", index, key];
  const option = (name: RegExp) => page.getByRole("option", { name });

  describe("by hand", () => {
    beforeEach(() => open());

    it("moves a clip to a line of the ruler: one number of the text", async () => {
      await drag([3, 0], [4.02, 0]);
      assert.deepEqual(await changes(), [[set(clip(0, 0, "start"), 3)]]);
      assert.equal(await option(/^Kick, clip kick.wav, starts 0:03.000, length 4.000 s$/).count(), 1);
    });
    it("moves clips together to other tracks, and shows them there before the hand lets go", async () => {
      await click(3, 0);
      await page.keyboard.down("Shift");
      await click(13, 0);
      await page.keyboard.up("Shift");
      const [x, y] = await at(3, 0);
      await page.mouse.move(x, y);
      await page.mouse.down();
      await page.mouse.move(...(await at(4, 2)), { steps: 6 });
      await drawn();
      assert.equal(await option(/^Keys, clip kick.wav/).count(), 2);
      assert.deepEqual(await changes(), []);
      await page.mouse.up();
      await drawn();
      const [made] = await changes();
      assert.deepEqual(made, [
        set(["tracks", 0, "clips", 1], undefined),
        set(["tracks", 0, "clips", 0], undefined),
        {
          ...{ type: "insert", path: ["tracks", 2, "clips", -1] },
          value: { file: "kick.wav", start: 3, offset: 5, length: 4 },
        },
        {
          ...{ type: "insert", path: ["tracks", 2, "clips", -1] },
          value: { file: "kick.wav", start: 13, length: 4 },
        },
      ]);
    });
    it("puts a clip back when Escape is pressed during a drag", async () => {
      const [x, y] = await at(3, 0);
      await page.mouse.move(x, y);
      await page.mouse.down();
      await page.mouse.move(x + 120, y, { steps: 4 });
      await page.keyboard.press("Escape");
      await page.mouse.up();
      await drawn();
      assert.deepEqual(await changes(), []);
      assert.equal(await option(/^Kick, clip kick.wav, starts 0:02.000/).count(), 1);
    });
    it("trims the start with what sounds kept in place, and the end", async () => {
      await drag([2.02, 0], [3.02, 0]);
      await drag([9.98, 1], [8.98, 1]);
      const [start, end] = await changes();
      assert.deepEqual(start, [
        set(clip(0, 0, "start"), 3),
        set(clip(0, 0, "offset"), 6),
        set(clip(0, 0, "length"), 3),
      ]);
      assert.deepEqual(end, [set(clip(1, 0, "length"), 5)]);
    });
    it("fades in by the upper corner, and says how long", async () => {
      await drag([4.05, 1, 0.1], [6, 1, 0.1]);
      const [made] = await changes();
      assert.equal(made!.length, 1);
      const change = made![0]!;
      assert.deepEqual(change.path, clip(1, 0, "fadeIn"));
      const { length } = (change as { value: { length: number } }).value;
      assert.ok(Math.abs(length - 1.95) < 0.05, String(length));
      assert.match(await page.locator(".timeline [role=status]").innerText(), /Fade-in 1\.9/);
    });
    it("turns the gain by the lower edge, and slips with Alt", async () => {
      await drag([6, 1, 0.93], [6, 1, 0.93 - 0.5]);
      await drag([6, 1], [6.5, 1], ["Alt"]);
      const [gain, slip] = await changes();
      assert.equal(gain!.length, 1);
      const value = Number((gain![0] as { value: number }).value);
      assert.ok(value > 2 && value < 4, String(value));
      assert.deepEqual(slip![0]!.path, clip(1, 0, "offset"));
      assert.ok(Math.abs(Number((slip![0] as { value: number }).value) - 0.5) < 0.02);
    });
    it("copies with Ctrl, selects with a band, and deletes", async () => {
      await drag([3, 0], [9, 0], ["Control"]);
      const [copy] = await changes();
      assert.deepEqual(copy, [
        {
          ...{ type: "insert", path: ["tracks", 0, "clips", 1] },
          value: { file: "kick.wav", start: 8, offset: 5, length: 4 },
        },
      ]);
      await page.waitForTimeout(50);
      await drag([0.5, 0, 0.2], [5, 1, 0.7]);
      assert.equal(await page.locator("[role=option][aria-selected=true]").count(), 2);
      await command("delete");
      assert.deepEqual((await changes())[1], [
        set(["tracks", 0, "clips", 0], undefined),
        set(["tracks", 1, "clips", 0], undefined),
      ]);
    });
    it("goes to a press on the ruler, and splits there", async () => {
      const band = (await page.locator(".timeline .band").boundingBox())!;
      await page.mouse.click(band.x + (5 / 20) * band.width, band.y + band.height - 4);
      await command("split");
      assert.deepEqual(await changes(), [
        [
          set(clip(0, 0, "length"), 3),
          set(clip(1, 0, "length"), 1),
          {
            ...{ type: "insert", path: ["tracks", 0, "clips", 1] },
            value: { file: "kick.wav", start: 5, offset: 8, length: 1 },
          },
          {
            ...{ type: "insert", path: ["tracks", 1, "clips", 1] },
            value: { file: "bass.wav", start: 5, offset: 2, length: 5 },
          },
        ],
      ]);
    });
  });

  describe("automation", () => {
    beforeEach(() =>
      open({
        document: {
          ...DOCUMENT,
          tracks: [{ ...DOCUMENT.tracks[0], automation: { fader: [[4, 0]] } }, ...DOCUMENT.tracks.slice(1)],
        },
      }),
    );
    const openLane = async (): Promise<void> => {
      await page.getByRole("button", { name: "Automation of Kick" }).click();
      await page.getByRole("menuitemradio", { name: "Fader (automated)" }).click();
      await drawn();
    };
    /** Shares of the head's height: clips 58 pixels, then the lane's 54. */
    const inLane = (share: number): number => (58 + share * 54) / 112;

    it("adds a breakpoint with a double-click, and drags one", async () => {
      await openLane();
      await page.mouse.dblclick(...(await at(10.02, 0, inLane(0.72))));
      await drawn();
      const [added] = await changes();
      assert.equal(added!.length, 1);
      assert.deepEqual(added![0]!.path, ["tracks", 0, "automation", "fader", -1]);
      const [time, level] = (added![0] as unknown as { value: [number, number] }).value;
      assert.equal(time, 10);
      assert.ok(level < -15 && level > -40, String(level));
      await page.waitForTimeout(50);
      const zero = inLane((6 + 0.24 * 42) / 54);
      await drag([4, 0, zero], [6.02, 0, zero]);
      assert.deepEqual((await changes())[1]![0], set(["tracks", 0, "automation", "fader", 0, 0], 6));
    });
    it("goes from breakpoint to breakpoint by keys, moves, adds and deletes them", async () => {
      await openLane();
      const lane = page.getByRole("button", { name: /^Fader/ }).first();
      const keys = async (...pressed: string[]): Promise<void> => {
        for (const key of pressed) {
          await lane.focus();
          await page.keyboard.press(key);
          await drawn();
          await page.waitForTimeout(30);
        }
      };
      const said = page.locator(".timeline > .spoken[role=status]");
      await keys("ArrowRight");
      assert.equal(await said.textContent(), "Breakpoint 1 of 1: 0.0 dB at 0:04.000");
      await keys("ArrowUp", "Shift+ArrowDown", "Alt+ArrowRight", "Insert", "Delete");
      const [up, down, later, added, gone] = await changes();
      const value = ["tracks", 0, "automation", "fader", 0, 1];
      assert.deepEqual(up, [set(value, 0.5)]);
      assert.deepEqual(down, [set(value, 0.4)]);
      assert.deepEqual(later![0]!.path, ["tracks", 0, "automation", "fader", 0, 0]);
      assert.deepEqual(added, [
        { type: "insert", path: ["tracks", 0, "automation", "fader", 0], value: [0, 0.4] },
      ]);
      assert.deepEqual(gone, [set(["tracks", 0, "automation", "fader", 0], undefined)]);
    });
    it("keeps open lanes, heights, ruler and snapping with the tab", async () => {
      await openLane();
      await page.locator(".heads .head .name").first().click({ button: "right" });
      await page.getByRole("menuitemradio", { name: "Large tracks" }).click();
      await drawn();
      const kept = await page.evaluate(
        () => (window as unknown as { fakeKept: { timeline: unknown } }).fakeKept,
      );
      assert.deepEqual(kept.timeline, {
        ...{ trackHeight: "large", ruler: "time", snaps: true, lanes: { kick: ["fader"] } },
      });
      await page.close();
      await open({ kept });
      await drawn();
      const { height } = (await page.locator(".heads .head").first().boundingBox())!;
      assert.equal(height, 104 + 54);
      assert.ok(
        await page
          .getByRole("button", { name: /^Fader/ })
          .first()
          .isVisible(),
      );
    });
    it("bends a curve, and takes it away", async () => {
      await openLane();
      const zero = inLane((6 + 0.24 * 42) / 54);
      await page.mouse.click(...(await at(4, 0, zero)), { button: "right" });
      await page.getByRole("menuitemradio", { name: "Smooth" }).click();
      await drawn();
      await page
        .getByRole("button", { name: /^Fader/ })
        .first()
        .click();
      await page.getByRole("menuitem", { name: "Delete all of this lane" }).click();
      await drawn();
      const [bent, gone] = await changes();
      assert.deepEqual(bent, [set(["tracks", 0, "automation", "fader", 0], [4, 0, "smooth"])]);
      assert.deepEqual(gone, [set(["tracks", 0, "automation", "fader"], undefined)]);
    });
  });

  describe("by keys", () => {
    beforeEach(() => open());

    it("goes from clip to clip, and tells which one", async () => {
      await press("ArrowRight");
      await press("ArrowRight");
      const active = await page.locator(".lanes").getAttribute("aria-activedescendant");
      assert.match((await page.locator(`#${active}`).getAttribute("aria-label"))!, /^Kick.*starts 0:12/);
      await press("ArrowDown");
      const below = await page.locator(".lanes").getAttribute("aria-activedescendant");
      assert.match((await page.locator(`#${below}`).getAttribute("aria-label"))!, /^Bass, clip bass.wav/);
    });
    it("moves a clip to the track below", async () => {
      await press("ArrowRight");
      await press("Alt+ArrowDown");
      assert.deepEqual((await changes())[0]!.at(-1), {
        ...{ type: "insert", path: ["tracks", 1, "clips", -1] },
        value: { file: "kick.wav", start: 2, offset: 5, length: 4 },
      });
    });
  });

  it("has the selected range mixed down", async () => {
    await open();
    const mixDown = page.getByRole("button", { name: /^Mix Down/ });
    assert.equal(await mixDown.textContent(), "Mix Down\u2026");
    const band = (await page.locator(".timeline .band").boundingBox())!;
    const [y, second] = [band.y + band.height - 4, band.width / 20];
    await page.mouse.move(band.x + 3 * second, y);
    await page.mouse.down();
    await page.mouse.move(band.x + 6 * second, y, { steps: 4 });
    await page.mouse.up();
    await drawn();
    assert.equal(await mixDown.textContent(), "Mix Down Range\u2026");
    await mixDown.click();
    const [, range] = (await asked(page)).find(([name]) => name === "mixDownRange") ?? [];
    const { from, to } = range as { from: number; to: number };
    assert.ok(Math.abs(from - 3) < 0.1 && Math.abs(to - 6) < 0.1, JSON.stringify(range));
  });

  describe("for everyone", () => {
    for (const theme of ["dark", "light", "hc-black"] as const)
      it(`has nothing that axe finds fault with (${theme})`, async () => {
        await open({ theme });
        await click(3, 0);
        await page.evaluate(AXE);
        const violations = await page.evaluate(async () => {
          const { axe } = window as unknown as {
            axe: {
              run: (on: string) => Promise<{ violations: { id: string; nodes: { html: string }[] }[] }>;
            };
          };
          return (await axe.run(".timeline")).violations.map(({ id, nodes }) => [id, nodes[0]?.html]);
        });
        assert.deepEqual(violations, []);
      });
    it("draws only the tracks in sight of many", async () => {
      const tracks = Array.from({ length: 128 }, (_, i) => ({
        ...{ id: `t${i}`, clips: [{ file: `${i}.wav`, length: 5 }] },
      }));
      await open({ document: { headroom: 1, tracks } });
      assert.ok((await page.locator(".heads .head").count()) < 20);
      assert.ok((await page.getByRole("option").count()) < 20);
      const [x, y] = await at(3, 0);
      await page.mouse.move(x, y);
      await page.mouse.wheel(0, 100_000);
      await drawn();
      assert.equal(await option(/^t127, /).count(), 1);
    });
  });
});
