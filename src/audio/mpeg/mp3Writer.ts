/**
 * Streaming MP3 output, whole or not there. The encoder is LAME (in the package @mediabunny/mp3-encoder), at a constant
 * bit rate.
 *
 * Import it when it is needed: the encoder is large.
 */
import { Mp3OutputFormat } from "mediabunny";
import { MP3_RATES } from "../../units/codecRates.js";
import { EncodedFile } from "../encodedFile.js";

export interface Mp3OutputOptions {
  /** Hz, one of MP3_RATES of src/units/codecRates.ts. */
  readonly sampleRate: number;
  readonly channels: 1 | 2;
  /** kbit/s. */
  readonly bitRate: number;
  /** An ID3 tag that goes before the audio. */
  readonly tag?: Uint8Array;
}

export class Mp3Writer {
  readonly #file: EncodedFile;
  readonly #options: Mp3OutputOptions;
  #frames = 0;

  /**
   * Begins a file that is to appear at `path`.
   * @throws RangeError if MP3 cannot hold such audio
   * @throws FileWriteError
   */
  static async create(path: string, options: Mp3OutputOptions): Promise<Mp3Writer> {
    const { sampleRate, bitRate, tag } = options;
    if (!MP3_RATES.includes(sampleRate)) {
      throw new RangeError(
        `MP3 files of ${sampleRate} Hz cannot be written. Choose one of ${MP3_RATES.join(", ")} Hz.`,
      );
    }
    // On its own, so that it lies in a file that may be replaced by another build of LAME.
    const { registerMp3Encoder } = await import("@mediabunny/mp3-encoder");
    registerMp3Encoder();
    const file = await EncodedFile.create(path, {
      ...{ format: new Mp3OutputFormat(), name: "MP3" },
      encoding: { codec: "mp3", bitrate: bitRate * 1000, bitrateMode: "constant" },
      ...(tag && { head: tag }),
    });
    return new Mp3Writer(file, options);
  }

  private constructor(file: EncodedFile, options: Mp3OutputOptions) {
    this.#file = file;
    this.#options = options;
  }

  /** Frames written so far. */
  get frames(): number {
    return this.#frames;
  }

  /** Appends whole frames of interleaved 32-bit floats. */
  async write(interleaved: Uint8Array): Promise<void> {
    const { sampleRate, channels } = this.#options;
    if (interleaved.length === 0) return;
    const timestamp = this.#frames / sampleRate;
    this.#frames += interleaved.length / (4 * channels);
    await this.#file.add({
      ...{ data: interleaved.slice(), format: "f32", numberOfChannels: channels, sampleRate, timestamp },
    });
  }

  /** Completes the file and puts it in its place. */
  async finish(): Promise<void> {
    await this.#file.seal();
    this.#file.publish();
  }

  /** Removes the temporary file; after {@link finish} it does nothing. */
  abort(): void {
    this.#file.abort();
  }
}
