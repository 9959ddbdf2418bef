// @ts-check
/**
 * A VS Code workbench to look at and to operate from outside: Headroom as it is built in `dist/`, on a folder, in a
 * Chromium that Playwright drives. Tests of the user interface and `screenshot.mjs` use it.
 */
import { existsSync } from "node:fs";
import { launchBrowser } from "./browser.mjs";
import { calmSettings } from "./calmSettings.mjs";
import { startCodeServer } from "./codeServer.mjs";

const START_SECONDS = 60;
const FRAME_SECONDS = 20;

/**
 * @typedef {object} WorkbenchOptions
 * @property {import("./calmSettings.mjs").Theme} [theme] default: dark
 * @property {number} [width] of the window, CSS pixels; default 1440
 * @property {number} [height] of the window, CSS pixels; default 900
 * @property {Record<string, unknown>} [settings] the user's settings, on top of the calm ones
 */

/**
 * Opens a workbench on `folder` and waits until the extension's commands are there: a file that is opened earlier
 * ends up in the text editor. Call `close` at the end.
 * @param {string} folder absolute path
 * @param {WorkbenchOptions} [options]
 * @returns {Promise<Workbench>}
 */
export async function openWorkbench(folder, options = {}) {
  const server = await startCodeServer({ ...calmSettings(options.theme), ...options.settings });
  const browser = await launchBrowser();
  const close = async () => {
    await browser.close();
    server.stop();
  };
  try {
    const viewport = { width: options.width ?? 1440, height: options.height ?? 900 };
    const page = await browser.newPage({ viewport });
    await page.goto(server.address(folder));
    const workbench = new Workbench(page, close);
    await workbench.waitForExtension();
    return workbench;
  } catch (error) {
    await close();
    throw error;
  }
}

export class Workbench {
  /**
   * @param {import("playwright-core").Page} page
   * @param {() => Promise<void>} close ends browser and server
   */
  constructor(page, close) {
    this.page = page;
    this.close = close;
  }

  /** Waits until the palette knows a command of the extension. */
  async waitForExtension() {
    await this.page.waitForSelector(".monaco-workbench .statusbar", { timeout: START_SECONDS * 1000 });
    const deadline = Date.now() + START_SECONDS * 1000;
    while (Date.now() < deadline) {
      await this.#type("F1", ">Headroom:");
      const row = this.page.locator(".quick-input-list .monaco-list-row", { hasText: "Headroom:" });
      const isThere = await row
        .first()
        .waitFor({ timeout: 1000 })
        .then(
          () => true,
          () => false,
        );
      await this.page.keyboard.press("Escape");
      if (isThere) return;
    }
    throw new Error("The extension's commands do not appear in the palette.");
  }

  /**
   * Runs a command as a person would, from the palette.
   * @param {string} title with its category, such as `Headroom: Master Album`
   */
  async runCommand(title) {
    await this.#choose("F1", `>${title}`, title);
  }

  /**
   * Opens a file in the editor that VS Code chooses for it.
   * @param {string} file absolute path
   */
  async openFile(file) {
    const name = file.slice(file.lastIndexOf("/") + 1);
    await this.#choose("Control+P", file, name);
    await this.page.locator(".tab.active", { hasText: name }).first().waitFor();
  }

  /** Closes the window, in which a custom editor has unsaved edits, and opens it again. */
  async reload() {
    await this.#waitForBackup();
    await this.page.evaluate(() => document.body.classList.add("before-reload"));
    await this.runCommand("Developer: Reload Window");
    await this.page.waitForSelector("body:not(.before-reload) .monaco-workbench .statusbar");
  }

  /** Waits until VS Code would find the backup again: in a browser it stores what is open every few seconds only. */
  async #waitForBackup() {
    const deadline = Date.now() + START_SECONDS * 1000;
    while (Date.now() < deadline) {
      const backup = /backupId[\\":]+(file:[^"\\]+)/.exec(await this.page.evaluate(storedEditors))?.[1];
      if (backup !== undefined && existsSync(new URL(backup))) return;
      await this.page.waitForTimeout(100);
    }
    throw new Error("VS Code does not back up the edits.");
  }

  /**
   * The document of the visible webview: the inner of two nested frames. In a loaded browser VS Code's own frame of a
   * webview now and then never reports that it is ready; then all webviews are loaded again, once.
   * @returns {Promise<import("playwright-core").Frame>}
   */
  async webviewFrame() {
    try {
      return await this.#innerFrame();
    } catch {
      await this.runCommand("Developer: Reload Webviews");
    }
    try {
      return await this.#innerFrame();
    } catch (error) {
      const shown = await this.page.locator(".editor-group-container.active").innerText();
      throw new Error(`Workbench: no webview appears; the active editor shows "${shown}"`, { cause: error });
    }
  }

  async #innerFrame() {
    const outer = await this.#frameOf(this.page, "iframe.webview.ready:visible");
    return this.#frameOf(outer, "iframe#active-frame");
  }

  /** @param {string} file PNG to write */
  async screenshot(file) {
    await this.page.screenshot({ path: file });
  }

  /**
   * @param {string} key opens a quick input
   * @param {string} text to type into it, over what is there
   */
  async #type(key, text) {
    await this.page.keyboard.press(key);
    await this.page.locator(".quick-input-widget input").first().fill(text, { timeout: 5000 });
  }

  /**
   * Takes a row of a quick input. An editor that has just opened may take the focus, which closes the input: then it
   * is opened again.
   * @param {string} key opens the quick input
   * @param {string} text to type into it
   * @param {string} row part of the row to take
   */
  async #choose(key, text, row) {
    const rows = this.page.locator(".quick-input-list .monaco-list-row", { hasText: row });
    for (let attempts = 4; ; attempts--) {
      try {
        await this.#type(key, text);
        await rows.first().waitFor({ timeout: attempts > 1 ? 10_000 : 30_000 });
        await this.page.keyboard.press("Enter");
        return;
      } catch (error) {
        if (attempts === 1) throw error;
      }
    }
  }

  /**
   * @param {import("playwright-core").Page | import("playwright-core").Frame} parent
   * @param {string} selector
   */
  async #frameOf(parent, selector) {
    const element = await parent.waitForSelector(selector, {
      state: "attached",
      timeout: FRAME_SECONDS * 1000,
    });
    const frame = await element.contentFrame();
    if (!frame) throw new Error(`Workbench: ${selector} has no document`);
    return frame;
  }
}

/** In the page: what VS Code has stored of the open editors. */
async function storedEditors() {
  /** @type {<T>(request: IDBRequest<T>) => Promise<T>} */
  const done = (request) =>
    new Promise((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
  let stored = "";
  for (const { name } of await indexedDB.databases()) {
    if (!name?.startsWith("vscode-web-state-db")) continue;
    const database = await done(indexedDB.open(name));
    const items = database.transaction("ItemTable").objectStore("ItemTable");
    stored += await done(items.get("memento/workbench.parts.editor"));
    database.close();
  }
  return stored;
}
