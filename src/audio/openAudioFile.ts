/** The one way to open audio: by what a file holds, not by its name. */
import { AiffReader } from "./aiff/aiffReader.js";
import { AudioFileError, type AudioFile } from "./audioFile.js";
import { fileByteSource, readExactly, type ByteSource } from "./byteSource.js";
import { aiffGrammarOf, chunkGrammarOf } from "./riffGrammar.js";
import { describeUnreadable, SIGNATURE_BYTES } from "./signatures.js";
import { WavReader } from "./wavReader.js";

/** A kind of file and how it is told by its first {@link SIGNATURE_BYTES} bytes. */
interface Format {
  readonly matches: (head: Uint8Array) => boolean;
  readonly open: (source: ByteSource) => AudioFile;
}

const FORMATS: readonly Format[] = [
  { matches: (head) => chunkGrammarOf(head) !== undefined, open: (source) => new WavReader(source) },
  { matches: (head) => aiffGrammarOf(head) !== undefined, open: (source) => new AiffReader(source) },
];

/**
 * Opens the audio file at `path`. Only its headers are read.
 * @throws AudioFileError if it is missing, damaged beyond reading or of another kind
 */
export function openAudioFile(path: string): AudioFile {
  return openAudioSource(fileByteSource(path));
}

/**
 * Like {@link openAudioFile}; takes over `source` and closes it also on failure.
 * @param name for error messages; by default that of the source
 */
export function openAudioSource(source: ByteSource, name = source.name): AudioFile {
  const named = name === source.name ? source : renamed(source, name);
  try {
    const head = new Uint8Array(Math.min(SIGNATURE_BYTES, named.size));
    readExactly(named, 0, head);
    const format = FORMATS.find(({ matches }) => matches(head));
    if (!format) throw new AudioFileError(name, 0, describeUnreadable(head));
    return format.open(named);
  } catch (error) {
    source.close();
    throw error;
  }
}

function renamed(source: ByteSource, name: string): ByteSource {
  return {
    name,
    size: source.size,
    read: (position, target) => source.read(position, target),
    close: () => source.close(),
  };
}
