/** Sessions of other programs as sessions of ours: DAWproject (with its audio) and REAPER projects. */
import { existsSync, mkdirSync, readFileSync, renameSync } from "node:fs";
import { basename, dirname, extname, isAbsolute, join, resolve } from "node:path";
import { writeFileAtomically } from "../../audio/atomicFile.js";
import { isAudioFile } from "../../audio/audioNames.js";
import { readDawproject } from "../../session/interchange/dawproject/readProject.js";
import { mixOf, type ForeignMix } from "../../session/interchange/foreignMix.js";
import { readLabels } from "../../session/interchange/labels.js";
import { readRpp } from "../../session/interchange/reaper/readRpp.js";
import { editedText, type DocumentChange } from "../../session/edits/editText.js";
import { parseMix } from "../../session/mixDocument.js";
import { relativeName } from "../audioFilesOf.js";
import { withTemporaryFolder } from "../mixdown.js";
import { readDocument } from "../readDocument.js";
import { ZipContents } from "./zipFile.js";

export interface ImportedSession {
  /** The session. */
  readonly path: string;
  readonly tracks: number;
  readonly buses: number;
  /** Sentences about what is not carried over. */
  readonly lost: readonly string[];
}

/** What a DAWproject holds. */
const PROJECT = "project.xml";

/** Whether {@link importSession} reads files of this name. */
export const isImportable = (path: string): boolean => /\.(dawproject|rpp)$/i.test(path);

/**
 * Reads a `.dawproject` or a `.rpp`, and writes a session.
 *
 * @param output of the session; audio that lies in the container goes to a folder beside it
 * @throws Error if the file cannot be read, or there is something at `output`: nothing is written then
 */
export async function importSession(file: string, output: string): Promise<ImportedSession> {
  if (existsSync(output))
    throw new Error(`${output}: there is a file of this name already. Choose another name.`);
  if (/\.rpp$/i.test(file)) return importRpp(file, output);
  if (/\.dawproject$/i.test(file)) return importDawproject(file, output);
  throw new Error(`${file}: it is neither a .dawproject nor a .rpp.`);
}

/** Adds the labels of a file of Audacity to a session, as markers. @returns how many @throws Error if it has none, or the session has errors */
export function importLabels(file: string, session: string): number {
  const markers = inFile(file, () => readLabels(readFileSync(file, "utf8")));
  if (markers.length === 0) throw new Error(`${file}: it has no labels.`);
  const text = readDocument(session);
  const { value, diagnostics } = parseMix(text);
  if (!value) throw new Error(`${session}: ${diagnostics[0]?.message ?? "it has errors"}`);
  const changes = markers.map(({ time, name }): DocumentChange => ({
    ...{ type: "insert", path: ["markers", -1], value: { time, name } },
  }));
  writeFileAtomically(session, editedText(text, changes));
  return markers.length;
}

function importRpp(file: string, output: string): ImportedSession {
  const lost: string[] = [];
  const fileOf = (name: string): string | undefined => {
    const path = beside(file, name);
    if (path === undefined) lost.push(`The file ${name}: put it beside the project, and import that again.`);
    return path && relativeName(path, output);
  };
  const mix = inFile(file, () => readRpp(readFileSync(file, "utf8"), titleOf(file), fileOf));
  return write(output, { ...mix, lost: [...mix.lost, ...new Set(lost)] });
}

/** @returns the file that a project names; where that is absolute, the one of the same name beside the project */
function beside(project: string, name: string): string | undefined {
  const written = name.replaceAll("\\", "/");
  const isElsewhere = isAbsolute(written) || /^[a-z]:\//i.test(written);
  const path = resolve(dirname(project), isElsewhere ? basename(written) : written);
  return existsSync(path) ? path : undefined;
}

async function importDawproject(file: string, output: string): Promise<ImportedSession> {
  const zip = await ZipContents.open(file);
  try {
    const lost: string[] = [];
    const folder = output.replace(/(\.mix)?\.json$/, "") + " audio";
    /** Names in the container, and where they go. */
    const wanted = new Map<string, string>();
    const xml = await zip.text(PROJECT);
    const mix = inFile(`${file}: ${PROJECT}`, () =>
      readDawproject(xml, titleOf(file), ({ attributes }) => {
        const name = attributes.path ?? "";
        if (attributes.external === "true") {
          const path = beside(file, name);
          if (path === undefined)
            lost.push(`The file ${name}, which is not in the project: put it beside it.`);
          return path && relativeName(path, output);
        }
        if (!zip.has(name) || !isAudioFile(name)) {
          lost.push(`The file ${name}: the project has no such audio file.`);
          return undefined;
        }
        const target = wanted.get(name) ?? freeName(basename(name), [...wanted.values()]);
        wanted.set(name, target);
        return relativeName(join(folder, target), output);
      }),
    );
    if (wanted.size > 0 && existsSync(folder))
      throw new Error(
        `${folder}: there is something of this name already; the project's audio would go there.`,
      );
    return await withTemporaryFolder(dirname(resolve(output)), async (temporary) => {
      const audio = join(temporary, "audio");
      mkdirSync(audio);
      for (const [name, target] of wanted) await zip.extract(name, join(audio, target));
      const { text, session } = checked(output, { ...mix, lost: [...mix.lost, ...new Set(lost)] });
      if (wanted.size > 0) renameSync(audio, folder);
      writeFileAtomically(output, text);
      return session;
    });
  } finally {
    zip.close();
  }
}

function freeName(name: string, taken: readonly string[]): string {
  const extension = extname(name);
  const stem = name.slice(0, name.length - extension.length);
  for (let n = 1; ; n++) {
    const free = n === 1 ? name : `${stem}-${n}${extension}`;
    if (!taken.some((each) => each.toLowerCase() === free.toLowerCase())) return free;
  }
}

function write(output: string, mix: ForeignMix): ImportedSession {
  const { text, session } = checked(output, mix);
  writeFileAtomically(output, text);
  return session;
}

/** @throws Error if no valid session comes out */
function checked(
  output: string,
  mix: ForeignMix,
): { readonly text: string; readonly session: ImportedSession } {
  const head = mix.lost.map((sentence) => `//   ${sentence.replace(/\s+/g, " ")}\n`).join("");
  const title = mix.lost.length === 0 ? "" : `// Imported; not carried over:\n${head}`;
  const text = `${title}${JSON.stringify(mixOf(mix), undefined, 2)}\n`;
  const { value, diagnostics } = parseMix(text);
  const fault = diagnostics.find(({ severity }) => severity === "error");
  if (!value || fault)
    throw new Error(`The session would have an error: ${fault?.message ?? "it cannot be read"}`);
  const [tracks, buses] = [value.tracks.length, value.buses.length];
  return { text, session: { path: output, tracks, buses, lost: mix.lost } };
}

const titleOf = (file: string): string => basename(file, extname(file));

/** Says in which file it went wrong. */
function inFile<T>(file: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw new Error(`${file}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  }
}
