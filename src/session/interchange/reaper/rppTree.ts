/** The tree of a REAPER project: lines of words, and blocks between `<NAME` and `>`. */

export interface RppBlock {
  readonly name: string;
  /** Behind its name. */
  readonly words: readonly string[];
  /** In order: lines as words, and blocks. */
  readonly content: readonly (readonly string[] | RppBlock)[];
}

/** Blocks within blocks; real projects stay far below. */
const DEEPEST = 100;

/** @throws Error if the text is no REAPER project */
export function parseRpp(text: string): RppBlock {
  if (!/^\uFEFF?\s*<REAPER_PROJECT\b/.test(text))
    throw new Error("It is no REAPER project: it must begin with <REAPER_PROJECT.");
  const open: { name: string; words: string[]; content: (string[] | RppBlock)[] }[] = [];
  let root: RppBlock | undefined;
  for (const line of text.replace(/^\uFEFF/, "").split(/\r?\n/)) {
    const trimmed = line.trim();
    const current = open.at(-1);
    if (root || trimmed === "") continue;
    if (trimmed === ">") {
      root = open.length === 1 ? open[0] : undefined;
      open.pop();
    } else if (trimmed.startsWith("<")) {
      if (open.length >= DEEPEST) throw new Error("Its blocks are nested too deeply.");
      const [name = "", ...words] = wordsOf(trimmed.slice(1));
      const block = { name, words, content: [] };
      current?.content.push(block);
      open.push(block);
    } else current?.content.push(wordsOf(trimmed));
  }
  if (!root) throw new Error("It ends in the midst of a block: the file is cut short.");
  return root;
}

/** Words are quoted by ", \' or `, whichever does not occur in them. */
export function wordsOf(line: string): string[] {
  return [...line.matchAll(/"([^"]*)"?|'([^']*)'?|`([^`]*)`?|(\S+)/g)].map(
    ([, double, single, back, bare]) => double ?? single ?? back ?? bare ?? "",
  );
}

export const blocksOf = (block: RppBlock, name: string): readonly RppBlock[] =>
  block.content.flatMap((each) => ("name" in each && each.name === name ? [each] : []));

/** @returns the words behind the first word of all lines that begin with it */
export const linesOf = (block: RppBlock, name: string): readonly (readonly string[])[] =>
  block.content.flatMap((each) => (!("name" in each) && each[0] === name ? [each.slice(1)] : []));

/** @returns the words as numbers of the first such line; NaN for what is none */
export const numbersOf = (block: RppBlock, name: string): readonly number[] =>
  (linesOf(block, name)[0] ?? []).map(Number);
