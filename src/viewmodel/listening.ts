/**
 * What of the audio's channels the two ears hear. More channels than two are folded down by Recommendation ITU-R
 * BS.775-4, table 2: centre and surrounds at -3 dB, the low-frequency channel left out.
 */

export interface Listening {
  /** A number: that channel alone, on both sides. `mid` and `mono` are half the sum of both ears, `side` half the difference. */
  readonly mode: "stereo" | "left" | "right" | "mid" | "side" | "mono" | number;
  /** Channels that are muted, or not soloed while another is. */
  readonly silenced: readonly number[];
}

/** Speaker positions: bits of dwChannelMask (Microsoft, WAVEFORMATEXTENSIBLE). */
const LEFT = 0x1 | 0x10 | 0x40 | 0x200 | 0x1000 | 0x8000;
const RIGHT = 0x2 | 0x20 | 0x80 | 0x400 | 0x4000 | 0x20000;
const FRONT = 0x1 | 0x2;
const LOW_FREQUENCY = 0x8;

/** Usual layouts by number of channels, for files that name none. */
const USUAL_MASKS: readonly number[] = [0, 0x4, 0x3, 0x7, 0x33, 0x37, 0x3f, 0x70f, 0x63f];

const MINUS_3_DB = Math.SQRT1_2;

/** @returns `[ear][channel]`, linear factors */
export function listenMatrix(
  { mode, silenced }: Listening,
  channels: number,
  channelMask: number,
): [left: number[], right: number[]] {
  const audible = (channel: number): number => (silenced.includes(channel) ? 0 : 1);
  if (typeof mode === "number") {
    const alone = Array.from({ length: channels }, (_, channel) => (channel === mode ? audible(channel) : 0));
    return [alone, [...alone]];
  }
  const [left, right] = foldDown(channels, channelMask);
  const ears = (a: number, b: number): number[] =>
    left.map((factor, channel) => (a * factor + b * right[channel]!) * audible(channel));
  switch (mode) {
    case "stereo":
      return [ears(1, 0), ears(0, 1)];
    case "left":
      return [ears(1, 0), ears(1, 0)];
    case "right":
      return [ears(0, 1), ears(0, 1)];
    case "mid":
    case "mono":
      return [ears(0.5, 0.5), ears(0.5, 0.5)];
    case "side":
      return [ears(0.5, -0.5), ears(0.5, -0.5)];
  }
}

function foldDown(channels: number, channelMask: number): [left: number[], right: number[]] {
  if (channels === 1) return [[1], [1]];
  const mask = channelMask || (USUAL_MASKS[channels] ?? 0);
  const positions = Array.from({ length: 32 }, (_, bit) => (mask & (1 << bit)) >>> 0).filter(
    (bit) => bit > 0,
  );
  const share = (channel: number, side: number): number => {
    const position = positions[channel];
    // A channel without a place is heard in the middle; of two channels alone, the first is left.
    if (position === undefined) return MINUS_3_DB;
    if (position === LOW_FREQUENCY) return 0;
    if (position & FRONT) return position & side ? 1 : 0;
    return position & (LEFT | RIGHT) && !(position & side) ? 0 : MINUS_3_DB;
  };
  const ear = (side: number): number[] =>
    Array.from({ length: channels }, (_, channel) => share(channel, side));
  return channels === 2 ? [[1, 0], [0, 1]] : [ear(LEFT), ear(RIGHT)]; // prettier-ignore
}
