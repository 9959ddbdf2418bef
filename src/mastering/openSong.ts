/** Opens what an album lists as a song: a finished mix in an audio file, or a mix session. */
import { dirname, resolve } from "node:path";
import type { AudioFile, AudioFileInfo } from "../audio/audioFile.js";
import { openAudioFile } from "../audio/openAudioFile.js";
import type { Dsp } from "../engine/dsp.js";
import { FileSong } from "../engine/fileSong.js";
import { compileMix } from "../engine/mixPlan.js";
import { MixSong } from "../engine/mixSong.js";
import { Song } from "../engine/song.js";
import { parseMix } from "../session/mixDocument.js";
import { DocumentError } from "./documentError.js";
import { readDocument } from "./readDocument.js";

export const isMixDocument = (path: string): boolean => path.endsWith(".mix.json");

/**
 * @param path of a `*.mix.json` session or of an audio file
 * @throws DocumentError if the session has errors; AudioFileError if audio cannot be read
 */
export function openSong(dsp: Dsp, path: string): Song {
  return new Song(dsp, isMixDocument(path) ? openMix(dsp, path) : new FileSong(dsp, openAudioFile(path)));
}

function openMix(dsp: Dsp, path: string): MixSong {
  const { value, diagnostics } = parseMix(readDocument(path));
  if (!value) throw new DocumentError(path, diagnostics);
  const infos = new Map<string, AudioFileInfo>();
  const sourceOf = (file: string): AudioFileInfo => {
    const source = resolve(dirname(path), file);
    const info = infos.get(source) ?? describe(source);
    infos.set(source, info);
    return info;
  };
  return new MixSong(dsp, compileMix(value, sourceOf), openAudioFile);
}

function describe(path: string): AudioFileInfo {
  const file: AudioFile = openAudioFile(path);
  file.close();
  return file.info;
}
