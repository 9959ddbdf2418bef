/** How an edit of the lists of clips is shown while a hand is at it, and how it gets into the text. */
import type { DocumentChange, DocumentPath, JsonValue } from "../../../src/protocol/mixProtocol.js";
import type { ClipEdit } from "../../../src/viewmodel/clipLists.js";
import { clipJson, jsonValue } from "./clipJson.js";
import type { Clip, TimelineModel } from "./timelineModel.js";

/**
 * Shows the edit, and selects what it is about.
 * @param touched tracks that the gesture has changed so far: those that it does not change any more are put back
 */
export function previewEdit({ mix, lists }: TimelineModel, edit: ClipEdit<Clip>, touched: Set<number>): void {
  for (const track of edit.lists.keys()) touched.add(track);
  for (const track of touched) {
    const list = edit.lists.get(track) ?? lists[track];
    if (list) mix.preview(["tracks", track, "clips"], list as unknown as JsonValue);
  }
  mix.select({ clips: edit.places });
}

/** One undo step. @returns whether something was done */
export async function commitEdit(
  timeline: TimelineModel,
  label: string,
  edit: ClipEdit<Clip>,
): Promise<boolean> {
  const { mix } = timeline;
  const changes = changesOfEdit(edit);
  if (changes.length === 0) {
    mix.cancelPreview();
    return false;
  }
  previewEdit(timeline, edit, new Set());
  const isDone = await mix.commit(label, changes);
  if (isDone) timeline.announce(`${label}.`);
  return isDone;
}

/** The smallest changes of the text. */
function changesOfEdit(edit: ClipEdit<Clip>): readonly DocumentChange[] {
  return edit.steps.flatMap((step): readonly DocumentChange[] => {
    const path = ["tracks", step.at.track, "clips", step.at.clip];
    if (step.type === "remove") return [{ type: "set", path, value: undefined }];
    if (step.type === "insert") return [{ type: "insert", path, value: clipJson(step.clip) }];
    return changedKeys(path, step.before, step.after);
  });
}

type Values = Readonly<Record<string, unknown>>;

function changedKeys(path: DocumentPath, before: Values, after: Values): DocumentChange[] {
  const keys = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...keys].flatMap((key): DocumentChange[] => {
    const [old, next] = [before[key], after[key]];
    if (old === next || JSON.stringify(old) === JSON.stringify(next)) return [];
    const isFade = (key === "fadeIn" || key === "fadeOut") && old !== undefined && next !== undefined;
    if (isFade) return changedKeys([...path, key], old as Values, next as Values);
    return [
      { type: "set", path: [...path, key], value: next === undefined ? undefined : jsonValue(key, next) },
    ];
  });
}
