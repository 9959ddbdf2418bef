/**
 * Streaming FLAC output, whole or not there. The encoder is libFLAC (in the package @mediabunny/flac-encoder); the
 * file's checksum of the samples, which the package leaves out, is added here.
 *
 * Source: RFC 9639, "Free Lossless Audio Codec", section 8.2 (STREAMINFO).
 *
 * Import it when it is needed: the encoder is large.
 */
import { createHash } from "node:crypto";
import { registerFlacEncoder } from "@mediabunny/flac-encoder";
import { AudioSample, AudioSampleSource, FlacOutputFormat, Output, StreamTarget } from "mediabunny";
import { AtomicFile, FileWriteError } from "../atomicFile.js";

export interface FlacOutputOptions {
  /** Hz, one of {@link FLAC_RATES}. */
  readonly sampleRate: number;
  /** 1 to 8. */
  readonly channels: number;
  readonly bitDepth: 16 | 24;
  /** Vorbis comments by name, such as `TITLE`; empty ones are left out. */
  readonly comments?: ReadonlyMap<string, string>;
}

/** Sample rates that the encoder takes, Hz. */
export const FLAC_RATES: readonly number[] = [
  ...[8000, 16000, 22050, 24000, 32000, 44100, 48000, 88200, 96000, 176400, 192000],
];
const MOST_CHANNELS = 8;
/** "fLaC", a block header, then STREAMINFO, whose last 16 bytes are the checksum. */
const MD5_OFFSET = 4 + 4 + 18;

registerFlacEncoder();

/** A FLAC file on its way. Nothing appears at its path before {@link publish}; every error removes the temporary file. */
export class FlacWriter {
  readonly #file: AtomicFile;
  readonly #path: string;
  readonly #options: FlacOutputOptions;
  readonly #output: Output;
  readonly #source: AudioSampleSource;
  readonly #md5 = createHash("md5");
  #frames = 0;

  /**
   * Begins a file that is to appear at `path`.
   * @throws RangeError if FLAC, or the encoder, cannot hold such audio
   * @throws FileWriteError
   */
  static async create(path: string, options: FlacOutputOptions): Promise<FlacWriter> {
    checkOptions(options);
    const writer = new FlacWriter(path, options);
    await writer.#attempt(() => writer.#output.start());
    return writer;
  }

  private constructor(path: string, options: FlacOutputOptions) {
    const file = AtomicFile.create(path);
    this.#file = file;
    this.#path = path;
    this.#options = options;
    const sink = new WritableStream<{ data: Uint8Array; position: number }>({
      write: ({ data, position }) => file.writeAt(position, data),
    });
    this.#output = new Output({ format: new FlacOutputFormat(), target: new StreamTarget(sink) });
    this.#source = new AudioSampleSource({ codec: "flac" });
    this.#output.addAudioTrack(this.#source);
    const comments = [...(options.comments ?? [])].filter(([, text]) => text !== "");
    if (comments.length > 0) this.#output.setMetadataTags({ raw: Object.fromEntries(comments) });
  }

  /** Where the bytes are until {@link publish}. */
  get pendingPath(): string {
    return this.#file.pendingPath;
  }

  /** Frames written so far. */
  get frames(): number {
    return this.#frames;
  }

  /** Appends whole frames of interleaved little-endian samples of the file's bit depth. */
  async write(interleaved: Uint8Array): Promise<void> {
    const { sampleRate, channels, bitDepth } = this.#options;
    const frameBytes = channels * (bitDepth / 8);
    if (interleaved.length % frameBytes !== 0) {
      throw new RangeError(
        `FlacWriter: ${interleaved.length} bytes are no whole number of ${frameBytes}-byte frames`,
      );
    }
    if (interleaved.length === 0) return;
    const sample = new AudioSample({
      data: bitDepth === 16 ? interleaved.slice() : widened(interleaved),
      format: bitDepth === 16 ? "s16" : "s32",
      numberOfChannels: channels,
      sampleRate,
      timestamp: this.#frames / sampleRate,
    });
    this.#md5.update(interleaved);
    this.#frames += interleaved.length / frameBytes;
    await this.#attempt(() => this.#source.add(sample));
    sample.close();
  }

  /** Completes the file under its temporary name. Nothing can be added after. */
  async seal(): Promise<void> {
    if (this.#frames === 0) {
      this.abort();
      throw new RangeError(`${this.#path}: a FLAC file needs at least one frame of audio`);
    }
    await this.#attempt(() => this.#output.finalize());
    this.#file.writeAt(MD5_OFFSET, this.#md5.digest());
    this.#file.seal();
  }

  /** Renames the sealed file to its path, over whatever was there. */
  publish(): void {
    this.#file.publish();
  }

  /** Seals and publishes. */
  async finish(): Promise<void> {
    await this.seal();
    this.publish();
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
      throw new FileWriteError(this.#path, `the FLAC encoder failed (${reason})`, error);
    }
  }
}

function checkOptions({ sampleRate, channels }: FlacOutputOptions): void {
  if (!FLAC_RATES.includes(sampleRate)) {
    throw new RangeError(
      `FLAC files of ${sampleRate} Hz cannot be written. Choose one of ${FLAC_RATES.join(", ")} Hz, or WAV.`,
    );
  }
  if (!Number.isInteger(channels) || channels < 1 || channels > MOST_CHANNELS) {
    throw new RangeError(
      `A FLAC file holds 1 to ${MOST_CHANNELS} audio channels, not ${channels}. Choose WAV for more.`,
    );
  }
}

/** Packed 24-bit samples as 32-bit ones, left-justified, as the encoder wants them. */
function widened(packed: Uint8Array): Int32Array<ArrayBuffer> {
  const samples = new Int32Array(packed.length / 3);
  for (let i = 0, from = 0; i < samples.length; i++, from += 3) {
    samples[i] = (packed[from]! << 8) | (packed[from + 1]! << 16) | (packed[from + 2]! << 24);
  }
  return samples;
}
