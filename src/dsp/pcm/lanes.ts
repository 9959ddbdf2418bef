/** Four integer samples, of any width and byte order, at the top of four 32-bit lanes. */
import { Layout } from "./layout";

const ORDER = memory.data(16);

/** @returns bytes of one sample */
export function widthOf(layout: i32): i32 {
  switch (layout) {
    case Layout.U8:
      return 1;
    case Layout.S16:
      return 2;
    case Layout.S24:
      return 3;
    case Layout.F64:
      return 8;
    default:
      return 4;
  }
}

/** Where the bytes of four samples of `width` bytes go, so that each ends at the top of its 32-bit lane. */
export function permutation(width: i32, bigEndian: bool): v128 {
  for (let lane = 0; lane < 4; lane++) {
    for (let byte = 0; byte < 4; byte++) {
      // Counted from the top of the lane; index 255 stands for a zero.
      const significance = 3 - byte;
      const within = bigEndian ? significance : width - 1 - significance;
      const index = significance < width ? lane * width + within : 255;
      store<u8>(ORDER + <usize>(lane * 4 + byte), <u8>index);
    }
  }
  return v128.load(ORDER);
}

/** The bits that make samples signed where they are not. */
export function signFlip(layout: i32): v128 {
  return i32x4.splat(layout == Layout.U8 ? 0x80000000 : 0);
}
