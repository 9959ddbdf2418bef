/** Loops of a `smpl` chunk after their positions have changed. Source as in `cue.ts`. */
import type { SampleLoop } from "./cue.js";

const LOOP_BYTES = 24;
const LOOPS_OFFSET = 36;

/** A loop that stays, and the number of its entry in the chunk as it was. */
export interface KeptLoop extends SampleLoop {
  readonly entry: number;
}

/**
 * @param smpl contents of the little-endian chunk as it was
 * @returns the chunk with just these loops; tuning, kind and count of each loop and data of the sampler stay
 */
export function withLoops(smpl: Uint8Array, loops: readonly KeptLoop[]): Uint8Array {
  const view = new DataView(smpl.buffer, smpl.byteOffset, smpl.byteLength);
  const count = view.getUint32(28, true);
  const isThere = ({ entry }: KeptLoop): boolean =>
    entry < count && LOOPS_OFFSET + (entry + 1) * LOOP_BYTES <= smpl.length;
  const kept = loops.filter(isThere);
  const rest = smpl.subarray(Math.min(smpl.length, LOOPS_OFFSET + count * LOOP_BYTES));
  const contents = new Uint8Array(LOOPS_OFFSET + kept.length * LOOP_BYTES + rest.length);
  contents.set(smpl.subarray(0, LOOPS_OFFSET));
  const target = new DataView(contents.buffer);
  target.setUint32(28, kept.length, true);
  kept.forEach(({ entry, startFrame, endFrame }, i) => {
    const [from, to] = [LOOPS_OFFSET + entry * LOOP_BYTES, LOOPS_OFFSET + i * LOOP_BYTES];
    contents.set(smpl.subarray(from, from + LOOP_BYTES), to);
    target.setUint32(to + 8, startFrame, true);
    // The chunk names the last frame played.
    target.setUint32(to + 12, endFrame - 1, true);
  });
  contents.set(rest, LOOPS_OFFSET + kept.length * LOOP_BYTES);
  return contents;
}
