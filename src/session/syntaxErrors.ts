/** What the JSON parser objects to, in plain sentences. */
import { printParseErrorCode, type ParseError } from "jsonc-parser";

const SENTENCES: Readonly<Record<string, string>> = {
  InvalidNumberFormat: "This is not a number. Write it as 12, -1.5 or 1e3.",
  PropertyNameExpected: "A key is missing here. Keys stand in double quotes.",
  ValueExpected: "A value is missing here.",
  ColonExpected: "A colon is missing between the key and its value.",
  CommaExpected: "A comma is missing before this.",
  CloseBraceExpected: "A closing brace } is missing here.",
  CloseBracketExpected: "A closing bracket ] is missing here.",
  EndOfFileExpected: "The document ends before this. Remove it.",
  UnexpectedEndOfComment: "This comment is not closed. Close it with */.",
  UnexpectedEndOfString: "This string is not closed. Close it with a double quote on its line.",
  UnexpectedEndOfNumber: "This number is not complete.",
  InvalidUnicode: "This escape is not complete. Write \\u and four hexadecimal digits.",
  InvalidEscapeCharacter: "JSON has no such escape. Write a backslash as \\\\.",
  InvalidCharacter: "A control character stands here. Remove it, or write \\t or \\n.",
};

/** Longer words are not repeated in a message. */
const LONGEST_WORD = 40;

/** @param text the document that `error` was found in */
export function describeSyntaxError({ error, offset, length }: ParseError, text: string): string {
  const kind = printParseErrorCode(error);
  if (kind === "InvalidSymbol" && length <= LONGEST_WORD) {
    return `\`${text.slice(offset, offset + length)}\` is no value of JSON. Write a number, true, false, null, or a text in double quotes.`;
  }
  return SENTENCES[kind] ?? "This is not valid JSON.";
}
