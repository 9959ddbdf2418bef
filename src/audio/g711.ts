/** A-law and mu-law to 16-bit integers. Source: Recommendation ITU-T G.711, tables 1a to 2b. */

/** 16-bit value (13 significant bits) of each A-law byte. */
export const A_LAW: Readonly<Int16Array> = Int16Array.from({ length: 256 }, (_, byte) => {
  // Every second bit is inverted on the line.
  const code = byte ^ 0x55;
  const segment = (code >> 4) & 7;
  const step = ((code & 15) << 4) + 8;
  const magnitude = segment === 0 ? step : (step + 0x100) << (segment - 1);
  return code & 0x80 ? magnitude : -magnitude;
});

/** 16-bit value (14 significant bits) of each mu-law byte. */
export const MU_LAW: Readonly<Int16Array> = Int16Array.from({ length: 256 }, (_, byte) => {
  // All bits are inverted on the line.
  const code = ~byte & 0xff;
  const magnitude = ((((code & 15) << 3) + 0x84) << ((code >> 4) & 7)) - 0x84;
  return code & 0x80 ? -magnitude : magnitude;
});

/** Decodes `codes` to little-endian 16-bit integers, two bytes of `target` a code. */
export function decodeG711(codes: Uint8Array, table: Readonly<Int16Array>, target: Uint8Array): void {
  for (let i = 0; i < codes.length; i++) {
    const value = table[codes[i]!]!;
    target[2 * i] = value;
    target[2 * i + 1] = value >> 8;
  }
}
