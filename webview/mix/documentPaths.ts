/** Values in a document by their paths; documents are not changed, but copied as far as needed. */
import type { DocumentPath, JsonValue } from "../../src/protocol/mixProtocol.js";

export function valueAt(document: unknown, path: DocumentPath): unknown {
  return path.reduce<unknown>(
    (at, key) => (at as Readonly<Record<string | number, unknown>> | null | undefined)?.[key],
    document,
  );
}

/** @param value `"-inf"` for a level that is off; `undefined` takes a key away */
export function withValue<T>(document: T, path: DocumentPath, value: JsonValue | undefined): T {
  const [key, ...rest] = path;
  if (key === undefined) return (value === "-inf" ? -Infinity : value) as T;
  const owner = (document ?? (typeof key === "number" ? [] : {})) as object;
  const inner = withValue((owner as Record<string | number, unknown>)[key], rest, value);
  if (Array.isArray(owner)) {
    const list: unknown[] = [...(owner as unknown[])];
    list[key as number] = inner;
    return list as T;
  }
  return { ...owner, [key]: inner } as T;
}
