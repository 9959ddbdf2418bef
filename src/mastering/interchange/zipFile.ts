/** A zip file whose entries are read one by one. Names that lead out of it are refused. */
import { createWriteStream } from "node:fs";
import { pipeline } from "node:stream/promises";
import { openPromise, type Entry, type ZipFile } from "yauzl";

/** Bytes of an entry that is taken into memory. */
const LARGEST_TEXT = 64 * 2 ** 20;

export class ZipContents {
  readonly #path: string;
  readonly #zip: ZipFile;
  readonly #entries: ReadonlyMap<string, Entry>;

  private constructor(path: string, zip: ZipFile, entries: ReadonlyMap<string, Entry>) {
    this.#path = path;
    this.#zip = zip;
    this.#entries = entries;
  }

  /** @throws Error if it is no zip file, or an entry's name is absolute or leads out of it */
  static async open(path: string): Promise<ZipContents> {
    const zip = await openPromise(path, { autoClose: false }).catch((error: unknown) => {
      throw new Error(`${path}: it is no zip file that can be read: ${messageOf(error)}`, { cause: error });
    });
    const entries = new Map<string, Entry>();
    try {
      for await (const entry of zip.eachEntry()) entries.set(entry.fileName, entry);
    } catch (error) {
      zip.close();
      throw new Error(`${path}: its list of files cannot be read: ${messageOf(error)}`, { cause: error });
    }
    return new ZipContents(path, zip, entries);
  }

  has(name: string): boolean {
    return this.#entries.has(name);
  }

  /** @throws Error if there is no such entry, or it is far too large for a text */
  async text(name: string): Promise<string> {
    const entry = this.#required(name);
    if (entry.uncompressedSize > LARGEST_TEXT)
      throw new Error(`${this.#path}: ${name} has ${entry.uncompressedSize} bytes, which no project has.`);
    const pieces: Buffer[] = [];
    for await (const piece of await this.#zip.openReadStreamPromise(entry)) pieces.push(piece as Buffer);
    return Buffer.concat(pieces).toString("utf8");
  }

  /** Writes an entry to a new file. */
  async extract(name: string, target: string): Promise<void> {
    const stream = await this.#zip.openReadStreamPromise(this.#required(name));
    await pipeline(stream, createWriteStream(target, { flags: "wx" }));
  }

  close(): void {
    this.#zip.close();
  }

  #required(name: string): Entry {
    const entry = this.#entries.get(name);
    if (!entry) throw new Error(`${this.#path}: it has no ${name}.`);
    return entry;
  }
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
