/**
 * Running maximum over the last `length` values, in amortised O(1) per value.
 *
 * Source: D. Lemire, "Streaming Maximum-Minimum Filter Using No More than Three Comparisons
 * per Element", Nordic J. Computing 13(4), 2006.
 */
import { allocate } from "../memory";

@unmanaged
export class SlidingMaximum {
  /** Ring of the values that can still become the maximum, falling, each with when it expires. */
  private values: usize;
  private expiries: usize;
  private head: i32 = 0;
  private count: i32 = 0;
  private now: i32 = 0;

  /** @param length at least 1 */
  constructor(private length: i32) {
    this.values = allocate(length << 3);
    this.expiries = allocate(length << 2);
  }

  /** Takes one value and returns the greatest of the last `length` ones. */
  push(value: f64): f64 {
    if (this.count > 0 && load<i32>(this.expiries + (<usize>this.head << 2)) == this.now) {
      this.head = this.wrap(this.head + 1);
      this.count--;
    }
    // Whatever is no greater than the newcomer and older can never be the maximum again.
    while (this.count > 0 && this.valueAt(this.head + this.count - 1) <= value) this.count--;
    const tail = <usize>this.wrap(this.head + this.count++);
    store<f64>(this.values + (tail << 3), value);
    // Time may wrap round: only equality is asked.
    store<i32>(this.expiries + (tail << 2), this.now++ + this.length);
    return this.valueAt(this.head);
  }

  // @ts-ignore: decorator
  @inline
  private valueAt(slot: i32): f64 {
    return load<f64>(this.values + (<usize>this.wrap(slot) << 3));
  }

  // @ts-ignore: decorator
  @inline
  private wrap(slot: i32): i32 {
    return slot < this.length ? slot : slot - this.length;
  }
}
