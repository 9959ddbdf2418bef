import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import {
  chmodSync,
  copyFileSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  unlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { after, before, beforeEach, describe, it } from "node:test";
import { damagedFiles } from "../audio/damagedFiles.js";
import { readSamples, wavFolder, writeRamp } from "./wavMaterial.js";
import { WavView } from "./wavView.js";
import { openWorkbench, type Workbench } from "./workbench.mjs";

const FRAMES = 20_000;

/** Nothing that happens to a file leaves the audio editor without audio and without a sentence. */
describe("the audio editor and bad files", () => {
  let folder: string;
  let workbench: Workbench;
  const faults: string[] = [];

  before(async () => {
    folder = wavFolder();
    mkdirSync(join(folder, "damaged"));
    for (const [name, bytes] of Object.entries(damagedFiles()))
      writeFileSync(join(folder, "damaged", name), bytes);
    // A few pages at a time are enough.
    const settings = { "workbench.editor.limit.enabled": true, "workbench.editor.limit.value": 3 };
    workbench = await openWorkbench(folder, { settings });
    workbench.page.on("console", (message) => {
      if (/Content Security Policy|Uncaught|[Uu]nhandled|not handled/.test(message.text()))
        faults.push(message.text());
    });
    workbench.page.on("pageerror", (error) => faults.push(error.message));
  });
  after(async () => {
    await workbench.close();
    rmSync(folder, { recursive: true });
  });

  it("shows audio or one sentence of each damaged file", async () => {
    for (const name of Object.keys(damagedFiles())) {
      await workbench.openFile(join(folder, "damaged", name));
      const { hasAudio, sentence } = await (await WavView.of(workbench)).outcome();
      assert.ok(hasAudio || sentence?.includes(name), `${name}: ${sentence}`);
      assert.doesNotMatch(sentence ?? "", /undefined|\[object|\.js:/, name);
    }
    assert.deepEqual(faults, []);
  });

  describe("and what others do to them", () => {
    let place: string;
    let path: string;
    let view: WavView;
    let count = 0;
    beforeEach(async () => {
      place = join(folder, `disk ${++count}`);
      mkdirSync(place);
      path = join(place, `take${count}.wav`);
      writeRamp(path, FRAMES);
      await open();
    });

    async function open(): Promise<void> {
      await workbench.openFile(path);
      view = await WavView.of(workbench);
      await view.outcome();
    }
    const isDirty = (wanted = true) =>
      workbench.page
        .locator(wanted ? ".tab.active.dirty" : ".tab.active:not(.dirty)")
        .first()
        .waitFor();
    const notice = (text: RegExp) => view.frame.locator(".messages .banner", { hasText: text }).waitFor();
    const toast = (text: RegExp) =>
      workbench.page.locator(".notification-toast", { hasText: text }).first().waitFor();
    async function reverse(): Promise<void> {
      await view.press("R");
      await isDirty();
    }
    const isReversed = () => readSamples(path)[0] === FRAMES;
    const litter = () => readdirSync(place).filter((name) => !/^take\d\.wav$/.test(name));

    it("keeps edits of a file that may only be read, and says so", async () => {
      const bytes = readFileSync(path);
      chmodSync(path, 0o444);
      await reverse();
      await view.press("Control+S");
      await toast(/take\d\.wav was not saved; your edits are kept.*read-only/);
      await isDirty();
      assert.deepEqual(readFileSync(path), bytes);
      assert.deepEqual(litter(), []);
      chmodSync(path, 0o644);
      await view.press("Control+S");
      await isDirty(false);
      assert.ok(isReversed());
    });

    it("keeps edits of a file that was deleted, and writes it again when told to", async () => {
      await reverse();
      unlinkSync(path);
      await notice(/take\d\.wav was deleted/);
      await isDirty();
      await view.press("Control+S");
      await workbench.page.locator(".monaco-dialog-box", { hasText: "changed or deleted" }).waitFor();
      await workbench.page.getByRole("button", { name: "Overwrite" }).click();
      await isDirty(false);
      assert.ok(isReversed());
    });

    it("reads a clean file again that was changed", async () => {
      writeRamp(path, FRAMES / 2);
      await notice(/changed by another program and has been read again/);
      await isDirty(false);
    });

    it("asks before it writes over a file that was changed meanwhile", async () => {
      await reverse();
      writeRamp(join(place, "other.wav"), FRAMES / 2, 7);
      renameSync(join(place, "other.wav"), path);
      await notice(/was changed by another program/);
      const bytes = readFileSync(path);
      await view.press("Control+S");
      await workbench.page.locator(".monaco-dialog-box", { hasText: "changed or deleted" }).waitFor();
      await workbench.page.keyboard.press("Escape");
      await isDirty();
      assert.deepEqual(readFileSync(path), bytes);
      await view.press("Control+S");
      await workbench.page.getByRole("button", { name: "Overwrite" }).click();
      await isDirty(false);
      assert.ok(isReversed());
    });

    it("keeps edits when the disk is full, and saves once there is room", async () => {
      // Small enough that the file fits, and a second time does not.
      const disk = smallDisk(join(place, "small"), 200_000);
      try {
        const [old, filler] = [path, join(place, "small", "filler")];
        path = join(place, "small", "small.wav");
        renameOnto(old, path);
        writeFileSync(filler, new Uint8Array(100_000));
        await open();
        await reverse();
        const bytes = readFileSync(path);
        await view.press("Control+S");
        await toast(/small\.wav was not saved; your edits are kept.*the disk is full/);
        await isDirty();
        assert.deepEqual(readFileSync(path), bytes);
        assert.deepEqual(readdirSync(join(place, "small")).sort(), ["filler", "small.wav"]);
        unlinkSync(filler);
        await view.press("Control+S");
        await isDirty(false);
        assert.ok(isReversed());
        await workbench.runCommand("View: Close All Editors");
      } finally {
        disk.remove();
      }
    });

    it("met no fault on the way", () => assert.deepEqual(faults, []));
  });
});

/** A disk in memory, mounted at `path`. @throws Error where this process may not mount one */
function smallDisk(path: string, bytes: number): { remove: () => void } {
  mkdirSync(path);
  const mounted = spawnSync("mount", ["-t", "tmpfs", "-o", `size=${bytes}`, "tmpfs", path], {
    encoding: "utf8",
  });
  if (mounted.status !== 0) {
    const reason = mounted.error?.message ?? mounted.stderr.trim();
    throw new Error(`This test needs a small disk, which only root can mount, on Linux. ${reason}`);
  }
  // Lazily: the editor may still have a file open.
  return { remove: () => void spawnSync("umount", ["--lazy", path]) };
}

/** Moves a file to another disk. */
function renameOnto(from: string, to: string): void {
  copyFileSync(from, to);
  unlinkSync(from);
}
