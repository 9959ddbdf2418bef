/** The files that a document names, and how their names are written. */
import type { Path } from "./diagnostic.js";
import type { Insert } from "./insertTable.js";
import type { Report } from "./parseDocument.js";

export interface NamedFile {
  /** As the document has it: relative to its folder, with `/`. */
  readonly file: string;
  readonly at: Path;
}

interface Chain {
  readonly inserts: readonly Insert[];
}

interface Session {
  readonly tracks: readonly (Chain & { readonly clips: readonly { readonly file: string }[] })[];
  readonly buses: readonly Chain[];
  readonly master: Chain;
}

export function filesOfMix({ tracks, buses, master }: Session): NamedFile[] {
  return [
    ...tracks.flatMap(({ clips, inserts }, i) => [
      ...clips.map(({ file }, c) => ({ file, at: ["tracks", i, "clips", c, "file"] })),
      ...filesOfChain(inserts, ["tracks", i, "inserts"]),
    ]),
    ...buses.flatMap(({ inserts }, i) => filesOfChain(inserts, ["buses", i, "inserts"])),
    ...filesOfChain(master.inserts, ["master", "inserts"]),
  ];
}

interface Album {
  readonly chain: readonly Insert[];
  readonly reference?: { readonly file: string } | readonly { readonly file: string }[] | undefined;
  readonly songs: readonly { readonly source: string; readonly chain: readonly Insert[] }[];
}

export function filesOfAlbum({ songs, chain, reference }: Album): NamedFile[] {
  return [
    ...filesOfChain(chain, ["chain"]),
    ...filesOfReference(reference),
    ...songs.flatMap(({ source, chain }, i) => [
      { file: source, at: ["songs", i, "source"] },
      ...filesOfChain(chain, ["songs", i, "chain"]),
    ]),
  ];
}

function filesOfReference(reference: Album["reference"]): NamedFile[] {
  if (!reference) return [];
  if (!("length" in reference)) return [{ file: reference.file, at: ["reference", "file"] }];
  return reference.map(({ file }, i) => ({ file, at: ["reference", i, "file"] }));
}

/** Inserts such as a convolution name files, too. */
function filesOfChain(chain: readonly Insert[], path: Path): NamedFile[] {
  return chain.flatMap((insert, i) => {
    const file = "file" in insert ? insert.file : undefined;
    return typeof file === "string" ? [{ file, at: [...path, i, "file"] }] : [];
  });
}

/** Warns of names that only Windows understands. */
export function checkFileNames(files: readonly NamedFile[], report: Report): void {
  for (const { file, at } of files) {
    if (!file.includes("\\")) continue;
    const portable = file.replaceAll("\\", "/");
    report("warning", "backslash", at, `Write "${portable}", with "/": backslashes work on Windows only.`);
  }
}
