import assert from "node:assert/strict";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { frequencyToPosition, spectrogramBounds } from "../../src/units/frequencyScale.js";
import { counting, data, fmt, wav } from "../audio/wavFixtures.js";
import { RATE, until, wavFolder } from "./wavMaterial.js";
import { WavView, type PaintedColumn } from "./wavView.js";
import { openWorkbench, type Workbench } from "./workbench.mjs";

const SECONDS = 4;
const FRAMES = SECONDS * RATE;
const TONE = 1000;
/** Of the first and of the second half of the recording. */
const LEVELS = [0.05, 0.8] as const;
/** Columns of pixels that the tests look at. */
const COLUMNS = 40;

/** 16-bit, stereo: a tone, quiet, then loud; with a chunk that nobody knows behind the samples. */
function recording(): Uint8Array {
  const samples = Int16Array.from({ length: 2 * FRAMES }, (_, i) => {
    const frame = Math.floor(i / 2);
    const level = LEVELS[frame < FRAMES / 2 ? 0 : 1];
    return Math.round(32767 * level * Math.sin((2 * Math.PI * TONE * frame) / RATE)) * (i % 2 ? -1 : 1);
  });
  const bytes = new Uint8Array(samples.buffer);
  return wav("RIFF", fmt(1, 2, 16), data(bytes), { id: "abcd", bytes: counting(10) });
}

/** Contents by name of the chunks of a RIFF file, but for the room that Headroom keeps for long files. */
function chunksOf(file: Uint8Array): Record<string, Buffer> {
  const bytes = Buffer.from(file);
  const chunks: Record<string, Buffer> = {};
  for (let at = 12; at < bytes.length;) {
    const [id, size] = [bytes.toString("latin1", at, at + 4), bytes.readUInt32LE(at + 4)];
    if (id !== "JUNK") chunks[id] = bytes.subarray(at + 8, at + 8 + size);
    at += 8 + size + (size % 2);
  }
  return chunks;
}

const heights = (columns: readonly PaintedColumn[]) => columns.map(({ painted }) => painted);

