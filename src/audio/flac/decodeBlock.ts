/** One block of FLAC audio to integers. Source: RFC 9639, sections 9.2 and 9.3. */
import { BitReader, BitsEndError } from "./bits.js";
import { parseBlockHeader, type BlockHeader } from "./blockHeader.js";
import { crc16 } from "./checksums.js";
import type { StreamInfo } from "./metadata.js";

export interface DecodedBlock extends BlockHeader {
  /** Planar, as integers of the stream's bit depth; valid until the next block is decoded. */
  readonly channels: readonly Samples[];
  /** Bytes of the whole block. */
  readonly bytes: number;
}

/** 33 bits of a side channel of 32-bit audio do not fit an Int32Array. */
type Samples = Int32Array | Float64Array;

/** A block that is damaged or uses what the standard reserves. */
class BlockError extends Error {
  override readonly name = "BlockError";
}

export class BlockDecoder {
  readonly #info: StreamInfo;
  readonly #channels: Samples[];
  readonly #residuals: Int32Array;
  readonly #bits = new BitReader(new Uint8Array(0));

  constructor(info: StreamInfo) {
    this.#info = info;
    const size = info.greatestBlock;
    this.#channels = Array.from({ length: info.channels }, () =>
      info.bitDepth > 31 ? new Float64Array(size) : new Int32Array(size),
    );
    this.#residuals = new Int32Array(size);
  }

  /** Decodes the block that begins at `at`; nothing if there is none, or it is damaged or cut off. */
  decode(bytes: Uint8Array, at: number): DecodedBlock | undefined {
    const header = parseBlockHeader(bytes, at, this.#info);
    if (!header) return undefined;
    try {
      this.#bits.restart(bytes, at + header.bytes);
      this.#channels.forEach((samples, channel) => this.#subframe(header, channel, samples));
    } catch (error) {
      if (error instanceof BlockError || error instanceof BitsEndError) return undefined;
      throw error;
    }
    const end = this.#bits.position;
    if (end + 2 > bytes.length || crc16(bytes, at, end) !== ((bytes[end]! << 8) | bytes[end + 1]!)) {
      return undefined;
    }
    this.#joinStereo(header);
    return { ...header, channels: this.#channels, bytes: end + 2 - at };
  }

  #subframe({ frames, assignment }: BlockHeader, channel: number, samples: Samples): void {
    const bits = this.#bits;
    if (bits.unsigned(1) !== 0) throw new BlockError("a reserved bit is set");
    const type = bits.unsigned(6);
    const wasted = bits.unsigned(1) === 1 ? bits.unary() + 1 : 0;
    const isSide = assignment === 9 ? channel === 0 : assignment >= 8 && channel === 1;
    const depth = this.#info.bitDepth + (isSide ? 1 : 0) - wasted;
    if (depth < 1) throw new BlockError(`${wasted} wasted bits`);
    if (type === 0) samples.fill(bits.signed(depth), 0, frames);
    else if (type === 1) for (let i = 0; i < frames; i++) samples[i] = bits.signed(depth);
    else if (type >= 8 && type <= 12) this.#fixed(samples, frames, depth, type - 8);
    else if (type >= 32) this.#linear(samples, frames, depth, type - 31);
    else throw new BlockError(`a subframe of type ${type}`);
    if (wasted > 0) for (let i = 0; i < frames; i++) samples[i]! *= 2 ** wasted;
  }

  #fixed(samples: Samples, frames: number, depth: number, order: number): void {
    this.#warmUp(samples, frames, depth, order);
    const residuals = this.#residuals;
    this.#readResiduals(frames, order);
    switch (order) {
      case 0:
        for (let i = 0; i < frames; i++) samples[i] = residuals[i]!;
        return;
      case 1:
        for (let i = 1; i < frames; i++) samples[i] = residuals[i]! + samples[i - 1]!;
        return;
      case 2:
        for (let i = 2; i < frames; i++) samples[i] = residuals[i]! + 2 * samples[i - 1]! - samples[i - 2]!;
        return;
      case 3:
        for (let i = 3; i < frames; i++) {
          samples[i] = residuals[i]! + 3 * (samples[i - 1]! - samples[i - 2]!) + samples[i - 3]!;
        }
        return;
      default:
        for (let i = 4; i < frames; i++) {
          const outer = 4 * (samples[i - 1]! + samples[i - 3]!);
          samples[i] = residuals[i]! + outer - 6 * samples[i - 2]! - samples[i - 4]!;
        }
    }
  }

  #linear(samples: Samples, frames: number, depth: number, order: number): void {
    this.#warmUp(samples, frames, depth, order);
    const precision = this.#bits.unsigned(4) + 1;
    if (precision === 16) throw new BlockError("a reserved precision");
    const shift = this.#bits.signed(5);
    if (shift < 0) throw new BlockError("a negative shift");
    const coefficients = Array.from({ length: order }, () => this.#bits.signed(precision));
    this.#readResiduals(frames, order);
    const sumBits = depth + precision + Math.ceil(Math.log2(order));
    if (sumBits <= 32 && samples instanceof Int32Array) {
      predictShort(samples, this.#residuals, frames, Int32Array.from(coefficients), shift);
    } else {
      predictLong(samples, this.#residuals, frames, Float64Array.from(coefficients), 2 ** -shift);
    }
  }

  #warmUp(samples: Samples, frames: number, depth: number, order: number): void {
    if (order > frames) throw new BlockError(`a predictor of order ${order} for ${frames} frames`);
    for (let i = 0; i < order; i++) samples[i] = this.#bits.signed(depth);
  }

  /** Residuals of all frames but the first `order`. */
  #readResiduals(frames: number, order: number): void {
    const bits = this.#bits;
    const method = bits.unsigned(2);
    if (method > 1) throw new BlockError("a reserved residual coding");
    const width = method === 0 ? 4 : 5;
    const partitions = 2 ** bits.unsigned(4);
    const size = frames / partitions;
    if (!Number.isInteger(size) || size < order) throw new BlockError(`${partitions} partitions`);
    for (let partition = 0, at = order; partition < partitions; partition++) {
      const count = (partition + 1) * size - at;
      const parameter = bits.unsigned(width);
      if (parameter < 2 ** width - 1) {
        bits.rice(parameter, this.#residuals, at, count);
      } else {
        const depth = bits.unsigned(5);
        for (let i = at; i < at + count; i++) this.#residuals[i] = depth === 0 ? 0 : bits.signed(depth);
      }
      at += count;
    }
  }

  #joinStereo({ assignment, frames }: BlockHeader): void {
    const [first, second] = this.#channels;
    if (assignment < 8 || !first || !second) return;
    for (let i = 0; i < frames; i++) {
      const [a, b] = [first[i]!, second[i]!];
      if (assignment === 8) {
        second[i] = a - b;
      } else if (assignment === 9) {
        first[i] = a + b;
      } else {
        // The side tells the bit that the mid has lost.
        const right = a - Math.floor(b / 2);
        second[i] = right;
        first[i] = right + b;
      }
    }
  }
}

