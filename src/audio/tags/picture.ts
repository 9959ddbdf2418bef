/** Cover art as files carry it. */

export interface Picture {
  readonly mimeType: "image/jpeg" | "image/png";
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** More than that is no cover: players give up on it. Bytes. */
const LARGEST_PICTURE = 16 * 2 ** 20;

/**
 * @param bytes of a JPEG or PNG file, told apart by how they begin (ISO/IEC 10918-1, B.1.1.3; ISO/IEC 15948, 5.2)
 * @returns what is wrong with it, if it is none
 */
export function pictureOf(bytes: Uint8Array<ArrayBuffer>): Picture | { readonly fault: string } {
  if (bytes.length > LARGEST_PICTURE)
    return { fault: `is ${(bytes.length / 2 ** 20).toFixed(1)} MB large; 16 MB is the most` };
  const startsWith = (...head: readonly number[]): boolean => head.every((byte, i) => bytes[i] === byte);
  if (startsWith(0xff, 0xd8, 0xff)) return { mimeType: "image/jpeg", bytes };
  if (startsWith(0x89, 0x50, 0x4e, 0x47)) return { mimeType: "image/png", bytes };
  return { fault: "is neither a JPEG nor a PNG file" };
}
