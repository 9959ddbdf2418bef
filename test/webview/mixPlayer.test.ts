/** The mix player as a page runs it, in a headless Chromium. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { join } from "node:path";
import { after, afterEach, before, describe, it } from "node:test";
import type { Browser, Page } from "playwright-core";
import { ROOT } from "../../.ci/setup.mjs";
import { openAudioFile } from "../../src/audio/openAudioFile.js";
import type { MixPlan } from "../../src/engine/mixPlan.js";
import { packLevels } from "../../src/protocol/levels.js";
import type { Playable } from "../../src/protocol/mixProtocol.js";
import { noise } from "../dsp/processorBench.js";
import { filesOf } from "../engine/live/liveBench.js";
import { RATE, SessionBench } from "../engine/sessionBench.js";
import { launchBrowser } from "../host/browser.mjs";

const POLICY =
  "default-src 'none'; script-src 'self' blob: 'wasm-unsafe-eval'; style-src 'self'; connect-src 'self'";
const PAGE =
  '<!DOCTYPE html><title>Mix player</title><link rel="stylesheet" href="/page.css"><body><script src="/page.js"></script>';
/** Seconds that are compared with the render. */
const SECONDS = 10;

/** Several tracks, resampled clips, fades, automation, a reverb bus, a limiter. */
const SESSION = {
  tracks: [
    {
      id: "drums",
      clips: [
        { file: "mono.wav", length: 6, fadeIn: { length: 0.2, shape: "sCurve" } },
        { file: "mono.wav", start: 5.5, gain: -3 },
      ],
      inserts: [{ type: "compressor", threshold: -30, ratio: 4, lookahead: 1 }],
      sends: [{ to: "room", level: -8 }],
      pan: -0.4,
    },
    {
      id: "keys",
      clips: [{ file: "pair.wav", start: 0.25, loop: 4, fadeOut: { length: 1 } }],
      automation: {
        fader: [
          [0, -20],
          [4, 0, "smooth"],
          [8, "-inf"],
        ],
        pan: [
          [1, -1],
          [6, 1],
        ],
      },
      sends: [{ to: "room", level: "-inf" }],
    },
    { id: "muted", clips: [{ file: "mono.wav" }], mute: true },
  ],
  buses: [{ id: "room", inserts: [{ type: "reverb", decay: 1.2, mix: 100 }] }],
  master: { inserts: [{ type: "limiter", ceiling: -3 }], fader: -1 },
};

