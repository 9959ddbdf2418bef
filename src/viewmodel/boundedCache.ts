/** Values by key, the least recently used of which are forgotten once they weigh too much together. */
export class BoundedCache<Value> {
  readonly #values = new Map<string, { value: Value; weight: number }>();
  readonly #mostWeight: number;
  #weight = 0;

  /** @param mostWeight in the unit of the weights, usually bytes; one value alone may be heavier */
  constructor(mostWeight: number) {
    this.#mostWeight = mostWeight;
  }

  get weight(): number {
    return this.#weight;
  }

  get size(): number {
    return this.#values.size;
  }

  /** Counts as a use. */
  get(key: string): Value | undefined {
    const entry = this.#values.get(key);
    if (!entry) return undefined;
    this.#values.delete(key);
    this.#values.set(key, entry);
    return entry.value;
  }

  set(key: string, value: Value, weight: number): void {
    this.delete(key);
    this.#values.set(key, { value, weight });
    this.#weight += weight;
    for (const oldest of this.#values.keys()) {
      if (this.#weight <= this.#mostWeight || oldest === key) break;
      this.delete(oldest);
    }
  }

  delete(key: string): void {
    this.#weight -= this.#values.get(key)?.weight ?? 0;
    this.#values.delete(key);
  }

  clear(): void {
    this.#values.clear();
    this.#weight = 0;
  }
}
