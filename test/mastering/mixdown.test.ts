/** Mixdowns and stems of whole sessions: same bytes on every way, a cache that forgets nothing and mixes nothing up. */
import assert from "node:assert/strict";
import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { ROOT } from "../../.ci/setup.mjs";
import { openAudioFile } from "../../src/audio/openAudioFile.js";
import { WavWriter } from "../../src/audio/wavWriter.js";
import type { TimeRange } from "../../src/mastering/timeRange.js";
import type { MixdownResult } from "../../src/mastering/renderMixdown.js";
import type { ExportedStems } from "../../src/mastering/stems/exportStems.js";
import { Studio } from "../../src/mastering/studio.js";
import { seededRandom } from "../../src/units/random.js";

const RATE = 48000;
const FRAMES = Math.round(1.7 * RATE);

interface Fader {
  fader?: number;
}

/** A session with everything that makes rendering hard: latency, buses, sends, a side-chain, automation. */
function session({ fader = -6 }: Fader = {}): string {
  const highpass = {
    type: "eq",
    bands: [
      { type: "highpass", frequency: 80 },
      { type: "peak", frequency: 900, gain: 3 },
    ],
  };
  const late = { type: "compressor", threshold: -30, ratio: 4, lookahead: 5 };
  return JSON.stringify({
    headroom: 1,
    sampleRate: RATE,
    tracks: [
      {
        id: "Kick",
        clips: [{ file: "mono.wav" }],
        inserts: [highpass, late],
        fader,
        output: "drums",
        automation: {
          "inserts/0/bands/1/gain": [
            [0, -6],
            [1, 6],
          ],
        },
      },
      {
        id: "keys/left",
        clips: [{ file: "stereo.wav", start: 0.25, gain: -3 }],
        inserts: [highpass],
        pan: -0.4,
        sends: [{ to: "room", level: -9 }],
      },
      {
        id: "pad",
        clips: [{ file: "stereo.wav" }],
        inserts: [{ type: "compressor", threshold: -35, ratio: 6, sidechain: "Kick" }],
        fader: -9,
      },
      { id: "plain", clips: [{ file: "mono.wav", start: 0.5 }], pan: 0.7 },
      { id: "silent", clips: [{ file: "mono.wav" }], inserts: [highpass], mute: true },
    ],
    buses: [
      { id: "drums", inserts: [{ type: "eq", bands: [{ type: "highshelf", frequency: 5000, gain: 2 }] }] },
      { id: "room", inserts: [{ type: "eq", bands: [{ type: "lowpass", frequency: 3000 }] }], fader: -3 },
    ],
    master: { inserts: [{ type: "limiter", ceiling: -3 }], fader: -1 },
  });
}

let folder = "";
const path = (name: string): string => join(folder, name);

function writeNoise(name: string, channels: number, seed: number): void {
  const random = seededRandom(seed);
  const samples = Float32Array.from({ length: FRAMES * channels }, () => 0.6 * (random() - 0.5));
  const writer = WavWriter.create(path(name), { sampleRate: RATE, channels, layout: "f32" });
  writer.write(new Uint8Array(samples.buffer));
  writer.finish();
}

before(() => {
  folder = mkdtempSync(join(tmpdir(), "headroom-mixdown-"));
  writeNoise("mono.wav", 1, 1);
  writeNoise("stereo.wav", 2, 2);
  writeFileSync(path("song.mix.json"), session());
});
after(() => rmSync(folder, { recursive: true, force: true }));

async function withStudio<T>(
  options: { workers: number; cacheFolder?: string },
  work: (studio: Studio) => Promise<T>,
): Promise<T> {
  const studio = new Studio({ workerPath: join(ROOT, "dist", "worker.js"), ...options });
  try {
    return await work(studio);
  } finally {
    await studio.dispose();
  }
}

const FORMAT = { layout: "f32", dither: "none" } as const;

function mix(
  output: string,
  workers: number,
  cacheFolder?: string,
  name = "song.mix.json",
): Promise<MixdownResult> {
  return withStudio({ workers, ...(cacheFolder === undefined ? {} : { cacheFolder }) }, (studio) =>
    studio.mixdown({ path: path(name), output: path(output), ...FORMAT }),
  );
}

function stems(target: string, withSends: boolean, name: string): Promise<ExportedStems> {
  return withStudio({ workers: 2 }, (studio) =>
    studio.exportStems({ path: path(name), folder: path(target), withSends, ...FORMAT }),
  );
}

const bytes = (name: string): Buffer => readFileSync(path(name));

function pcm(name: string): Buffer<ArrayBuffer> {
  const file = openAudioFile(path(name));
  const read = Buffer.from(new ArrayBuffer(file.info.frames * file.pcm.frameBytes));
  file.readFrames(0, file.info.frames, read);
  file.close();
  return read;
}

