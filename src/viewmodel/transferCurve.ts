/** Static curves of the dynamics: level in to level out, dB, once attack and release are over. */

type Values = Readonly<Record<string, unknown>>;

/** @returns level out at a level in; `undefined` for inserts without such a curve */
export function transferCurve(type: string, values: Values): ((level: number) => number) | undefined {
  switch (type) {
    case "compressor":
      return compressorCurve(values);
    case "gate":
      return gateCurve(values);
    case "deesser":
      return deesserCurve(values);
    case "limiter":
      return limiterCurve(values);
    default:
      return undefined;
  }
}

const numberOf = (values: Values, key: string): number => values[key] as number;

/**
 * Reduction with a soft knee, dB, 0 or more: D. Giannoulis, M. Massberg, J. Reiss, "Digital Dynamic Range Compressor
 * Design", J. Audio Eng. Soc. 60(6), 2012, equation 4.
 */
function reduction(level: number, threshold: number, ratio: number, knee: number): number {
  const over = level - threshold;
  const slope = 1 - 1 / Math.max(1, ratio);
  if (2 * over <= -knee) return 0;
  if (2 * over < knee) return (slope * (over + knee / 2) ** 2) / (2 * knee);
  return slope * over;
}

function compressorCurve(values: Values): (level: number) => number {
  const [threshold, ratio, knee] = ["threshold", "ratio", "knee"].map((key) => numberOf(values, key)) as [
    number,
    number,
    number,
  ];
  const automatic = values["autoMakeup"] === true ? reduction(0, threshold, ratio, knee) / 2 : 0;
  const makeup = numberOf(values, "makeup") + automatic;
  const share = numberOf(values, "mix") / 100;
  return (level) => {
    const wet = 10 ** ((makeup - reduction(level, threshold, ratio, knee)) / 20);
    return level + 20 * Math.log10(share * wet + 1 - share);
  };
}

/** The way down: a gate that is open stays so for the hysteresis below its threshold. */
function gateCurve(values: Values): (level: number) => number {
  const threshold = numberOf(values, "threshold");
  const range = -numberOf(values, "range");
  if (values["mode"] !== "expander") return (level) => (level >= threshold ? level : level - range);
  const slope = numberOf(values, "ratio") - 1;
  return (level) => level - Math.min(range, slope * Math.max(0, threshold - level));
}

/** Of the band that it turns down; where the detection is relative, levels are those against the whole signal's. */
function deesserCurve(values: Values): (level: number) => number {
  const range = -numberOf(values, "range");
  return (level) =>
    level - Math.min(range, reduction(level, numberOf(values, "threshold"), numberOf(values, "ratio"), 0));
}

function limiterCurve(values: Values): (level: number) => number {
  const gain = numberOf(values, "gain");
  const ceiling = numberOf(values, "ceiling");
  return (level) => Math.min(ceiling, level + gain);
}
