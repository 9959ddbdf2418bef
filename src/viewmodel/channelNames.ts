/** Names of audio channels, from the speakers that the file names (dwChannelMask) or from their number. */

/** In the order of the mask's bits; Multichannel Audio Data and WAVE Files (Microsoft). */
const SPEAKERS = [
  ...["L", "R", "C", "LFE", "Lb", "Rb", "Lc", "Rc", "Cb", "Ls", "Rs", "T", "Ltf", "Ctf", "Rtf"],
  ...["Ltb", "Ctb", "Rtb"],
];

/** Short names, one per channel: "L", "Ls", "3". @param mask 0 where the file gives none */
export function channelNames(channels: number, mask: number): string[] {
  const named = SPEAKERS.filter((_, bit) => (mask >>> bit) & 1);
  const usual = channels === 1 ? ["M"] : channels === 2 ? ["L", "R"] : [];
  const names = named.length === channels && channels > 1 ? named : usual;
  return Array.from({ length: channels }, (_, i) => names[i] ?? String(i + 1));
}
