/** Damage of every kind, the same for the same random numbers. */

type Random = () => number;

/** Values that sizes, counts and rates must survive. */
const EXTREMES = [0, 1, 2, 0x7f, 0x80, 0xff, 0x7fff, 0xffff, 0x7fffffff, 0x80000000, 0xffffffff, 0xfffffffe];

/** @returns `bytes` with one to four damages */
export function mutatedBytes(bytes: Uint8Array, random: Random): Uint8Array {
  let damaged = bytes;
  for (let count = 1 + pick(random, 4); count > 0; count--)
    damaged = BYTE_DAMAGES[pick(random, BYTE_DAMAGES.length)]!(damaged, random);
  return damaged;
}

const BYTE_DAMAGES: readonly ((bytes: Uint8Array, random: Random) => Uint8Array)[] = [
  (bytes, random) => with_(bytes, random, 1 + pick(random, 8), () => pick(random, 256)),
  (bytes, random) => with_(bytes, random, 1, () => EXTREMES[pick(random, 6)]! & 0xff),
  (bytes, random) => {
    const copy = bytes.slice();
    if (copy.length < 4) return copy;
    const value = EXTREMES[pick(random, EXTREMES.length)]!;
    new DataView(copy.buffer).setUint32(headOf(copy.length - 3, random), value, random() < 0.5);
    return copy;
  },
  (bytes, random) => bytes.slice(0, pick(random, bytes.length + 1)),
  (bytes, random) => bytes.slice(0, pick(random, 257)),
  (bytes, random) => {
    const from = headOf(bytes.length, random);
    return joined(bytes.subarray(0, from), bytes.subarray(from + 1 + pick(random, 40)));
  },
  (bytes, random) => {
    const [from, to] = [headOf(bytes.length, random), headOf(bytes.length, random)];
    return joined(
      bytes.subarray(0, to),
      bytes.subarray(from, from + 1 + pick(random, 200)),
      bytes.subarray(to),
    );
  },
  (bytes, random) =>
    joined(
      bytes,
      Uint8Array.from({ length: pick(random, 300) }, () => pick(random, 256)),
    ),
];

/** Most of what can go wrong stands near the beginning. */
function headOf(length: number, random: Random): number {
  return pick(random, random() < 0.7 ? Math.min(length, 200) : length);
}

function with_(bytes: Uint8Array, random: Random, count: number, value: () => number): Uint8Array {
  const copy = bytes.slice();
  for (let i = 0; i < count && copy.length > 0; i++) copy[headOf(copy.length, random)] = value();
  return copy;
}

function joined(...parts: readonly Uint8Array[]): Uint8Array {
  return Uint8Array.from(Buffer.concat(parts));
}

/** Words that a document's text is damaged with. */
const WORDS = [
  ...[
    "{",
    "}",
    "[",
    "]",
    ",",
    ":",
    '"',
    "//",
    "/*",
    "*/",
    "\\",
    "\\u0000",
    "\ufeff",
    "\u202e",
    "\ud800",
    "\0",
  ],
  ...[
    "null",
    "true",
    "-1",
    "0",
    "1e999",
    "-1e999",
    "1e23",
    "NaN",
    '"-inf"',
    '""',
    "[]",
    "{}",
    "9007199254740993",
  ],
  ...[
    '"__proto__"',
    '"constructor"',
    '"toString"',
    '"../../etc/passwd"',
    '"file:///x"',
    '"\\\\\\\\host\\\\x"',
  ],
];

/** @returns `text` with one to six damages */
export function mutatedText(text: string, random: Random): string {
  let damaged = text;
  for (let count = 1 + pick(random, 6); count > 0; count--)
    damaged = TEXT_DAMAGES[pick(random, TEXT_DAMAGES.length)]!(damaged, random);
  return damaged;
}

const TEXT_DAMAGES: readonly ((text: string, random: Random) => string)[] = [
  (text, random) => spliced(text, pick(random, text.length + 1), pick(random, 6), ""),
  (text, random) => spliced(text, pick(random, text.length + 1), 0, WORDS[pick(random, WORDS.length)]!),
  (text, random) => exchanged(text, random, () => WORDS[pick(random, WORDS.length)]!),
  (text, random) => {
    const values = [...text.matchAll(VALUE)];
    return exchanged(text, random, () => values[pick(random, values.length)]?.[0] ?? "");
  },
  (text, random) => {
    const from = pick(random, text.length + 1);
    return spliced(text, pick(random, text.length + 1), 0, text.slice(from, from + pick(random, 80)));
  },
  (text, random) => (random() < 0.1 ? text.slice(0, pick(random, text.length + 1)) : text),
];

/** A number, a word or a text with its quotation marks. */
const VALUE = /"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?|true|false|null/g;

/** Puts something in the place of a value. */
function exchanged(text: string, random: Random, put: () => string): string {
  const values = [...text.matchAll(VALUE)];
  const value = values[pick(random, values.length)];
  return value ? spliced(text, value.index, value[0].length, put()) : text;
}

const spliced = (text: string, from: number, length: number, put: string): string =>
  text.slice(0, from) + put + text.slice(from + length);

const pick = (random: Random, count: number): number => Math.floor(random() * count);
