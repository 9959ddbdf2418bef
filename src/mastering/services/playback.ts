/** What streaming services do to a release: how loud each song is played, and whether that needs their limiter. */
import { TARGETS, TARGET_NAMES, type Playback, type TargetName } from "../../session/targets.js";

export interface PlayedMaster {
  /** LUFS, dBTP; `null` for silence. */
  readonly integrated: number | null;
  readonly truePeak: number | null;
}

export interface ServicePlayback {
  readonly name: TargetName;
  readonly label: string;
  /** LUFS. */
  readonly level: number;
  /** By song: as a listener hears it who plays songs of many albums. */
  readonly songs: readonly PlayedSong[];
  /** Gain of all songs, dB, where a listener hears the album as one; `null` where the service has no such gain. */
  readonly albumGain: number | null;
}

export interface PlayedSong {
  /** dB; `null` for silence. */
  readonly gain: number | null;
  /** LUFS as it is played. */
  readonly loudness: number | null;
  /** Whether it stays quieter than the level because its peaks leave no room. */
  readonly isHeldBack: boolean;
}

/**
 * @param songs masters in order
 * @param integrated of the album, LUFS, gated over all songs together
 * @returns for each service that normalises
 */
export function servicePlayback(
  songs: readonly PlayedMaster[],
  integrated: number | null,
): readonly ServicePlayback[] {
  return TARGET_NAMES.flatMap((name): ServicePlayback[] => {
    const { label, playback } = TARGETS[name];
    if (!playback || name === "aes") return [];
    return [
      {
        ...{ name, label, level: playback.level },
        songs: songs.map((song) => played(song, playback)),
        albumGain: albumGain(songs, integrated, playback),
      },
    ];
  });
}

/** @returns gain and what comes of it: down to the level, up as far as the service goes */
export function played({ integrated, truePeak }: PlayedMaster, { level, up }: Playback): PlayedSong {
  if (integrated === null) return { gain: null, loudness: null, isHeldBack: false };
  const wanted = level - integrated;
  const most = wanted <= 0 ? wanted : up === null ? 0 : Math.max(0, up.peak - (truePeak ?? -Infinity));
  const gain = Math.min(wanted, most);
  return { gain, loudness: integrated + gain, isHeldBack: up !== null && gain < wanted };
}

function albumGain(
  songs: readonly PlayedMaster[],
  integrated: number | null,
  playback: Playback,
): number | null {
  if (playback.album === null) return null;
  const levels = songs.flatMap((song) => song.integrated ?? []);
  const peaks = songs.flatMap((song) => song.truePeak ?? []);
  const whole = playback.album === "loudest" ? Math.max(...levels) : integrated;
  if (levels.length === 0 || whole === null) return null;
  return played({ integrated: whole, truePeak: peaks.length === 0 ? null : Math.max(...peaks) }, playback)
    .gain;
}
