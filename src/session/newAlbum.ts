/** The text of a new album document, with comments for those who have never seen one. */
import { jsonText } from "./edits/jsonText.js";
import { masteringPresetKeys } from "./presets/applyMasteringPreset.js";
import { MASTERING_PRESETS, type MasteringPresetName } from "./presets/masteringChains.js";

export interface NewAlbum {
  readonly title: string;
  readonly preset: MasteringPresetName;
  readonly songs: readonly {
    readonly title: string;
    /** Relative to the document, with `/`. */
    readonly source: string;
  }[];
}

const LAYOUT = { indent: "  ", lineEnding: "\n" };

/** @returns JSON with comments that `parseAlbum` reads without a word */
export function newAlbumText({ title, preset, songs }: NewAlbum): string {
  const { chainLevel, chain, limiter, target } = masteringPresetKeys(preset);
  const value = (each: unknown): string => jsonText(each, LAYOUT, 1);
  const list = songs.map((song) => `    ${JSON.stringify({ ...song, gap: 2 })}`);
  return `// An album. Loudness is in LUFS, peaks in dBTP, times in seconds.
// Hover over a key to see what it means; "Headroom: Master Album" or \`headroom master\` makes the release.
{
  "headroom": 1,
  "title": ${JSON.stringify(title)},

  // "album": the loud parts of the songs come together, and the loudest song reaches the target.
  // "track": every song reaches it. "preserve": one gain for all.
  "target": ${value({ mode: "album", ...(target as Record<string, never>) })},

  // ${preset}: ${MASTERING_PRESETS[preset].purpose}
${chainLevel === undefined ? "" : `  "chainLevel": ${value(chainLevel)}, // LUFS of a song's loud part before the chain\n`}  "chain": ${value(chain)},
  "limiter": ${value(limiter)},

  // In order. "loudness" makes a song louder or quieter than the plan does, in LU; "gap" is the silence after it.
  "songs": [
${list.join(",\n")}
  ],

  // Sets of files; also "flac", "mp3", and "image": true for one file of the whole album.
  "deliver": [
    { "format": "wav", "sampleRate": 44100, "bitDepth": 16, "dither": "shaped" },
    { "format": "flac", "bitDepth": 24 }
  ],
  "output": "release"
}
`;
}