/** The audio editor as a person uses it, in a real VS Code. */
describe("the audio editor's page", () => {
  const original = recording();
  let folder: string;
  let path: string;
  let workbench: Workbench;
  let view: WavView;
  const faults: string[] = [];

  before(async () => {
    folder = wavFolder();
    path = join(folder, "take.wav");
    writeFileSync(path, original);
    workbench = await openWorkbench(folder);
    workbench.page.on("console", (message) => {
      if (/Content Security Policy|Uncaught/.test(message.text())) faults.push(message.text());
    });
    workbench.page.on("pageerror", (error) => faults.push(error.message));
    await workbench.openFile(path);
    view = await WavView.of(workbench);
  });
  after(async () => {
    await workbench.close();
    rmSync(folder, { recursive: true });
  });

  const tab = (isDirty: boolean) =>
    workbench.page.locator(isDirty ? ".tab.active.dirty" : ".tab.active:not(.dirty)");
  const isDirty = (wanted = true) => tab(wanted).first().waitFor();
  const waveform = async () => heights(await view.painted("wave", COLUMNS));
  const looksLike = (wanted: readonly number[]) => async () =>
    (await waveform()).every((height, i) => Math.abs(height - wanted[i]!) < 0.02);
  let untouched: number[] = [];

  it("draws the waveform: the quiet half lower than the loud one", async () => {
    await until(async () => {
      untouched = await waveform();
      return untouched.length === COLUMNS && untouched.every((height) => height > 0);
    }, "a whole waveform");
    const [quiet, loud] = [untouched.slice(0, COLUMNS / 2), untouched.slice(COLUMNS / 2)];
    assert.ok(Math.max(...quiet) < Math.min(...loud), `${untouched.join()}`);
    assert.equal(await view.frame.locator(".channels .lane").count(), 2);
  });

  it("zooms by key and wheel, and back to everything", async () => {
    const whole = await view.zoom();
    await view.press("+");
    await until(async () => Math.abs((await view.zoom()) - whole / 1.5) < 1, "half as much again");
    await view.frame.locator(".pointer-area").hover();
    await workbench.page.mouse.wheel(0, -1000);
    await until(async () => (await view.zoom()) < whole / 3, "a closer view");
    assert.ok(!(await looksLike(untouched)()), "still the whole waveform");
    await view.press("0");
    await until(async () => (await view.zoom()) === whole, "everything");
    await until(looksLike(untouched), "the whole waveform");
  });

  it("selects by drag", async () => {
    await view.drag(0.5, 0.75);
    await until(async () => (await view.seconds("Length")) > 0, "a selection");
    const pixel = (await view.zoom()) / RATE;
    const [start, end] = [await view.seconds("Start"), await view.seconds("End")];
    assert.ok(Math.abs(start - SECONDS / 2) <= 2 * pixel, `from ${start} s`);
    assert.ok(Math.abs(end - SECONDS * 0.75) <= 2 * pixel, `to ${end} s`);
    await view.frame.locator(".overlay .selected").waitFor();
  });

  it("plays the selection, and pauses where it is", async () => {
    await view.press("Space");
    await view.tool("Pause").waitFor();
    const pixels = ((await view.seconds("Start")) * RATE) / (await view.zoom());
    await until(async () => (await view.playhead()) > pixels + 5, "the playhead's way");
    await view.press("Space");
    await view.tool("Play").waitFor();
    const paused = await view.playhead();
    assert.ok(paused > pixels, `paused at ${paused}, begun at ${pixels}`);
    assert.equal(await view.playhead(), paused);
  });

  it("fades a stretch, in sight at once", async () => {
    // To the sample: the file is looked at below.
    for (const [name, position] of [
      ["Start", "2.5 s"],
      ["End", "3.5 s"],
    ] as const) {
      // prettier-ignore
      const field = view.frame.locator(`.status input[aria-label="${name}"]`);
      await field.fill(position);
      await field.press("Enter");
    }
    await view.press("Shift+F");
    const dialog = view.frame.locator("dialog");
    await dialog.locator("select").selectOption("linear");
    await dialog.locator("vscode-button", { hasText: "Fade out" }).click();
    await isDirty();
    await until(async () => {
      const [start, end] = [0.65, 0.85].map((share) => Math.floor(share * COLUMNS));
      const shown = await waveform();
      return shown[start!]! - shown[end!]! > 0.05;
    }, "the fade");
    const after = await waveform();
    assert.deepEqual(after.slice(0, COLUMNS * 0.6), untouched.slice(0, COLUMNS * 0.6));
  });

  it("saves: the fade is in the file, all else is as it was", async () => {
    await view.press("Control+S");
    await isDirty(false);
    const [before, saved] = [chunksOf(original), chunksOf(readFileSync(path))];
    assert.deepEqual(Object.keys(saved).sort(), Object.keys(before).sort());
    for (const id of ["fmt ", "abcd"]) assert.deepEqual(saved[id], before[id], id);
    const [was, is] = [before.data!, saved.data!];
    const [from, to] = [2.5 * RATE * 4, 3.5 * RATE * 4];
    assert.equal(is.length, was.length);
    assert.deepEqual(is.subarray(0, from), was.subarray(0, from));
    assert.deepEqual(is.subarray(to), was.subarray(to));
    let worst = 0;
    for (let at = from; at < to; at += 2) {
      const factor = 1 - (Math.floor((at - from) / 4) + 0.5) / RATE;
      worst = Math.max(worst, Math.abs(is.readInt16LE(at) - factor * was.readInt16LE(at)));
    }
    // Dither of two steps and rounding; the fade's own grid of a sample moves it by less than one.
    assert.ok(worst < 3, `${worst} steps off`);
  });

  it("undoes past the save, and saves the original again", async () => {
    await view.press("Control+Z");
    await isDirty();
    await until(looksLike(untouched), "the original waveform");
    await view.press("Control+S");
    await isDirty(false);
    assert.deepEqual(chunksOf(readFileSync(path)), chunksOf(original));
  });

  it("reverts", async () => {
    const bytes = readFileSync(path);
    await view.press("Control+A");
    await view.press("Delete");
    await isDirty();
    await view.frame.getByText("holds no audio").waitFor();
    await workbench.runCommand("File: Revert File");
    await isDirty(false);
    await until(looksLike(untouched), "the original waveform");
    assert.deepEqual(readFileSync(path), bytes);
  });

  it("shows a spectrogram, with the tone in its place", async () => {
    await view.press("S");
    const place = frequencyToPosition(TONE, "mel", spectrogramBounds(RATE, "mel"));
    await until(
      async () => {
        const columns = await view.painted("spectrum", COLUMNS);
        // Not at the ends, nor where the levels meet: their spectra are wide.
        const pure = columns.filter((_, i) => i > 1 && i < COLUMNS - 2 && Math.abs(i - COLUMNS / 2) > 2);
        return pure.length > 0 && pure.every(({ brightest }) => Math.abs(brightest - place) < 0.02);
      },
      `the tone at ${place.toFixed(2)} of the height`,
    );
    await view.press("S");
    await view.press("S");
    await until(looksLike(untouched), "the waveform alone");
  });

  it("keeps edits when the window is closed and opened again, and can undo them", async () => {
    const bytes = readFileSync(path);
    const whole = await view.zoom();
    await view.drag(0.5, 1);
    await view.press("Delete");
    await isDirty();
    await until(async () => (await view.zoom()) < whole * 0.55, "half the audio");
    await workbench.reload();
    view = await WavView.of(workbench);
    await isDirty();
    await until(async () => (await waveform()).some((height) => height > 0), "a waveform");
    await until(async () => (await view.zoom()) < whole * 0.55, "half the audio, still");
    assert.deepEqual(readFileSync(path), bytes);
    await view.press("Control+Z");
    await isDirty(false);
    await until(looksLike(untouched), "the original waveform");
  });

  it("broke no rule and threw nothing", () => {
    assert.deepEqual(faults, []);
  });
});
