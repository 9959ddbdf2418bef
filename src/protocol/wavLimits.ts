/** Bounds of what the WAV editor's view may ask for. */

/** Ten days at 384 kHz; a larger number is no position. */
export const LONGEST_FRAMES = 2 ** 40;
export const MOST_CHANNELS = 64;
/** Names of INFO entries: four printable characters. */
export const INFO_ID = /^[\x20-\x7e]{4}$/;
/** Frames of sound in one answer: ten seconds at 384 kHz, times two. */
export const MOST_SOUND_FRAMES = 1 << 23;
