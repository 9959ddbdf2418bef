/** Colours of tracks that have none of their own: told from each other by people with any kind of colour vision. */
const PALETTE = [
  "#4e8ac8", "#c9803a", "#5fa55a", "#b65f8e", "#8a7cc4", "#3fa3a0", "#b59b3c", "#c46256",
] as const; // prettier-ignore

/** @param index position of the track */
export function trackColor({ color }: { readonly color?: string | undefined }, index: number): string {
  return color !== undefined && /^#[0-9a-f]{6}$/i.test(color) ? color : PALETTE[index % PALETTE.length]!;
}
