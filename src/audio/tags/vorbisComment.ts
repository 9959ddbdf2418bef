/** Vorbis comments, in FLAC and Ogg. Source: Xiph.Org, "Ogg Vorbis I format specification: comment field". */

/** Comments as they are, "NAME=value"; what is cut off is left out. `bytes` begins with the vendor's length. */
export function parseVorbisComments(bytes: Uint8Array): string[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 8) return [];
  let at = 4 + view.getUint32(0, true);
  if (at + 4 > bytes.length) return [];
  const count = view.getUint32(at, true);
  at += 4;
  const comments: string[] = [];
  const decoder = new TextDecoder();
  for (let i = 0; i < count && at + 4 <= bytes.length; i++) {
    const end = at + 4 + view.getUint32(at, true);
    if (end > bytes.length) break;
    comments.push(decoder.decode(bytes.subarray(at + 4, end)));
    at = end;
  }
  return comments;
}

/** The value of the comment `name`, whose case plays no part. */
export function commentOf(comments: readonly string[], name: string): string | undefined {
  const start = `${name.toUpperCase()}=`;
  return comments.find((comment) => comment.toUpperCase().startsWith(start))?.slice(start.length);
}

/** dwChannelMask from the comment that FLAC's own encoder writes; 0 if there is none. */
export function commentedMask(comments: readonly string[]): number {
  const mask = Number(commentOf(comments, "WAVEFORMATEXTENSIBLE_CHANNEL_MASK"));
  return Number.isInteger(mask) && mask > 0 && mask <= 0xffffffff ? mask : 0;
}
