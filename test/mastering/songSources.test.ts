/** Sessions and albums of audio files of any kind, and what is said of files that do not fit. */
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { ensureDebianPackage, ROOT } from "../../.ci/setup.mjs";
import { openAudioFile } from "../../src/audio/openAudioFile.js";
import { WavWriter } from "../../src/audio/wavWriter.js";
import { checkText } from "../../src/mastering/checkDocument.js";
import type { MixdownResult } from "../../src/mastering/renderMixdown.js";
import { Studio } from "../../src/mastering/studio.js";
import { seededRandom } from "../../src/units/random.js";

const RATE = 48000;
const FRAMES = 2 * RATE;
const ENCODERS: Readonly<Record<string, string>> = {
  ...{ flac: "flac", aiff: "pcm_s24be", mp3: "libmp3lame", ogg: "libvorbis", opus: "libopus" },
};

let folder = "";
const path = (name: string): string => join(folder, name);

before(() => {
  const ffmpeg = ensureDebianPackage("ffmpeg", "ffmpeg");
  folder = mkdtempSync(join(tmpdir(), "headroom-sources-"));
  const random = seededRandom(1);
  let low = 0;
  // Two seconds of noise that falls with frequency, as music does.
  const samples = Float32Array.from({ length: FRAMES }, () => (low += 0.1 * (random() - 0.5 - low)));
  const writer = WavWriter.create(path("a.wav"), { sampleRate: RATE, channels: 1, layout: "f32" });
  writer.write(new Uint8Array(samples.buffer));
  writer.finish();
  execFileSync(ffmpeg, ["-v", "error", "-i", path("a.wav"), "-c:a", "pcm_s24le", path("b.wav")]);
  for (const [extension, encoder] of Object.entries(ENCODERS)) {
    const quality = extension === "mp3" || extension === "opus" ? ["-b:a", "192k"] : [];
    const target = path(`a.${extension}`);
    execFileSync(ffmpeg, ["-v", "error", "-i", path("b.wav"), "-c:a", encoder, ...quality, target]);
  }
  execFileSync(ffmpeg, ["-v", "error", "-i", path("b.wav"), "-ac", "6", path("six.wav")]);
  for (const [extension, encoder] of Object.entries({ wav: "pcm_s24le", flac: "flac" })) {
    const target = path(`impulse.${extension}`);
    execFileSync(ffmpeg, ["-v", "error", "-i", path("b.wav"), "-t", "0.05", "-c:a", encoder, target]);
  }
  WavWriter.create(path("empty.wav"), { sampleRate: RATE, channels: 1, layout: "f32" }).finish();
  writeFileSync(path("text.wav"), "This is no audio.\n");
});
after(() => rmSync(folder, { recursive: true, force: true }));

/** Runs `work` with a studio that keeps its cache in `cacheFolder`. */
async function withStudio<T>(
  cacheFolder: string | undefined,
  work: (studio: Studio) => Promise<T>,
): Promise<T> {
  const studio = new Studio({ workerPath: join(ROOT, "dist", "worker.js"), workers: 1, cacheFolder });
  try {
    return await work(studio);
  } finally {
    await studio.dispose();
  }
}

function samplesOf(name: string): Float32Array {
  const file = openAudioFile(path(name));
  const bytes = new Uint8Array(file.info.frames * file.pcm.frameBytes);
  file.readFrames(0, file.info.frames, bytes);
  file.close();
  return new Float32Array(bytes.buffer);
}

