import assert from "node:assert/strict";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { after, before, describe, it } from "node:test";
import type { Frame, Locator } from "playwright-core";
import { RATE, until, wavFolder, writeRamp } from "./wavMaterial.js";
import { openWorkbench, type Workbench } from "./workbench.mjs";

const SESSION = `// A song of two tracks.
{
  "headroom": 1,
  "title": "Test", // of the editor
  "sampleRate": ${RATE},
  "tracks": [
    // The drum.
    { "id": "kick", "name": "Kick", "clips": [{ "file": "kick.wav", "start": 0 }], "fader": -6 }, // loud
    {
      "id": "bass",
      "name": "Bass",
      "clips": [{ "file": "bass.wav", "start": 1 }],
      "pan": 0.25
    }
  ],
  "master": { "fader": 0 }
}
`;

/** The mix editor as a person uses it, in a real VS Code: what hands do is what the text says. */
describe("the mix editor", () => {
  let folder: string;
  let path: string;
  let workbench: Workbench;
  let frame: Frame;
  const faults: string[] = [];

  before(async () => {
    folder = wavFolder();
    path = join(folder, "song.mix.json");
    writeRamp(join(folder, "kick.wav"), 4 * RATE);
    writeRamp(join(folder, "bass.wav"), 2 * RATE);
    writeFileSync(path, SESSION);
    workbench = await openWorkbench(folder);
    workbench.page.on("console", (message) => {
      if (/Content Security Policy|Uncaught/.test(message.text())) faults.push(message.text());
    });
    workbench.page.on("pageerror", (error) => faults.push(error.message));
    await workbench.openFile(path);
    frame = await workbench.webviewFrame();
    await frame.locator("main.mix .lanes").waitFor();
  });
  after(async () => {
    await workbench.close();
    rmSync(folder, { recursive: true });
  });

  const slider = (name: string): Locator => frame.getByRole("slider", { name, exact: true });
  const dirty = (wanted: boolean): Promise<void> =>
    workbench.page
      .locator(wanted ? ".tab.active.dirty" : ".tab.active:not(.dirty)")
      .first()
      .waitFor();
  async function press(keys: string): Promise<void> {
    await frame.locator(".lanes").focus();
    await workbench.page.keyboard.press(keys);
  }
  /** What the text says once it is saved. */
  async function saved(): Promise<string> {
    await dirty(true);
    await press("Control+S");
    await dirty(false);
    return readFileSync(path, "utf8");
  }
  async function undone(): Promise<string> {
    await press("Control+Z");
    return saved();
  }
  const reads = (name: string, value: string): Promise<void> =>
    until(
      async () => (await slider(name).getAttribute("aria-valuetext")) === value,
      `${name} to read ${value}`,
    );
  /** A point over the lanes. @param seconds of the song; `row` of the tracks */
  async function pointAt(seconds: number, row: number): Promise<{ x: number; y: number }> {
    const box = (await frame.locator(".lanes").boundingBox())!;
    const all = await frame.locator(".heads .head").nth(row).boundingBox();
    // The timeline is twenty seconds long at least, and shown whole.
    return { x: box.x + (seconds / 20) * box.width, y: all!.y + all!.height / 2 };
  }

  it("shows the tracks of the text, and their values", async () => {
    await frame.locator(".heads .head", { hasText: "Bass" }).waitFor();
    await reads("Fader of Kick", "-6.0 dB");
  });

  it("changes one number when a fader is moved, and undoes it with the keyboard", async () => {
    await slider("Fader of Kick").focus();
    await workbench.page.keyboard.press("ArrowDown");
    await reads("Fader of Kick", "-6.5 dB");
    assert.equal(await saved(), SESSION.replace('"fader": -6 ', '"fader": -6.5 '));
    assert.equal(await undone(), SESSION);
    await reads("Fader of Kick", "-6.0 dB");
  });

  it("drags a fader in one undo step", async () => {
    const box = (await slider("Fader of Bass").boundingBox())!;
    const { mouse } = workbench.page;
    const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
    await mouse.move(x, y);
    await mouse.down();
    await mouse.move(x, y + 25, { steps: 5 });
    await mouse.up();
    const text = await saved();
    const level = /"pan": 0.25,\n {6}"fader": (-[\d.]+)\n/.exec(text)?.[1];
    assert.ok(Number(level) < -1, text);
    assert.equal(text.replace(`,\n      "fader": ${level}`, ""), SESSION);
    assert.equal(await undone(), SESSION);
  });

  it("moves a clip with the pointer to a line of the ruler", async () => {
    const { mouse } = workbench.page;
    const from = await pointAt(2, 1);
    const to = await pointAt(3.01, 1);
    await mouse.move(from.x, from.y);
    await mouse.down();
    await mouse.move(to.x, to.y, { steps: 8 });
    await mouse.up();
    assert.equal(await saved(), SESSION.replace('"start": 1 }', '"start": 2 }'));
    assert.equal(await undone(), SESSION);
  });

  it("splits a clip at the playhead", async () => {
    const { mouse } = workbench.page;
    const ruler = (await frame.locator(".ruler .band").boundingBox())!;
    await mouse.click(ruler.x + (2 / 20) * ruler.width, ruler.y + ruler.height - 8);
    const clip = await pointAt(1, 0);
    await mouse.click(clip.x, clip.y);
    await press("s");
    const text = await saved();
    assert.equal(
      text,
      SESSION.replace(
        '{ "file": "kick.wav", "start": 0 }',
        '{ "file": "kick.wav", "start": 0, "length": 2 }, { "file": "kick.wav", "start": 2, "offset": 2, "length": 2 }',
      ),
    );
    assert.equal(await undone(), SESSION);
  });

  it("mutes a track by its head", async () => {
    await frame
      .locator(".heads .head", { hasText: "Kick" })
      .getByRole("button", { name: "Mute Kick" })
      .click();
    assert.equal(await saved(), SESSION.replace('"fader": -6 }', '"fader": -6, "mute": true }'));
    assert.equal(await undone(), SESSION);
  });

  it("follows the text, and keeps the last good view while it has errors", async () => {
    writeFileSync(path, SESSION.replace('"fader": -6 ', '"fader": -12 '));
    await reads("Fader of Kick", "-12.0 dB");
    writeFileSync(path, SESSION.replace('"fader": -6 ', '"fader": "loud" '));
    await frame.locator(".banner", { hasText: "The text has errors" }).waitFor();
    await reads("Fader of Kick", "-12.0 dB");
    writeFileSync(path, SESSION);
    await reads("Fader of Kick", "-6.0 dB");
    await frame.locator(".banner:not([hidden])").waitFor({ state: "detached" });
  });

  it("plays, and shows how loud what leaves the worklet is", async () => {
    const peak = frame.locator(".strip[aria-label^=Kick] .peak-level");
    await press("Home");
    await press("Space");
    // The ramp passes full scale after 0.7 s, left and right: the fader is at -6 dB.
    await until(
      async () => (await peak.innerText()).replace("\u2212", "-") === "-6.0",
      "the peak of the kick",
    );
    const position = frame.locator(".toolbar .position.time");
    const before = await position.innerText();
    await until(async () => (await position.innerText()) !== before, "the position to move");
    await press("Space");
  });

  it("plays what the host renders, where it is to", async () => {
    const settings = join(folder, ".vscode", "settings.json");
    mkdirSync(dirname(settings));
    writeFileSync(settings, JSON.stringify({ "headroom.mix.playback": "host" }));
    await frame.locator(".player-state", { hasText: "Rendered by the host" }).waitFor();
    const peak = frame.locator(".strip[aria-label^=Master] .peak-level");
    const kick = frame.locator(".strip[aria-label^=Kick] .peak-level");
    await peak.click();
    const [before, kickBefore] = [await peak.innerText(), await kick.innerText()];
    await press("Home");
    await press("Space");
    await until(async () => (await peak.innerText()) !== before, "the peak of the master");
    assert.equal(await kick.innerText(), kickBefore, "the host tells of the mix alone");
    await press("Space");
    rmSync(dirname(settings), { recursive: true });
    await frame.locator(".player-state", { hasText: "Rendered by the host" }).waitFor({ state: "detached" });
  });

  it("says in the clip that its file is missing", async () => {
    rmSync(join(folder, "bass.wav"));
    await frame.locator(".banner", { hasText: "bass.wav" }).waitFor();
    writeRamp(join(folder, "bass.wav"), 2 * RATE);
    await frame.locator(".banner:not([hidden])").waitFor({ state: "detached" });
  });

  it("broke no rule of the page", () => {
    assert.deepEqual(faults, []);
  });
});
