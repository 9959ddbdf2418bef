import type { DocumentChange, JsonValue } from "../../../src/protocol/mixProtocol.js";
import type { ClipChange } from "../../../src/viewmodel/clipEdits.js";
import type { ClipPlace } from "../../../src/viewmodel/clipLists.js";
import type { Clip } from "./timelineModel.js";

/** What of a change differs from the clip as it was. */
export function changesOf({ track, clip: at }: ClipPlace, clip: Clip, change: ClipChange): DocumentChange[] {
  return Object.entries(change).flatMap(([key, value]): DocumentChange[] => {
    const before = clip[key as keyof Clip];
    if (JSON.stringify(before) === JSON.stringify(value)) return [];
    return [
      { type: "set", path: ["tracks", track, "clips", at, key], value: value as JsonValue | undefined },
    ];
  });
}