describe("a session's audio", () => {
  const mixdown = (file: string, cacheFolder?: string): Promise<MixdownResult> =>
    withStudio(cacheFolder, (studio) => {
      writeFileSync(
        path("song.mix.json"),
        JSON.stringify({
          headroom: 1,
          sampleRate: RATE,
          panLaw: 0,
          tracks: [{ id: "t", clips: [{ file }] }],
        }),
      );
      const [input, output] = [path("song.mix.json"), path(`${file}.mix.wav`)];
      return studio.mixdown({ path: input, output, layout: "f32", dither: "none" });
    });

  it("may be FLAC, MP3, Ogg Vorbis, Opus or AIFF: it starts in time and sounds like the WAV file", async () => {
    await mixdown("b.wav");
    const wav = samplesOf("b.wav.mix.wav");
    // Residue below the signal, dB: lossless codecs to the last bit.
    const limits: Readonly<Record<string, number>> = {
      flac: -300,
      aiff: -300,
      mp3: -15,
      ogg: -12,
      opus: -12,
    };
    for (const [extension, limit] of Object.entries(limits)) {
      const { warnings } = await mixdown(`a.${extension}`);
      assert.deepEqual(warnings, [], extension);
      const decoded = samplesOf(`a.${extension}.mix.wav`);
      assert.ok(Math.abs(decoded.length - wav.length) <= 2 * 2400, extension);
      const [early, inTime, late] = [-1, 0, 1].map((lag) => residue(wav, decoded, lag));
      assert.ok(inTime! < limit, `${extension}: ${inTime} dB`);
      assert.ok(inTime! < early! && inTime! < late!, `${extension}: ${early}, ${inTime}, ${late} dB`);
    }
  });

  /** Level of what is left of interleaved `a` less `b`, `lag` frames later, against `a`, dB. */
  function residue(a: Float32Array, b: Float32Array, lag: number): number {
    let [signal, rest] = [0, 0];
    for (let i = 2; i < 2 * FRAMES - 9600; i++) {
      signal += a[i]! ** 2;
      rest += (a[i]! - b[i + 2 * lag]!) ** 2;
    }
    return 10 * Math.log10(rest / signal + 1e-31);
  }

  it("is decoded once into the cache folder, or for the one job where there is none", async () => {
    const cache = path("cache");
    await mixdown("a.mp3", cache);
    const first = readFileSync(path("a.mp3.mix.wav"));
    const [copy, ...others] = readdirSync(join(cache, "decoded"));
    assert.deepEqual(others, []);
    // A copy that is there is taken: this one is silent.
    const copied = join(cache, "decoded", copy!);
    const { layout } = openAudioFile(copied).pcm;
    const silent = WavWriter.create(copied, { sampleRate: RATE, channels: 1, layout });
    silent.write(new Uint8Array(4 * RATE));
    silent.finish();
    await mixdown("a.mp3", cache);
    assert.equal(samplesOf("a.mp3.mix.wav").length, 2 * RATE);
    await mixdown("a.mp3");
    assert.deepEqual(readFileSync(path("a.mp3.mix.wav")), first);
  });

  it("bad: a mixdown never takes the place of a compressed source, a muted one neither", async () => {
    const session = (extra: object): void =>
      writeFileSync(
        path("own.mix.json"),
        JSON.stringify({
          headroom: 1,
          tracks: [{ id: "t", clips: [{ file: "a.flac", ...extra }, { file: "a.wav" }] }],
        }),
      );
    const before = readFileSync(path("a.flac"));
    for (const extra of [{}, { mute: true }]) {
      session(extra);
      await assert.rejects(
        withStudio(undefined, (studio) =>
          studio.mixdown({
            path: path("own.mix.json"),
            output: path("a.flac"),
            layout: "s24",
            dither: "none",
          }),
        ),
        /the session plays this file/,
      );
    }
    assert.deepEqual(readFileSync(path("a.flac")), before);
  });

  it("of an album's songs may be compressed, too", async () => {
    const songs = ["a.flac", "a.ogg", "song.mix.json"].map((source) => ({ source, title: source }));
    writeFileSync(
      path("record.album.json"),
      JSON.stringify({ headroom: 1, title: "R", output: "out", songs }),
    );
    const { songs: results } = await withStudio(path("cache"), (studio) =>
      studio.masterAlbum(path("record.album.json")),
    );
    assert.deepEqual(
      results.map(({ error }) => error?.message),
      [undefined, undefined, undefined],
    );
    const overview = await withStudio(undefined, (studio) => studio.overview(path("a.opus")));
    assert.ok(Math.abs(overview.duration - 2) < 0.05);
  });
});

