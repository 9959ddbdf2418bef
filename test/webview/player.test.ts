/** The player as a page runs it, in a headless Chromium. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { join } from "node:path";
import { after, afterEach, before, describe, it } from "node:test";
import type { Browser, Page } from "playwright-core";
import { ROOT } from "../../.ci/setup.mjs";
import { launchBrowser } from "../host/browser.mjs";

/** What a view's page allows (src/host/editors/webviewPage.ts), with the test's own address for the program. */
const POLICY = "default-src 'none'; script-src 'self' blob: 'wasm-unsafe-eval'; style-src 'self'";
const FILES: Readonly<Record<string, string>> = { "/page.js": "text/javascript", "/page.css": "text/css" };
const PAGE =
  '<!DOCTYPE html><title>Player</title><link rel="stylesheet" href="/page.css"><body><script src="/page.js"></script>';

describe("player in Chromium", () => {
  let browser: Browser;
  let server: Server;
  let address: string;
  let page: Page;

  before(async () => {
    server = createServer((request, response) => {
      const type = FILES[request.url ?? "/"];
      response.setHeader("content-type", type ?? "text/html").setHeader("content-security-policy", POLICY);
      response.end(
        type === undefined
          ? PAGE
          : readFileSync(join(ROOT, "dist/test/webview", `playerP${request.url!.slice(2)}`)),
      );
    });
    await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
    const place = server.address();
    assert.ok(place !== null && typeof place === "object");
    address = `http://127.0.0.1:${place.port}/`;
    browser = await launchBrowser();
    page = await openPage(browser);
  });

  after(async () => {
    await browser.close();
    server.close();
  });

  afterEach(() => page.evaluate(() => window.player.close()));

  async function openPage(browser: Browser): Promise<Page> {
    const opened = await browser.newPage();
    opened.on("pageerror", (error) => assert.fail(error));
    await opened.goto(address);
    return opened;
  }

  const states = () => page.evaluate(() => window.reports.map(({ state }) => state));
  const waitFor = (state: string) =>
    page.waitForFunction((wanted) => window.reports.at(-1)?.state === wanted, state);
  const captured = () => page.evaluate(() => window.captured());
  const heard = (frames: number) =>
    page.waitForFunction((wanted) => window.captured().length >= wanted, frames, { polling: 100 });

  it("gives out the samples of the audio, all of them, exactly, at its own rate", async () => {
    for (const rate of [44_100, 48_000, 96_000]) {
      await page.evaluate((sampleRate) => {
        window.startPlayer(sampleRate, 2, 60_000);
        window.player.play(0);
      }, rate);
      await waitFor("stopped");
      await heard(60_000);
      assert.deepEqual(
        await captured(),
        Array.from({ length: 60_000 }, (_, frame) => frame),
      );
      assert.deepEqual(await states(), ["buffering", "playing", "stopped"]);
      assert.equal(await page.evaluate(() => window.player.position), 60_000);
      await page.evaluate(() => window.player.close());
    }
  });

  it("loops exactly, follows a seek, and pauses where it is", async () => {
    await page.evaluate(() => {
      window.startPlayer(48_000, 2, 480_000);
      window.player.play(100_000, { start: 90_001, end: 101_234 }, true);
    });
    await heard(40_000);
    const looped = (await captured()).slice(0, 40_000);
    looped.forEach((frame, i) => assert.equal(frame, 90_001 + ((9_999 + i) % 11_233)));

    await page.evaluate(() => window.player.seek(300_000));
    await page.waitForFunction(() => window.captured().includes(310_000), undefined, { polling: 100 });
    const position = await page.evaluate(() => {
      window.player.pause();
      return window.player.position;
    });
    const frames = await captured();
    const from = frames.indexOf(300_000);
    assert.deepEqual(
      frames.slice(from, from + 10_000),
      Array.from({ length: 10_000 }, (_, i) => 300_000 + i),
    );
    assert.ok(position > 300_000 && position < 300_000 + frames.length - from + 4800, `${position}`);
    assert.equal((await states()).at(-1), "stopped");
    assert.match(await page.evaluate(() => window.bridge.text), /^Meters\. Left: peak .*LUFS/);
  });

  it("shows that sound is late, and loses none of it", async () => {
    await page.evaluate(() => {
      window.startPlayer(48_000, 2, 200_000);
      window.player.play(0);
    });
    await heard(10_000);
    await page.evaluate(() => (window.delay = 1800));
    await waitFor("stopped");
    await heard(200_000);
    assert.deepEqual(
      await captured(),
      Array.from({ length: 200_000 }, (_, frame) => frame),
    );
    const reports = await page.evaluate(() => window.reports);
    assert.ok(reports.some(({ state, underruns }) => state === "buffering" && underruns > 0));
  });

  it("says why there is no sound", async () => {
    await page.evaluate(() => {
      window.startPlayer(48_000, 2, 200_000);
      window.isReadable = false;
      window.player.play(0);
    });
    await waitFor("failed");
    assert.equal(await page.evaluate(() => window.player.report.problem), "The file is gone.");
  });

  it("holds no more memory for much sound than for little", async () => {
    await page.evaluate(() => {
      window.startPlayer(48_000, 2, 16_000_000);
      window.player.setSpeed(4);
      window.player.setLoop(null, false);
      window.player.play(0);
    });
    const session = await page.context().newCDPSession(page);
    const heap = async (): Promise<number> => {
      await page.waitForTimeout(4000);
      await session.send("HeapProfiler.collectGarbage");
      return (await session.send("Runtime.getHeapUsage")).usedSize;
    };
    // What the test itself gathers is known: two channels of four bytes.
    const before = await heap();
    const gathered = (): Promise<number> => page.evaluate(() => window.captured().length);
    const first = await gathered();
    const after = await heap();
    const growth = after - before;
    assert.ok((await gathered()) - first > 100_000);
    assert.ok(growth < 4_000_000, `${growth} bytes more after 16 s of audio (1.5 MB a second were fetched)`);
  });

  it("asks for a click where the browser wants one, and starts with it", async () => {
    const strict = await launchBrowser(["--autoplay-policy=document-user-activation-required"]);
    try {
      // Whatever the test evaluates in the page would count as a gesture: the page begins by itself and tells its log.
      const quiet = await strict.newPage();
      const blocked = quiet.waitForEvent("console", (message) => message.text() === "blocked");
      await quiet.goto(`${address}?plays`);
      await blocked;
      const playing = quiet.waitForEvent("console", (message) => message.text() === "playing");
      await quiet.mouse.click(10, 10);
      await playing;
    } finally {
      await strict.close();
    }
  });
});
