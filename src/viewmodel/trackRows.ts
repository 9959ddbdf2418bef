/** Rows of equal or different heights below each other, of which only those in sight are drawn. */

export interface Row {
  readonly index: number;
  /** CSS pixels from the top of all rows. */
  readonly top: number;
  readonly height: number;
}

export class TrackRows {
  readonly #tops: Float64Array;

  /** @param heights CSS pixels */
  constructor(heights: readonly number[]) {
    this.#tops = new Float64Array(heights.length + 1);
    heights.forEach((height, i) => (this.#tops[i + 1] = this.#tops[i]! + height));
  }

  get count(): number {
    return this.#tops.length - 1;
  }

  /** Of all rows together. */
  get height(): number {
    return this.#tops[this.count]!;
  }

  row(index: number): Row {
    const top = this.#tops[index]!;
    return { index, top, height: this.#tops[index + 1]! - top };
  }

  /** @returns the row at `y`, or `undefined` below the last one */
  at(y: number): Row | undefined {
    if (y < 0 || y >= this.height) return undefined;
    let [low, high] = [0, this.count - 1];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.#tops[middle]! <= y) low = middle;
      else high = middle - 1;
    }
    return this.row(low);
  }

  /** @returns the rows between two places, those that are cut too */
  between(top: number, bottom: number): Row[] {
    const rows: Row[] = [];
    const first = this.at(Math.max(0, top))?.index ?? this.count;
    for (let i = first; i < this.count && this.#tops[i]! < bottom; i++) rows.push(this.row(i));
    return rows;
  }
}
