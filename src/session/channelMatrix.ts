/** Factors that fold audio channels into others: `matrix[output][input]`. */

/** Centre and surrounds in a stereo fold of 5.1: ITU-R BS.775-3, Table 2. */
const SIDE = Math.SQRT1_2;

/**
 * To one channel: the mean of all. To two: one channel goes to both; 5.1 folds by BS.775 (without its LFE channel);
 * of others, even and odd ones are averaged. To more: channels keep their places, the rest stays silent.
 * @param from channels there are, at least 1
 */
export function foldMatrix(from: number, to: number): number[][] {
  if (to === 1) return [Array.from({ length: from }, () => 1 / from)];
  if (from === 1 && to === 2) return [[1], [1]];
  if (to === 2 && from === 6) {
    return [
      [1, 0, SIDE, 0, SIDE, 0],
      [0, 1, SIDE, 0, 0, SIDE],
    ];
  }
  if (to === 2 && from > 2) return [0, 1].map((side) => averageOfEvery(from, side));
  return Array.from({ length: to }, (_, output) => singleChannel(from, output));
}

/** One channel alone. */
export function pickMatrix(from: number, channel: number): number[][] {
  return [singleChannel(from, channel)];
}

const singleChannel = (from: number, channel: number): number[] =>
  Array.from({ length: from }, (_, input) => (input === channel ? 1 : 0));

function averageOfEvery(from: number, side: number): number[] {
  const count = Math.ceil((from - side) / 2);
  return Array.from({ length: from }, (_, input) => (input % 2 === side ? 1 / count : 0));
}
