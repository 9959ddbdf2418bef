/**
 * Planar f32 channels to interleaved little-endian PCM. Full scale 1.0 is 2^(bits - 1), so
 * that integers decoded to floats and encoded without dither come back unchanged.
 */
import { allocate } from "../memory";
import { Dither, Quantiser } from "../dither/dither";
import { Layout } from "./layout";

/** Frames that are quantised at a time. */
const PIECE_FRAMES: i32 = 512;

@unmanaged
class Encoder {
  layout: i32;
  channels: i32;
  sampleBytes: usize;
  /** Address of one {@link Quantiser} per channel, in order; unused by the float layouts. */
  quantisers: usize;
  /** Integers of a piece of one channel, and what is written beyond. */
  integers: usize;

  /** Encodes every channel's `frames` (at most a piece) from frame `start` on. @returns clipped samples */
  encodePiece(channelPointers: usize, start: i32, frames: i32, target: usize): i32 {
    const stride = this.sampleBytes * <usize>this.channels;
    let clipped = 0;
    for (let channel = 0; channel < this.channels; channel++) {
      const slot = (<usize>channel) << 2;
      const source = load<usize>(channelPointers + slot) + ((<usize>start) << 2);
      const to = target + <usize>start * stride + <usize>channel * this.sampleBytes;
      if (this.layout >= Layout.F32) {
        this.storeFloats(source, to, stride, frames);
      } else {
        const quantiser = changetype<Quantiser>(load<usize>(this.quantisers + slot));
        clipped += quantiser.process(source, this.integers, frames);
        this.storeIntegers(to, stride, frames);
      }
    }
    return clipped;
  }

  private storeFloats(source: usize, to: usize, stride: usize, frames: i32): void {
    const end = source + ((<usize>frames) << 2);
    if (this.layout == Layout.F32) {
      for (; source < end; source += 4, to += stride) store<f32>(to, load<f32>(source));
    } else {
      for (; source < end; source += 4, to += stride) store<f64>(to, <f64>load<f32>(source));
    }
  }

  private storeIntegers(to: usize, stride: usize, frames: i32): void {
    let from = this.integers;
    const end = from + ((<usize>frames) << 2);
    switch (this.layout) {
      case Layout.U8:
        for (; from < end; from += 4, to += stride) store<u8>(to, <u8>(load<i32>(from) + 128));
        break;
      case Layout.S16:
        for (; from < end; from += 4, to += stride) store<i16>(to, <i16>load<i32>(from));
        break;
      case Layout.S24:
        for (; from < end; from += 4, to += stride) {
          const value = load<i32>(from);
          store<i16>(to, <i16>value);
          store<u8>(to, <u8>(value >> 16), 2);
        }
        break;
      default:
        for (; from < end; from += 4, to += stride) store<i32>(to, load<i32>(from));
    }
  }
}

function bytesPerSample(layout: i32): i32 {
  if (layout == Layout.F64) return 8;
  return layout == Layout.F32 ? 4 : layout + 1;
}

/**
 * @param layout as {@link Layout}
 * @param dither as `Dither`; only for integers of up to 24 bits (the others resolve more than
 *   the 32-bit floats that come in)
 * @param sampleRate Hz; the noise shaping depends on it
 */
export function encoderNew(layout: i32, channels: i32, dither: i32, sampleRate: f64, seed: i32): usize {
  const encoder = new Encoder();
  encoder.layout = layout;
  encoder.channels = channels;
  encoder.sampleBytes = <usize>bytesPerSample(layout);
  encoder.quantisers = allocate(channels << 2);
  encoder.integers = allocate((PIECE_FRAMES + 3) << 2);
  const kind = layout <= Layout.S24 ? dither : Dither.None;
  for (let channel = 0; channel < channels; channel++) {
    const channelSeed = ((<i64>seed) << 32) | (<i64>channel + 1);
    const quantiser = new Quantiser(<i32>encoder.sampleBytes * 8, kind, sampleRate, channelSeed);
    store<usize>(encoder.quantisers + ((<usize>channel) << 2), changetype<usize>(quantiser));
  }
  return changetype<usize>(encoder);
}

/**
 * Encodes `frames` frames.
 * @param channelPointers address of one f32 buffer address per channel
 * @param target address of frames x channels samples; must not overlap the channels
 * @returns samples over full scale, which were clipped; 0 for the float layouts, which have
 *   no full scale
 */
export function encoderProcess(address: usize, channelPointers: usize, frames: i32, target: usize): i32 {
  const encoder = changetype<Encoder>(address);
  let clipped = 0;
  for (let start = 0; start < frames; start += PIECE_FRAMES) {
    clipped += encoder.encodePiece(channelPointers, start, min(PIECE_FRAMES, frames - start), target);
  }
  return clipped;
}
