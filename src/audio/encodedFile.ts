/** A file that an encoder of the package mediabunny writes, whole or not there. */
import { AudioSample, AudioSampleSource, Output, StreamTarget } from "mediabunny";
import type { AudioSampleInit, AudioEncodingConfig, MetadataTags, OutputFormat } from "mediabunny";
import { AtomicFile, FileWriteError } from "./atomicFile.js";

export interface EncodedFileOptions {
  readonly format: OutputFormat;
  readonly encoding: AudioEncodingConfig;
  /** What the encoder is called in messages: "FLAC". */
  readonly name: string;
  /** Bytes before those of the encoder. */
  readonly head?: Uint8Array;
  readonly tags?: MetadataTags;
}

/** Nothing appears at its path before {@link publish}; every error removes the temporary file. */
export class EncodedFile {
  readonly #file: AtomicFile;
  readonly #path: string;
  readonly #name: string;
  readonly #output: Output;
  readonly #source: AudioSampleSource;

  /** @throws FileWriteError */
  static async create(path: string, options: EncodedFileOptions): Promise<EncodedFile> {
    const file = new EncodedFile(path, options);
    await file.#attempt(() => file.#output.start());
    return file;
  }

  private constructor(path: string, { format, encoding, name, head, tags }: EncodedFileOptions) {
    const file = AtomicFile.create(path);
    if (head) file.append(head);
    const offset = head?.length ?? 0;
    this.#file = file;
    this.#path = path;
    this.#name = name;
    const sink = new WritableStream<{ data: Uint8Array; position: number }>({
      write: ({ data, position }) => file.writeAt(offset + position, data),
    });
    this.#output = new Output({ format, target: new StreamTarget(sink) });
    this.#source = new AudioSampleSource(encoding);
    this.#output.addAudioTrack(this.#source);
    if (tags) this.#output.setMetadataTags(tags);
  }

  /** Where the bytes are until {@link publish}. */
  get pendingPath(): string {
    return this.#file.pendingPath;
  }

  async add(init: AudioSampleInit): Promise<void> {
    const sample = new AudioSample(init);
    await this.#attempt(() => this.#source.add(sample));
    sample.close();
  }

  /**
   * Completes the file under its temporary name. Nothing can be added after.
   * @param patch bytes that the encoder leaves out, and where they belong
   */
  async seal(patch?: { readonly position: number; readonly bytes: Uint8Array }): Promise<void> {
    await this.#attempt(() => this.#output.finalize());
    if (patch) this.#file.writeAt(patch.position, patch.bytes);
    this.#file.seal();
  }

  /** Renames the sealed file to its path, over whatever was there. */
  publish(): void {
    this.#file.publish();
  }

  /** Removes the temporary file; after {@link publish} and a second time it does nothing. */
  abort(): void {
    this.#file.abort();
    if (this.#output.state === "started") void this.#output.cancel().catch(() => undefined);
  }

  /** Whatever fails on the way, the temporary file goes; a fault of the disk keeps its own sentence. */
  async #attempt(step: () => Promise<void>): Promise<void> {
    try {
      await step();
    } catch (error) {
      this.abort();
      if (error instanceof FileWriteError) throw error;
      const reason = error instanceof Error ? error.message : String(error);
      throw new FileWriteError(this.#path, `the ${this.#name} encoder failed (${reason})`, error);
    }
  }
}
