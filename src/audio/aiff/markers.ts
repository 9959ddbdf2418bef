/** Markers and loops of AIFF files: `MARK` and `INST`. Source: Apple, "Audio Interchange File Format: AIFF", 1989. */
import type { CueMarker, SampleLoop } from "../tags/cue.js";
import { decodeText } from "../tags/text.js";

interface Marker extends CueMarker {
  /** Number by which other chunks refer to it. */
  readonly number: number;
}

/** Contents of `MARK`; what is cut off is left out. */
function parseMarks(mark: Uint8Array): Marker[] {
  if (mark.length < 2) return [];
  const view = new DataView(mark.buffer, mark.byteOffset, mark.byteLength);
  const markers: Marker[] = [];
  let at = 2;
  for (let left = view.getUint16(0); left > 0 && at + 7 <= mark.length; left--) {
    const length = view.getUint8(at + 6);
    if (at + 7 + length > mark.length) break;
    const label = decodeText(mark.subarray(at + 7, at + 7 + length)).trimEnd();
    markers.push({ number: view.getInt16(at), frame: view.getUint32(at + 2), label, lengthFrames: 0 });
    // The name counts its own length byte and is padded to an even number.
    at += 6 + 1 + length + ((1 + length) % 2);
  }
  return markers;
}

/** Markers in the order of time from the contents of `MARK`. */
export function parseAiffMarkers(mark: Uint8Array): CueMarker[] {
  return parseMarks(mark)
    .map(({ frame, label, lengthFrames }) => ({ frame, label, lengthFrames }))
    .sort((a, b) => a.frame - b.frame);
}

/** Offsets of the sustain and the release loop in `INST`: play mode, first and last marker. */
const LOOP_OFFSETS = [8, 14];

/** Loops from `INST`, whose ends are markers of `MARK`; those that are switched off are left out. */
export function parseAiffLoops(inst: Uint8Array, mark: Uint8Array): SampleLoop[] {
  const view = new DataView(inst.buffer, inst.byteOffset, inst.byteLength);
  const frames = new Map(parseMarks(mark).map(({ number, frame }) => [number, frame]));
  return LOOP_OFFSETS.flatMap((at) => {
    if (at + 6 > inst.length || view.getInt16(at) === 0) return [];
    const startFrame = frames.get(view.getInt16(at + 2));
    const endFrame = frames.get(view.getInt16(at + 4));
    if (startFrame === undefined || endFrame === undefined || endFrame <= startFrame) return [];
    return [{ startFrame, endFrame }];
  });
}
