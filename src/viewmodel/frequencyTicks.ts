/** Labels of a frequency axis. */

export interface FrequencyTick {
  readonly hertz: number;
  /** "500", "2k", "12.5k". */
  readonly label: string;
}

/**
 * Round frequencies between the bounds, each at least `gap` pixels from all others; the roundest have precedence.
 * @param place pixel of a frequency
 */
export function frequencyTicks(
  { low, high }: { readonly low: number; readonly high: number },
  place: (hertz: number) => number,
  gap = 18,
): FrequencyTick[] {
  const kept: { hertz: number; at: number }[] = [];
  for (const factor of [1, 5, 2, 3, 7, 1.5, 4, 6, 8, 9]) {
    for (let power = Math.floor(Math.log10(Math.max(low, high / 1000))); 10 ** power <= high; power++) {
      const hertz = factor * 10 ** power;
      if (hertz < low || hertz > high) continue;
      const at = place(hertz);
      if (kept.every((other) => Math.abs(other.at - at) >= gap)) kept.push({ hertz, at });
    }
  }
  return kept.sort((a, b) => a.hertz - b.hertz).map(({ hertz }) => ({ hertz, label: frequencyLabel(hertz) }));
}

/** `500`, `2k`, `12.5k`. */
export function frequencyLabel(hertz: number): string {
  return hertz >= 1000 ? `${Number((hertz / 1000).toPrecision(3))}k` : String(Number(hertz.toPrecision(3)));
}

/** `440.0 Hz`, `1.00 kHz`. */
export function frequencyText(hertz: number): string {
  return hertz >= 1000 ? `${(hertz / 1000).toFixed(2)} kHz` : `${hertz.toFixed(1)} Hz`;
}
