/** Audio that has to be decoded from its beginning before it can be read at any frame. */
import type { AudioFileInfo, SampleLayout } from "../audioFile.js";
import type { FormatFacts } from "../facts/formatFacts.js";

/** What the headers tell; `frames` may be an estimate. */
export interface CompressedInfo extends Omit<AudioFileInfo, "bitDepth"> {
  /** Significant bits of a sample; `null` where the codec has none. */
  readonly bitDepth: number | null;
}

export interface CompressedAudio {
  readonly info: CompressedInfo;
  readonly facts: FormatFacts;
  /** How the samples of the pieces lie in memory; little-endian. */
  readonly layout: SampleLayout;
  /** The audio from its first frame to its last. What is odd on the way is added to the warnings of `info`. */
  decode(): AsyncGenerator<DecodedPiece>;
}

export interface DecodedPiece {
  /** Whole interleaved frames; valid until the next piece. */
  readonly bytes: Uint8Array;
  /** Share of the file that has been read, 0 to 1. */
  readonly fraction: number;
}

/**
 * Planar samples as interleaved ones; what is no finite number becomes silence.
 * @param order which of `channels` each audio channel of the result is
 * @param gain factor
 */
export function interleaveFloats(
  channels: readonly Float32Array[],
  from: number,
  frames: number,
  order: readonly number[],
  gain = 1,
): Uint8Array {
  const interleaved = new Float32Array(frames * order.length);
  order.forEach((channel, output) => {
    const samples = channels[channel];
    if (!samples) return;
    for (let i = 0, at = output; i < frames; i++, at += order.length) {
      const value = samples[from + i]! * gain;
      interleaved[at] = Number.isFinite(value) ? value : 0;
    }
  });
  // Every machine that runs VS Code or Node's releases for PCs is little-endian.
  return new Uint8Array(interleaved.buffer);
}

/** Silence is written in pieces of so many frames. */
const SILENCE_FRAMES = 1 << 15;

/** @param frameBytes of a frame in `layout` */
export function* silentPieces(
  frames: number,
  fraction: number,
  { frameBytes, layout }: { readonly frameBytes: number; readonly layout: SampleLayout },
): Generator<DecodedPiece> {
  for (let left = frames; left > 0; left -= SILENCE_FRAMES) {
    const bytes = new Uint8Array(Math.min(left, SILENCE_FRAMES) * frameBytes);
    if (layout === "u8") bytes.fill(0x80);
    yield { bytes, fraction };
  }
}

/** Runs `call` while a decoder's own words on damaged input are kept from the console. */
export function quietly<T>(call: () => T): T {
  const { console } = globalThis;
  const print = console.error;
  console.error = () => undefined;
  try {
    return call();
  } finally {
    console.error = print;
  }
}
