/**
 * Audio channels of Vorbis and Opus in the order of WAVE files. Sources: Xiph.Org, "Vorbis I specification", section
 * 4.3.9; RFC 7845, section 5.1.1.2.
 */

/** `ORDERS[channels][i]`: which channel of the stream is channel i of the file; speakers as FLAC_MASKS has them. */
const ORDERS: readonly (readonly number[])[] = [
  [],
  [0],
  [0, 1],
  [0, 2, 1],
  [0, 1, 2, 3],
  [0, 2, 1, 3, 4],
  [0, 2, 1, 5, 3, 4],
  [0, 2, 1, 6, 5, 3, 4],
  [0, 2, 1, 7, 5, 6, 3, 4],
];

/** Streams of more than eight channels have no order of their own. */
export function speakerOrder(channels: number): readonly number[] {
  return ORDERS[channels] ?? Array.from({ length: channels }, (_, channel) => channel);
}
