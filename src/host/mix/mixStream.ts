/** The mix as the host renders it, for a view that does not: a file that grows, and is read meanwhile. */
import { mkdir, open } from "node:fs/promises";
import { join } from "node:path";
import {
  createTemporaryFolder,
  removeStaleTemporaryFiles,
  removeTemporaryFolder,
} from "../../audio/atomicFile.js";
import type { SongInput } from "../../mastering/openSong.js";
import type { UseStudio } from "../wav/wavStudio.js";

const CHANNELS = 2;
const FRAME_BYTES = CHANNELS * Float32Array.BYTES_PER_ELEMENT;
/** Longest wait for sound that is not rendered yet, milliseconds. */
const PATIENCE_MILLISECONDS = 5000;

export class MixStream {
  readonly #controller = new AbortController();
  readonly #folder: Promise<string>;
  /** Frames that lie in the file. */
  #frames = 0;
  #isWhole = false;
  #failure: Error | undefined;
  /** Woken by whatever changes. */
  readonly #waiting = new Set<() => void>();

  /** Starts to render. @param folder for files of this kind, absolute path */
  constructor(use: UseStudio, folder: string, input: SongInput) {
    this.#folder = temporaryFolderIn(folder);
    void this.#render(use, input);
  }

  /**
   * @returns planar samples: fewer frames where the mix ends; `null` if they are not rendered within a few seconds
   * @throws Error why it cannot be rendered
   */
  async read(start: number, count: number): Promise<Float32Array[] | null> {
    const deadline = Date.now() + PATIENCE_MILLISECONDS;
    while (this.#frames < start + count && !this.#isWhole) {
      if (this.#failure) throw this.#failure;
      if (Date.now() >= deadline || this.#controller.signal.aborted) return null;
      await this.#news(deadline - Date.now());
    }
    return this.#samples(start, Math.max(0, Math.min(count, this.#frames - start)));
  }

  /** Ends the rendering and removes the file. */
  async dispose(): Promise<void> {
    this.#controller.abort();
    this.#wake();
    const folder = await this.#folder.catch(() => undefined);
    if (folder !== undefined) removeTemporaryFolder(folder);
  }

  async #render(use: UseStudio, input: SongInput): Promise<void> {
    const { signal } = this.#controller;
    const onProgress = (frames: number): void => {
      this.#frames = frames;
      this.#wake();
    };
    try {
      const target = fileIn(await this.#folder);
      this.#frames = await use((studio) => studio.renderStream({ ...input, target }, { signal, onProgress }));
      this.#isWhole = true;
    } catch (error) {
      this.#failure = error instanceof Error ? error : new Error(String(error));
    }
    this.#wake();
  }

  async #samples(start: number, frames: number): Promise<Float32Array[]> {
    const pairs = new Float32Array(frames * CHANNELS);
    if (frames > 0) {
      const file = await open(fileIn(await this.#folder));
      try {
        await file.read(new Uint8Array(pairs.buffer), { position: start * FRAME_BYTES });
      } finally {
        await file.close();
      }
    }
    return Array.from({ length: CHANNELS }, (_, channel) =>
      Float32Array.from({ length: frames }, (_each, frame) => pairs[frame * CHANNELS + channel]!),
    );
  }

  #news(milliseconds: number): Promise<void> {
    return new Promise((resolve) => {
      const wake = (): void => {
        clearTimeout(timer);
        this.#waiting.delete(wake);
        resolve();
      };
      const timer = setTimeout(wake, milliseconds);
      this.#waiting.add(wake);
    });
  }

  #wake(): void {
    for (const wake of [...this.#waiting]) wake();
  }
}

const fileIn = (folder: string): string => join(folder, "mix.f32");

async function temporaryFolderIn(folder: string): Promise<string> {
  await mkdir(folder, { recursive: true });
  removeStaleTemporaryFiles(folder);
  return createTemporaryFolder(folder);
}
