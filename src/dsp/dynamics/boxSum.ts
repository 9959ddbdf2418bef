/** Running sum over the last `length` values: a box filter, not divided by its length. */
import { allocate } from "../memory";

@unmanaged
export class BoxSum {
  private ring: usize;
  private position: i32 = 0;
  private sum: f64 = 0;

  constructor(private length: i32) {
    this.ring = allocate(length << 3);
  }

  /**
   * Takes one value and returns the sum of the last `length` ones. It does not drift as long
   * as all sums fit the 53 bits of a double: the caller feeds multiples of a power of two.
   */
  push(value: f64): f64 {
    const slot = this.ring + (<usize>this.position << 3);
    this.sum += value - load<f64>(slot);
    store<f64>(slot, value);
    if (++this.position == this.length) this.position = 0;
    return this.sum;
  }
}
