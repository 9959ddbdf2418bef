/** Moves to markers and findings, and sets markers. */
import type { AudioMarker, Finding } from "../../src/protocol/wavProtocol.js";
import { nextMark } from "../../src/viewmodel/frameSelection.js";
import type { WavModel } from "./wavModel.js";

/** Frames that the keyboard jumps between: markers, and both ends of regions. */
export function jumpMarks(model: WavModel): number[] {
  return model.audio.markers.flatMap(({ frame, lengthFrames }) =>
    lengthFrames > 0 ? [frame, frame + lengthFrames] : [frame],
  );
}

export function nextMarkOf(model: WavModel, direction: 1 | -1): number {
  return nextMark(jumpMarks(model), model.selection.cursor, model.frames, direction);
}

/** Selects a finding and brings it into sight. */
export function showFinding(model: WavModel, { range }: Finding): void {
  model.selectSpan(range);
  const { start, framesPerPixel, width } = model.viewport;
  const isInSight = range.start >= start && range.end <= start + framesPerPixel * width;
  if (!isInSight) model.scrollTo((range.start + range.end - framesPerPixel * width) / 2);
}

/** The nearest finding after (before) the start of the selection; from the last one on to the first. */
export function goToFinding(model: WavModel, direction: 1 | -1): void {
  const findings = [...(model.state.findings ?? [])].sort((a, b) => a.range.start - b.range.start);
  const { start } = model.span;
  const next =
    direction > 0
      ? (findings.find(({ range }) => range.start > start) ?? findings[0])
      : (findings.findLast(({ range }) => range.start < start) ?? findings.at(-1));
  if (next) showFinding(model, next);
}

/** A marker at the cursor, or a region over the selection. */
export function addMarker(model: WavModel): void {
  const { start, end } = model.span;
  const label = `${end > start ? "Region" : "Marker"} ${model.audio.markers.length + 1}`;
  setMarkers(model, [...model.audio.markers, { frame: start, label, lengthFrames: end - start }]);
}

export function setMarkers(model: WavModel, markers: readonly AudioMarker[]): void {
  const sorted = [...markers].sort((a, b) => a.frame - b.frame);
  void model.edit({ type: "markers", markers: sorted });
}
