/** One rendering of a song's last stage: fades, gain, true-peak limiter, gap, dither, files. */
import type { SampleLayout } from "../audio/audioFile.js";
import { WavWriter } from "../audio/wavWriter.js";
import { Dsp } from "../engine/dsp.js";
import { InsertChain } from "../engine/inserts.js";
import { FADE_SHAPES } from "../session/fadeShape.js";
import { PcmEncoder } from "../engine/pcmEncoder.js";
import { readReduction } from "../engine/reduction.js";
import { BLOCK_FRAMES, type Block } from "../engine/song.js";
import type { Dither } from "../session/delivery.js";
import type { MasterLimiter } from "../session/albumDocument.js";
import { insertDefaults, type Insert } from "../session/insertTable.js";
import { headChunks, type SongTags } from "./deliver/songTags.js";
import { IntermediateReader, type Intermediate } from "./intermediate.js";

/** One file to be written. */
export interface Delivery {
  readonly path: string;
  readonly layout: SampleLayout;
  readonly dither: Dither;
  readonly tags: SongTags;
}

export interface MasterSettings {
  /** Before the gain: what matches the song to others. */
  readonly inserts: readonly Insert[];
  /** dB. */
  readonly gain: number;
  /** dBTP. */
  readonly ceiling: number;
  readonly limiter: MasterLimiter;
  /** dBFS of the highest sample before the gain; `null` for silence. */
  readonly peak: number | null;
  /** Seconds. */
  readonly fadeIn: number;
  readonly fadeOut: number;
  readonly gap: number;
}

/** The limiter's gain reduction, negative dB. */
export interface MasterReduction {
  readonly reductionP95: number;
  readonly reductionMax: number;
}

/** @param report takes the share done, 0 to 1 */
export function renderMaster(
  intermediate: Intermediate,
  settings: MasterSettings,
  deliveries: readonly Delivery[],
  report: (fraction: number) => void,
): MasterReduction {
  const dsp = new Dsp();
  const { sampleRate } = intermediate;
  const reader = new IntermediateReader(dsp, intermediate);
  const limiter = new InsertChain(
    dsp,
    [...settings.inserts, ...softClipper(settings), masterLimiter(settings)],
    sampleRate,
  );
  const fades = new Fades(dsp, intermediate, settings);
  const files = deliveries.map((delivery) => new DeliveryFile(dsp, delivery, sampleRate));
  const write = (block: Block): void => files.forEach((file) => file.write(block));
  try {
    let done = 0;
    for (let block = reader.next(); block; block = reader.next()) {
      write(limiter.process(fades.apply(block)));
      done += block.frames;
      report(done / intermediate.frames);
    }
    for (const block of limiter.flush()) write(block);
    writeSilence(dsp, Math.round(settings.gap * sampleRate), write);
    for (const file of files) file.finish();
  } catch (error) {
    for (const file of files) file.abort();
    throw error;
  } finally {
    reader.close();
  }
  return readReduction(dsp, limiter.processors.at(-1)!);
}

/** Of a clipper's knee: the whole range that it may take lies within it. */
const SOFTNESS = 50;

/** Takes the highest peaks off, so that the limiter does not have to turn everything down for them. */
function softClipper({ limiter: { softClip }, peak }: MasterSettings): Insert[] {
  if (softClip === 0 || peak === null) return [];
  // The curve's limit is 0 dBFS: what goes in is turned up to it, and down again behind.
  const drive = softClip - peak;
  return [
    {
      ...insertDefaults("saturator"),
      name: "Soft clip",
      curve: "clip",
      drive,
      character: SOFTNESS,
      autoGain: true,
    },
  ];
}

function masterLimiter({ gain, ceiling, limiter }: MasterSettings): Insert {
  const { lookahead, release, autoRelease } = limiter;
  return { ...insertDefaults("limiter"), gain, ceiling, lookahead, release, autoRelease };
}

/** The song's own fades, over its whole length. */
class Fades {
  readonly #dsp: Dsp;
  readonly #address: number;
  #position = 0;

  constructor(dsp: Dsp, { frames, sampleRate }: Intermediate, { fadeIn, fadeOut }: MasterSettings) {
    const framesOf = (seconds: number): number => Math.min(frames, Math.round(seconds * sampleRate));
    const shape = FADE_SHAPES.indexOf("sCurve");
    this.#dsp = dsp;
    this.#address = dsp.exports.fadesNew(frames, framesOf(fadeIn), shape, framesOf(fadeOut), shape);
  }

  apply(block: Block): Block {
    this.#dsp.exports.fadesApply(this.#address, block.left, block.right, block.frames, this.#position);
    this.#position += block.frames;
    return block;
  }
}

/** A delivery file being written. */
class DeliveryFile {
  readonly #encoder: PcmEncoder;
  readonly #writer: WavWriter;

  constructor(dsp: Dsp, { path, layout, dither, tags }: Delivery, sampleRate: number) {
    this.#encoder = new PcmEncoder(dsp, layout, dither, sampleRate, BLOCK_FRAMES);
    this.#writer = WavWriter.create(path, {
      ...{ sampleRate, channels: 2, layout },
      chunks: headChunks(tags, { sampleRate, layout }),
    });
  }

  write(block: Block): void {
    this.#writer.write(this.#encoder.encode(block));
  }

  finish(): void {
    this.#writer.finish();
  }

  abort(): void {
    this.#writer.abort();
  }
}

function writeSilence(dsp: Dsp, frames: number, write: (block: Block) => void): void {
  const address = dsp.allocate(BLOCK_FRAMES * 4);
  for (let left = frames; left > 0; left -= BLOCK_FRAMES) {
    write({ left: address, right: address, frames: Math.min(left, BLOCK_FRAMES) });
  }
}
