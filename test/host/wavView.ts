/** The audio editor's page as a person sees and operates it. */
import type { Frame, Locator } from "playwright-core";
import type { Workbench } from "./workbench.mjs";

/** How much of a column of pixels is painted, and where. */
export interface PaintedColumn {
  /** Share of the canvas's height. */
  readonly painted: number;
  /** Place of the brightest pixel, as a share of the height from the bottom. */
  readonly brightest: number;
}

export class WavView {
  readonly frame: Frame;
  readonly #workbench: Workbench;

  private constructor(workbench: Workbench, frame: Frame) {
    this.#workbench = workbench;
    this.frame = frame;
  }

  /** Of the active editor, once its page is there. */
  static async of(workbench: Workbench): Promise<WavView> {
    const frame = await workbench.webviewFrame();
    await frame.locator("main.wav").waitFor({ state: "attached" });
    return new WavView(workbench, frame);
  }

  /** Waits until the file is open or refused. @returns what is to be seen of it */
  async outcome(): Promise<{ hasAudio: boolean; sentence: string | null; notices: string[] }> {
    const result = await this.frame.waitForFunction(() => {
      const sentence =
        document.querySelector<HTMLElement>(".placeholder:not([hidden]) p")?.textContent ?? null;
      if (sentence !== null && /^(Opening|Decoding) /.test(sentence)) return null;
      const canvas = document.querySelector<HTMLCanvasElement>(".channels .lane canvas.wave");
      const hasAudio = sentence === null && (canvas?.clientWidth ?? 0) > 0;
      const notices = [...document.querySelectorAll(".messages .banner")].map(
        (each) => each.textContent ?? "",
      );
      return sentence !== null || hasAudio ? { hasAudio, sentence, notices } : null;
    });
    const outcome = await result.jsonValue();
    if (!outcome) throw new Error("Nothing is to be seen.");
    return outcome;
  }

  /** Text of a field of the status line: `Start`, `End`, `Length`. */
  field(name: string): Promise<string> {
    return this.frame.locator(`.status input[aria-label="${name}"]`).inputValue();
  }

  /** Seconds that a field of the status line shows. */
  async seconds(name: string): Promise<number> {
    const parts = (await this.field(name)).split(":").map(Number);
    return parts.reduce((sum, part) => sum * 60 + part, 0);
  }

  /** Samples in a pixel, as the status line says. */
  async zoom(): Promise<number> {
    const text = await this.frame.locator(".status .zoom").innerText();
    return Number(/^([\d.]+) samples\/px$/.exec(text)?.[1]);
  }

  tool(name: string): Locator {
    return this.frame.locator(`.toolbar button[aria-label^="${name}"]`);
  }

  /** Presses keys while the lanes have the focus. */
  async press(keys: string): Promise<void> {
    await this.frame.locator(".lanes").focus();
    await this.#workbench.page.keyboard.press(keys);
  }

  /** Drags over the lanes. @param from,to shares of their width */
  async drag(from: number, to: number): Promise<void> {
    const { mouse } = this.#workbench.page;
    const box = await this.frame.locator(".pointer-area").boundingBox();
    if (!box) throw new Error("The lanes are not in sight.");
    const y = box.y + box.height / 2;
    await mouse.move(box.x + from * box.width, y);
    await mouse.down();
    await mouse.move(box.x + ((from + to) / 2) * box.width, y, { steps: 4 });
    await mouse.move(box.x + to * box.width, y, { steps: 4 });
    await mouse.up();
  }

  /** CSS pixels from the left edge of the lanes to the line that shows what is heard. */
  playhead(): Promise<number> {
    return this.frame.evaluate(() => {
      const line = document.querySelector<HTMLElement>(".overlay .playhead");
      return line && !line.hidden ? new DOMMatrix(getComputedStyle(line).transform).e : NaN;
    });
  }

  /**
   * What is painted in a canvas of the first channel.
   * @param canvas class
   * @param columns that are looked at, evenly spread
   */
  painted(canvas: "wave" | "spectrum", columns: number): Promise<PaintedColumn[]> {
    return this.frame.evaluate(
      ([name, count]) => {
        const picture = document.querySelector<HTMLCanvasElement>(`.channels .lane canvas.${name}`);
        const { width = 0, height = 0 } = picture ?? {};
        const context = picture?.getContext("2d");
        if (!context || width === 0 || height === 0) return [];
        return Array.from({ length: count }, (_, i) => {
          const x = Math.floor(((i + 0.5) * width) / count);
          const { data } = context.getImageData(x, 0, 1, height);
          const rows = Array.from({ length: height }, (__, y) => y);
          const light = (y: number): number => data[y * 4]! + data[y * 4 + 1]! + data[y * 4 + 2]!;
          const filled = rows.filter((y) => data[y * 4 + 3]! > 0);
          const top = filled.reduce((best, y) => (light(y) > light(best) ? y : best), filled[0] ?? 0);
          return { painted: filled.length / height, brightest: 1 - (top + 0.5) / height };
        });
      },
      [canvas, columns] as const,
    );
  }
}
