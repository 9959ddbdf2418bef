/** "-6.2 dBFS"; "silence". */
export const formatLevel = (level: number): string =>
  Number.isFinite(level) && level > -100 ? `${minus(level.toFixed(1))} dBFS` : "silence";

/** "-14.2 LUFS"; a dash where there is none. */
export const formatLoudness = (loudness: number): string =>
  Number.isFinite(loudness) && loudness > -100 ? `${minus(loudness.toFixed(1))} LUFS` : "–";

/** "+0.85"; a dash where there is none. */
export const formatCorrelation = (value: number | null): string =>
  value === null ? "–" : `${value < 0 ? "\u2212" : "+"}${Math.abs(value).toFixed(2)}`;

const minus = (text: string): string => text.replace("-", "\u2212");
