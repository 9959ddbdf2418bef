/** Rough Mix from Folder, Export Stems and Clear Render Cache, in a real VS Code. */
import assert from "node:assert/strict";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import * as vscode from "vscode";
import type { ExportedSession } from "../../src/mastering/interchange/exportSession.js";
import type { ImportedSession } from "../../src/mastering/interchange/importSession.js";
import type { RoughMixResult } from "../../src/mastering/rough/roughMix.js";
import type { ExportedStems } from "../../src/mastering/stems/exportStems.js";
import { parseMix } from "../../src/session/mixDocument.js";
import { seededRandom } from "../../src/units/random.js";
import { answering, cancelling } from "./answering.js";
import { RATE, readSamples, until, wavFolder, writeStereo } from "./wavMaterial.js";

const { executeCommand } = vscode.commands;

function writeNoise(path: string, seconds: number, seed: number): void {
  const random = seededRandom(seed);
  const samples = Int16Array.from({ length: seconds * RATE }, () => 12000 * (random() - 0.5));
  writeStereo(path, samples, samples);
}

/** What is in a folder, hidden entries too. */
const entriesOf = (folder: string): string[] => readdirSync(folder).sort();

describe("commands on mix sessions", () => {
  let folder: string;
  const path = (name: string): string => join(folder, name);
  before(() => {
    folder = wavFolder();
    mkdirSync(path("stems"));
    writeNoise(path("stems/01 Kick.wav"), 4, 1);
    writeNoise(path("stems/02 Lead Vox.wav"), 4, 2);
  });
  afterEach(() => executeCommand("workbench.action.closeAllEditors"));
  after(() => rmSync(folder, { recursive: true }));

  describe("Export DAWproject and Import Session", () => {
    it("bring a session out and back, and tell what is not carried over", async () => {
      const session = path("trip.mix.json");
      const clips = [{ file: "stems/01 Kick.wav" }];
      const tracks = [{ id: "kick", clips, fader: -3, inserts: [{ type: "reverb" }] }];
      writeFileSync(session, JSON.stringify({ headroom: 1, tracks }));
      const [exported, saidOut] = await answering([], () =>
        executeCommand<ExportedSession>("headroom.exportDawproject", vscode.Uri.file(session)),
      );
      assert.equal(exported.path, path("trip.dawproject"));
      await until(() => saidOut.length > 0, "the message");
      assert.equal(saidOut[0], "Exported trip.dawproject: 1 audio file. One thing was not carried over.");
      const [imported, saidIn] = await answering([], () =>
        executeCommand<ImportedSession>("headroom.importSession", vscode.Uri.file(exported.path)),
      );
      assert.equal(imported.path, path("trip-2.mix.json"));
      await until(() => saidIn.length > 0, "the message");
      assert.deepEqual(saidIn, ["Imported trip-2.mix.json: 1 track, 0 buses."]);
      const { value } = parseMix(readFileSync(imported.path, "utf8"));
      assert.deepEqual([value?.tracks[0]!.fader, value?.tracks[0]!.inserts.length], [-3, 0]);
      assert.deepEqual(readdirSync(path("trip-2 audio")), ["01 Kick.wav"]);
    });

    it("bad: say what cannot be imported, and write nothing", async () => {
      writeFileSync(path("broken.dawproject"), "This is no zip.");
      const before = entriesOf(folder);
      const [result, said] = await answering([], () =>
        executeCommand("headroom.importSession", vscode.Uri.file(path("broken.dawproject"))),
      );
      assert.equal(result, undefined);
      assert.match(said.join(), /broken\.dawproject was not imported: .*no zip file/);
      assert.deepEqual(entriesOf(folder), before);
    });
  });

  describe("Rough Mix from Folder", () => {
    const rough = (name: string): Thenable<RoughMixResult | undefined> =>
      executeCommand("headroom.roughMix", vscode.Uri.file(path(name)));

    it("writes a session that is right, opens it as text, and says how loud it is", async () => {
      const [result, said] = await answering([], () => rough("stems"));
      assert.equal(result?.path, path("stems/stems.mix.json"));
      const { document } = vscode.window.activeTextEditor!;
      assert.equal(document.uri.fsPath, result.path);
      const { value, diagnostics } = parseMix(document.getText());
      assert.deepEqual(diagnostics, []);
      assert.equal(value?.tracks.length, 2);
      assert.match(document.getText(), /\/\/ .*LUFS/);
      await until(() => said.length > 0, "the message");
      assert.match(said[0]!, /^stems\.mix\.json: 2 tracks, -\d\d\.\d LUFS, peak -[\d.]+ dBFS\./);
    });

    it("never takes the place of a session", async () => {
      const before = readFileSync(path("stems/stems.mix.json"));
      const [result] = await answering([], () => rough("stems"));
      assert.equal(basename(result?.path ?? ""), "stems-2.mix.json");
      assert.deepEqual(readFileSync(path("stems/stems.mix.json")), before);
    });

    it("bad: says that a folder holds no audio, or audio that cannot be played, and writes nothing", async () => {
      mkdirSync(path("empty"));
      const [none, saidNone] = await answering([], () => rough("empty"));
      assert.equal(none, undefined);
      assert.match(saidNone.join(), /empty was not mixed: .*holds no audio files\. Put WAV/);
      writeFileSync(path("empty/broken.wav"), "This is no audio.");
      const [broken, saidBroken] = await answering([], () => rough("empty"));
      assert.equal(broken, undefined);
      assert.match(saidBroken.join(), /empty was not mixed: .*broken\.wav/);
      assert.deepEqual(entriesOf(path("empty")), ["broken.wav"]);
    });

    it("leaves nothing behind when it is cancelled", async () => {
      const before = entriesOf(path("stems"));
      const [result, said] = await answering([], () => cancelling(() => rough("stems")));
      assert.equal(result, undefined);
      assert.deepEqual(said, []);
      assert.deepEqual(entriesOf(path("stems")), before);
    });
  });

  describe("Export Stems", () => {
    const EVERY = ["Every track and bus", "32-bit float"];
    const stems = (name = "song"): Thenable<ExportedStems | undefined> =>
      executeCommand("headroom.exportStems", vscode.Uri.file(path(`${name}.mix.json`)));
    const write = (name: string, track: object, bus: object = {}): void => {
      const inserts = [{ type: "eq", bands: [{ type: "highpass", frequency: 60 }] }];
      const tracks = [
        { id: "kick", clips: [{ file: "stems/01 Kick.wav" }], inserts, output: "drums", ...track },
        {
          id: "vox",
          clips: [{ file: "stems/02 Lead Vox.wav" }],
          sends: [{ to: "room", level: -6 }],
          ...track,
        },
      ];
      const buses = ["drums", "room"].map((id) => ({ id, ...bus }));
      writeFileSync(path(`${name}.mix.json`), JSON.stringify({ headroom: 1, tracks, buses }));
    };
    before(() => write("song", {}));

    it("writes a file for every track and bus into a folder beside the session", async () => {
      const [result, said] = await answering(EVERY, () => stems());
      assert.equal(result?.folder, path("song stems"));
      assert.deepEqual(entriesOf(path("song stems")), ["drums.wav", "kick.wav", "room.wav", "vox.wav"]);
      assert.ok(readSamples(path("song stems/vox.wav")).some((sample) => sample !== 0));
      await until(() => said.length > 0, "the message");
      assert.deepEqual(said, ['4 stems are in "song stems".']);
    });

    it("asks before stems are replaced", async () => {
      writeFileSync(path("song stems/vox.wav"), "old");
      const [none, asked] = await answering(EVERY, () => stems());
      assert.equal(none, undefined);
      assert.match(asked.join(), /The folder "song stems" is there already/);
      assert.equal(readFileSync(path("song stems/vox.wav"), "utf8"), "old");
      const heard = ["Every track as it is heard alone", "16-bit", "Replace"];
      const [result] = await answering(heard, () => stems());
      assert.deepEqual(
        result?.stems.map(({ file }) => file),
        ["kick.wav", "vox.wav"],
      );
      assert.equal(readSamples(path("song stems/vox.wav")).length, 4 * RATE);
      rmSync(path("song stems"), { recursive: true });
    });

    it("does nothing unless kind and format are chosen, or once it is cancelled", async () => {
      assert.deepEqual(await answering([], () => stems()), [undefined, []]);
      assert.deepEqual(await answering("Every track and bus", () => stems()), [undefined, []]);
      assert.ok(!existsSync(path("song stems")));
      assert.deepEqual(await answering(EVERY, () => cancelling(() => stems())), [undefined, []]);
      assert.deepEqual(existsSync(path("song stems")) ? entriesOf(path("song stems")) : [], []);
    });

    it("bad: tells of the session's first error, or that nothing is heard, and writes nothing", async () => {
      write("wrong", { fader: 99 });
      const [none, said] = await answering(EVERY, () => stems("wrong"));
      assert.equal(none, undefined);
      assert.match(
        said.join(),
        /^The mix session has 2 errors.* wrong\.mix\.json:1:\d+: .*between -144 and 24/,
      );
      write("muted", { mute: true }, { mute: true });
      const [silent, saidSilent] = await answering(EVERY, () => stems("muted"));
      assert.equal(silent, undefined);
      assert.match(saidSilent.join(), /muted\.mix\.json was not exported: .*no channel is heard/);
      assert.ok(!existsSync(path("wrong stems")) && !existsSync(path("muted stems")));
    });
  });

  describe("Clear Render Cache", () => {
    const clear = (): Thenable<number> => executeCommand("headroom.clearRenderCache");

    it("says what the cache took, and that it is empty when there is nothing to clear", async () => {
      await answering(["Every track and bus", "24-bit"], () =>
        executeCommand("headroom.exportStems", vscode.Uri.file(path("song.mix.json"))),
      );
      const [bytes, said] = await answering([], clear);
      // A track of four seconds, stereo, 32-bit.
      assert.ok(bytes >= 4 * RATE * 8, String(bytes));
      assert.match(said.join(), /^The render cache is empty; it took [1-9]\d* MB\.$/);
      const [again, saidAgain] = await answering([], clear);
      assert.equal(again, 0);
      assert.deepEqual(saidAgain, ["The render cache is empty; it took 0 MB."]);
    });
  });
});
