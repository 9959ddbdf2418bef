/**
 * ADPCM blocks to 16-bit integers. A block starts afresh with a header per channel, so any block can
 * be decoded alone.
 *
 * Sources: IMA Digital Audio Focus and Technical Working Groups, "Recommended Practices for Enhancing
 * Digital Audio Compatibility in Multimedia Systems", 3.0 (tables, algorithm); Microsoft,
 * "New Multimedia Data Types and Data Techniques", 3.0 (block layouts, MS ADPCM).
 */

/** How the blocks of one file are decoded. */
export interface AdpcmCodec {
  /** Frames that a block of `bytes` bytes holds; 0 if not even its header fits. */
  framesIn(bytes: number): number;
  /**
   * Decodes the first `frames` frames of `block` to interleaved `target`.
   * @throws AdpcmError if the block's header is impossible
   */
  decode(block: Uint8Array, frames: number, target: Int16Array): void;
}

/** A block that no encoder makes; `offset` counts from its start. */
export class AdpcmError extends Error {
  override readonly name = "AdpcmError";
  constructor(
    readonly offset: number,
    reason: string,
  ) {
    super(reason);
  }
}

/** Step sizes: each about 1.1 times the one before. */
// prettier-ignore
const IMA_STEPS = Int16Array.of(
  7, 8, 9, 10, 11, 12, 13, 14, 16, 17, 19, 21, 23, 25, 28, 31, 34, 37, 41, 45, 50, 55, 60, 66, 73, 80, 88, 97, 107,
  118, 130, 143, 157, 173, 190, 209, 230, 253, 279, 307, 337, 371, 408, 449, 494, 544, 598, 658, 724, 796, 876, 963,
  1060, 1166, 1282, 1411, 1552, 1707, 1878, 2066, 2272, 2499, 2749, 3024, 3327, 3660, 4026, 4428, 4871, 5358, 5894,
  6484, 7132, 7845, 8630, 9493, 10442, 11487, 12635, 13899, 15289, 16818, 18500, 20350, 22385, 24623, 27086, 29794,
  32767,
);
const IMA_INDEX_CHANGES = Int8Array.of(-1, -1, -1, -1, 2, 4, 6, 8);

/** IMA (DVI) ADPCM: 4 header bytes a channel, then 4 bytes of each channel in turn, low nibble first. */
export function imaAdpcm(channels: number): AdpcmCodec {
  const header = 4 * channels;
  return {
    framesIn: (bytes) => (bytes < header ? 0 : 1 + 8 * Math.floor((bytes - header) / header)),
    decode(block, frames, target) {
      for (let channel = 0; channel < channels; channel++)
        decodeImaChannel(block, frames, channel, channels, target);
    },
  };
}

function decodeImaChannel(
  block: Uint8Array,
  frames: number,
  channel: number,
  channels: number,
  target: Int16Array,
) {
  let value = int16(block, 4 * channel);
  let index = block[4 * channel + 2]!;
  if (index >= IMA_STEPS.length) {
    throw new AdpcmError(4 * channel + 2, `an IMA ADPCM step index of ${index}; the greatest is 88`);
  }
  target[channel] = value;
  for (let frame = 1; frame < frames; frame++) {
    const word = (frame - 1) >> 3;
    const nibble = (frame - 1) & 7;
    const byte = block[4 * (channels * (word + 1) + channel) + (nibble >> 1)]!;
    const code = nibble & 1 ? byte >> 4 : byte & 15;
    const step = IMA_STEPS[index]!;
    const difference =
      (step >> 3) + (code & 1 ? step >> 2 : 0) + (code & 2 ? step >> 1 : 0) + (code & 4 ? step : 0);
    value = clampInt16(code & 8 ? value - difference : value + difference);
    index = Math.min(88, Math.max(0, index + IMA_INDEX_CHANGES[code & 7]!));
    target[frame * channels + channel] = value;
  }
}

/** Factors of the step, 256 = 1, by nibble. */
const MS_ADAPTATION = Int16Array.of(
  230,
  230,
  230,
  230,
  307,
  409,
  512,
  614,
  768,
  614,
  512,
  409,
  307,
  230,
  230,
  230,
);
const MS_LEAST_STEP = 16;
/** Far beyond any step a true encoder reaches; keeps a broken block from growing without end. */
const MS_GREATEST_STEP = 2 ** 21;

/**
 * MS ADPCM: 7 header bytes a channel (predictor, step, two samples), then nibbles of the channels in
 * turn, high nibble first.
 * @param coefficients predictor pairs from the `fmt ` chunk, 256 = 1
 */
export function msAdpcm(channels: number, coefficients: readonly (readonly [number, number])[]): AdpcmCodec {
  const header = 7 * channels;
  return {
    framesIn: (bytes) => (bytes < header ? 0 : 2 + Math.floor(((bytes - header) * 2) / channels)),
    decode(block, frames, target) {
      for (let channel = 0; channel < channels; channel++) {
        const pair = coefficients[block[channel]!];
        if (!pair)
          throw new AdpcmError(channel, `MS ADPCM predictor ${block[channel]} of ${coefficients.length}`);
        decodeMsChannel(block, frames, channel, channels, pair, target);
      }
    },
  };
}

function decodeMsChannel(
  block: Uint8Array,
  frames: number,
  channel: number,
  channels: number,
  [first, second]: readonly [number, number],
  target: Int16Array,
): void {
  let step = int16(block, channels + 2 * channel);
  let last = int16(block, 3 * channels + 2 * channel);
  let beforeLast = int16(block, 5 * channels + 2 * channel);
  target[channel] = beforeLast;
  if (frames > 1) target[channels + channel] = last;
  for (let frame = 2; frame < frames; frame++) {
    const nibble = (frame - 2) * channels + channel;
    const byte = block[7 * channels + (nibble >> 1)]!;
    const code = nibble & 1 ? byte & 15 : byte >> 4;
    // Both quotients are cut towards zero, as C does it.
    const prediction = Math.trunc((last * first + beforeLast * second) / 256);
    const value = clampInt16(prediction + (code < 8 ? code : code - 16) * step);
    step = Math.min(
      MS_GREATEST_STEP,
      Math.max(MS_LEAST_STEP, Math.trunc((MS_ADAPTATION[code]! * step) / 256)),
    );
    beforeLast = last;
    last = value;
    target[frame * channels + channel] = value;
  }
}

function int16(bytes: Uint8Array, offset: number): number {
  return ((bytes[offset]! | (bytes[offset + 1]! << 8)) << 16) >> 16;
}

function clampInt16(value: number): number {
  return Math.min(32767, Math.max(-32768, value));
}