const samples = (name: string): Float32Array => new Float32Array(pcm(name).buffer);

describe("a mixdown", () => {
  it("has the same bytes with 1, 2 and 8 workers, with a cold and a warm cache", async () => {
    await mix("one.wav", 1);
    await mix("two.wav", 2);
    await mix("eight.wav", 8);
    await mix("cold.wav", 1, path("cache"));
    await mix("warm.wav", 2, path("cache"));
    for (const other of ["two.wav", "eight.wav", "cold.wav", "warm.wav"])
      assert.ok(bytes(other).equals(bytes("one.wav")), other);
    assert.ok(samples("one.wav").some((sample) => Math.abs(sample) > 0.1));
  });

  it("gives of a range the very samples of the whole, dithered and at another rate, with its stems", async () => {
    const format = { path: path("song.mix.json"), layout: "s16", dither: "tpdf", sampleRate: 44100 } as const;
    const range = { from: 0.61, to: 1.2 };
    await withStudio({ workers: 2 }, async (studio) => {
      await studio.mixdown({ ...format, output: path("whole.wav") });
      await studio.mixdown({ ...format, output: path("part.wav"), range });
      await studio.mixdown({ ...format, output: path("rest.wav"), range: { from: 1.2 } });
      const stems = { ...format, withSends: false };
      const { stems: written } = await studio.exportStems({ ...stems, folder: path("whole") });
      await studio.exportStems({ ...stems, folder: path("part"), range });
      const from = Math.round(range.from * 44100) * 4;
      const to = Math.round(range.to * 44100) * 4;
      assert.ok(pcm("part.wav").equals(pcm("whole.wav").subarray(from, to)));
      assert.ok(pcm("part.wav").some((byte) => byte !== 0));
      assert.ok(pcm("rest.wav").equals(pcm("whole.wav").subarray(to)));
      for (const { file } of written)
        assert.ok(pcm(`part/${file}`).equals(pcm(`whole/${file}`).subarray(from, to)), file);
      for (const withSends of [false, true])
        await assert.rejects(
          studio.exportStems({ ...format, folder: path("beyond"), withSends, range: { from: 300, to: 301 } }),
          /beyond the end/,
        );
      assert.deepEqual(readdirSync(path("beyond")), []);
    });
  });

  it("refuses a range that is negative, out of order or beyond its end, and writes nothing", async () => {
    const refuse = (range: TimeRange, reason: RegExp): Promise<void> =>
      withStudio({ workers: 1 }, (studio) =>
        assert.rejects(
          studio.mixdown({ path: path("song.mix.json"), output: path("refused.wav"), ...FORMAT, range }),
          reason,
        ),
      );
    await refuse({ from: -1, to: 1 }, /starts at -1 s; choose 0 s or later/);
    await refuse({ from: 1, to: 0.5 }, /from 1 s to 0.5 s there is nothing/);
    await refuse({ from: 1, to: 500 }, /500 s is beyond the end of the mixdown, which is [\d.]+ s long/);
    await refuse({ from: 500 }, /500 s is beyond the end/);
    assert.ok(!existsSync(path("refused.wav")));
  });

  it("computes a track again when it, what drives it or its file has changed, and no other", async () => {
    const cache = join("cache", "render");
    const cached = (): string[] => readdirSync(path(cache)).filter((name) => name.endsWith(".wav"));
    const before = cached();
    // Kick, keys and pad: plain has no inserts, silent is not heard.
    assert.equal(before.length, 3);
    writeFileSync(path("fader.mix.json"), session({ fader: -3 }));
    await mix("fader.wav", 2, path("cache"), "fader.mix.json");
    assert.deepEqual(cached(), before);
    await mix("fader-live.wav", 1, undefined, "fader.mix.json");
    assert.ok(bytes("fader.wav").equals(bytes("fader-live.wav")));
    assert.ok(!bytes("fader.wav").equals(bytes("one.wav")));

    // The key of pad is the kick after its inserts.
    writeFileSync(
      path("kick.mix.json"),
      session().replace(
        '"frequency":900,"gain":3}]},{"type":"compressor"',
        '"frequency":950,"gain":3}]},{"type":"compressor"',
      ),
    );
    await mix("kick.wav", 2, path("cache"), "kick.mix.json");
    assert.equal(cached().length, before.length + 2);
    await mix("kick-live.wav", 1, undefined, "kick.mix.json");
    assert.ok(bytes("kick.wav").equals(bytes("kick-live.wav")));

    writeNoise("stereo.wav", 2, 3);
    utimesSync(path("stereo.wav"), new Date(), new Date(Date.now() + 5000));
    await mix("file.wav", 2, path("cache"));
    await mix("file-live.wav", 1);
    assert.ok(bytes("file.wav").equals(bytes("file-live.wav")));
    assert.ok(!bytes("file.wav").equals(bytes("one.wav")));
  });

  it("makes up for a damaged cache", async () => {
    const cache = path(join("cache", "render"));
    for (const name of readdirSync(cache)) writeFileSync(join(cache, name), "damaged");
    await mix("damaged.wav", 2, path("cache"));
    await mix("whole.wav", 1);
    assert.ok(bytes("damaged.wav").equals(bytes("whole.wav")));
  });

  it("empties the cache", async () => {
    const cleared = await withStudio({ workers: 1, cacheFolder: path("cache") }, (studio) =>
      studio.clearRenderCache(),
    );
    assert.ok(cleared > 0);
    assert.ok(!existsSync(path(join("cache", "render"))));
  });

  it("leaves nothing behind when it fails or is cancelled", async () => {
    const entries = readdirSync(folder).sort();
    writeFileSync(path("bad.mix.json"), session().replace("mono.wav", "none.wav"));
    await assert.rejects(mix("never.wav", 2, undefined, "bad.mix.json"), /none\.wav/);
    const cancelled = new AbortController();
    await assert.rejects(
      withStudio({ workers: 2 }, (studio) =>
        studio.mixdown(
          { path: path("song.mix.json"), output: path("never.wav"), ...FORMAT },
          { signal: cancelled.signal, onProgress: () => cancelled.abort(new Error("enough")) },
        ),
      ),
      /enough/,
    );
    assert.deepEqual(readdirSync(folder).sort(), [...entries, "bad.mix.json"].sort());
  });
});

