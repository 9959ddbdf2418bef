/** Changes of a document that a view asks for. */
import type { DocumentChange } from "../session/edits/editText.js";
import { isRecord, listOf, shape, text, whole, type Check } from "./checks.js";

export interface EditRequest {
  /** What was done, for people: "Fader of Kick". */
  readonly label: string;
  readonly changes: readonly DocumentChange[];
}

/** Far above any real document; a larger number is no position. */
const LARGEST = 10_000_000;
const DEEPEST_PATH = 16;
/** Changes of one gesture: deleting all clips of a large session is one. */
const MOST_CHANGES = 20_000;
/** Characters of a value as JSON. */
const LARGEST_VALUE = 20_000_000;

const index = whole(0, LARGEST);
const key: Check = (value) => (typeof value === "number" ? whole(-1, LARGEST)(value) : text(200)(value));
const path = listOf(key, DEEPEST_PATH);
const value: Check = (each) => each === undefined || JSON.stringify(each).length <= LARGEST_VALUE;

const CHANGES: Record<DocumentChange["type"], Check> = {
  set: shape({ type: text(), path }, { value }),
  insert: shape({ type: text(), path, value }),
  move: shape({ type: text(), path, from: index, to: index }),
};
const change: Check = (each) =>
  isRecord(each) &&
  typeof each.type === "string" &&
  Object.hasOwn(CHANGES, each.type) &&
  CHANGES[each.type as DocumentChange["type"]](each);

/** Whether a view's request is one: a host must not trust it. */
export const isEditRequest: Check = shape({ label: text(10_000), changes: listOf(change, MOST_CHANGES) });