describe("an impulse response", () => {
  it("in a chain of an album may be compressed, too: the masters are those of the WAV file", async () => {
    const master = async (extension: string): Promise<Buffer> => {
      const chain = [{ type: "convolution", file: `impulse.${extension}`, mix: 30 }];
      writeFileSync(
        path("wet.album.json"),
        JSON.stringify({
          ...{
            headroom: 1,
            title: "Wet",
            output: `wet-${extension}`,
            songs: [{ source: "a.wav", title: "A", chain }],
          },
          ...{ chain, deliver: [{ format: "wav", bitDepth: 24 }] },
        }),
      );
      const { songs } = await withStudio(undefined, (studio) => studio.masterAlbum(path("wet.album.json")));
      assert.equal(songs[0]?.error, undefined);
      const file = openAudioFile(path(join(`wet-${extension}`, songs[0]!.files[0]!)));
      const samples = Buffer.alloc(file.info.frames * file.pcm.frameBytes);
      file.readFrames(0, file.info.frames, samples);
      file.close();
      return samples;
    };
    const wav = await master("wav");
    assert.ok(wav.subarray(-1000).some((byte) => byte !== 0));
    assert.deepEqual(wav, await master("flac"));
  });
});

describe("the files of a document", () => {
  const shown = (document: string, name = "song.mix.json"): string[] =>
    checkText(path(name), document).map(
      ({ start, severity, code }) => `${start.line + 1}:${start.character + 1} ${severity} ${code}`,
    );
  const session = (...clips: string[]): string =>
    ['{ "headroom": 1, "tracks": [{ "id": "t", "clips": [', clips.join(",\n"), "] }] }"].join("\n");

  it("are right", () => {
    for (const extension of ["wav", ...Object.keys(ENCODERS)]) {
      assert.deepEqual(
        shown(session(`{ "file": "a.${extension}", "offset": 1, "length": 1 }`)),
        [],
        extension,
      );
    }
  });

  it("bad: each fault is told at its place", () => {
    const faults = [
      ['{ "file": "gone.wav" }', "2:11 error file-missing"],
      ['{ "file": "text.wav" }', "2:11 error file-unreadable"],
      ['{ "file": "." }', "2:11 error file-unreadable"],
      ['{ "file": "a.wav", "offset": 2 }', "2:30 error offset-beyond-end"],
      ['{ "file": "a.mp3", "offset": 2.5 }', "2:30 error offset-beyond-end"],
      ['{ "file": "a.wav", "length": 2.1 }', "2:30 warning length-beyond-end"],
      ['{ "file": "a.wav", "length": 1.1, "speed": 2 }', "2:30 warning length-beyond-end"],
      ['{ "file": "a.wav", "length": 1, "offset": 1.01 }', "2:30 warning length-beyond-end"],
      ['{ "file": "six.wav" }', "2:11 warning too-many-channels"],
    ];
    for (const [clip, fault] of faults) assert.deepEqual(shown(session(clip!)), [fault], clip);
    assert.deepEqual(shown(session('{ "file": "gone.wav" }', '{ "file": "gone.wav" }')).length, 2);
  });

  it("bad: an album's songs exist, can be played, and are mono or stereo", () => {
    const songs = ["a.mp3", "gone.flac", "text.wav", "six.wav", "gone.mix.json"]
      .map((source) => `{ "source": "${source}", "title": "T" }`)
      .join(",\n");
    const found = shown(`{ "headroom": 1, "title": "R", "songs": [\n${songs}\n] }`, "record.album.json");
    assert.deepEqual(found, [
      "3:13 error file-missing",
      "4:13 error file-unreadable",
      "5:13 error too-many-channels",
      "6:13 error file-missing",
    ]);
  });

  it("bad: an impulse response has 1, 2 or 4 channels and is not empty, wherever it is named", () => {
    const faults = ["six.wav impulse-channels", "empty.wav impulse-empty", "text.wav file-unreadable"];
    for (const fault of [...faults, "gone.wav file-missing"]) {
      const [file, code] = fault.split(" ") as [string, string];
      const chain = `[\n{ "type": "convolution", "file": "${file}" }]`;
      const expected = [`2:34 error ${code}`];
      const documents = [
        `{ "headroom": 1, "tracks": [{ "id": "t", "inserts": ${chain} }] }`,
        `{ "headroom": 1, "tracks": [{ "id": "t", "output": "b" }], "buses": [{ "id": "b", "inserts": ${chain} }] }`,
        `{ "headroom": 1, "tracks": [], "master": { "inserts": ${chain} } }`,
      ];
      for (const document of documents) assert.deepEqual(shown(document), expected, document);
      const albums = [
        `{ "headroom": 1, "title": "R", "songs": [{ "source": "a.wav", "title": "A" }], "chain": ${chain} }`,
        `{ "headroom": 1, "title": "R", "songs": [{ "source": "a.wav", "title": "A", "chain": ${chain} }] }`,
      ];
      for (const album of albums) assert.deepEqual(shown(album, "r.album.json"), expected, album);
    }
    const right =
      '{ "headroom": 1, "tracks": [], "master": { "inserts": [{ "type": "convolution", "file": "a.flac" }] } }';
    assert.deepEqual(shown(right), []);
  });

  it("bad: values that make no sense are told at their place, and refuse the render", async () => {
    const many = (value: (i: number) => number): string =>
      Array.from({ length: 100_000 }, (_, i) => `[${i / 1e5}, ${value(i)}]`).join(",");
    const track = (extra: string): string =>
      `{ "headroom": 1, "tracks": [{ "id": "t", "clips": [{ "file": "a.wav" }],\n${extra} }] }`;
    const faults: [document: string, fault: string][] = [
      [session('{ "file": "a.wav", "length": -1 }'), "2:30 error range"],
      [session('{ "file": "a.wav", "start": -0.1 }'), "2:29 error range"],
      [session('{ "file": "a.wav", "offset": -2 }'), "2:30 error range"],
      [session('{ "file": "a.wav", "fadeIn": { "length": -1 } }'), "2:42 error range"],
      [session('{ "file": "a.wav", "gain": NaN }'), "2:28 error syntax"],
      [session('{ "file": "a.wav", "gain": 1e999 }'), "2:28 error value"],
      [track('"id": "u"'), "2:1 error duplicate-key"],
      [`{ "headroom": 1, "tracks": [{ "id": "t" },\n{ "id": "t" }] }`, "2:9 error duplicate-id"],
      [track('"fader": 99'), "2:10 error range"],
      [track('"inserts": [{ "type": "compressor", "ratio": 1e9 }]'), "2:46 error range"],
      [track(`"automation": { "fader": [\n${many((i) => (i === 0 ? 999 : -6))}] }`), "3:5 error range"],
      [track(`"automation": { "fader": [${many(() => -6)}, [1, 0]] }`), "2:26 error range"],
    ];
    const entries = readdirSync(folder);
    await withStudio(undefined, async (studio) => {
      for (const [document, fault] of faults) {
        const [input, output] = [path("senseless.mix.json"), path("senseless.wav")];
        assert.deepEqual(shown(document), [fault], document.slice(0, 200));
        writeFileSync(input, document);
        const [place, , code] = fault.split(" ");
        await assert.rejects(
          studio.mixdown({ path: input, output, layout: "s24", dither: "none" }),
          ({ message }: Error) =>
            message.includes(`senseless.mix.json:${place}: error: `) && message.endsWith(`[${code}]`),
        );
      }
      const long = track(`"automation": { "fader": [${many((i) => -6 - (i % 7))}] }`);
      writeFileSync(path("senseless.mix.json"), long);
      const [input, output] = [path("senseless.mix.json"), path("long.wav")];
      const { overview } = await studio.mixdown({ path: input, output, layout: "f32", dither: "none" });
      assert.equal(overview.duration, 2);
    });
    assert.deepEqual(readdirSync(folder).sort(), [...entries, "senseless.mix.json", "long.wav"].sort());
  });

  it("bad: errors refuse the render before anything is written, each with its line", async () => {
    const clips = ['{ "file": "gone.wav" }', '{ "file": "text.wav" }', '{ "file": "a.flac", "offset": 9 }'];
    writeFileSync(path("bad.mix.json"), session(...clips));
    const output = path("bad.wav");
    await assert.rejects(
      withStudio(undefined, (studio) =>
        studio.mixdown({ path: path("bad.mix.json"), output, layout: "s24", dither: "none" }),
      ),
      (error: Error) => {
        const lines = error.message.split("\n");
        assert.equal(lines.length, 3);
        assert.match(
          lines[0]!,
          /bad\.mix\.json:2:11: error: There is no file "gone\.wav" .* \[file-missing\]$/,
        );
        assert.match(lines[1]!, /:3:11: error: "text\.wav" cannot be played: .* \[file-unreadable\]$/);
        assert.match(lines[2]!, /:4:31: error: The clip starts 9 s into "a\.flac", which is 2 s long/);
        return true;
      },
    );
    assert.equal(existsSync(output), false);
  });
});
