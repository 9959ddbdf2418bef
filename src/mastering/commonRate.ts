/** Hz; the sample rate of most files, of several the highest; nothing without files. */
export function commonRate(rates: readonly number[]): number | undefined {
  const counts = new Map<number, number>();
  for (const rate of rates) counts.set(rate, (counts.get(rate) ?? 0) + 1);
  return [...counts].toSorted(([rateA, a], [rateB, b]) => b - a || rateB - rateA)[0]?.[0];
}