describe("sums of tracks in the render cache", () => {
  /** Nine tracks into the master and a send, one of them automated, one loud, one late; a limiter. */
  function wide(change: Record<string, object> = {}): string {
    const inserts = [{ type: "eq", bands: [{ type: "highpass", frequency: 80 }] }];
    const late = [{ type: "compressor", threshold: -30, ratio: 4, lookahead: 5 }];
    const tracks = Array.from({ length: 9 }, (_, i) => ({
      id: `t${i}`,
      clips: [{ file: i % 2 === 0 ? "mono.wav" : "stereo.wav", start: i / 20 }],
      inserts: i === 3 ? late : inserts,
      sends: [{ to: "room", level: -3 - i, tap: i === 4 ? "pre" : "post" }],
      pan: (i - 4) / 5,
      fader: -12 - i,
      ...(i === 5
        ? {
            automation: {
              fader: [
                [0.2, -30],
                [1.1, -6],
              ],
            },
          }
        : {}),
      ...change[`t${i}`],
    }));
    const room = { id: "room", inserts: [{ type: "reverb", decay: 0.4 }] };
    return JSON.stringify({
      ...{ headroom: 1, sampleRate: RATE, tracks, buses: [room] },
      master: { inserts: [{ type: "limiter", ceiling: -6 }] },
    });
  }

  const cache = (): string => path(join("sums", "render"));
  const sumsOf = (): string[] => readdirSync(cache()).filter((name) => name.endsWith(".f64"));

  /** Mixes with the cache and without. @returns whether both have the same bytes */
  async function isSame(name: string, document: string, workers = 2): Promise<boolean> {
    writeFileSync(path("wide.mix.json"), document);
    await mix(`${name}.wav`, workers, path("sums"), "wide.mix.json");
    await mix(`${name}-live.wav`, 1, undefined, "wide.mix.json");
    return bytes(`${name}.wav`).equals(bytes(`${name}-live.wav`));
  }

  it("give the bytes of a mix without them, whatever has changed since", async () => {
    assert.ok(await isSame("wide", wide()));
    // Two sides of the master and of the room.
    assert.equal(sumsOf().length, 4);
    const changes: Record<string, object>[] = [
      { t2: { fader: -7.3 } },
      { t5: { pan: 0.31 } },
      {
        t3: { fader: -20 },
        t5: {
          automation: {
            pan: [
              [0, -1],
              [1, 1],
            ],
          },
        },
      },
      { t4: { sends: [] } },
      { t7: { inserts: [{ type: "eq", bands: [{ type: "highpass", frequency: 300 }] }] } },
    ];
    for (const [i, change] of changes.entries())
      assert.ok(await isSame(`wide-${i}`, wide(change), i === 0 ? 8 : 1), JSON.stringify(change));
    assert.ok(!bytes("wide-0.wav").equals(bytes("wide.wav")));
  });

  it("are what is heard of the other tracks when a fader has moved", async () => {
    await isSame("base", wide());
    // Silence of the right length in their place is heard.
    for (const name of sumsOf())
      writeFileSync(join(cache(), name), Buffer.alloc(statSync(join(cache(), name)).size));
    assert.ok(!(await isSame("silenced", wide({ t0: { fader: -9 } }))));
  });

  it("are made anew when they are damaged, or when the track that has changed is", async () => {
    for (const name of sumsOf()) writeFileSync(join(cache(), name), "damaged");
    assert.ok(await isSame("repaired", wide({ t0: { fader: -9 } })));
    const old = readdirSync(cache()).filter((name) => name.endsWith(".wav"));
    for (const name of old) writeFileSync(join(cache(), name), "damaged");
    assert.ok(await isSame("again", wide({ t0: { fader: -11 } })));
  });

  it("are not kept of a part, which may take those of the whole, and has its samples", async () => {
    const range = { from: 0.3, to: 1 };
    const part = async (name: string): Promise<boolean> => {
      const [input, output] = [path("wide.mix.json"), path(name)];
      await withStudio({ workers: 2, cacheFolder: path("sums") }, (studio) =>
        studio.mixdown({ path: input, output, range, ...FORMAT }),
      );
      const whole = pcm("parts-live.wav").subarray(range.from * RATE * 8, range.to * RATE * 8);
      return pcm(name).equals(whole);
    };
    await isSame("parts", wide({ t0: { fader: -11 } }));
    assert.equal(sumsOf().length, 4);
    assert.ok(await part("with-sums.wav"));
    const sums = readdirSync(cache()).filter((name) => /\.(f64|sums)$/.test(name));
    for (const name of sums) rmSync(join(cache(), name));
    assert.ok(await part("without-sums.wav"));
    assert.equal(sumsOf().length, 0);
    rmSync(cache(), { recursive: true });
    assert.ok(await part("cold.wav"));
    assert.deepEqual(existsSync(cache()) ? readdirSync(cache()) : [], []);
    assert.ok(await isSame("after-parts", wide({ t0: { fader: -11 } })));
  });

  it("are left alone where they might not be exact", async () => {
    rmSync(path("sums"), { recursive: true });
    const loud = Object.fromEntries(Array.from({ length: 9 }, (_, i) => [`t${i}`, { trim: 24, fader: 12 }]));
    assert.ok(await isSame("loud", wide(loud)));
    assert.equal(sumsOf().length, 0);
  });
});

