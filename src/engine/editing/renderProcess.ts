/** What is computed once, into a file of its own: inserts, other sample rates, other channels. */
import { WavWriter } from "../../audio/wavWriter.js";
import { applyAudioEdit } from "../../session/applyAudioEdit.js";
import type { EditedAudio, EditProcess, EditSource, FrameRange } from "../../session/audioEdits.js";
import { addressTable } from "../addressTable.js";
import { Dsp } from "../dsp.js";
import { InsertChain } from "../inserts.js";
import { PcmEncoder } from "../pcmEncoder.js";
import { BLOCK_FRAMES, type Block } from "../song.js";
import { EditedReader } from "./editedReader.js";

export interface RenderProcessInput {
  readonly audio: EditedAudio;
  /** Frames of `audio` that the process works on. */
  readonly range: FrameRange;
  readonly process: EditProcess;
  /** The file to write, 32-bit float WAV; its folder exists. */
  readonly target: string;
}

/** A file that a process has made. */
export interface RenderedProcess extends EditSource {
  /** Hz. */
  readonly sampleRate: number;
  readonly channels: number;
}

/** Planar f32 addresses, one per channel. */
interface PlanarBlock {
  readonly buffers: readonly number[];
  readonly frames: number;
}

/** What a process makes of block after block. */
interface Processor {
  readonly sampleRate: number;
  readonly channels: number;
  /** Most frames of a block that it gives. */
  readonly maxFrames: number;
  /** Frames in all, from this many. */
  readonly framesFrom: (frames: number) => number;
  process(block: PlanarBlock): PlanarBlock;
  /** What is still on its way when the audio has ended. */
  finish(): Iterable<PlanarBlock>;
}

/**
 * @param report takes the share done, 0 to 1
 * @throws RangeError if the process cannot work on such audio; AudioFileError; FileWriteError
 */
export function renderProcess(
  input: RenderProcessInput,
  report: (fraction: number) => void = () => undefined,
): RenderedProcess {
  const audio = applyAudioEdit(input.audio, { type: "trim", range: input.range });
  const dsp = new Dsp();
  const processor = createProcessor(dsp, audio, input.process);
  const { sampleRate, channels, maxFrames } = processor;
  const reader = new EditedReader(dsp, audio);
  const frames = processor.framesFrom(reader.frames);
  const encoder = new PcmEncoder(dsp, "f32", "none", sampleRate, maxFrames, channels);
  const writer = WavWriter.create(input.target, { sampleRate, channels, layout: "f32" });
  const take = ({ buffers, frames: given }: PlanarBlock): void => {
    const count = Math.min(given, frames - writer.frames);
    if (count > 0) writer.write(encoder.encodeChannels(buffers, count));
  };
  try {
    for (let at = 0; at < reader.frames; at += BLOCK_FRAMES) {
      take(processor.process({ buffers: reader.buffers, frames: reader.read(at, BLOCK_FRAMES) }));
      report(at / reader.frames);
    }
    for (const block of processor.finish()) take(block);
    writer.finish();
  } catch (error) {
    writer.abort();
    throw error;
  } finally {
    reader.close();
  }
  return { path: input.target, frames, sampleRate, channels };
}

function createProcessor(dsp: Dsp, audio: EditedAudio, process: EditProcess): Processor {
  switch (process.kind) {
    case "inserts":
      return insertProcessor(dsp, audio, process.inserts);
    case "resample":
      return resampleProcessor(dsp, audio, process.sampleRate);
    case "mixChannels":
      return mixProcessor(dsp, audio, process.matrix);
  }
}

type ProcessOf<Kind extends EditProcess["kind"]> = Extract<EditProcess, { kind: Kind }>;

/** A mono file runs as two equal channels, of which one is taken. */
function insertProcessor(
  dsp: Dsp,
  { sampleRate, channels }: EditedAudio,
  inserts: ProcessOf<"inserts">["inserts"],
): Processor {
  if (channels > 2)
    throw new RangeError(
      `Inserts work on mono and stereo; this audio has ${channels} channels. Fold it to stereo first.`,
    );
  const chain = new InsertChain(dsp, inserts, sampleRate);
  const copy = dsp.allocate(BLOCK_FRAMES * 4);
  const given = ({ left, right, frames }: Block): PlanarBlock => {
    return { buffers: channels === 1 ? [left] : [left, right], frames };
  };
  return {
    sampleRate,
    channels,
    maxFrames: BLOCK_FRAMES,
    framesFrom: (frames) => frames,
    process({ buffers, frames }) {
      const [left, right = copy] = buffers;
      if (right === copy) dsp.bytes.copyWithin(copy, left!, left! + frames * 4);
      return given(chain.process({ left: left!, right, frames }));
    },
    *finish() {
      for (const block of chain.flush()) yield given(block);
    },
  };
}

function resampleProcessor(dsp: Dsp, { sampleRate, channels }: EditedAudio, outputRate: number): Processor {
  if (!Number.isInteger(outputRate) || outputRate < 1000 || outputRate > 768_000)
    throw new RangeError(`Audio cannot be converted to ${outputRate} Hz; 1000 to 768000 Hz can be chosen.`);
  const { exports } = dsp;
  const resampler = exports.resamplerNew(sampleRate, outputRate, channels, BLOCK_FRAMES);
  const maxFrames = exports.resamplerMaxOutput(resampler);
  const inputs = dsp.allocate(channels * 4);
  const outputs = addressTable(dsp, channels, maxFrames);
  const given = (frames: number): PlanarBlock => {
    return { buffers: Array.from(dsp.int32(outputs, channels)), frames };
  };
  return {
    sampleRate: outputRate,
    channels,
    maxFrames,
    framesFrom: (frames) => Math.round((frames * outputRate) / sampleRate),
    process({ buffers, frames }) {
      dsp.int32(inputs, channels).set(buffers);
      return given(exports.resamplerProcess(resampler, inputs, frames, outputs));
    },
    finish: () => [given(exports.resamplerFlush(resampler, outputs))],
  };
}

function mixProcessor(
  dsp: Dsp,
  { sampleRate, channels }: EditedAudio,
  matrix: ProcessOf<"mixChannels">["matrix"],
): Processor {
  if (matrix.length === 0 || matrix.some((row) => row.length !== channels || !row.every(Number.isFinite)))
    throw new RangeError(`The matrix does not fit audio of ${channels} channels.`);
  const inputs = dsp.allocate(channels * 4);
  const outputs = addressTable(dsp, matrix.length, BLOCK_FRAMES);
  const rows = matrix.map((row) => {
    const factors = dsp.allocate(channels * 8);
    dsp.float64(factors, channels).set(row);
    return factors;
  });
  return {
    sampleRate,
    channels: matrix.length,
    maxFrames: BLOCK_FRAMES,
    framesFrom: (frames) => frames,
    process({ buffers, frames }) {
      dsp.int32(inputs, channels).set(buffers);
      const targets = Array.from(dsp.int32(outputs, matrix.length));
      targets.forEach((target, i) => dsp.exports.planarMix(inputs, rows[i]!, channels, target, frames));
      return { buffers: targets, frames };
    },
    finish: () => [],
  };
}
