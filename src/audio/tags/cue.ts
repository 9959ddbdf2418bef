/**
 * Markers and loops: `cue `, its labels in a `LIST` of type `adtl`, and the loops of `smpl`. Source:
 * Microsoft/IBM, "Multimedia Programming Interface and Data Specifications 1.0", chapter 3, "Cue-Points
 * Chunk", "Associated Data Chunk"; `smpl`: Microsoft, "Multimedia Data Standards Update", 1994.
 */
import { listEntries, setFourCC, writeList } from "./list.js";
import { decodeText, encodeText } from "./text.js";

export interface CueMarker {
  /** Position in the audio. */
  readonly frame: number;
  readonly label: string;
  /** Length where the marker is a region, else 0. */
  readonly lengthFrames: number;
}

export interface SampleLoop {
  readonly startFrame: number;
  /** First frame behind the loop. */
  readonly endFrame: number;
}

const CUE_BYTES = 24;
const LOOP_BYTES = 24;
const LOOPS_OFFSET = 36;

/**
 * Markers in the order of time from the contents of `cue ` and, if there is one, of `LIST` `adtl`. What
 * is cut off is left out; positions are not checked against the length of the audio.
 */
export function parseCues(cue: Uint8Array, adtl?: Uint8Array, bigEndian = false): CueMarker[] {
  if (cue.length < 4) return [];
  const view = new DataView(cue.buffer, cue.byteOffset, cue.byteLength);
  const count = Math.min(view.getUint32(0, !bigEndian), Math.floor((cue.length - 4) / CUE_BYTES));
  const { labels, lengths } = parseLabels(adtl ?? new Uint8Array(0), bigEndian);
  const markers = Array.from({ length: count }, (_, i) => {
    const at = 4 + CUE_BYTES * i;
    const name = view.getUint32(at, !bigEndian);
    const frame = view.getUint32(at + 20, !bigEndian);
    return { frame, label: labels.get(name) ?? "", lengthFrames: lengths.get(name) ?? 0 };
  });
  return markers.sort((a, b) => a.frame - b.frame);
}

function parseLabels(adtl: Uint8Array, bigEndian: boolean) {
  const labels = new Map<number, string>();
  const lengths = new Map<number, number>();
  for (const { id, bytes } of listEntries(adtl, "adtl", bigEndian)) {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    if (id === "labl" && bytes.length >= 4)
      labels.set(view.getUint32(0, !bigEndian), decodeText(bytes.subarray(4)));
    if (id === "ltxt" && bytes.length >= 8)
      lengths.set(view.getUint32(0, !bigEndian), view.getUint32(4, !bigEndian));
  }
  return { labels, lengths };
}

/** Contents of the little-endian chunks `cue ` and `LIST` (`adtl`) for these markers. */
export function formatCues(markers: readonly CueMarker[]): { cue: Uint8Array; adtl: Uint8Array } {
  const cue = new Uint8Array(4 + CUE_BYTES * markers.length);
  const view = new DataView(cue.buffer);
  view.setUint32(0, markers.length, true);
  markers.forEach(({ frame }, i) => {
    const at = 4 + CUE_BYTES * i;
    view.setUint32(at, i + 1, true);
    view.setUint32(at + 4, frame, true);
    setFourCC(cue, at + 8, "data");
    view.setUint32(at + 20, frame, true);
  });
  const labels = markers.map(({ label }, i) => ({
    id: "labl",
    bytes: withName(i + 1, encodeText(`${label}\0`)),
  }));
  const regions = markers.flatMap(({ lengthFrames }, i) =>
    lengthFrames > 0 ? [{ id: "ltxt", bytes: withName(i + 1, regionText(lengthFrames)) }] : [],
  );
  return { cue, adtl: writeList("adtl", [...labels, ...regions]) };
}

function withName(name: number, bytes: Uint8Array): Uint8Array {
  const named = new Uint8Array(4 + bytes.length);
  new DataView(named.buffer).setUint32(0, name, true);
  named.set(bytes, 4);
  return named;
}

/** Length, purpose "rgn ", then country, language, dialect and code page, all 0. */
function regionText(lengthFrames: number): Uint8Array {
  const bytes = new Uint8Array(16);
  new DataView(bytes.buffer).setUint32(0, lengthFrames, true);
  setFourCC(bytes, 4, "rgn ");
  return bytes;
}

/** Loops from the contents of `smpl`; those that end before they begin are left out. */
export function parseLoops(smpl: Uint8Array, bigEndian = false): SampleLoop[] {
  if (smpl.length < LOOPS_OFFSET) return [];
  const view = new DataView(smpl.buffer, smpl.byteOffset, smpl.byteLength);
  const count = Math.min(
    view.getUint32(28, !bigEndian),
    Math.floor((smpl.length - LOOPS_OFFSET) / LOOP_BYTES),
  );
  const loops = Array.from({ length: count }, (_, i) => {
    const at = LOOPS_OFFSET + LOOP_BYTES * i;
    // The chunk names the last frame played.
    return {
      startFrame: view.getUint32(at + 8, !bigEndian),
      endFrame: view.getUint32(at + 12, !bigEndian) + 1,
    };
  });
  return loops.filter(({ startFrame, endFrame }) => endFrame > startFrame);
}
