import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { after, before, beforeEach, afterEach, describe, it } from "node:test";
import type { Page } from "playwright-core";
import type { EditRequest } from "../../src/protocol/wavProtocol.js";
import type { PageTheme } from "./themes.mjs";
import { asked, WavPageHarness, type HarnessOptions } from "./wavPageHarness.js";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core"), "utf8");
const FRAMES = 48_000 * 12;

/** The WAV editor's page, operated as a person would; the host is made up. */
describe("the WAV editor's page", () => {
  let harness: WavPageHarness;
  let page: Page;
  before(async () => {
    harness = await WavPageHarness.open();
  });
  after(() => harness.close());
  const open = async (options: HarnessOptions = {}): Promise<void> => {
    page = await harness.page(options);
  };
  afterEach(async () => {
    await page.close();
    assert.deepEqual(harness.faults.splice(0), []);
  });

  const box = async (selector: string) => {
    const found = await page.locator(selector).boundingBox();
    assert.ok(found, selector);
    return found;
  };
  /** Drags over the lanes between two shares of their width. */
  const drag = async (from: number, to: number): Promise<void> => {
    const { x, y, width } = await box(".pointer-area");
    await page.mouse.move(x + from * width, y + 60);
    await page.mouse.down();
    await page.mouse.move(x + to * width, y + 90, { steps: 6 });
    await page.mouse.up();
  };
  const drawn = (): Promise<unknown> =>
    page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
  /** What a field shows once the page has drawn. */
  const field = async (label: string): Promise<string> => {
    await drawn();
    return page.getByLabel(label, { exact: true }).inputValue();
  };
  const type = async (label: string, text: string): Promise<void> => {
    await page.getByLabel(label, { exact: true }).fill(text);
    await page.keyboard.press("Enter");
    await page.keyboard.press("Escape");
  };
  /** Selects whole seconds by typing them. */
  const select = async (start: string, end: string): Promise<void> => {
    await type("Start", start);
    // The other field follows with the next frame, and must not do so while it is typed into.
    await drawn();
    await type("End", end);
    await page.locator(".lanes").focus();
  };
  const edits = async (): Promise<EditRequest[]> =>
    (await asked(page)).filter(([name]) => name === "edit").map(([, request]) => request as EditRequest);
  const range = { start: 96_000, end: 192_000 };

  describe("with the pointer", () => {
    beforeEach(() => open());

    it("selects what is dragged over, to the frame under the pointer", async () => {
      await drag(0.25, 0.5);
      const { width } = await box(".pointer-area");
      const tolerance = (FRAMES / width / 48_000) * 2;
      const seconds = async (label: string): Promise<number> => Number((await field(label)).split(":")[1]);
      assert.ok(Math.abs((await seconds("Start")) - 3) < tolerance);
      assert.ok(Math.abs((await seconds("End")) - 6) < tolerance);
    });
    it("extends with Shift, and moves an edge that is taken hold of", async () => {
      await drag(0.25, 0.5);
      const { x, y, width } = await box(".pointer-area");
      await page.keyboard.down("Shift");
      await page.mouse.click(x + 0.75 * width, y + 60);
      await page.keyboard.up("Shift");
      assert.match(await field("End"), /^0:0(8\.99|9\.0)/);
      await drag(0.25, 0.1);
      assert.match(await field("Start"), /^0:01\.[12]/);
      assert.match(await field("End"), /^0:0(8\.99|9\.0)/);
    });
    it("selects between markers with a double-click", async () => {
      const { x, y, width } = await box(".pointer-area");
      await page.mouse.dblclick(x + 0.7 * width, y + 60);
      // The chorus ends at 65 %, the next marker stands at 80 %.
      assert.equal(await field("Start"), "0:07.800");
      assert.equal(await field("End"), "0:09.600");
    });
    it("zooms at the pointer with the wheel, and scrolls with Shift", async () => {
      const { x, y, width } = await box(".pointer-area");
      const under = async (): Promise<string> => {
        await page.mouse.move(x + 0.5 * width + 1, y + 60);
        await page.mouse.move(x + 0.5 * width, y + 60);
        await page.waitForTimeout(50);
        return (await page.locator(".status .pointer").innerText()).split(" ")[0]!;
      };
      const first = await under();
      await page.mouse.wheel(0, -600);
      await page.waitForTimeout(100);
      const zoom = await page.locator(".status .zoom").innerText();
      assert.ok(parseFloat(zoom) < 300, zoom);
      const [, before = "0"] = first.split(":");
      const [, zoomed = "0"] = (await under()).split(":");
      assert.ok(Math.abs(Number(before) - Number(zoomed)) < 0.02);
      await page.keyboard.down("Shift");
      await page.mouse.wheel(0, 200);
      await page.keyboard.up("Shift");
      await page.waitForTimeout(100);
      const [, scrolled = "0"] = (await under()).split(":");
      assert.ok(Number(scrolled) > Number(zoomed) + 0.1);
    });
    it("moves a marker by dragging, renames it with a double-click, and goes to it with a press", async () => {
      const flag = page.getByRole("button", { name: "Marker Verse" });
      const at = await flag.boundingBox();
      assert.ok(at);
      await page.mouse.click(at.x + 6, at.y + 8);
      assert.equal(await field("Start"), "0:01.200");
      await page.mouse.move(at.x + 6, at.y + 8);
      await page.mouse.down();
      await page.mouse.move(at.x + 106, at.y + 8, { steps: 4 });
      await page.mouse.up();
      await page.waitForTimeout(100);
      const [moved] = await edits();
      assert.ok(moved?.type === "markers");
      const { width } = await box(".pointer-area");
      const verse = moved.markers.find(({ label }) => label === "Verse");
      assert.ok(verse && Math.abs(verse.frame - (57_600 + (100 * FRAMES) / width)) <= FRAMES / width);
      await page.getByRole("button", { name: "Region Chorus" }).dblclick({ position: { x: 20, y: 8 } });
      await page.getByLabel("Name of the marker").fill("Refrain");
      await page.keyboard.press("Enter");
      await page.waitForTimeout(100);
      const renamed = (await edits()).at(-1);
      assert.ok(renamed?.type === "markers" && renamed.markers.some(({ label }) => label === "Refrain"));
    });
    it("moves the view with the overview's window", async () => {
      await page.locator(".lanes").focus();
      for (let i = 0; i < 4; i++) await page.keyboard.press("+");
      const { x, y, width } = await box(".overview .band");
      await page.mouse.click(x + 0.75 * width, y + 15);
      await page.waitForTimeout(100);
      const text =
        (await page.getByRole("slider", { name: "Part in sight" }).getAttribute("aria-valuetext")) ?? "";
      assert.match(text, /^0:0(7|8)\.\d+ to 0:(09|10)\.\d+ of 0:12\.000$/);
    });
  });

  describe("with the keyboard", () => {
    beforeEach(async () => {
      await open();
      await page.locator(".lanes").focus();
    });

    it("sends edits with exact frames", async () => {
      await select("2", "4");
      const steps: [key: string, request: EditRequest][] = [
        ["r", { type: "reverse", range }],
        ["Control+Shift+L", { type: "silence", range }],
        ["Control+Shift+T", { type: "trim", range }],
        ["Delete", { type: "delete", range }],
      ];
      for (const [key] of steps) {
        await page.keyboard.press(key);
        await page.waitForTimeout(60);
      }
      assert.deepEqual(
        await edits(),
        steps.map(([, request]) => request),
      );
    });
    it("copies, cuts and pastes", async () => {
      await select("2", "4");
      await page.keyboard.press("Control+C");
      await page.keyboard.press("Control+X");
      await page.waitForTimeout(100);
      await page.keyboard.press("Control+V");
      await page.waitForTimeout(100);
      assert.deepEqual(
        (await asked(page)).filter(([name]) => name === "copy"),
        [["copy", range]],
      );
      // After the cut, nothing is selected but the place.
      assert.deepEqual(await edits(), [
        { type: "cut", range },
        { type: "paste", range: { start: 96_000, end: 96_000 } },
      ]);
    });
    it("moves and extends the cursor by single samples at close zoom", async () => {
      await type("Start", "100 smp");
      await page.locator(".lanes").focus();
      for (let i = 0; i < 30; i++) await page.keyboard.press("+");
      await page.keyboard.press("ArrowRight");
      await page.keyboard.press("Shift+ArrowRight");
      await page.keyboard.press("Shift+ArrowRight");
      await page.keyboard.press("r");
      await page.waitForTimeout(60);
      assert.deepEqual(await edits(), [{ type: "reverse", range: { start: 101, end: 103 } }]);
    });
    it("sets markers, and goes through markers and findings", async () => {
      await page.keyboard.press("Control+ArrowRight");
      assert.equal(await field("Start"), "0:01.200");
      await page.keyboard.press("n");
      assert.equal(await field("Start"), "0:02.500");
      await page.keyboard.press("p");
      assert.equal(await field("Start"), "0:00.500");
      await select("3", "3");
      await page.keyboard.press("m");
      await page.waitForTimeout(60);
      const [set] = await edits();
      assert.ok(set?.type === "markers");
      assert.deepEqual(set.markers[1], { frame: 144_000, label: "Marker 4", lengthFrames: 0 });
    });
    it("plays, and fetches the sound from the cursor on", async () => {
      await type("Start", "2");
      await page.locator(".lanes").focus();
      await page.keyboard.press("Space");
      await page.getByRole("button", { name: "Pause (Space)" }).waitFor();
      await page.keyboard.press("Space");
      await page.getByRole("button", { name: "Play (Space)" }).waitFor();
    });
    it("asks for the level in a dialog, refuses what is out of range, and gives the focus back", async () => {
      await select("2", "4");
      await page.keyboard.press("g");
      const level = page.getByRole("textbox", { name: "Gain, dB" });
      await level.fill("99");
      await page.keyboard.press("Enter");
      assert.ok(await page.getByText("A number from -144 to 48 dB, or -inf.").isVisible());
      await level.fill("-3.5");
      await page.keyboard.press("Enter");
      await page.locator("dialog").waitFor({ state: "detached" });
      assert.deepEqual(await edits(), [{ type: "gain", range, gain: -3.5 }]);
      assert.ok(await page.evaluate(() => document.activeElement?.classList.contains("lanes")));
      await page.keyboard.press("Shift+N");
      await page.getByLabel("To", { exact: true }).selectOption("loudness");
      await page.getByRole("button", { name: "-16 podcast" }).click();
      await page.getByRole("button", { name: "Normalize", exact: true }).last().click();
      await page.waitForTimeout(60);
      assert.deepEqual((await edits()).at(-1), { type: "normalize", range, to: "loudness", level: -16 });
    });
    it("warns before the true peak passes full scale", async () => {
      await select("2", "4");
      await page.keyboard.press("Shift+N");
      await page.getByLabel("To", { exact: true }).selectOption("loudness");
      const warning = page.locator("dialog").getByRole("alert");
      const level = page.getByRole("textbox", { name: "Level, LUFS" });
      await level.fill("-16");
      assert.equal(await warning.count(), 0);
      await level.fill("-10");
      await page.waitForTimeout(50);
      assert.match(await warning.innerText(), /would be 4\.02 dBTP, 4\.0 dB over full scale.*limiter/);
      await page.keyboard.press("Escape");
    });
    it("opens the menu of edits, goes through it by arrows, and closes it with Escape", async () => {
      await select("2", "4");
      await page.keyboard.press("Shift+F10");
      const menu = page.getByRole("menu", { name: "Edit" });
      await menu.waitFor();
      await page.keyboard.press("s");
      assert.equal(
        await page.evaluate(() => document.activeElement?.textContent?.trim().startsWith("Silence")),
        true,
      );
      await page.keyboard.press("Enter");
      await page.waitForTimeout(60);
      assert.deepEqual(await edits(), [{ type: "silence", range }]);
      await page.keyboard.press("Shift+F10");
      await page.keyboard.press("Escape");
      await menu.waitFor({ state: "detached" });
      assert.ok(await page.evaluate(() => document.activeElement?.classList.contains("lanes")));
    });
    it("lists its keys", async () => {
      await page.keyboard.press("?");
      await page.getByRole("dialog", { name: "Keys and pointer" }).waitFor();
      await page.keyboard.press("Escape");
      await page.getByRole("dialog").waitFor({ state: "detached" });
    });
  });

  it("does what VS Code's commands ask for, but not while a field has the focus", async () => {
    await open();
    await select("2", "4");
    const run = (command: string): Promise<void> =>
      page.evaluate(
        (name) => (window as unknown as { runCommand: (name: string) => void }).runCommand(name),
        command,
      );
    await run("reverse");
    await page.getByLabel("Start", { exact: true }).focus();
    await run("delete");
    await page.waitForTimeout(100);
    assert.deepEqual(await edits(), [{ type: "reverse", range }]);
  });

  it("measures the selection once it rests", async () => {
    await open();
    await select("2", "4");
    await page.waitForTimeout(600);
    const measured = (await asked(page)).filter(([name]) => name === "measure");
    assert.deepEqual(measured, [["measure", { revision: 1, range }]]);
    assert.equal(
      await page.locator(".figures tbody tr").first().locator("td").nth(1).innerText(),
      "-13.6 LUFS",
    );
  });

  it("ends the rings with a mark and a sentence where measuring fails", async () => {
    const unmeasured = "song.wav (byte 400): the file has become shorter while being read";
    await open({ state: { measurement: null, findings: null, unmeasured } });
    const first = page.locator(".figures tbody tr").first();
    assert.equal(await first.locator("vscode-progress-ring").count(), 0);
    assert.equal(await first.locator(".broken").innerText(), "not measured");
    assert.ok(await page.getByRole("alert").getByText(`The file could not be measured. ${unmeasured}`).isVisible()); // prettier-ignore
    await page.evaluate(() =>
      (window as unknown as { tellChanged: (part: object) => void }).tellChanged({ unmeasured: null }),
    );
    await page.waitForTimeout(60);
    assert.equal(await first.locator("vscode-progress-ring").count(), 1);
  });

  it("puts a chain of inserts together and applies it", async () => {
    await open();
    await select("2", "4");
    await page.getByRole("tab", { name: "Process" }).click();
    await page.getByLabel("Add an insert").selectOption("compressor");
    await page.getByLabel("Add an insert").selectOption("gain");
    await page.getByRole("button", { name: "Move Gain, polarity, channels up" }).click();
    await page.getByRole("textbox", { name: "Threshold, dB" }).fill("-24");
    await page.keyboard.press("Tab");
    await page.locator("vscode-button", { hasText: "Apply" }).click();
    await page.waitForTimeout(100);
    const [request] = await edits();
    assert.ok(request?.type === "inserts");
    assert.deepEqual(request.range, range);
    assert.deepEqual(
      request.inserts.map(({ type }) => type),
      ["gain", "compressor"],
    );
    assert.ok(request.inserts[1]?.type === "compressor" && request.inserts[1].threshold === -24);
  });

  it("applies a convolution once its impulse response is chosen", async () => {
    await open();
    await page.getByRole("tab", { name: "Process" }).click();
    await page.getByLabel("Add an insert").selectOption("convolution");
    const apply = page.locator("vscode-button", { hasText: "Apply" });
    assert.match((await apply.getAttribute("title")) ?? "", /Choose an impulse response/);
    await page.getByText("None chosen").waitFor();
    await page.getByRole("button", { name: "Choose impulse response…" }).click();
    await page.getByText("Impulse response: church.wav").waitFor();
    await page.getByLabel("Preview while playing").check();
    await apply.click();
    await page.waitForTimeout(100);
    const [request] = await edits();
    assert.ok(request?.type === "inserts" && request.inserts[0]?.type === "convolution");
    assert.equal(request.inserts[0].file, "/rooms/church.wav");
  });

  it("shows what each insert takes away while the chain is heard", async () => {
    await open();
    await page.getByRole("tab", { name: "Process" }).click();
    await page.getByLabel("Add an insert").selectOption("eq");
    await page.getByLabel("Add an insert").selectOption("compressor");
    await page.getByRole("textbox", { name: "Threshold, dB" }).fill("-60");
    await page.keyboard.press("Tab");
    const meter = page.getByRole("meter", { name: "Gain reduction of Compressor" });
    assert.equal(await meter.count(), 0, "nothing is heard yet");
    await page.getByLabel("Preview while playing").check();
    await page.getByRole("button", { name: "Play (Space)" }).click();
    await meter.waitFor();
    await page.waitForFunction(
      () =>
        Number(document.querySelector(".chain [role=meter]:not([hidden] *)")?.getAttribute("aria-valuenow")) <
        -3,
    );
    assert.match((await meter.getAttribute("aria-valuetext")) ?? "", /^-\d+\.\d dB$/);
    assert.equal(
      await page.getByRole("meter", { name: "Gain reduction of Parametric equalizer" }).count(),
      0,
    );
    await page.getByRole("button", { name: "Pause (Space)" }).click();
    await page.locator('.chain [role=meter][aria-valuetext="0.0 dB"]:not([hidden] *)').waitFor();
  });

  it("begins an insert with a preset", async () => {
    await open();
    await page.getByRole("tab", { name: "Process" }).click();
    await page.getByLabel("Add an insert").selectOption("compressor: Vocal, gentle");
    await page.locator("vscode-button", { hasText: "Apply" }).click();
    await page.waitForTimeout(100);
    const [request] = await edits();
    assert.ok(request?.type === "inserts" && request.inserts[0]?.type === "compressor");
    const { ratio, knee, lookahead } = request.inserts[0];
    assert.deepEqual([ratio, knee, lookahead], [2.5, 10, 0]);
  });

  describe("without audio to show", () => {
    it("says why, in the host's words", async () => {
      await open({
        state: { facts: null, failure: "song.wav ends within its header: it is 20 bytes long." },
      });
      assert.ok(await page.getByText("song.wav ends within its header").isVisible());
      assert.ok(await page.getByText("Try again").isVisible());
    });
    it("shows how far decoding is", async () => {
      await open({ state: { facts: null, decoding: 0.42 } });
      assert.equal(
        await page.getByRole("progressbar", { name: "Decoding" }).getAttribute("aria-valuenow"),
        "42",
      );
    });
    it("bears a file of no samples", async () => {
      await open({ audio: { sampleRate: 8, channels: 1, frames: 0 } });
      assert.ok(await page.getByText("holds no audio").isVisible());
    });
  });

  it("explains why a file is read-only, and offers no edits", async () => {
    await open({ state: { readOnly: "MP3 files are read-only. Save as WAV to edit." } });
    await select("2", "4");
    await page.keyboard.press("Delete");
    await page.waitForTimeout(60);
    assert.deepEqual(await edits(), []);
    assert.ok(await page.getByText("MP3 files are read-only").isVisible());
  });

  it("scrolls through 16 channels", async () => {
    await open({ audio: { sampleRate: 48_000, channels: 16, frames: 48_000 }, height: 700 });
    assert.equal(await page.locator(".lane").count(), 16);
    assert.ok(
      await page.locator(".lanes").evaluate((lanes) => lanes.scrollHeight > lanes.clientHeight + 100),
    );
  });

  for (const theme of ["dark", "light", "hc-black", "hc-light"] as PageTheme[]) {
    it(`has no fault that axe finds (${theme})`, async () => {
      await open({ theme });
      await page.addScriptTag({ content: AXE });
      await drag(0.2, 0.4);
      const check = async (): Promise<unknown[]> =>
        page.evaluate(async () => {
          const { axe } = window as unknown as {
            axe: {
              run: () => Promise<{
                violations: { id: string; nodes: { html: string; failureSummary?: string }[] }[];
              }>;
            };
          };
          const { violations } = await axe.run();
          return violations.map(
            ({ id, nodes }) =>
              `${id}: ${nodes.map((node) => `${node.html} ${node.failureSummary}`).join(" | ")}`,
          );
        });
      for (const tab of ["Measure", "Spectrum", "Findings", "File", "Process", "View"]) {
        await page.getByRole("tab", { name: tab }).click();
        if (tab === "Process") await page.getByLabel("Add an insert").selectOption("eq");
        await page.waitForTimeout(100);
        assert.deepEqual(await check(), [], tab);
      }
      await page.locator(".lanes").focus();
      await page.keyboard.press("g");
      assert.deepEqual(await check(), [], "dialog");
      await page.keyboard.press("Escape");
      await page.keyboard.press("Shift+F10");
      assert.deepEqual(await check(), [], "menu");
      await page.keyboard.press("Escape");
      await page.keyboard.press("?");
      assert.deepEqual(await check(), [], "help");
    });
  }
});
