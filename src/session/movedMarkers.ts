/** Where markers are after the audio under them was changed. They come in the order of their frames, and stay so. */
import type { AudioMarker, EditedAudio, FrameRange } from "./audioEdits.js";

type Markers = readonly AudioMarker[];

/** @returns markers and loops of `audio`, each list moved by `move` */
export function movedMarks(
  audio: EditedAudio,
  move: (markers: Markers) => Markers,
): Pick<EditedAudio, "markers" | "loops"> {
  const { markers, loops } = audio;
  return { markers: move(markers), ...(loops && { loops: move(loops) }) };
}

/** A marker in the deleted range goes with it; a region keeps what is left of it. */
export function markersAfterDelete(markers: Markers, { start, end }: FrameRange): AudioMarker[] {
  const moved = (frame: number): number => (frame < start ? frame : Math.max(start, frame - (end - start)));
  return markers.flatMap((marker) => {
    const isInside = marker.frame >= start && marker.frame < end;
    const frame = moved(marker.frame);
    const lengthFrames = moved(marker.frame + marker.lengthFrames) - frame;
    return isInside && lengthFrames === 0 ? [] : [{ ...marker, frame, lengthFrames }];
  });
}

/** What stands at `at` or later moves on; a region around it grows. */
export function markersAfterInsert(markers: Markers, at: number, frames: number): AudioMarker[] {
  return markers.map((marker) => {
    if (marker.frame >= at) return { ...marker, frame: marker.frame + frames };
    const grows = marker.frame + marker.lengthFrames > at;
    return grows ? { ...marker, lengthFrames: marker.lengthFrames + frames } : marker;
  });
}

/** Markers and regions wholly inside the range are turned with it; a region across its bounds stays. */
export function markersAfterReverse(markers: Markers, { start, end }: FrameRange): AudioMarker[] {
  const turned = markers.map((marker) => {
    const last = marker.frame + Math.max(1, marker.lengthFrames);
    return marker.frame >= start && last <= end ? { ...marker, frame: start + end - last } : marker;
  });
  return sortMarkers(turned);
}

/** After a conversion of the sample rate: all positions times `ratio`. */
export function markersAfterResample(markers: Markers, ratio: number): AudioMarker[] {
  return markers.map((marker) => {
    const frame = Math.round(marker.frame * ratio);
    const end = Math.round((marker.frame + marker.lengthFrames) * ratio);
    return { ...marker, frame, lengthFrames: end - frame };
  });
}

/** @returns the markers in the order of their frames; those of one frame keep theirs */
export function sortMarkers(markers: Markers): AudioMarker[] {
  return [...markers].sort((a, b) => a.frame - b.frame);
}
