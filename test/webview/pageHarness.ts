/** A custom editor's page in a Chromium, with a host that is made up and runs in the page itself. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as esbuild from "esbuild";
import type { Browser, Page } from "playwright-core";
import { launchBrowser } from "../host/browser.mjs";
import { themePage, type PageTheme } from "./themes.mjs";

/** Answered by the harness itself; nothing goes out. */
const ADDRESS = "https://headroom.test/";

export interface PageOptions {
  readonly theme?: PageTheme;
  readonly width?: number;
  readonly height?: number;
}

export class PageHarness {
  readonly #browser: Browser;
  readonly #program: string;
  readonly #host: string;
  /** What went wrong in the pages. */
  readonly faults: string[] = [];

  protected constructor(browser: Browser, program: string, host: string) {
    this.#browser = browser;
    this.#program = program;
    this.#host = host;
  }

  /** @returns the program of a made-up host: it notes in `window.asked` what the page asks for */
  protected static async bundle(host: string): Promise<string> {
    const { outputFiles } = await esbuild.build({
      ...{ entryPoints: [host], bundle: true, write: false, format: "iife" },
      ...{ platform: "browser", target: "es2022", mainFields: ["module", "main"] },
    });
    return outputFiles[0]!.text;
  }

  protected static launch(): Promise<Browser> {
    return launchBrowser();
  }

  /** @param material properties of `window` for the host */
  protected async show(
    { theme = "dark", width = 1440, height = 900 }: PageOptions,
    material: object,
  ): Promise<Page> {
    const page = await this.#browser.newPage({ viewport: { width, height } });
    page.on("pageerror", (error) => this.faults.push(error.message));
    page.on("console", (message) => {
      if (message.type() === "error") this.faults.push(message.text());
    });
    const { bodyClass, style } = themePage(theme);
    const root = join("dist", "webview");
    const program = readFileSync(join(root, `${this.#program}.js`), "utf8");
    const scripts = [`Object.assign(window, ${JSON.stringify(material)})`, this.#host, program].map(
      (text) => `<script>${text.replaceAll("</script", "<\\/script")}</script>`,
    );
    const body =
      `<!DOCTYPE html><html lang="en" style="${style}"><head><meta charset="utf-8"><title>Audio</title>` +
      `<style>${readFileSync(join(root, `${this.#program}.css`), "utf8")}</style></head>` +
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
