/** Text in fixed or NUL-terminated fields of RIFF chunks, whose encoding no standard fixes. */

/** The text up to the first NUL: UTF-8 if it is valid as such, else Latin-1, as old programs write. */
export function decodeText(bytes: Uint8Array): string {
  const end = bytes.indexOf(0);
  const text = end < 0 ? bytes : bytes.subarray(0, end);
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(text);
  } catch {
    return String.fromCharCode(...text);
  }
}

/** `text` as UTF-8 in at most `length` bytes, never cut inside a character. */
export function encodeText(text: string, length = Infinity): Uint8Array {
  const bytes = new TextEncoder().encode(text);
  if (bytes.length <= length) return bytes;
  let end = length;
  // 10xxxxxx continues a character.
  while (end > 0 && (bytes[end]! & 0xc0) === 0x80) end--;
  return bytes.subarray(0, end);
}