/** Linear prediction where no sum leaves 32 bits. */
function predictShort(
  samples: Int32Array,
  residuals: Int32Array,
  frames: number,
  coefficients: Int32Array,
  shift: number,
): void {
  const order = coefficients.length;
  const fours = order - (order % 4);
  for (let i = order; i < frames; i++) {
    let sum = 0;
    let at = i - 1;
    let k = 0;
    // Four terms at a time: twice as fast.
    for (; k < fours; k += 4, at -= 4) {
      sum +=
        Math.imul(coefficients[k]!, samples[at]!) +
        Math.imul(coefficients[k + 1]!, samples[at - 1]!) +
        Math.imul(coefficients[k + 2]!, samples[at - 2]!) +
        Math.imul(coefficients[k + 3]!, samples[at - 3]!);
    }
    for (; k < order; k++, at--) sum += Math.imul(coefficients[k]!, samples[at]!);
    samples[i] = residuals[i]! + (sum >> shift);
  }
}

/** The same with sums of up to 53 bits, which doubles hold exactly: 15 of a coefficient, 33 of a sample, 5 of 32 terms. */
function predictLong(
  samples: Samples,
  residuals: Int32Array,
  frames: number,
  coefficients: Float64Array,
  scale: number,
): void {
  const order = coefficients.length;
  const fours = order - (order % 4);
  for (let i = order; i < frames; i++) {
    let sum = 0;
    let at = i - 1;
    let k = 0;
    for (; k < fours; k += 4, at -= 4) {
      sum +=
        coefficients[k]! * samples[at]! +
        coefficients[k + 1]! * samples[at - 1]! +
        coefficients[k + 2]! * samples[at - 2]! +
        coefficients[k + 3]! * samples[at - 3]!;
    }
    for (; k < order; k++, at--) sum += coefficients[k]! * samples[at]!;
    samples[i] = residuals[i]! + Math.floor(sum * scale);
  }
}
