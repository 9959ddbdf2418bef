import type { Dsp } from "./dsp.js";

/** Allocates `channels` planar f32 buffers. @returns address of their addresses (i32), as the kernels want them */
export function addressTable(dsp: Dsp, channels: number, frames: number): number {
  const table = dsp.allocate(channels * 4);
  const buffers = Array.from({ length: channels }, () => dsp.allocate(frames * 4));
  dsp.int32(table, channels).set(buffers);
  return table;
}
