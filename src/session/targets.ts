/**
 * Loudness targets of services and media, as data. Services change them: each row has its source, with its date where
 * it bears one; what a document says itself always counts more.
 */

/** How a service changes what it plays. */
export interface Playback {
  /** LUFS at which it plays. */
  readonly level: number;
  /** Whether it turns quiet music up, and then at most so far that peaks stay under this, dBTP. */
  readonly up: { readonly peak: number } | null;
  /** Of an album: one gain for all of its songs, by the loudest song or by all of them together. */
  readonly album: "loudest" | "gated" | null;
}

export interface Target {
  /** As people call it. */
  readonly label: string;
  /** What a master for it is to have: LUFS, dBTP. */
  readonly loudness: number;
  readonly truePeak: number;
  readonly mode: "track" | "album" | "preserve";
  /** Only of services that normalise. */
  readonly playback: Playback | null;
  /** Year and month of the source; `null` where it bears none. */
  readonly date: string | null;
  readonly source: string;
}

const STREAMING = { loudness: -14, truePeak: -1, mode: "album" } as const;

export const TARGETS = {
  streaming: {
    ...{ label: "Streaming services in general", ...STREAMING, playback: null, date: null },
    source: "AES TD1008 (2021) and the services below: album by its loudest song at -14 LUFS",
  },
  spotify: {
    ...{ label: "Spotify", ...STREAMING, date: null },
    playback: { level: -14, up: { peak: -1 }, album: "gated" },
    source: "support.spotify.com, Loudness normalization",
  },
  appleMusic: {
    ...{ label: "Apple Music", loudness: -16, truePeak: -1, mode: "album", date: null },
    playback: { level: -16, up: { peak: -1 }, album: "gated" },
    source: "Sound Check, as measured by others",
  },
  youtube: {
    ...{ label: "YouTube", ...STREAMING, date: null },
    playback: { level: -14, up: null, album: null },
    source: "as measured by others: turns down only",
  },
  tidal: {
    ...{ label: "Tidal", ...STREAMING, date: "2016-01" },
    playback: { level: -14, up: null, album: "loudest" },
    source: "meterplugs.com (2016): album by its loudest song, turns down only",
  },
  amazonMusic: {
    ...{ label: "Amazon Music", loudness: -14, truePeak: -2, mode: "album", date: null },
    playback: { level: -14, up: null, album: null },
    source: "Ardour's export preset",
  },
  deezer: {
    ...{ label: "Deezer", loudness: -15, truePeak: -1, mode: "album", date: null },
    playback: { level: -15, up: null, album: null },
    source: "Ardour's export preset",
  },
  aes: {
    ...{ label: "AES TD1008 distribution", ...STREAMING, date: "2021-09" },
    playback: { level: -14, up: null, album: "loudest" },
    source: "AES TD1008 (2021)",
  },
  cd: {
    ...{ label: "CD", loudness: -11, truePeak: -0.3, mode: "album", playback: null, date: null },
    source: "convention: a CD has no loudness of its own",
  },
  club: {
    ...{ label: "Club", loudness: -9, truePeak: -1, mode: "track", playback: null, date: null },
    source: "convention",
  },
  vinyl: {
    ...{ label: "Vinyl pre-master", loudness: -16, truePeak: -3, mode: "preserve", playback: null },
    ...{ date: null, source: "convention of cutting engineers" },
  },
  r128: {
    ...{ label: "EBU R 128 broadcast", loudness: -23, truePeak: -1, mode: "track", date: "2023-11" },
    ...{ playback: null, source: "EBU R 128 (2023)" },
  },
  atsc: {
    ...{ label: "ATSC A/85 broadcast", loudness: -24, truePeak: -2, mode: "track", date: "2013-03" },
    ...{ playback: null, source: "ATSC A/85:2013" },
  },
  podcast: {
    ...{ label: "Podcast", loudness: -16, truePeak: -1, mode: "track", playback: null, date: null },
    source: "Apple Podcasts: -16 LUFS, 1 LU either way",
  },
} as const satisfies Readonly<Record<string, Target>>;

export type TargetName = keyof typeof TARGETS;

export const TARGET_NAMES = Object.keys(TARGETS) as TargetName[];
