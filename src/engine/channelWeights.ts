/**
 * Weights of the channels in the loudness. Source: Recommendation ITU-R BS.1770-5, Annex 1,
 * table 3 (5.1) and Annex 3, table 4: 1.41 for loudspeakers at ear height and 60 to 120
 * degrees to the side, 1 for all others; the low-frequency channel does not count.
 */

/** Speaker positions: bits of dwChannelMask (Microsoft, WAVEFORMATEXTENSIBLE). */
const SPEAKER = {
  frontLeft: 0x1,
  frontRight: 0x2,
  frontCenter: 0x4,
  lowFrequency: 0x8,
  backLeft: 0x10,
  backRight: 0x20,
  backCenter: 0x100,
  sideLeft: 0x200,
  sideRight: 0x400,
} as const;

const SIDES = SPEAKER.sideLeft | SPEAKER.sideRight;
const BACKS = SPEAKER.backLeft | SPEAKER.backRight;
const STEREO = SPEAKER.frontLeft | SPEAKER.frontRight;
const FIVE_ONE = STEREO | SPEAKER.frontCenter | SPEAKER.lowFrequency | BACKS;

/** Usual layouts by number of channels, for files that name none. */
const DEFAULT_MASKS: readonly number[] = [
  0,
  SPEAKER.frontCenter,
  STEREO,
  STEREO | SPEAKER.frontCenter,
  STEREO | BACKS,
  STEREO | SPEAKER.frontCenter | BACKS,
  FIVE_ONE,
  STEREO | SPEAKER.frontCenter | SPEAKER.lowFrequency | SPEAKER.backCenter | SIDES,
  FIVE_ONE | SIDES,
];

const SURROUND_WEIGHT = 1.41;

/**
 * @param channelMask dwChannelMask; 0 stands for the usual layout of that many channels
 * @param dualMono whether a single channel counts as two equal ones (+3.01 LU)
 * @returns one weight per channel; channels without a position count as 1
 */
export function channelWeights(channels: number, channelMask: number, dualMono = false): number[] {
  if (channels === 1) return [dualMono ? 2 : 1];
  const mask = channelMask || (DEFAULT_MASKS[channels] ?? 0);
  const positions = Array.from({ length: 32 }, (_, bit) => (mask & (1 << bit)) >>> 0).filter(
    (position) => position !== 0,
  );
  // Of 5.1 the surrounds stand at 110 degrees, whatever their name; of 7.1 the back ones at 135.
  const surrounds = mask & SIDES ? SIDES : BACKS;
  return Array.from({ length: channels }, (_, channel) => {
    const position = positions[channel] ?? 0;
    if (position === SPEAKER.lowFrequency) return 0;
    return position & surrounds ? SURROUND_WEIGHT : 1;
  });
}
