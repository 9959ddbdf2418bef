/** Gains that let sides of an album be compared without the louder one winning. */

export interface SideLevel {
  /** LUFS. */
  readonly integrated: number | null;
  /** dBTP. */
  readonly truePeak: number | null;
}

export interface ComparedSong {
  readonly source: SideLevel | undefined;
  readonly master: SideLevel | undefined;
}

/** dB. */
export interface EqualGains {
  /** Of the masters, all the same: how the songs stand to each other stays. */
  readonly master: number;
  /** By song. */
  readonly source: readonly number[];
  readonly reference: readonly number[];
}

/** Most that a quiet side is raised, dB. */
const MOST = 40;

/**
 * Sources and reference come to the loudness of the song's master (of its source, where there is none), and all of it
 * so far down that nothing is clipped.
 */
export function equalGains(songs: readonly ComparedSong[], reference: SideLevel | undefined): EqualGains {
  const raises = songs.map(({ source, master }) => {
    const goal = (master ?? source)?.integrated ?? null;
    return { source: raise(source, goal), reference: raise(reference, goal) };
  });
  const peaks = songs.flatMap(({ source, master }, song) => [
    master?.truePeak ?? -Infinity,
    (source?.truePeak ?? -Infinity) + raises[song]!.source,
    (reference?.truePeak ?? -Infinity) + raises[song]!.reference,
  ]);
  const down = Math.max(0, ...peaks);
  return {
    master: -down + 0,
    source: raises.map((each) => each.source - down),
    reference: raises.map((each) => each.reference - down),
  };
}

function raise(side: SideLevel | undefined, goal: number | null): number {
  const level = side?.integrated ?? null;
  return level === null || goal === null ? 0 : Math.min(MOST, goal - level);
}
