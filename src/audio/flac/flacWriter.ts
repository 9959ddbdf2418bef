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
import { FlacOutputFormat } from "mediabunny";
import { FLAC_RATES } from "../../units/codecRates.js";
import { EncodedFile } from "../encodedFile.js";
import type { Picture } from "../tags/picture.js";

export interface FlacOutputOptions {
  /** Hz, one of FLAC_RATES of src/units/codecRates.ts. */
  readonly sampleRate: number;
  /** 1 to 8. */
  readonly channels: number;
  readonly bitDepth: 16 | 24;
  /** Vorbis comments by name, such as `TITLE`; empty ones are left out. */
  readonly comments?: ReadonlyMap<string, string>;
  readonly cover?: Picture | undefined;
}

const MOST_CHANNELS = 8;
/** "fLaC", a block header, then STREAMINFO, whose last 16 bytes are the checksum. */
const MD5_OFFSET = 4 + 4 + 18;

registerFlacEncoder();

/** A FLAC file on its way. Nothing appears at its path before {@link publish}; every error removes the temporary file. */
export class FlacWriter {
  readonly #file: EncodedFile;
  readonly #path: string;
  readonly #options: FlacOutputOptions;
  readonly #md5 = createHash("md5");
  #frames = 0;

  /**
   * Begins a file that is to appear at `path`.
   * @throws RangeError if FLAC, or the encoder, cannot hold such audio
   * @throws FileWriteError
   */
  static async create(path: string, options: FlacOutputOptions): Promise<FlacWriter> {
    checkOptions(options);
    const comments = [...(options.comments ?? [])].filter(([, text]) => text !== "");
    const { cover } = options;
    const file = await EncodedFile.create(path, {
      ...{ format: new FlacOutputFormat(), encoding: { codec: "flac" }, name: "FLAC" },
      ...((comments.length > 0 || cover) && {
        tags: {
          raw: Object.fromEntries(comments),
          ...(cover && {
            images: [{ data: cover.bytes, mimeType: cover.mimeType, kind: "coverFront" as const }],
          }),
        },
      }),
    });
    return new FlacWriter(file, path, options);
  }

  private constructor(file: EncodedFile, path: string, options: FlacOutputOptions) {
    this.#file = file;
    this.#path = path;
    this.#options = options;
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
    const timestamp = this.#frames / sampleRate;
    this.#md5.update(interleaved);
    this.#frames += interleaved.length / frameBytes;
    await this.#file.add({
      data: bitDepth === 16 ? interleaved.slice() : widened(interleaved),
      format: bitDepth === 16 ? "s16" : "s32",
      numberOfChannels: channels,
      sampleRate,
      timestamp,
    });
  }

  /** Completes the file under its temporary name. Nothing can be added after. */
  async seal(): Promise<void> {
    if (this.#frames === 0) {
      this.abort();
      throw new RangeError(`${this.#path}: a FLAC file needs at least one frame of audio`);
    }
    await this.#file.seal({ position: MD5_OFFSET, bytes: this.#md5.digest() });
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
