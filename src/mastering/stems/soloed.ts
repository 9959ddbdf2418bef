/** A session in which one track is heard alone: its stem with sends. */
import type { MixDocument } from "../../session/mixDocument.js";

/**
 * @param id of a track
 * @returns the session with that track soloed, through its buses and returns, and the master as it comes
 */
export function soloed(document: MixDocument, id: string): MixDocument {
  return {
    ...document,
    tracks: document.tracks.map((track) => ({ ...track, solo: track.id === id, soloSafe: false })),
    buses: document.buses.map((bus) => ({ ...bus, solo: false })),
    groups: document.groups.map((group) => ({ ...group, solo: false })),
    master: { inserts: [], fader: 0 },
  };
}
