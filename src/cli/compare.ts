import { basename } from "node:path";
import { comparisonText } from "../mastering/compare/comparisonText.js";
import { textAt } from "../mastering/compare/textAt.js";
import type { SongInput } from "../mastering/openSong.js";
import type { CommonOptions, Terminal } from "./terminal.js";
import { withStudio } from "./withStudio.js";

export interface CompareOptions extends CommonOptions {
  /** Of git: the document as it was there is compared with the one that lies there now. */
  readonly revision?: string;
}

/** `headroom compare`. @throws Error if one of both cannot be had */
export async function compare(
  a: string,
  b: string | undefined,
  { revision = "HEAD", ...options }: CompareOptions,
  terminal: Terminal,
): Promise<boolean> {
  const before: SongInput = b === undefined ? { path: a, text: await textAt(a, revision) } : { path: a };
  const name = b === undefined ? `${basename(a)} at ${revision}` : a;
  const after = b ?? a;
  const result = await withStudio(options, (studio, signal) =>
    studio.compare(
      before,
      { path: after },
      {
        signal,
        onProgress: (fraction) => terminal.progress(fraction, after),
      },
    ),
  );
  terminal.result(comparisonText(result, name, after).trimEnd(), { before: name, after, ...result });
  return true;
}
