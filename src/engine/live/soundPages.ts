/**
 * Sound of many files near the place of playback, in pages of raw PCM as it lies in the file. Pages are asked for
 * before they are needed, a few requests at a time, and forgotten when others need their room.
 */

/** How the samples of a file lie in its pages, and how many there are. */
export interface PagedFormat {
  /** Audio channels. */
  readonly channels: number;
  /** Hz. */
  readonly sampleRate: number;
  readonly frames: number;
  /** One of SAMPLE_LAYOUTS of src/audio/audioFile.ts. */
  readonly layout: string;
  readonly bigEndian: boolean;
  /** Bytes of a frame. */
  readonly frameBytes: number;
  /** Of the file: another one where its samples may be others. */
  readonly stamp?: string;
}

/** A request; the answer is given to {@link SoundPages.take}. */
export interface SoundRequest {
  readonly path: string;
  readonly start: number;
  readonly count: number;
}

export interface SoundPagesOptions {
  readonly ask: (request: SoundRequest) => void;
  /** Most bytes that are held; what is wanted at once beyond that is not asked for. */
  readonly mostBytes: number;
}

interface Page {
  readonly file: File;
  readonly index: number;
  /** Absent until the answer is there. */
  bytes: Uint8Array | undefined;
  /** When it was wanted last. */
  turn: number;
}

interface File {
  readonly path: string;
  readonly format: PagedFormat;
  readonly pages: Map<number, Page>;
}

/** A page that is wanted. */
export interface WantedPage {
  readonly path: string;
  readonly index: number;
}

/** Frames of a page: a third of a second at 48 kHz. */
export const PAGE_FRAMES = 16_384;
/** Requests under way at a time, and pages in one of them. */
const MOST_REQUESTS = 8;
const MOST_PAGES_ASKED = 6;

export class SoundPages {
  readonly #options: SoundPagesOptions;
  readonly #files = new Map<string, File>();
  /** Paths and first frames of the requests under way. */
  readonly #asked = new Set<string>();
  /** What is wanted and has not been asked for, most urgent first. */
  #missing: readonly WantedPage[] = [];
  #bytes = 0;
  #turn = 0;

  constructor(options: SoundPagesOptions) {
    this.#options = options;
  }

  /** Bytes held or asked for. */
  get bytes(): number {
    return this.#bytes;
  }

  /** Requests under way. */
  get asked(): number {
    return this.#asked.size;
  }

  format(path: string): PagedFormat | undefined {
    return this.#files.get(path)?.format;
  }

  /** Files of which sound may be wanted from now on; what is held of those that have changed is forgotten. */
  setFiles(files: Readonly<Record<string, PagedFormat>>): void {
    for (const [path, file] of this.#files) {
      const next = files[path];
      if (next && isLike(next, file.format)) continue;
      for (const page of file.pages.values()) this.#drop(page);
      this.#files.delete(path);
    }
    for (const [path, format] of Object.entries(files))
      if (!this.#files.has(path)) this.#files.set(path, { path, format, pages: new Map() });
  }

  has({ path, index }: WantedPage): boolean {
    return this.page(path, index) !== undefined;
  }

  /** @returns raw frames of the page; `undefined` if they are not there */
  page(path: string, index: number): Uint8Array | undefined {
    return this.#files.get(path)?.pages.get(index)?.bytes;
  }

  /** Says what is wanted, most urgent first, instead of what was wanted before; what is missing is asked for. */
  want(wanted: readonly WantedPage[]): void {
    this.#turn++;
    let room = this.#options.mostBytes;
    const missing: WantedPage[] = [];
    for (const each of wanted) {
      const file = this.#files.get(each.path);
      if (!file) continue;
      room -= sizeOf(file);
      if (room < 0) break;
      const page = file.pages.get(each.index);
      if (page) page.turn = this.#turn;
      else missing.push(each);
    }
    this.#missing = missing;
    this.#askOn();
  }

  /**
   * Takes an answer in.
   * @param bytes fewer than asked for where the file ends
   */
  take({ path, start, count }: SoundRequest, bytes: Uint8Array): void {
    const file = this.#files.get(path);
    if (!this.#asked.delete(keyOf(path, start)) || !file) return;
    for (let index = start / PAGE_FRAMES; index < (start + count) / PAGE_FRAMES; index++) {
      const page = file.pages.get(index);
      const from = (index * PAGE_FRAMES - start) * file.format.frameBytes;
      if (page) page.bytes = bytes.subarray(from, from + sizeOf(file));
    }
    this.#askOn();
  }

  /** The sound that was asked for cannot be had. */
  fail({ path, start, count }: SoundRequest): void {
    if (!this.#asked.delete(keyOf(path, start))) return;
    for (let index = start / PAGE_FRAMES; index < (start + count) / PAGE_FRAMES; index++) {
      const page = this.#files.get(path)?.pages.get(index);
      if (page) this.#drop(page);
    }
  }

  #askOn(): void {
    while (this.#asked.size < MOST_REQUESTS) {
      const [first] = this.#missing;
      if (!first) return;
      let count = 1;
      const follows = (page: WantedPage | undefined): boolean =>
        page?.path === first.path && page.index === first.index + count;
      // Pages of the file that follow, wherever they stand in the row: one request serves them together.
      const rest = this.#missing.slice(1).filter((page) => {
        if (count === MOST_PAGES_ASKED || !follows(page)) return true;
        count++;
        return false;
      });
      this.#missing = rest;
      this.#ask(first, count);
    }
  }

  #ask({ path, index }: WantedPage, count: number): void {
    const file = this.#files.get(path);
    if (!file) return;
    for (let each = index; each < index + count; each++) {
      file.pages.set(each, { file, index: each, bytes: undefined, turn: this.#turn });
      this.#bytes += sizeOf(file);
    }
    this.#makeRoom();
    const start = index * PAGE_FRAMES;
    this.#asked.add(keyOf(path, start));
    this.#options.ask({ path, start, count: count * PAGE_FRAMES });
  }

  /** Forgets the pages that were wanted longest ago, until the rest has room. */
  #makeRoom(): void {
    if (this.#bytes <= this.#options.mostBytes) return;
    const pages = [...this.#files.values()].flatMap((file) => [...file.pages.values()]);
    const oldest = pages.sort((a, b) => a.turn - b.turn);
    for (const page of oldest) {
      if (this.#bytes <= this.#options.mostBytes || page.turn === this.#turn) return;
      if (page.bytes) this.#drop(page);
    }
  }

  #drop(page: Page): void {
    if (page.file.pages.delete(page.index)) this.#bytes -= sizeOf(page.file);
  }
}

const sizeOf = ({ format }: File): number => PAGE_FRAMES * format.frameBytes;

const keyOf = (path: string, place: number): string => `${place} ${path}`;

const isLike = (a: PagedFormat, b: PagedFormat): boolean =>
  a.frames === b.frames &&
  a.layout === b.layout &&
  a.channels === b.channels &&
  a.bigEndian === b.bigEndian &&
  a.sampleRate === b.sampleRate &&
  a.stamp === b.stamp;
