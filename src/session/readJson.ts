/** From text to values, and what is wrong by the grammar. */
import { visit, type ParseError } from "jsonc-parser";
import type { Path } from "./diagnostic.js";

/** Deeper nesting than any document has; the parser is recursive. */
const DEEPEST = 100;
const BYTE_ORDER_MARK = "\ufeff";

export interface DuplicateKey {
  readonly path: Path;
  readonly offset: number;
  readonly length: number;
}

export interface JsonRead {
  /** Objects have no prototype; `undefined` if there is no value at all. */
  readonly value: unknown;
  readonly syntaxErrors: readonly ParseError[];
  readonly duplicateKeys: readonly DuplicateKey[];
  /** Offset of the bracket that nests too deeply; what follows it was not read. */
  readonly tooDeepAt: number | undefined;
}

/** Reads JSON with comments and trailing commas as far as it can be read. */
export function readJson(document: string): JsonRead {
  const builder = new ValueBuilder();
  try {
    visit(withoutMark(document), builder, { allowTrailingComma: true });
  } catch (error) {
    if (!(error instanceof TooDeep)) throw error;
    builder.tooDeepAt = error.offset;
  }
  return builder;
}

/** @returns a text of the same length that the parser takes: a byte order mark is no fault */
export function withoutMark(document: string): string {
  return document.startsWith(BYTE_ORDER_MARK) ? ` ${document.slice(1)}` : document;
}

/** Ends the parsing at the bracket that nests too deeply. */
class TooDeep extends Error {
  constructor(readonly offset: number) {
    super("nested too deeply");
  }
}

type Container = unknown[] | Record<string, unknown>;

/** Builds values as the parser goes; a tree of nodes would take several times the memory. */
class ValueBuilder implements JsonRead {
  value: unknown;
  tooDeepAt: number | undefined;
  readonly syntaxErrors: ParseError[] = [];
  readonly duplicateKeys: DuplicateKey[] = [];
  readonly #open: Container[] = [];
  readonly #keys: string[] = [];

  onObjectBegin = (offset: number): void =>
    this.#begin(Object.create(null) as Record<string, unknown>, offset);
  onObjectEnd = (): void => this.#end();
  onArrayBegin = (offset: number): void => this.#begin([], offset);
  onArrayEnd = (): void => this.#end();
  onLiteralValue = (value: unknown): void => this.#add(value);

  onObjectProperty = (
    key: string,
    offset: number,
    length: number,
    _line: number,
    _character: number,
    pathOf: () => (string | number)[],
  ): void => {
    if (key in (this.#open[this.#open.length - 1] ?? {}))
      this.duplicateKeys.push({ path: [...pathOf(), key], offset, length });
    this.#keys[this.#keys.length - 1] = key;
  };

  onError = (error: number, offset: number, length: number): void => {
    this.syntaxErrors.push({ error, offset, length });
  };

  #begin(container: Container, offset: number): void {
    if (this.#open.length === DEEPEST) throw new TooDeep(offset);
    this.#add(container);
    this.#open.push(container);
    this.#keys.push("");
  }

  #end(): void {
    this.#open.pop();
    this.#keys.pop();
  }

  #add(value: unknown): void {
    const container = this.#open.at(-1);
    if (container === undefined) this.value = value;
    else if (Array.isArray(container)) container.push(value);
    else container[this.#keys[this.#keys.length - 1] ?? ""] = value;
  }
}
