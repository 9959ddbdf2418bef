/** Levels that are off, in messages: JSON knows no infinity. */

/** @returns a copy with `"-inf"` in the place of -Infinity, as documents write it; typed arrays stay as they are */
export function packLevels<T>(value: T): T {
  return mapped(value, (each) => (each === -Infinity ? "-inf" : each)) as T;
}

/** Undoes {@link packLevels}. */
export function unpackLevels<T>(value: T): T {
  return mapped(value, (each) => (each === "-inf" ? -Infinity : each)) as T;
}

function mapped(value: unknown, change: (value: unknown) => unknown): unknown {
  if (Array.isArray(value)) return value.map((each) => mapped(each, change));
  if (typeof value !== "object" || value === null || ArrayBuffer.isView(value)) return change(value);
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, mapped(each, change)]));
}
