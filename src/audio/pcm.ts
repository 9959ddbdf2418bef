/**
 * PCM bytes to numbers and back, in plain TypeScript: the reference for the engine's kernels, and good
 * enough for small jobs. Full scale is 1: an n-bit integer is divided by 2^(n-1).
 */
import { BYTES_PER_SAMPLE, type PcmFormat, type SampleLayout } from "./audioFile.js";

/** The interleaved format of these properties. */
export function pcmFormat(layout: SampleLayout, channels: number, bigEndian = false): PcmFormat {
  return { layout, bigEndian, channels, frameBytes: channels * BYTES_PER_SAMPLE[layout] };
}

/**
 * Planar samples of the first `frames` frames of interleaved `bytes`; floats come as they are, also
 * above 1, infinite and NaN.
 * @throws RangeError if `bytes` holds fewer frames
 */
export function decodePcm(bytes: Uint8Array, pcm: PcmFormat, frames: number): Float64Array[] {
  if (frames * pcm.frameBytes > bytes.length) {
    throw new RangeError(`decodePcm: ${frames} frames of ${pcm.frameBytes} bytes, got ${bytes.length} bytes`);
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const read = READERS[pcm.layout];
  const stride = BYTES_PER_SAMPLE[pcm.layout];
  return Array.from({ length: pcm.channels }, (_, channel) => {
    const samples = new Float64Array(frames);
    let offset = channel * stride;
    for (let frame = 0; frame < frames; frame++, offset += pcm.frameBytes) {
      samples[frame] = read(view, offset, !pcm.bigEndian);
    }
    return samples;
  });
}

/**
 * Interleaved bytes of planar samples, all of the same length. Integers are rounded to the nearest (ties
 * to even) and limited to their range; NaN becomes 0 in them. No dither.
 * @throws RangeError if the number of channels is not that of `pcm`
 */
export function encodePcm(planar: readonly ArrayLike<number>[], pcm: PcmFormat): Uint8Array<ArrayBuffer> {
  if (planar.length !== pcm.channels) {
    throw new RangeError(`encodePcm: ${planar.length} channels for a format of ${pcm.channels}`);
  }
  const frames = planar[0]?.length ?? 0;
  const bytes = new Uint8Array(frames * pcm.frameBytes);
  const view = new DataView(bytes.buffer);
  const write = WRITERS[pcm.layout];
  planar.forEach((samples, channel) => {
    let offset = channel * BYTES_PER_SAMPLE[pcm.layout];
    for (let frame = 0; frame < frames; frame++, offset += pcm.frameBytes) {
      write(view, offset, samples[frame]!, !pcm.bigEndian);
    }
  });
  return bytes;
}

type SampleReader = (view: DataView, offset: number, littleEndian: boolean) => number;
type SampleWriter = (view: DataView, offset: number, value: number, littleEndian: boolean) => void;

const READERS: Readonly<Record<SampleLayout, SampleReader>> = {
  u8: (view, offset) => (view.getUint8(offset) - 128) / 2 ** 7,
  s16: (view, offset, littleEndian) => view.getInt16(offset, littleEndian) / 2 ** 15,
  s24: (view, offset, littleEndian) => getInt24(view, offset, littleEndian) / 2 ** 23,
  s32: (view, offset, littleEndian) => view.getInt32(offset, littleEndian) / 2 ** 31,
  f32: (view, offset, littleEndian) => view.getFloat32(offset, littleEndian),
  f64: (view, offset, littleEndian) => view.getFloat64(offset, littleEndian),
};

const WRITERS: Readonly<Record<SampleLayout, SampleWriter>> = {
  u8: (view, offset, value) => view.setUint8(offset, quantize(value, 8) + 128),
  s16: (view, offset, value, littleEndian) => view.setInt16(offset, quantize(value, 16), littleEndian),
  s24: (view, offset, value, littleEndian) => setInt24(view, offset, quantize(value, 24), littleEndian),
  s32: (view, offset, value, littleEndian) => view.setInt32(offset, quantize(value, 32), littleEndian),
  f32: (view, offset, value, littleEndian) => view.setFloat32(offset, value, littleEndian),
  f64: (view, offset, value, littleEndian) => view.setFloat64(offset, value, littleEndian),
};

function getInt24(view: DataView, offset: number, littleEndian: boolean): number {
  const middle = view.getUint8(offset + 1) << 8;
  return littleEndian
    ? view.getUint8(offset) | middle | (view.getInt8(offset + 2) << 16)
    : view.getUint8(offset + 2) | middle | (view.getInt8(offset) << 16);
}

function setInt24(view: DataView, offset: number, value: number, littleEndian: boolean): void {
  view.setUint8(offset + (littleEndian ? 0 : 2), value);
  view.setUint8(offset + 1, value >> 8);
  view.setUint8(offset + (littleEndian ? 2 : 0), value >> 16);
}

/** The nearest integer of `bits` bits; 1 is 2^(bits-1). */
function quantize(value: number, bits: number): number {
  const scale = 2 ** (bits - 1);
  if (Number.isNaN(value)) return 0;
  return Math.min(scale - 1, Math.max(-scale, roundTiesToEven(value * scale)));
}

function roundTiesToEven(value: number): number {
  const floor = Math.floor(value);
  const fraction = value - floor;
  if (fraction === 0.5) return floor % 2 === 0 ? floor : floor + 1;
  return fraction < 0.5 ? floor : floor + 1;
}
