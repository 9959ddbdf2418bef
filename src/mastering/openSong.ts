/** Opens what an album lists as a song: a finished mix in an audio file, or a mix session. */
import { dirname, resolve } from "node:path";
import type { AudioFileInfo } from "../audio/audioFile.js";
import type { Dsp } from "../engine/dsp.js";
import { FileSong } from "../engine/fileSong.js";
import { compileMix } from "../engine/mixPlan.js";
import { MixSong } from "../engine/mixSong.js";
import { Song } from "../engine/song.js";
import type { Diagnostic } from "../session/diagnostic.js";
import { documentPositions } from "../session/documentPositions.js";
import { SourceCheck, type ReadFacts } from "./checkSources.js";
import { DecodedSources, withDecodedSources } from "./decodedSources.js";
import { DocumentError } from "./documentError.js";
import { readSong, type Session, type SongFiles } from "./readSong.js";
import { readSourceFacts } from "./sourceFacts.js";

type Report = (fraction: number) => void;

export interface SongInput {
  /** Of a `*.mix.json` session or of an audio file. */
  readonly path: string;
  /** Where compressed files are kept decoded; without it they are decoded for this once. */
  readonly decodedFolder?: string | undefined;
}

/**
 * Lets `use` play a song of any audio files that can be read; the compressed ones are decoded first.
 * @param report takes the share done, 0 to 1
 * @throws DocumentError if the session has errors, its files counted; AudioFileError if audio cannot be read
 */
export async function withSong<T>(
  dsp: Dsp,
  { path, decodedFolder }: SongInput,
  report: Report,
  use: (song: Song, report: Report) => T,
): Promise<T> {
  const read = readSong(path);
  // Before decoding, which may take long.
  if (read.session) checkSession(path, read.session, readSourceFacts);
  return withDecodedSources(read.files, decodedFolder, report, (sources, reportRest) => {
    const song = openRead(dsp, read, sources);
    try {
      return use(song, reportRest);
    } finally {
      song.close();
    }
  });
}

/**
 * Opens a song of files that can be read at any frame.
 * @throws DocumentError if the session has errors, its files counted; AudioFileError if audio cannot be read
 */
export function openSong(dsp: Dsp, path: string): Song {
  return openRead(dsp, readSong(path), new DecodedSources());
}

function openRead(dsp: Dsp, { path, session, files }: SongFiles, sources: DecodedSources): Song {
  if (!session) return new Song(dsp, new FileSong(dsp, sources.open(files[0] ?? path)));
  const infos = new Map<string, AudioFileInfo>();
  const infoOf = (file: string): AudioFileInfo => {
    const info = infos.get(file) ?? describe(file, sources);
    infos.set(file, info);
    return info;
  };
  const found = checkSession(path, session, (file) => ({ ...infoOf(file), isExact: true }));
  const plan = compileMix(session.document, (file) => infoOf(resolve(dirname(path), file)));
  const song = new MixSong(dsp, plan, (file) => sources.open(file));
  return new Song(dsp, song, { sources: files, warnings: found.map(({ message }) => message) });
}

/** @returns its warnings. @throws DocumentError if there are errors */
function checkSession(
  path: string,
  { document, text }: Session,
  readFacts: ReadFacts,
): readonly Diagnostic[] {
  const found = new SourceCheck(dirname(resolve(path)), documentPositions(text), readFacts).mix(document);
  if (found.some(({ severity }) => severity === "error")) throw new DocumentError(path, found);
  return found;
}

function describe(path: string, sources: DecodedSources): AudioFileInfo {
  const file = sources.open(path);
  file.close();
  return file.info;
}
