/** The WAV editor's page in a Chromium, with a host that is made up. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as esbuild from "esbuild";
import type { Browser, Page } from "playwright-core";
import type { WavState } from "../../src/protocol/wavProtocol.js";
import { launchBrowser } from "../host/browser.mjs";
import type { FakeAudio } from "./fakeHost.js";
import { themePage, type PageTheme } from "./themes.mjs";

/** Answered by the harness itself; nothing goes out. */
const ADDRESS = "https://headroom.test/";

export interface HarnessOptions {
  readonly theme?: PageTheme;
  readonly width?: number;
  readonly height?: number;
  readonly audio?: FakeAudio;
  readonly state?: Partial<WavState>;
}

export class WavPageHarness {
  readonly #browser: Browser;
  readonly #host: string;
  /** What went wrong in the pages. */
  readonly faults: string[] = [];

  private constructor(browser: Browser, host: string) {
    this.#browser = browser;
    this.#host = host;
  }

  static async open(): Promise<WavPageHarness> {
    const { outputFiles } = await esbuild.build({
      ...{ entryPoints: ["test/webview/fakeHost.ts"], bundle: true, write: false, format: "iife" },
      ...{ platform: "browser", target: "es2022" },
    });
    return new WavPageHarness(await launchBrowser(), outputFiles[0]!.text);
  }

  /** A page that has drawn its first waveform, or says why it has none. */
  async page(options: HarnessOptions = {}): Promise<Page> {
    const { theme = "dark", width = 1440, height = 900, audio, state } = options;
    const page = await this.#browser.newPage({ viewport: { width, height } });
    page.on("pageerror", (error) => this.faults.push(error.message));
    page.on("console", (message) => {
      if (message.type() === "error") this.faults.push(message.text());
    });
    const { bodyClass, style } = themePage(theme);
    const root = join("dist", "webview");
    const material = JSON.stringify({ fakeAudio: audio, fakeState: state });
    const program = readFileSync(join(root, "wav.js"), "utf8");
    const scripts = [`Object.assign(window, ${material})`, this.#host, program].map(
      (text) => `<script>${text.replaceAll("</script", "<\\/script")}</script>`,
    );
    const body =
      `<!DOCTYPE html><html lang="en" style="${style}"><head><meta charset="utf-8"><title>Audio</title>` +
      `<style>${readFileSync(join(root, "wav.css"), "utf8")}</style></head>` +
      `<body class="${bodyClass}"><main id="view" aria-busy="true"></main>${scripts.join("")}</body></html>`;
    // Sound needs a page of a secure origin.
    await page.route(`${ADDRESS}*`, (route) => route.fulfill({ contentType: "text/html", body }));
    await page.goto(ADDRESS);
    await page.waitForSelector("#view:not([aria-busy])");
    await page.waitForTimeout(300);
    return page;
  }

  close(): Promise<void> {
    return this.#browser.close();
  }
}

/** What the page has asked its host for, but peaks and sound. */
export function asked(page: Page): Promise<[name: string, params: unknown][]> {
  return page.evaluate(() => (window as unknown as { asked: [string, unknown][] }).asked);
}
