/** How a value of a slider or a knob moves, is written and is read. */
import { faderToLevel, FADER_BOTTOM, FADER_TOP, levelToFader } from "./faderScale.js";
import { formatGain } from "./formats.js";
import { parseQuantity } from "./parseQuantity.js";

export interface ValueScale {
  /** What may be typed. */
  readonly min: number;
  readonly max: number;
  /** Where it stands by default. */
  readonly rest: number;
  /** 0 (least) to 1 (most by hand). */
  readonly position: (value: number) => number;
  readonly valueAt: (position: number) => number;
  /** Some steps up or down, within what the hand reaches; a value beyond that stays or comes nearer. */
  readonly step: (value: number, steps: number, isFine: boolean) => number;
  readonly round: (value: number, isFine: boolean) => number;
  /** With its unit. */
  readonly text: (value: number) => string;
  /** @returns `undefined` for what is not allowed */
  readonly parse: (text: string) => number | undefined;
}

/** dB at the bottom of what the format allows but "-inf". */
const LEAST_LEVEL = -144;
const MOST_LEVEL = 24;
const clamp = (value: number, low: number, high: number): number => Math.min(high, Math.max(low, value));
/** Without the crumbs of binary fractions. */
const rounded = (value: number, digits: number): number => Number(value.toFixed(digits)) + 0;

/** `-6.0 dB`, `+3.0 dB`, `-inf dB`. */
export function levelText(level: number): string {
  return level === -Infinity ? "-inf dB" : formatGain(level);
}

/** Faders and sends: the taper of faderScale.ts; half a dB a step, finely a tenth. */
export const LEVEL_SCALE: ValueScale = {
  min: LEAST_LEVEL,
  max: MOST_LEVEL,
  rest: 0,
  position: levelToFader,
  valueAt: faderToLevel,
  step(level, steps, isFine) {
    // The way down ends in silence, and the way up begins where the fader leaves it.
    if (level === -Infinity) return steps > 0 ? FADER_BOTTOM + 30 : level;
    const next = level + steps * (isFine ? 0.1 : 0.5);
    return next < FADER_BOTTOM ? -Infinity : Math.min(next, Math.max(level, FADER_TOP));
  },
  round: (level, isFine) => (Number.isFinite(level) ? rounded(level, isFine ? 2 : 1) : level),
  text: levelText,
  parse(text) {
    const level = parseQuantity(text, "dB");
    if (level === undefined || level === -Infinity) return level;
    return level >= LEAST_LEVEL && level <= MOST_LEVEL ? level : undefined;
  },
};

/** Closer to the middle a hand that is not fine means the middle. */
const DETENT = 0.04;

/** -1 (left) to 1 (right), shown in per cent with its side. */
export const PAN_SCALE: ValueScale = {
  min: -1,
  max: 1,
  rest: 0,
  position: (pan) => (clamp(pan, -1, 1) + 1) / 2,
  valueAt: (position) => 2 * position - 1,
  step: (pan, steps, isFine) => clamp(pan + steps * (isFine ? 0.01 : 0.05), -1, 1),
  round: (pan, isFine) => (!isFine && Math.abs(pan) < DETENT ? 0 : rounded(pan, 2)),
  text: panText,
  parse(text) {
    const [, before = "", figures = "", after = ""] = /^\s*([lr]?)(.*?)([lr]?)\s*$/i.exec(text) ?? [];
    if (/^c(entre)?$/i.test(text.trim())) return 0;
    const share = parseQuantity(figures, "%");
    if (share === undefined || Math.abs(share) > 100) return undefined;
    const side = (before + after).toLowerCase();
    if (side.length > 1 || (side !== "" && share < 0)) return undefined;
    return rounded((side === "l" ? -share : share) / 100, 4);
  },
};

/** `C`, `L 30 %`, `R 100 %`. */
export function panText(pan: number): string {
  const share = Math.round(Math.abs(pan) * 100);
  return share === 0 ? "C" : `${pan < 0 ? "L" : "R"} ${share} %`;
}

export interface NumberScaleOptions {
  readonly unit: string;
  readonly min: number;
  readonly max: number;
  readonly rest: number;
  /** Reached by hand; without them, `min` and `max`. */
  readonly low?: number;
  readonly high?: number;
  readonly step: number;
  readonly fineStep: number;
  /** After the point. */
  readonly digits: number;
  readonly isSigned?: boolean;
}

/** A number in equal steps over the whole way. */
export function numberScale(options: NumberScaleOptions): ValueScale {
  const { unit, min, max, rest, low = min, high = max, step, fineStep, digits, isSigned } = options;
  return {
    ...{ min, max, rest },
    position: (value) => clamp((value - low) / (high - low), 0, 1),
    valueAt: (position) => low + position * (high - low),
    step(value, steps, isFine) {
      const next = value + steps * (isFine ? fineStep : step);
      return clamp(next, Math.min(low, value), Math.max(high, value));
    },
    round: (value, isFine) => rounded(value, isFine ? digits + 1 : digits),
    text(value) {
      const figures = rounded(value, digits).toFixed(digits);
      const sign = isSigned && Number(figures) > 0 ? "+" : "";
      return `${sign}${figures}${unit === "" ? "" : ` ${unit}`}`;
    },
    parse(text) {
      const value = parseQuantity(text, unit);
      return value !== undefined && value >= min && value <= max ? value : undefined;
    },
  };
}
