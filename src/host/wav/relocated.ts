import type { EditSource } from "../../session/audioEdits.js";

/** The same audio with what was read from the file `from` read from `to`. */
export function relocated<Audio extends { readonly sources: readonly EditSource[] }>(
  audio: Audio,
  from: string,
  to: string,
): Audio {
  if (!audio.sources.some(({ path }) => path === from)) return audio;
  return {
    ...audio,
    sources: audio.sources.map((source) => (source.path === from ? { ...source, path: to } : source)),
  };
}
