/** The way of the sound from the audio to two ears: read along the path, through the inserts, folded, stretched. */
import type { Dsp } from "../../../../src/engine/dsp.js";
import { Converter } from "./converter.js";
import type { InsertStage } from "./insertStage.js";
import type { ListenStage } from "./listenStage.js";
import type { SourceReader } from "./sourceReader.js";
import { QUANTUM, Stretcher } from "./stretcher.js";

export interface VoiceFormat {
  /** Of the audio, Hz. */
  readonly sampleRate: number;
  readonly channels: number;
  /** Of the sound device, Hz: that of the audio, where the device can. */
  readonly deviceRate: number;
}

export class Voice {
  readonly #reader: SourceReader;
  readonly #listen: ListenStage;
  readonly #stretcher: Stretcher;
  readonly #inserts: InsertStage | undefined;
  readonly #source: readonly Float32Array[];
  readonly #copy = new Float32Array(QUANTUM);
  readonly #ears: readonly [Float32Array, Float32Array];

  readonly #converter: Converter | undefined;

  /** @param inserts for one or two channels */
  constructor(
    dsp: Dsp,
    reader: SourceReader,
    listen: ListenStage,
    inserts: InsertStage | undefined,
    { channels, sampleRate, deviceRate }: VoiceFormat,
  ) {
    this.#inserts = inserts;
    this.#reader = reader;
    this.#listen = listen;
    this.#stretcher = new Stretcher(dsp, sampleRate);
    this.#converter = deviceRate === sampleRate ? undefined : new Converter(dsp, sampleRate, deviceRate);
    this.#source = Array.from({ length: channels }, () => new Float32Array(QUANTUM));
    this.#ears = [new Float32Array(QUANTUM), new Float32Array(QUANTUM)];
  }

  /** Frame of the audio that is given next. */
  get position(): number {
    return this.#reader.before(this.#stretcher.backlog + (this.#inserts?.held ?? 0));
  }

  /** Whether the path has ended; once `pull` gives less than asked for, nothing follows. */
  get hasEnded(): boolean {
    return this.#stretcher.hasFinished;
  }

  setSpeed(speed: number): void {
    this.#stretcher.setSpeed(speed);
  }

  /** Goes on elsewhere; the reader has been sent there. */
  restart(): void {
    this.#inserts?.restart();
    this.#stretcher.reset();
    this.#converter?.reset();
  }

  /** Gives the next `frames` frames, at most {@link QUANTUM}. @returns how many; fewer at the end or if sound is missing */
  pull(left: Float32Array, right: Float32Array, frames: number): number {
    if (!this.#converter) return this.#stretch(left, right, frames);
    return this.#converter.pull(left, right, frames, this.#stretch, () => this.hasEnded);
  }

  readonly #stretch = (left: Float32Array, right: Float32Array, frames: number): number => {
    let given = this.#stretcher.take(left, right, 0, frames);
    while (given < frames && this.#feed()) given += this.#stretcher.take(left, right, given, frames - given);
    return given;
  };

  /** @returns whether the stretcher can give more than before */
  #feed(): boolean {
    if (this.#stretcher.hasFinished) return false;
    let frames = this.#reader.read(this.#source, QUANTUM);
    if (frames > 0) frames = this.#insert(frames);
    else if (!this.#reader.hasEnded) return false;
    else if (this.#inserts && this.#inserts.tail > 0) frames = this.#inserts.flush(...this.#sides);
    else this.#stretcher.finish();
    this.#listen.process(this.#source, frames, ...this.#ears);
    this.#stretcher.put(...this.#ears, frames);
    return true;
  }

  /** What the inserts work on; mono runs as two equal channels, of which one is taken. */
  get #sides(): [left: Float32Array, right: Float32Array] {
    const [left, right = this.#copy] = this.#source;
    return [left!, right];
  }

  #insert(frames: number): number {
    if (!this.#inserts) return frames;
    const [left, right] = this.#sides;
    if (right === this.#copy) right.set(left.subarray(0, frames));
    return this.#inserts.process(left, right, frames);
  }
}
