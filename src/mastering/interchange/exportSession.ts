/** A session as a DAWproject, with its audio, for other programs. */
import { createWriteStream } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { pipeline } from "node:stream/promises";
import { ZipFile } from "yazl";
import { moveIntoPlace } from "../../audio/atomicFile.js";
import { writeDawproject, type ExportedFile } from "../../session/interchange/dawproject/writeProject.js";
import { xmlText } from "../../session/interchange/xmlNode.js";
import { filesOfMix } from "../../session/fileNames.js";
import { checkMixText } from "../checkDocument.js";
import { DocumentError } from "../documentError.js";
import { withTemporaryFolder } from "../mixdown.js";
import { readDocument } from "../readDocument.js";
import { readSourceFacts } from "../sourceFacts.js";

export interface ExportedSession {
  readonly path: string;
  /** Audio files in it. */
  readonly files: number;
  /** Sentences about what is not carried over. */
  readonly lost: readonly string[];
}

/**
 * @param session a `*.mix.json`
 * @param output the `.dawproject`; one that is there is replaced once the new one is whole
 * @param version of this program
 * @throws DocumentError if the session has errors, AudioFileError if one of its files cannot be read
 */
export async function exportSession(
  session: string,
  output: string,
  version: string,
): Promise<ExportedSession> {
  const { value: mix, diagnostics } = checkMixText(session, readDocument(session));
  if (!mix || diagnostics.some(({ severity }) => severity === "error"))
    throw new DocumentError(session, diagnostics);
  const folder = dirname(resolve(session));
  const files = new Map<string, ExportedFile>();
  for (const { file } of filesOfMix(mix)) {
    if (files.has(file)) continue;
    const { channels, sampleRate, frames } = readSourceFacts(resolve(folder, file));
    const taken = new Set([...files.values()].map(({ path }) => path));
    files.set(file, { path: freePath(file, taken), channels, sampleRate, duration: frames / sampleRate });
  }
  const { xml, lost } = writeDawproject(mix, version, (file) => files.get(file)!);
  const zip = new ZipFile();
  zip.addBuffer(Buffer.from(xml), "project.xml");
  zip.addBuffer(Buffer.from(metadata(mix.title)), "metadata.xml");
  // Audio hardly becomes smaller, and other programs read it in place.
  for (const [file, { path }] of files) zip.addFile(resolve(folder, file), path, { compress: false });
  zip.end();
  await withTemporaryFolder(dirname(resolve(output)), async (temporary) => {
    const target = join(temporary, basename(output));
    await pipeline(zip.outputStream, createWriteStream(target));
    moveIntoPlace(target, resolve(output));
  });
  return { path: output, files: files.size, lost };
}

function freePath(file: string, taken: ReadonlySet<string>): string {
  const name = basename(file);
  for (let n = 1; ; n++) {
    const path = n === 1 ? `audio/${name}` : `audio/${n}/${name}`;
    if (!taken.has(path)) return path;
  }
}

const metadata = (title: string): string =>
  xmlText({
    ...{ name: "MetaData", attributes: {} },
    children: [{ name: "Title", attributes: {}, children: [], text: title }],
  });
