/** The text of a new mix session: one track per audio file, with comments for those who have never seen one. */

export interface NewTrack {
  /** As the file is called, without folder and ending. */
  readonly title: string;
  /** Relative to the session, with `/`. */
  readonly file: string;
}

export interface NewMix {
  readonly title: string;
  /** Hz. */
  readonly sampleRate: number;
  readonly tracks: readonly NewTrack[];
}

/** @returns JSON with comments that `parseMix` reads without a word */
export function newMixText({ title, sampleRate, tracks }: NewMix): string {
  const text = JSON.stringify;
  const list = namedTracks(tracks).map(
    ({ id, name, file }) => `    {
      "id": ${text(id)},
      "name": ${text(name)},
      "clips": [{ "file": ${text(file)}, "start": 0 }],
      "inserts": [],
      "pan": 0,
      "fader": 0
    }`,
  );
  return `// A mix session. Levels are in dB, times in seconds, pan goes from -1 (left) to 1 (right).
// Hover over a key to see what it means; the completion shows what else may stand at a place.
{
  "headroom": 1,
  "title": ${text(title)},
  "sampleRate": ${sampleRate}, // Hz; files of other rates are converted
  "tempo": 120, // beats per minute
  // From top to bottom. Each clip plays its file from "start" on; "fader" is the level, "-inf" is silence.
  // Complete inside "inserts" for equalizers, compressors and more, with presets.
  "tracks": [${list.length > 0 ? `\n${list.join(",\n")}\n  ` : ""}],
  // All tracks together. Leave room for the mastering: peaks below 0 dBFS, no limiter.
  "master": {
    "inserts": [],
    "fader": 0
  }
}
`;
}

export interface NamedTrack {
  readonly id: string;
  readonly name: string;
  readonly file: string;
}

/** @param ids that are taken already */
export function namedTracks(tracks: readonly NewTrack[], ids: readonly string[] = []): NamedTrack[] {
  // No track may be called like the master.
  const taken = new Set(["master", ...ids]);
  return tracks.map(({ title, file }) => {
    const name = title
      .replace(/[_\s]+/g, " ")
      .replace(/^\d+[\s.-]+(?=\S)/, "")
      .trim();
    const wanted = idOf(name);
    let id = wanted;
    for (let n = 2; taken.has(id); n++) id = `${wanted}-${n}`;
    taken.add(id);
    return { id, name: name || title, file };
  });
}

/** "Kick (In)" becomes `kick-in`; letters of any script stay. */
function idOf(name: string): string {
  return (
    name
      .toLowerCase()
      .replace(/[^\p{L}\p{M}\p{N}]+/gu, "-")
      .replace(/^-+|-+$/g, "") || "track"
  );
}
