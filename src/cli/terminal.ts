/** The only place that prints: results to standard output, progress and errors to standard error. */

export interface CommonOptions {
  readonly json?: boolean;
  readonly quiet?: boolean;
  readonly workers?: number;
  /** Whether files that can be made again are kept for the next time. */
  readonly cache?: boolean;
}

const BAR_WIDTH = 24;

export class Terminal {
  readonly isJson: boolean;
  readonly #showsProgress: boolean;
  #bar = "";

  constructor({ json = false, quiet = false }: CommonOptions) {
    this.isJson = json;
    this.#showsProgress = !quiet && process.stderr.isTTY;
  }

  /** Prints a result: `value` where JSON is wanted, else `text`. */
  result(text: string, value: unknown): void {
    this.#clear();
    process.stdout.write(`${this.isJson ? JSON.stringify(value, undefined, 2) : text}\n`);
  }

  error(message: string): void {
    this.#clear();
    process.stderr.write(`${message}\n`);
  }

  /** Shows a bar, on a terminal only. @param fraction 0 to 1 */
  progress(fraction: number, label: string): void {
    if (!this.#showsProgress) return;
    const done = Math.round(fraction * BAR_WIDTH);
    const bar = `${"█".repeat(done)}${"░".repeat(BAR_WIDTH - done)} ${Math.floor(fraction * 100)} % ${label}`;
    if (bar === this.#bar) return;
    this.#bar = bar;
    process.stderr.write(`\r\u001b[K${bar.slice(0, (process.stderr.columns || 80) - 1)}`);
  }

  #clear(): void {
    if (this.#bar === "") return;
    process.stderr.write("\r\u001b[K");
    this.#bar = "";
  }
}
