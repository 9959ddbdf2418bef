/** JSON as people write it: what fits on a line stays on it, numbers of a breakpoint stand side by side. */

/** How a document is indented. */
export interface Layout {
  /** Of one level. */
  readonly indent: string;
  readonly lineEnding: string;
}

/** Characters of a line, its indentation counted, up to which a value stays on it. */
export const LINE_LENGTH = 100;

/** @returns how `text` is laid out, by its first indented line */
export function layoutOf(text: string): Layout {
  return {
    indent: /^([ \t]+)\S/m.exec(text)?.[1] ?? "  ",
    lineEnding: text.includes("\r\n") ? "\r\n" : "\n",
  };
}

/** @param depth levels by which the value is indented; its first line is not */
export function jsonText(value: unknown, layout: Layout, depth: number): string {
  const line = lineText(value);
  if (typeof value !== "object" || value === null) return line;
  if (layout.indent.length * depth + line.length <= LINE_LENGTH) return line;
  const inner = layout.lineEnding + layout.indent.repeat(depth + 1);
  const outer = layout.lineEnding + layout.indent.repeat(depth);
  const entries = Array.isArray(value)
    ? value.map((each) => jsonText(each, layout, depth + 1))
    : known(value).map(([key, each]) => `${JSON.stringify(key)}: ${jsonText(each, layout, depth + 1)}`);
  const [open, close] = Array.isArray(value) ? "[]" : "{}";
  return `${open}${inner}${entries.join(`,${inner}`)}${outer}${close}`;
}

/** @returns the same on one line, however long it is */
export function lineText(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(lineText).join(", ")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const entries = known(value).map(([key, each]) => `${JSON.stringify(key)}: ${lineText(each)}`);
  return entries.length === 0 ? "{}" : `{ ${entries.join(", ")} }`;
}

const known = (value: object): [string, unknown][] =>
  Object.entries(value).filter(([, each]) => each !== undefined);
