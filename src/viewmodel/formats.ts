/** Numbers as the views show them, with their units. */

/** Stands where there is no value. */
export const NO_VALUE = "n/a";

/** `-14.0`: for tables whose headings name the unit. */
export function formatNumber(value: number | null | undefined, digits = 1): string {
  if (!isShown(value)) return NO_VALUE;
  // A negative value that rounds to nothing is shown as nothing.
  const rounded = Number(value.toFixed(digits)) === 0 ? 0 : value;
  return rounded.toFixed(digits);
}

/** `-14.0 LUFS`; silence and what is too short have no loudness. */
export function formatLufs(value: number | null | undefined): string {
  return withUnit(value, 1, "LUFS");
}

/** `8.2 LU`. */
export function formatLu(value: number | null | undefined): string {
  return withUnit(value, 1, "LU");
}

/** `-1.00 dBTP`. */
export function formatTruePeak(value: number | null | undefined): string {
  return withUnit(value, 2, "dBTP");
}

/** `-1.00 dBFS`. */
export function formatLevel(value: number | null | undefined): string {
  return withUnit(value, 2, "dBFS");
}

/** `8.2 dB`: a ratio of levels. */
export function formatRatio(value: number | null | undefined): string {
  return withUnit(value, 1, "dB");
}

/** `+3.2 dB`, `-1.5 dB`, `0.0 dB`: a change of level. */
export function formatGain(value: number | null | undefined): string {
  const text = withUnit(value, 1, "dB");
  return parseFloat(text) > 0 ? `+${text}` : text;
}

/** `3:05.2`, `1:02:03.0`: time in minutes and seconds to a tenth. @param seconds at least 0 */
export function formatTime(seconds: number | null | undefined): string {
  return clock(seconds, 1);
}

/** `3:05`: the same to the second. @param seconds at least 0 */
export function formatClock(seconds: number | null | undefined): string {
  return clock(seconds, 0);
}

/** `44.1 kHz`. @param hertz above 0 */
export function formatSampleRate(hertz: number | null | undefined): string {
  if (!isShown(hertz)) return NO_VALUE;
  return `${Number((hertz / 1000).toFixed(3))} kHz`;
}

/** `43 %`; a task that is not done never shows 100 %. @param fraction 0 to 1 */
export function formatPercent(fraction: number): string {
  const percent = Math.min(1, Math.max(0, fraction)) * 100;
  return `${Math.floor(percent)} %`;
}

function clock(seconds: number | null | undefined, digits: 0 | 1): string {
  if (!isShown(seconds)) return NO_VALUE;
  const steps = Math.round(Math.max(0, seconds) * 10 ** digits);
  const whole = Math.floor(steps / 10 ** digits);
  const fraction = digits === 0 ? "" : `.${steps % 10}`;
  const [hours, minutes] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60];
  const tail = `${padded(whole % 60)}${fraction}`;
  return hours > 0 ? `${hours}:${padded(minutes)}:${tail}` : `${minutes}:${tail}`;
}

function padded(value: number): string {
  return String(value).padStart(2, "0");
}

function withUnit(value: number | null | undefined, digits: number, unit: string): string {
  return isShown(value) ? `${formatNumber(value, digits)} ${unit}` : NO_VALUE;
}

function isShown(value: number | null | undefined): value is number {
  return typeof value === "number" && Number.isFinite(value);
}

/** `1 track`, `3 tracks`. @param more the plural */
export const formatCount = (count: number, one: string, more = `${one}s`): string =>
  `${count} ${count === 1 ? one : more}`;
