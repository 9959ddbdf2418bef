/** A text that is changed several times, and what that comes to as changes of the text as it was. */

/** Puts `text` in the place of `length` UTF-16 units from `offset` on. */
export interface TextEdit {
  readonly offset: number;
  readonly length: number;
  readonly text: string;
}

/** A stretch of the old text, or new text. */
type Piece = { readonly start: number; readonly end: number } | { readonly text: string };

export class TextPieces {
  readonly #old: string;
  #pieces: readonly Piece[];
  #text: string;

  constructor(text: string) {
    this.#old = text;
    this.#text = text;
    this.#pieces = [{ start: 0, end: text.length }];
  }

  /** As it is now. */
  get text(): string {
    return this.#text;
  }

  /** @param edit of the text as it is now */
  apply({ offset, length, text }: TextEdit): void {
    this.#text = this.#text.slice(0, offset) + text + this.#text.slice(offset + length);
    const new_ = text === "" ? [] : [{ text }];
    this.#pieces = [...this.#cut(0, offset), ...new_, ...this.#cut(offset + length, Infinity)];
  }

  /** What was done, as edits of the old text, in its order, that do not touch each other. */
  edits(): TextEdit[] {
    const edits: TextEdit[] = [];
    let [from, text] = [0, ""];
    for (const piece of [...this.#pieces, { start: this.#old.length, end: this.#old.length }]) {
      if ("text" in piece) {
        text += piece.text;
        continue;
      }
      if (text !== "" || piece.start > from) edits.push(...this.#smallest(from, piece.start, text));
      [from, text] = [piece.end, ""];
    }
    return edits;
  }

  /** The pieces between two offsets of the text as it is now. */
  #cut(from: number, to: number): Piece[] {
    let at = 0;
    return this.#pieces.flatMap((piece): Piece[] => {
      const length = "text" in piece ? piece.text.length : piece.end - piece.start;
      const [first, last] = [Math.max(0, from - at), Math.min(length, to - at)];
      at += length;
      if (first >= last) return [];
      if ("text" in piece) return [{ text: piece.text.slice(first, last) }];
      return [{ start: piece.start + first, end: piece.start + last }];
    });
  }

  /** Leaves out what is the same before and after. */
  #smallest(from: number, to: number, text: string): TextEdit[] {
    const old = this.#old.slice(from, to);
    const most = Math.min(old.length, text.length);
    let first = 0;
    while (first < most && old[first] === text[first]) first++;
    let last = 0;
    while (last < most - first && old[old.length - 1 - last] === text[text.length - 1 - last]) last++;
    const edit = {
      offset: from + first,
      length: old.length - first - last,
      text: text.slice(first, text.length - last),
    };
    return edit.length === 0 && edit.text === "" ? [] : [edit];
  }
}
