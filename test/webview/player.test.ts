/** The player as a page runs it, in a headless Chromium. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import type { Browser, Page } from "playwright-core";
import { ROOT } from "../../.ci/setup.mjs";
import { launchBrowser } from "../host/browser.mjs";

const POLICY = "default-src 'none'; script-src 'self' blob: 'wasm-unsafe-eval'";
const PROGRAM = join(ROOT, "dist/test/webview/playerPage.js");

describe("player in Chromium", () => {
  let browser: Browser;
  let server: Server;
  let page: Page;

  before(async () => {
    browser = await launchBrowser();
    server = createServer((request, response) => {
      if (request.url === "/page.js") {
        response.setHeader("content-type", "text/javascript").end(readFileSync(PROGRAM));
        return;
      }
      response.setHeader("content-type", "text/html").setHeader("content-security-policy", POLICY);
      response.end('<!DOCTYPE html><title>Player</title><script src="/page.js"></script>');
    });
    await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
    page = await browser.newPage();
    page.on("pageerror", (error) => assert.fail(error));
    const address = server.address();
    assert.ok(address !== null && typeof address === "object");
    await page.goto(`http://127.0.0.1:${address.port}/`);
  });

  after(async () => {
    await browser.close();
    server.close();
  });

  const states = () => page.evaluate(() => window.reports.map(({ state }) => state));

  it("plays to the end under a strict policy, and says so", async () => {
    await page.evaluate(() => {
      window.startPlayer(48_000, 2, 24_000);
      window.player.play(0);
    });
    await page.waitForFunction(() => window.reports.at(-1)?.state === "stopped");
    assert.deepEqual(await states(), ["buffering", "playing", "stopped"]);
    assert.equal(await page.evaluate(() => window.player.position), 24_000);
    await page.evaluate(() => window.player.close());
  });
});
