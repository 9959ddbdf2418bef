/** Bits of FLAC audio, the highest of a byte first, with the Rice code of its residuals (RFC 9639, section 9.2.7). */

/** The bits end inside a value. */
export class BitsEndError extends Error {
  override readonly name = "BitsEndError";
}

export class BitReader {
  #bytes: Uint8Array;
  #next = 0;
  /** Bits read ahead, left-justified; zeros behind them. */
  #ahead = 0;
  #count = 0;

  constructor(bytes: Uint8Array, at = 0) {
    this.#bytes = bytes;
    this.#next = at;
  }

  /** Goes on at byte `at` of `bytes`. */
  restart(bytes: Uint8Array, at: number): void {
    this.#bytes = bytes;
    this.#next = at;
    this.#ahead = this.#count = 0;
  }

  /** Byte behind the last one that was read from, in part or whole. */
  get position(): number {
    return this.#next - (this.#count >> 3);
  }

  /** The next `width` bits (0 to 32) as an unsigned number. */
  unsigned(width: number): number {
    if (width > 16) return this.unsigned(width - 16) * 65536 + this.unsigned(16);
    if (width === 0) return 0;
    if (this.#count < width) this.#refill(width);
    const value = this.#ahead >>> (32 - width);
    this.#ahead <<= width;
    this.#count -= width;
    return value;
  }

  /** The next `width` bits (1 to 33) as a two's complement number. */
  signed(width: number): number {
    if (width <= 16) return (this.unsigned(width) << (32 - width)) >> (32 - width);
    const value = width > 32 ? this.unsigned(1) * 2 ** 32 + this.unsigned(32) : this.unsigned(width);
    const half = 2 ** (width - 1);
    return value >= half ? value - 2 * half : value;
  }

  /** Zeros before the next one, which is passed too. */
  unary(): number {
    let zeros = 0;
    while (this.#ahead === 0) {
      zeros += this.#count;
      this.#count = 0;
      this.#refill(1);
    }
    const run = Math.clz32(this.#ahead);
    this.#ahead = (this.#ahead << run) << 1;
    this.#count -= run + 1;
    return zeros + run;
  }

  /** `count` residuals in the Rice code of `parameter` (0 to 30) into `target` from `start` on. */
  rice(parameter: number, target: Int32Array, start: number, count: number): void {
    const bytes = this.#bytes;
    const end = start + count;
    // Most of the decoder's time is spent here: the state is held in locals, and short codes take one look ahead.
    let [next, ahead, there] = [this.#next, this.#ahead, this.#count];
    for (let i = start; i < end; i++) {
      while (there <= 24 && next < bytes.length) {
        ahead |= bytes[next++]! << (24 - there);
        there += 8;
      }
      let run = Math.clz32(ahead);
      if (run + 1 + parameter <= there) {
        ahead = (ahead << run) << 1;
        const folded = parameter === 0 ? 0 : ahead >>> (32 - parameter);
        ahead <<= parameter;
        there -= run + 1 + parameter;
        const value = (run << parameter) | folded;
        target[i] = (value >>> 1) ^ -(value & 1);
        continue;
      }
      [this.#next, this.#ahead, this.#count] = [next, ahead, there];
      run = this.unary();
      const value = (run << parameter) | this.unsigned(parameter);
      target[i] = (value >>> 1) ^ -(value & 1);
      [next, ahead, there] = [this.#next, this.#ahead, this.#count];
    }
    [this.#next, this.#ahead, this.#count] = [next, ahead, there];
  }

  #refill(needed: number): void {
    while (this.#count <= 24 && this.#next < this.#bytes.length) {
      this.#ahead |= this.#bytes[this.#next++]! << (24 - this.#count);
      this.#count += 8;
    }
    if (this.#count < needed) throw new BitsEndError("the block is cut off");
  }
}
