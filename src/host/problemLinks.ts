/** Where the codes of problems are explained: in media/problems.md, which comes with the extension. */
import { readFileSync } from "node:fs";
import * as vscode from "vscode";

const EXTENSION = "headroom-audio.headroom";
/** Headings name one code or several. */
const HEADING = /^### (.+)$/;

let lines: ReadonlyMap<string, number> | undefined;

/** @returns the place that explains a code; `undefined` if none does */
export function problemLink(code: string): vscode.Uri | undefined {
  const page = vscode.extensions.getExtension(EXTENSION)?.extensionUri;
  if (!page) return undefined;
  const uri = vscode.Uri.joinPath(page, "media", "problems.md");
  lines ??= linesOf(readFileSync(uri.fsPath, "utf8"));
  const line = lines.get(code);
  // The fragment is that of an editor: a line.
  return line === undefined ? undefined : uri.with({ fragment: `L${line}` });
}

/** @returns for each code the line of its heading, from 1 on */
export function linesOf(page: string): ReadonlyMap<string, number> {
  return new Map(
    page.split("\n").flatMap((text, i) => {
      const codes = HEADING.exec(text)?.[1]?.split(", ") ?? [];
      return codes.map((code): [string, number] => [code, i + 1]);
    }),
  );
}
