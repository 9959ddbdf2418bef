/** Geometry of a knob: its way goes from 135 degrees left of the top to 135 degrees right of it. */

/** Degrees. */
const SWEEP = 270;

/** Degrees clockwise from the top. @param position 0 to 1 */
export function dialAngle(position: number): number {
  return (Math.min(1, Math.max(0, position)) - 0.5) * SWEEP;
}

/**
 * A part of the way as the `d` of an SVG path around (0, 0).
 *
 * @param from position, 0 to 1; the order of both ends does not matter
 */
export function dialArc(from: number, to: number, radius: number): string {
  const [start, end] = [dialAngle(Math.min(from, to)), dialAngle(Math.max(from, to))];
  const isLarge = end - start > 180 ? 1 : 0;
  return `M${dialPoint(start, radius)}A${radius} ${radius} 0 ${isLarge} 1 ${dialPoint(end, radius)}`;
}

/** "x y" of a point on the circle. @param angle degrees clockwise from the top */
export function dialPoint(angle: number, radius: number): string {
  const radians = (angle * Math.PI) / 180;
  return [Math.sin(radians), -Math.cos(radians)].map((each) => (each * radius).toFixed(2)).join(" ");
}
