/**
 * Level units. A number that carries a unit has a branded type, so that adding a
 * linear gain to a level in decibels is a compile error and not a loud bang.
 */

declare const unit: unique symbol;
/** Level in decibels; `-Infinity` is silence. */
export type Decibels = number & { readonly [unit]: "dB" };
/** Linear amplitude factor; 1 is unity, 0 is silence, a negative one inverts polarity. */
export type Gain = number & { readonly [unit]: "gain" };

export const dB = (value: number): Decibels => value as Decibels;
export const gain = (value: number): Gain => value as Gain;

/** `gain = 10^(dB / 20)`; `-Infinity` dB gives exactly 0. */
export function dbToGain(level: Decibels): Gain {
  return gain(10 ** (level / 20));
}

/** `dB = 20 log10 |gain|`; a gain of 0 gives `-Infinity`, never a made-up floor. */
export function gainToDb(factor: Gain): Decibels {
  return dB(20 * Math.log10(Math.abs(factor)));
}
