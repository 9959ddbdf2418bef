/** Checksums of FLAC: polynomials x^8 + x^2 + x + 1 and x^16 + x^15 + x^2 + 1, from 0. Source: RFC 9639, section 9. */

const CRC8 = Uint8Array.from({ length: 256 }, (_, byte) => remainder(byte, 8, 0x07));
const CRC16 = Uint16Array.from({ length: 256 }, (_, byte) => remainder(byte, 16, 0x8005));

function remainder(byte: number, width: number, polynomial: number): number {
  let value = byte << (width - 8);
  for (let bit = 0; bit < 8; bit++) {
    const isSet = (value & (1 << (width - 1))) !== 0;
    value = isSet ? (value << 1) ^ polynomial : value << 1;
  }
  return value & (2 ** width - 1);
}

/** Of `bytes` from `start` up to, not including, `end`. */
export function crc8(bytes: Uint8Array, start: number, end: number): number {
  let crc = 0;
  for (let i = start; i < end; i++) crc = CRC8[crc ^ bytes[i]!]!;
  return crc;
}

/** Of `bytes` from `start` up to, not including, `end`. */
export function crc16(bytes: Uint8Array, start: number, end: number): number {
  let crc = 0;
  for (let i = start; i < end; i++) crc = ((crc << 8) & 0xffff) ^ CRC16[(crc >> 8) ^ bytes[i]!]!;
  return crc;
}
