import type { AddedFile, DocumentChange } from "../../../src/protocol/mixProtocol.js";
import { rounded } from "../../../src/viewmodel/clipEdits.js";
import type { TimelineModel } from "./timelineModel.js";

/**
 * Puts dropped files on the timeline, one after the other on the track that they were dropped on, or each on a new one.
 * @param track `undefined`: below all tracks
 * @param frame of the session, where they were dropped
 */
export async function addFiles(
  timeline: TimelineModel,
  uris: readonly string[],
  track: number | undefined,
  frame: number,
): Promise<void> {
  const { mix } = timeline;
  if (!mix.canEdit) return;
  const files = await mix.ask("addFiles", uris).catch(() => []);
  if (files.length === 0) return;
  const start = rounded(frame / timeline.sampleRate);
  const changes = track === undefined ? onNewTracks(files, start) : onTrack(files, track, start);
  await mix.commit(files.length === 1 ? "Add audio" : `Add ${files.length} audio files`, changes);
}

function onTrack(files: readonly AddedFile[], track: number, start: number): DocumentChange[] {
  let at = start;
  return files.map(({ file, frames, sampleRate }) => {
    const value = { file, start: rounded(at) };
    at += frames / sampleRate;
    return { type: "insert", path: ["tracks", track, "clips", -1], value };
  });
}

function onNewTracks(files: readonly AddedFile[], start: number): DocumentChange[] {
  return files.map(({ file, id, name }) => ({
    type: "insert",
    path: ["tracks", -1],
    value: { id, name, clips: [{ file, start }] },
  }));
}
