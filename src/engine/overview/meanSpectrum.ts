/**
 * Mean power spectrum of a range of edited audio. Source: P. D. Welch, "The Use of Fast Fourier Transform for the
 * Estimation of Power Spectra", IEEE Trans. Audio Electroacoust. 15(2), 1967: Hann windows that overlap by half. Of
 * a long range, some thousand windows spread evenly over it.
 */
import type { EditedAudio, FrameRange } from "../../session/audioEdits.js";
import type { Dsp } from "../dsp.js";
import { EditedReader } from "../editing/editedReader.js";
import { FrameWindow } from "./frameWindow.js";
import { LANES, SpectrumKernel } from "./spectrumKernel.js";

/** As Spectrum of the view's protocol. */
export interface MeanSpectrum {
  /** Width of a bin, Hz. */
  readonly binHz: number;
  /** dBFS per bin, -Infinity for silence: the mean power of all audio channels; a full-scale sine in all reads 0. */
  readonly levels: Float32Array<ArrayBuffer>;
}

/** Samples of a window: shorter ones for shorter ranges. */
const LARGEST_SIZE = 8192;
const SMALLEST_SIZE = 256;
const MOST_WINDOWS = 4096;

/** @throws AudioFileError if a source cannot be read */
export function meanSpectrum(dsp: Dsp, audio: EditedAudio, range: FrameRange): MeanSpectrum {
  const reader = new EditedReader(dsp, audio);
  try {
    const size = windowSize(Math.min(range.end, reader.frames) - range.start);
    const kernel = new SpectrumKernel(dsp, size, "hann");
    const windows = welchStarts(range, reader.frames, size);
    const lanes = Array.from({ length: LANES }, () => new FrameWindow(dsp, reader, size));
    const silence = dsp.allocate(size * 4);
    for (let i = 0; i < windows.length; i += LANES) {
      const used = lanes.slice(0, windows.length - i);
      used.forEach((lane, k) => lane.moveTo(windows[i + k]!));
      for (let channel = 0; channel < audio.channels; channel++) {
        const [a = silence, b = silence, c = silence, d = silence] = used.map(
          ({ buffers }) => buffers[channel]!,
        );
        kernel.add(a, b, c, d);
      }
    }
    const count = Math.max(1, windows.length) * audio.channels;
    return { binHz: audio.sampleRate / size, levels: toLevels(kernel.power, count) };
  } finally {
    reader.close();
  }
}

/** @returns samples of a window for a range of so many frames */
function windowSize(frames: number): number {
  const fitting = 2 ** Math.floor(Math.log2(Math.max(1, frames)));
  return Math.min(LARGEST_SIZE, Math.max(SMALLEST_SIZE, fitting));
}

/** First frames of the windows; one around the middle if the range is shorter than that. */
function welchStarts({ start, end }: FrameRange, frames: number, size: number): number[] {
  const last = Math.min(end, frames) - size;
  if (last <= start) return [Math.floor((start + last) / 2)];
  const count = Math.min(MOST_WINDOWS, Math.floor((last - start) / (size / 2)) + 1);
  const step = count > 1 ? (last - start) / (count - 1) : 0;
  return Array.from({ length: count }, (_, i) => Math.round(start + i * step));
}

function toLevels(power: Float32Array, count: number): Float32Array<ArrayBuffer> {
  return Float32Array.from({ length: power.length / LANES }, (_, bin) => {
    let sum = 0;
    for (let lane = 0; lane < LANES; lane++) sum += power[bin * LANES + lane]!;
    return 10 * Math.log10(sum / count);
  });
}
