/** Loudness and peaks of a range of edited audio. */
import type { EditedAudio, FrameRange } from "../../session/audioEdits.js";
import type { Dsp } from "../dsp.js";
import { EditedReader } from "../editing/editedReader.js";
import { measureFrames, type FrameStream } from "../measureFrames.js";
import type { LoudnessMeasurement } from "../meter.js";
import { BLOCK_FRAMES } from "../song.js";

/** As Measurement of the view's protocol; `null` and units as in LoudnessMeasurement. */
export interface RangeMeasurement extends Pick<
  LoudnessMeasurement,
  | "integrated"
  | "momentaryMax"
  | "shortTermMax"
  | "lra"
  | "truePeak"
  | "samplePeak"
  | "plr"
  | "crest"
  | "dcOffsets"
  | "correlation"
  | "momentary"
  | "shortTerm"
> {
  /** What was measured: the range asked for, cut where the audio ends. */
  readonly range: FrameRange;
  /** Frame of the audio at which the true peak is. */
  readonly truePeakAt: number | null;
}

/**
 * @param report takes the share done, 0 to 1
 * @throws AudioFileError if a source cannot be read
 */
export function measureEdited(
  dsp: Dsp,
  audio: EditedAudio,
  range: FrameRange,
  report?: (fraction: number) => void,
): RangeMeasurement {
  const reader = new EditedReader(dsp, audio);
  try {
    const end = Math.min(range.end, reader.frames);
    const start = Math.min(range.start, end);
    const { sampleRate, channels, channelMask } = audio;
    const stream = new RangeStream(reader, start, end);
    const measured = measureFrames(dsp, stream, end - start, { sampleRate, channels, channelMask }, report);
    const { integrated, momentaryMax, shortTermMax, lra, truePeak, truePeakTime, samplePeak } = measured;
    const { plr, crest, dcOffsets, correlation, momentary, shortTerm } = measured;
    return {
      range: { start, end },
      ...{ integrated, momentaryMax, shortTermMax, lra, truePeak, samplePeak, plr, crest },
      truePeakAt: truePeakTime === null ? null : start + Math.round(truePeakTime * sampleRate),
      ...{ dcOffsets, correlation, momentary, shortTerm },
    };
  } finally {
    reader.close();
  }
}

/** A range, in order. */
class RangeStream implements FrameStream {
  readonly buffers: readonly number[];
  readonly #reader: EditedReader;
  readonly #end: number;
  #position: number;

  constructor(reader: EditedReader, start: number, end: number) {
    this.buffers = reader.buffers;
    this.#reader = reader;
    this.#position = start;
    this.#end = end;
  }

  next(): number {
    const count = this.#reader.read(this.#position, Math.min(BLOCK_FRAMES, this.#end - this.#position));
    this.#position += count;
    return count;
  }
}