describe("mix player in Chromium", () => {
  const bench = new SessionBench();
  let browser: Browser;
  let server: Server;
  let page: Page;
  /** What the host renders, where it does. */
  let rendered: { left: Float32Array; right: Float32Array };

  before(async () => {
    const { left, right } = noise(8 * RATE, 3);
    bench.write("mono.wav", [left]);
    bench.write("pair.wav", [left.subarray(0, 100_000), right.subarray(0, 100_000)], 44_100);
    bench.write("ones.wav", [new Float32Array(20 * RATE).fill(0.25)]);
    server = createServer((request, response) => {
      const url = new URL(request.url ?? "/", "http://127.0.0.1");
      response
        .setHeader("content-security-policy", POLICY)
        .end(answer(url, (type) => response.setHeader("content-type", type)));
    });
    await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
    const place = server.address();
    assert.ok(place !== null && typeof place === "object");
    browser = await launchBrowser();
    page = await browser.newPage();
    page.on("pageerror", (error) => assert.fail(error));
    await page.goto(`http://127.0.0.1:${place.port}/`);
  });

  after(async () => {
    await browser.close();
    server.close();
    bench.remove();
  });

  afterEach(() => page.evaluate(() => window.mixPlayer.close()));

  function answer(url: URL, setType: (type: string) => void): string | Uint8Array {
    const number = (name: string): number => Number(url.searchParams.get(name));
    switch (url.pathname) {
      case "/page.js":
      case "/page.css":
        setType(url.pathname.endsWith(".js") ? "text/javascript" : "text/css");
        return readFileSync(join(ROOT, "dist/test/webview", `mixPlayerP${url.pathname.slice(2)}`));
      case "/sound": {
        const file = openAudioFile(url.searchParams.get("path")!);
        const bytes = new Uint8Array(number("count") * file.pcm.frameBytes);
        const frames = file.readFrames(number("start"), number("count"), bytes);
        file.close();
        return bytes.subarray(0, frames * file.pcm.frameBytes);
      }
      case "/rendered": {
        const [start, end] = [number("start"), number("start") + number("count")];
        const sides = [rendered.left.slice(start, end), rendered.right.slice(start, end)];
        return Buffer.concat(sides.map((side) => new Uint8Array(side.buffer)));
      }
      default:
        setType("text/html");
        return PAGE;
    }
  }

  const playable = (plan: MixPlan, by: Playable["by"] = { place: "worklet" }): unknown =>
    packLevels({ plan, files: filesOf(plan), by });
  const open = (session: object) =>
    page.evaluate((packed) => window.openMix(packed), playable(bench.livePlan(session)));
  const waitFor = (state: string) =>
    page.waitForFunction((wanted) => window.mixReports.at(-1)?.state === wanted, state);
  const heard = (frames: number) =>
    page.waitForFunction((wanted) => window.heardFrames() >= wanted, frames, {
      polling: 100,
      timeout: 60_000,
    });
  const samples = async (): Promise<Float32Array> =>
    new Float32Array(
      Uint8Array.from(Buffer.from(await page.evaluate(() => window.heardMix()), "base64")).buffer,
    );

  it("gives 10 s of a session bit for bit as the render does", async () => {
    const frames = SECONDS * RATE;
    const expected = bench.render(SESSION, frames);
    const first = expected.left.findIndex((sample, i) => sample !== 0 || expected.right[i] !== 0);
    await open(SESSION);
    await page.evaluate(() => window.mixPlayer.play(0, null, false));
    await heard(frames + 4096);
    const actual = await samples();
    assert.equal(await page.evaluate(() => window.mixPlayer.report.underruns), 0);
    for (let i = 0; i < frames - first; i++) {
      const [left, right] = [actual[2 * i], actual[2 * i + 1]];
      if (left === expected.left[first + i] && right === expected.right[first + i]) continue;
      assert.fail(
        `frame ${first + i}: ${left}, ${right} instead of ${expected.left[first + i]}, ${expected.right[first + i]}`,
      );
    }
  });

  /** Seconds from a fader's move, as the page has heard so far, to the silence that follows. */
  const delayOfSilence = async (): Promise<number> => {
    const moved = await page.evaluate(() => {
      const before = window.heardFrames();
      window.mixPlayer.move("a", "fader", -Infinity);
      return before;
    });
    await heard(moved + RATE / 4);
    const silent = (await samples()).findIndex((sample, i) => i > 2 * moved && sample === 0) / 2;
    assert.ok(silent > 0);
    return (silent - moved) / RATE;
  };

  it("lets a moved fader be heard within 30 ms, a mute and an insert too, and shows meters", async () => {
    await open({
      panLaw: 0,
      tracks: [
        {
          id: "a",
          clips: [{ file: "ones.wav" }],
          inserts: [{ type: "compressor", threshold: -30, ratio: 4 }],
        },
      ],
    });
    await page.evaluate(() => window.mixPlayer.play(0, null, false));
    await heard(RATE / 2);
    const meters = await page.evaluate(() => {
      const last = window.mixMeters.at(-1);
      return {
        channels: last.channels,
        peak: last.peaks[0],
        reduction: last.reductions[0]![0],
        momentary: last.momentary,
      };
    });
    assert.deepEqual(meters.channels, ["a", "master"]);
    assert.ok(meters.peak! > 0.02 && meters.peak! < 0.2 && meters.reduction! < -6, JSON.stringify(meters));
    // What the worklet has sent and the page has not yet taken in is counted too; a busy machine makes that longer,
    // so the shortest of a few counts.
    const delays: number[] = [];
    while (delays.length < 3 && !delays.some((delay) => delay < 0.06)) {
      delays.push(await delayOfSilence());
      await page.evaluate(() => window.mixPlayer.move("a", "fader", 0));
      await heard((await page.evaluate(() => window.heardFrames())) + RATE / 4);
    }
    assert.ok(Math.min(...delays) < 0.06, `${delays.join(", ")} s`);
  });

  it("goes on after late sound, loops, seeks, and says why there is none", async () => {
    await open({ tracks: [{ id: "a", clips: [{ file: "ones.wav", loop: 3 }] }] });
    await page.evaluate(() => {
      window.mixPlayer.play(0, null, false);
    });
    await heard(RATE / 4);
    await page.evaluate(() => {
      window.mixDelay = 1500;
      window.mixPlayer.seek(20 * 48_000);
    });
    await waitFor("buffering");
    await waitFor("playing");
    const position = await page.evaluate(() => window.mixPlayer.position);
    assert.ok(position >= 20 * RATE - 1 && position < 22 * RATE, `${position}`);
    await page.evaluate(() => {
      window.mixDelay = 0;
      window.mixPlayer.setLoop({ start: 960_000, end: 984_000 }, true);
      window.mixPlayer.seek(970_000);
    });
    await page.waitForTimeout(1500);
    const looped = await page.evaluate(() => window.mixPlayer.position);
    assert.ok(looped >= 960_000 && looped < 984_000, `${looped}`);
    await page.evaluate(() => {
      window.isMixReadable = false;
      window.mixPlayer.play(300_000, null, false);
    });
    await waitFor("failed");
    assert.equal(await page.evaluate(() => window.mixPlayer.report.problem), "The file is gone.");
  });

  it("says what cannot be played, and plays again once it can", async () => {
    const tracks = (inserts: readonly object[]) => ({
      tracks: [{ id: "a", clips: [{ file: "ones.wav" }], inserts }],
    });
    const convolution = { type: "convolution", file: "three.wav" };
    bench.write(
      "three.wav",
      [1, 2, 3].map(() => new Float32Array(4800).fill(0.1)),
    );
    await open(tracks([convolution]));
    await page.evaluate(() => window.mixPlayer.play(0, null, false));
    await waitFor("failed");
    assert.match(
      await page.evaluate(() => window.mixPlayer.report.problem ?? ""),
      /three\.wav: it has 3 audio channels/,
    );
    await page.evaluate(
      (packed) => {
        window.setPlayable(packed);
        window.mixPlayer.play(0, null, false);
      },
      playable(bench.livePlan(tracks([]))),
    );
    await waitFor("playing");
    // Another structure while it plays.
    await page.evaluate(
      (packed) => window.setPlayable(packed),
      playable(bench.livePlan(tracks([{ type: "gain", gain: -20 }]))),
    );
    await page.waitForFunction(() => {
      const { peaks } = window.mixMeters.at(-1);
      return peaks[0]! > 0 && peaks[0]! < 0.03;
    });
    assert.equal(await page.evaluate(() => window.mixPlayer.report.underruns), 0);
    assert.ok(await page.evaluate(() => window.mixMeters.at(-1).load < 1));
  });

  it("tells once that a session is too heavy for it", async () => {
    const inserts = Array.from({ length: 24 }, () => ({ type: "saturator", drive: 6 }));
    const clips = [{ file: "pair.wav", loop: 40 }];
    await open({ tracks: Array.from({ length: 24 }, (_, track) => ({ id: `t${track}`, clips, inserts })) });
    await page.evaluate(() => window.mixPlayer.play(0, null, false));
    await page.waitForFunction(() => window.mixOverloads > 0, undefined, { timeout: 30_000 });
    assert.equal(await page.evaluate(() => window.mixOverloads), 1);
  });

  it("plays what the host renders where it does", async () => {
    const session = { tracks: [{ id: "a", clips: [{ file: "mono.wav", length: 1 }] }] };
    const plan = bench.livePlan(session);
    rendered = bench.render(session, plan.frames);
    await page.evaluate(
      (packed) => window.openMix(packed),
      playable(plan, { place: "host", reason: "A remote window" }),
    );
    await page.evaluate(() => {
      window.mixRefusals = 3;
      window.mixPlayer.play(0, null, false);
    });
    await waitFor("stopped");
    const actual = await samples();
    assert.equal(await page.evaluate(() => window.mixOverloads), 0);
    const first = rendered.left.findIndex((sample) => sample !== 0);
    for (let i = first; i < plan.frames; i++) assert.equal(actual[2 * (i - first)], rendered.left[i]);
  });
});
