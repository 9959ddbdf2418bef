/** How a master's limiter works: the settings that a character stands for, each of which a document may set itself. */
export interface LimiterSettings {
  /** ms */
  readonly lookahead: number;
  /** ms */
  readonly release: number;
  readonly autoRelease: boolean;
  /** dB, of the clipper before it. */
  readonly softClip: number;
}

export const LIMITER_CHARACTERS = {
  /** The least to be heard at little reduction. */
  transparent: { lookahead: 5, release: 100, autoRelease: true, softClip: 0 },
  /** Gain that moves slowly: for acoustic and orchestral music. */
  smooth: { lookahead: 10, release: 300, autoRelease: true, softClip: 0 },
  /** Attacks come through: peaks are rounded off and given back at once. */
  punchy: { lookahead: 1.5, release: 60, autoRelease: true, softClip: 0.8 },
  /** Loudness before all. */
  aggressive: { lookahead: 1, release: 40, autoRelease: false, softClip: 2 },
} as const satisfies Record<string, LimiterSettings>;

export type LimiterCharacter = keyof typeof LIMITER_CHARACTERS;
export const LIMITER_CHARACTER_NAMES = Object.keys(LIMITER_CHARACTERS) as [
  LimiterCharacter,
  ...LimiterCharacter[],
];
