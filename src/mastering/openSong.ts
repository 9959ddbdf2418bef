/** Opens what an album lists as a song: a finished mix in an audio file, or a mix session. */
import { dirname, resolve } from "node:path";
import type { AudioFile, AudioFileInfo } from "../audio/audioFile.js";
import type { Dsp } from "../engine/dsp.js";
import { FileSong } from "../engine/fileSong.js";
import { compileMix, type FrozenTrack, type MixPlan } from "../engine/mixPlan.js";
import { MixSong } from "../engine/mixSong.js";
import { Song } from "../engine/song.js";
import type { Diagnostic } from "../session/diagnostic.js";
import { documentPositions } from "../session/documentPositions.js";
import { SourceCheck, type ReadFacts } from "./checkSources.js";
import { DecodedSources, withDecodedSources } from "./decodedSources.js";
import { DocumentError } from "./documentError.js";
import { SumsCache } from "./freeze/sumsCache.js";
import { soloed } from "./stems/soloed.js";
import { readSong, type Session, type SongFiles } from "./readSong.js";
import { readSourceFacts } from "./sourceFacts.js";

type Report = (fraction: number) => void;

/** Opens a file at any frame, compressed or not. */
type Open = (path: string) => AudioFile;

export interface SongInput {
  /** Of a `*.mix.json` session or of an audio file. */
  readonly path: string;
  /** Of the session, if it is not the one that lies at the path: an earlier revision, or one that is not saved. */
  readonly text?: string | undefined;
  /** Absolute paths of other files that are read: impulse responses of a chain that the song goes through. */
  readonly others?: readonly string[] | undefined;
  /** Where compressed files are kept decoded; without it they are decoded for this once. */
  readonly decodedFolder?: string | undefined;
  /** Tracks of a session, by id, whose sound up to the fader has been rendered already. */
  readonly frozen?: Readonly<Record<string, FrozenTrack>> | undefined;
  /** The render cache, where sums of those tracks are kept; without it they are not. */
  readonly renderCache?: string | undefined;
  /** Ids of channels whose sound after fader and pan is wanted too. */
  readonly taps?: readonly string[] | undefined;
  /** Id of a track that is to be heard alone, with its buses and returns, before the master's inserts and fader. */
  readonly solo?: string | undefined;
}

/**
 * Lets `use` play a song of any audio files that can be read; the compressed ones are decoded first.
 * @param report takes the share done, 0 to 1
 * @throws DocumentError if the session has errors, its files counted; AudioFileError if audio cannot be read
 */
export async function withSong<T>(
  dsp: Dsp,
  input: SongInput,
  report: Report,
  use: (song: Song, report: Report, open: Open) => T,
): Promise<T> {
  return withSources(input, report, (read, sources, reportRest) => {
    const song = openRead(dsp, read, sources, input);
    try {
      return use(song, reportRest, (file) => sources.open(file));
    } finally {
      song.close();
    }
  });
}

/**
 * Lets `use` have the plan of a session, and a way to open the files that it names.
 * @throws as {@link withSong}
 */
export function withMixPlan<T>(
  input: SongInput,
  report: Report,
  use: (plan: MixPlan, open: Open, report: Report) => T,
): Promise<T> {
  return withSources(input, report, ({ path, session }, sources, reportRest) => {
    if (!session) throw new Error(`${path}: this is no mix session (*.mix.json)`);
    const { plan } = planSession(path, session, sources, {});
    return use(plan, (file) => sources.open(file), reportRest);
  });
}

/** Reads what a song is made of and makes its files ready to be read at any frame. */
function withSources<T>(
  { path, text, others = [], decodedFolder }: SongInput,
  report: Report,
  use: (read: SongFiles, sources: DecodedSources, report: Report) => T,
): Promise<T> {
  const read = readSong(path, text);
  // Before decoding, which may take long.
  if (read.session) checkSession(path, read.session, readSourceFacts);
  return withDecodedSources(
    [...new Set([...read.files, ...others])],
    decodedFolder,
    report,
    (sources, reportRest) => use(read, sources, reportRest),
  );
}

/**
 * Opens a song of files that can be read at any frame.
 * @throws DocumentError if the session has errors, its files counted; AudioFileError if audio cannot be read
 */
export function openSong(dsp: Dsp, path: string): Song {
  return openRead(dsp, readSong(path), new DecodedSources());
}

function openRead(
  dsp: Dsp,
  { path, session, files }: SongFiles,
  sources: DecodedSources,
  {
    frozen = {},
    renderCache,
    taps,
    solo,
  }: Omit<SongInput, "path" | "text" | "others" | "decodedFolder"> = {},
): Song {
  if (!session) return new Song(dsp, new FileSong(dsp, sources.open(files[0] ?? path)));
  const { plan, warnings } = planSession(path, session, sources, frozen, solo);
  const open = (file: string): AudioFile => sources.open(file);
  const sums = renderCache === undefined ? undefined : new SumsCache(renderCache, plan.sampleRate);
  return new Song(dsp, new MixSong(dsp, plan, open, taps, sums), { sources: files, warnings });
}

function planSession(
  path: string,
  session: Session,
  sources: DecodedSources,
  frozen: Readonly<Record<string, FrozenTrack>>,
  solo?: string,
): { readonly plan: MixPlan; readonly warnings: readonly string[] } {
  const infos = new Map<string, AudioFileInfo>();
  const infoOf = (file: string): AudioFileInfo => {
    const info = infos.get(file) ?? describe(file, sources);
    infos.set(file, info);
    return info;
  };
  const found = checkSession(path, session, (file) => ({ ...infoOf(file), isExact: true }));
  const sourceOf = (file: string): AudioFileInfo => infoOf(resolve(dirname(path), file));
  const document = solo === undefined ? session.document : soloed(session.document, solo);
  const plan = compileMix(document, sourceOf, new Map(Object.entries(frozen)));
  return { plan, warnings: found.map(({ message }) => message) };
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
