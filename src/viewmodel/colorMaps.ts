/** Colours of a spectrogram: level in steps of 1/255 to colour. */

export type ColorMapName = "magma" | "viridis" | "gray";

/** Colours at even distances, dark to light, of the maps of these names by S. van der Walt and N. Smith (CC0). */
const STOPS: Readonly<Record<ColorMapName, readonly number[]>> = {
  magma: [0x000004, 0x1c1044, 0x4f127b, 0x812581, 0xb5367a, 0xe55964, 0xfb8761, 0xfec287, 0xfcfdbf],
  viridis: [0x440154, 0x482777, 0x3f4a8a, 0x31678e, 0x26838f, 0x1f9d8a, 0x6cce5a, 0xb6de2b, 0xfee825],
  gray: [0x000000, 0xffffff],
};

/** dB of a value of 0 in a spectrogram tile; 255 is 0 dB. */
export const TILE_BOTTOM = -150;

/**
 * A colour for each of the 256 values of a tile, packed as the pixels of an ImageData (little-endian RGBA), opaque.
 * @param range dB of the darkest and of the lightest colour
 */
export function colorTable(
  name: ColorMapName,
  [low, high]: readonly [low: number, high: number],
): Uint32Array {
  const stops = STOPS[name];
  return Uint32Array.from({ length: 256 }, (_, value) => {
    const level = TILE_BOTTOM * (1 - value / 255);
    const share = Math.min(1, Math.max(0, (level - low) / Math.max(1e-9, high - low)));
    const at = share * (stops.length - 1);
    const lower = Math.min(stops.length - 2, Math.floor(at));
    return mix(stops[lower]!, stops[lower + 1]!, at - lower);
  });
}

function mix(a: number, b: number, share: number): number {
  const part = (shift: number): number => {
    const [from, to] = [(a >>> shift) & 255, (b >>> shift) & 255];
    return Math.round(from + (to - from) * share);
  };
  return ((255 << 24) | (part(0) << 16) | (part(8) << 8) | part(16)) >>> 0;
}
