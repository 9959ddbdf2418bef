import assert from "node:assert/strict";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { after, before, describe, it } from "node:test";
import type { Frame } from "playwright-core";
import { albumFolder, filesBelow, writeAlbum } from "./albumFixture.js";
import { openWorkbench, type Workbench } from "./workbench.mjs";

const SONGS = [
  { source: "quiet.wav", title: "Quiet one" },
  { source: "loud.wav", title: "Loud one" },
];

/** The album editor as a person sees it, in a real VS Code. */
describe("the album editor", () => {
  let folder: string;
  let album: string;
  let workbench: Workbench;
  let view: Frame;
  /** Violations of the page's content security policy. */
  const violations: string[] = [];

  before(async () => {
    folder = albumFolder({ "quiet.wav": { level: 0.1, seconds: 6 }, "loud.wav": { level: 0.8, seconds: 6 } });
    album = writeAlbum(folder, "record", {
      artist: "Somebody",
      target: { loudness: -16, mode: "track" },
      songs: SONGS,
    });
    workbench = await openWorkbench(folder);
    workbench.page.on("console", (message) => {
      if (/Content Security Policy/.test(message.text())) violations.push(message.text());
    });
    await workbench.openFile(album);
    view = await workbench.webviewFrame();
  });
  after(async () => {
    await workbench.close();
    rmSync(folder, { recursive: true });
  });

  const cells = (song: number) => view.locator(".songs tbody tr:not(.notes)").nth(song).locator("td, th");

  it("shows the songs in order and measures them", async () => {
    await view.getByRole("heading", { name: "Test" }).waitFor();
    assert.equal(await view.locator(".songs tbody tr:not(.notes)").count(), SONGS.length);
    assert.match(await cells(1).nth(1).innerText(), /Loud one\s+loud\.wav/);
    // A level, such as -18.3: the source has been measured.
    await view.waitForFunction(() => {
      const measured = [...document.querySelectorAll(".songs td:nth-child(7) .before")];
      return measured.length > 0 && measured.every((cell) => /-\d+\.\d/.test(cell.textContent ?? ""));
    });
    assert.equal(await view.locator(".curve canvas").count(), 1);
  });

  it("masters the album by its button and shows the result", async () => {
    await view.locator("vscode-button", { hasText: "Master Album" }).click();
    await view
      .locator(".status", { hasText: /^mastered$/ })
      .nth(1)
      .waitFor();
    for (const song of [0, 1]) {
      const integrated = await cells(song).nth(6).locator(".after").innerText();
      assert.match(integrated, /-16\.[01]$|-15\.9$/);
    }
    assert.ok(filesBelow(folder).some((file) => file.endsWith("Quiet one.wav")));
  });

  it("still knows the masters when it is opened again", async () => {
    await workbench.runCommand("View: Close Editor");
    await workbench.openFile(album);
    view = await workbench.webviewFrame();
    await view
      .locator(".status", { hasText: /^mastered$/ })
      .nth(1)
      .waitFor();
  });

  it("plays source and master by turns at equal loudness, and a transition", async () => {
    const player = view.getByRole("toolbar", { name: "Player" });
    const side = (name: string) => player.getByRole("radio", { name });
    /** LUFS of the song's seconds 1 to 4. */
    const heard = async (): Promise<number> => {
      await view.getByRole("button", { name: "Play Quiet one" }).click();
      await view.locator(".now-time", { hasText: /^0:0[0-2]/ }).waitFor();
      await view.locator(".now-time", { hasText: /^0:04/ }).waitFor();
      return Number.parseFloat(await view.locator(".heard", { hasText: "LUFS" }).innerText());
    };
    const master = await heard();
    assert.equal(await side("Master").getAttribute("aria-checked"), "true");
    assert.match(await view.locator(".now-title").innerText(), /Quiet one/);
    await workbench.page.keyboard.press("a");
    assert.equal(await side("Source").getAttribute("aria-checked"), "true");
    assert.ok(Math.abs((await heard()) - master) < 0.7);
    await player.getByRole("button", { name: /^Equal loudness/ }).click();
    assert.ok((await heard()) < master - 8);
    await view.getByRole("button", { name: "More on Quiet one" }).click();
    await view.getByRole("menuitem", { name: "Play the transition into the next song" }).click();
    await view.locator(".songs tr.playing", { hasText: "Loud one" }).waitFor();
    await player.getByRole("button", { name: "Pause (Space)" }).click();
    await player.getByRole("button", { name: "Play the album (Space)" }).waitFor();
  });

  it("changes the text as little as an edit takes, one undo step each", async () => {
    const before = readFileSync(album, "utf8");
    const gap = view.getByRole("textbox", { name: "Gap after Quiet one, s" });
    await gap.fill("3.5");
    await gap.press("Enter");
    await view.getByRole("textbox", { name: "Loudness offset of Loud one, LU" }).fill("-1.5");
    await view.locator(".songs tbody .name").nth(1).press("Alt+ArrowUp");
    await view.locator(".songs tbody .name").nth(0).getByText("Loud one").waitFor();
    await workbench.page.keyboard.press("Control+S");
    await view.waitForFunction(() => !document.querySelector(".fields [disabled]"));
    const saved = async (): Promise<{ songs: object[] }> => {
      for (let i = 0; i < 50 && readFileSync(album, "utf8") === before; i++)
        await workbench.page.waitForTimeout(100);
      return JSON.parse(readFileSync(album, "utf8")) as { songs: object[] };
    };
    assert.deepEqual((await saved()).songs, [
      { ...SONGS[1], loudness: -1.5 },
      { ...SONGS[0], gap: 3.5 },
    ]);
    await view.locator(".songs tbody .name").nth(0).focus();
    for (let i = 0; i < 3; i++) await workbench.page.keyboard.press("Control+Z");
    await view.locator(".songs tbody .name").nth(0).getByText("Quiet one").waitFor();
    await workbench.page.keyboard.press("Control+S");
    for (let i = 0; i < 50 && readFileSync(album, "utf8") !== before; i++)
      await workbench.page.waitForTimeout(100);
    assert.equal(readFileSync(album, "utf8"), before);
  });

  it("keeps the last valid album in sight while the text has an error, with a link to its line", async () => {
    const text = readFileSync(album, "utf8");
    writeFileSync(album, text.replace('"loudness": -16', '"loudness": "-16"'));
    const banner = view.locator(".banner");
    await banner.getByText("Shown is its last valid content").waitFor();
    assert.equal(await view.locator(".songs tbody th").count(), SONGS.length);
    const line = text.split("\n").findIndex((each) => each.includes('"loudness"')) + 1;
    await banner.getByRole("button", { name: `Line ${line}` }).click();
    await workbench.page.locator(".monaco-editor .view-line", { hasText: '"loudness"' }).first().waitFor();
    await workbench.page.getByText(`Ln ${line}, Col`).first().waitFor();
  });

  it("never broke its content security policy", () => {
    assert.deepEqual(violations, []);
  });
});