describe("stems", () => {
  /** The master as it comes, so that the sum can be compared. */
  const withoutMaster = (): string =>
    JSON.stringify({ ...(JSON.parse(session()) as object), master: { inserts: [], fader: 0 } });

  function greatestDifference(mixdown: string, parts: readonly string[]): number {
    const sum = Float64Array.from(samples(mixdown));
    for (const part of parts) samples(part).forEach((sample, i) => (sum[i]! -= sample));
    return sum.reduce((most, each) => Math.max(most, Math.abs(each)), 0);
  }

  it("add up to the mixdown before the master, to -120 dBFS", async () => {
    writeFileSync(path("flat.mix.json"), withoutMaster());
    await mix("flat.wav", 1, undefined, "flat.mix.json");
    const { stems: written } = await stems("stems", false, "flat.mix.json");
    assert.deepEqual(
      written.map(({ file, kind, isPartOfSum }) => [file, kind, isPartOfSum]),
      [
        ["Kick.wav", "track", false],
        ["keys-left.wav", "track", true],
        ["pad.wav", "track", true],
        ["plain.wav", "track", true],
        ["drums.wav", "bus", true],
        ["room.wav", "bus", true],
      ],
    );
    const parts = written.filter(({ isPartOfSum }) => isPartOfSum).map(({ file }) => join("stems", file));
    assert.ok(greatestDifference("flat.wav", parts) < 1e-6);
    assert.deepEqual(readdirSync(path("stems")).sort(), written.map(({ file }) => file).sort());
  });

  it("with their buses and returns add up as well, where the buses are linear", async () => {
    const { stems: written } = await stems("wet", true, "flat.mix.json");
    assert.deepEqual(
      written.map(({ file }) => file),
      ["Kick.wav", "keys-left.wav", "pad.wav", "plain.wav"],
    );
    assert.ok(
      greatestDifference(
        "flat.wav",
        written.map(({ file }) => join("wet", file)),
      ) < 1e-6,
    );
    assert.ok(greatestDifference(join("wet", "keys-left.wav"), [join("stems", "keys-left.wav")]) > 1e-3);
  });

  it("keep the time of the mixdown where the master is late", async () => {
    const { stems: written } = await stems("late", false, "song.mix.json");
    for (const { file } of written)
      assert.ok(greatestDifference(join("late", file), [join("stems", file)]) < 1e-6, file);
  });
});
