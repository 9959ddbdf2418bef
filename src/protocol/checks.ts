/** What messages are made of, to check them by: a host must not trust a view. */

export type Check = (value: unknown) => boolean;

/** Characters. */
const LONGEST_TEXT = 100_000;

export const isNull: Check = (value) => value === null;
export const oneOf =
  (...values: readonly unknown[]): Check =>
  (value) =>
    values.includes(value);
export const whole =
  (low: number, high: number): Check =>
  (value) =>
    Number.isInteger(value) && (value as number) >= low && (value as number) <= high;
export const between =
  (low: number, high: number): Check =>
  (value) =>
    typeof value === "number" && value >= low && value <= high;
export const text =
  (longest = LONGEST_TEXT): Check =>
  (value) =>
    typeof value === "string" && value.length <= longest;
export const listOf =
  (check: Check, most: number): Check =>
  (value) =>
    Array.isArray(value) && value.length <= most && value.every(check);

/** An object with exactly these keys; those of `optional` may be absent. */
export function shape(
  required: Readonly<Record<string, Check>>,
  optional: Readonly<Record<string, Check>> = {},
): Check {
  return (value) => {
    if (!isRecord(value)) return false;
    const keys = Object.keys(value);
    return (
      Object.entries(required).every(([key, check]) => Object.hasOwn(value, key) && check(value[key])) &&
      Object.entries(optional).every(([key, check]) => value[key] === undefined || check(value[key])) &&
      keys.every((key) => Object.hasOwn(required, key) || Object.hasOwn(optional, key))
    );
  };
}

export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
