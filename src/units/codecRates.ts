/** Sample rates that the encoders take, Hz. */

/** Of libFLAC as the house uses it. */
export const FLAC_RATES: readonly number[] = [
  ...[8000, 16000, 22050, 24000, 32000, 44100, 48000, 88200, 96000, 176400, 192000],
];

/** Of MPEG-1 layer III. Source: ISO/IEC 11172-3, 2.4.2.3. */
export const MP3_RATES: readonly number[] = [32000, 44100, 48000];
