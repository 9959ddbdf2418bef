/** What the mix editor shows of a document's text. Brings the documents' schemas along: import it when an editor opens. */
import { dirname, resolve } from "node:path";
import type { AudioFileInfo } from "../../audio/audioFile.js";
import { compileMix } from "../../engine/mixPlan.js";
import { checkMixText } from "../../mastering/checkDocument.js";
import type { Playable, PlayableFile, Problem } from "../../protocol/mixProtocol.js";
import { filesOfMix } from "../../session/fileNames.js";
import type { MixDocument } from "../../session/mixDocument.js";

export interface MixContent {
  /** Absent if the text has errors. Files that are missing are none. */
  readonly mix: MixDocument | undefined;
  readonly problems: readonly Problem[];
}

/** @param path where the document lies; `text` may not be saved yet */
export function mixContent(path: string, text: string): MixContent {
  const { value, diagnostics } = checkMixText(path, text);
  const problems = diagnostics.flatMap(({ severity, message, start }): Problem[] =>
    severity === "information" ? [] : [{ severity, message, place: start }],
  );
  return { mix: value, problems };
}

/** @returns names of the session's files, each once, as written there, and their absolute paths */
export function filesOf(documentPath: string, mix: MixDocument): ReadonlyMap<string, string> {
  const folder = dirname(documentPath);
  return new Map(filesOfMix(mix).map(({ file }) => [file, resolve(folder, file)]));
}

export interface ReadySources {
  /** `undefined` while a file cannot be read. @param path absolute */
  info(path: string): AudioFileInfo | undefined;
  playable(path: string): PlayableFile | undefined;
}

/** @returns `null` while a file is missing or being read */
export function playableOf(
  files: ReadonlyMap<string, string>,
  mix: MixDocument,
  sources: ReadySources,
): Omit<Playable, "by"> | null {
  const found: Record<string, PlayableFile> = {};
  for (const path of files.values()) {
    const file = sources.playable(path);
    if (!file) return null;
    found[path] = file;
  }
  const plan = compileMix(mix, (file) => sources.info(files.get(file)!)!, undefined, true);
  return { plan, files: found };
}
