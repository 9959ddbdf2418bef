/** What the host lets through from the mix editor's view: it must not trust it. */
import { listOf, oneOf, shape, text, whole, isNull, isRecord, type Check } from "./checks.js";
import { MIX_ACTIONS, type DocumentChange, type MixRequests } from "./mixProtocol.js";
import { LONGEST_FRAMES } from "./wavLimits.js";
import { HIGHEST_LEVEL, TILE_COLUMNS } from "./wavProtocol.js";

/** Far above any real document; a larger number is no line, column or position. */
const LARGEST = 10_000_000;
const DEEPEST_PATH = 16;
/** Changes of one gesture: deleting all clips of a large session is one. */
const MOST_CHANGES = 20_000;
/** Characters of a value as JSON. */
const LARGEST_VALUE = 20_000_000;
/** Tiles that a view may ask for at once. */
const MOST_COLUMNS = 8 * TILE_COLUMNS;
/** Frames of sound in one answer: ten seconds at 384 kHz, times two. */
const MOST_SOUND_FRAMES = 1 << 23;
const MOST_FILES = 1000;

/**
 * @returns `params`
 * @throws TypeError if `params` is not what the request `name` takes
 */
export function checkMixRequest(name: string, params: unknown): unknown {
  const isValid = Object.hasOwn(VALIDATORS, name) && VALIDATORS[name as keyof MixRequests](params);
  if (!isValid) throw new TypeError(`"${name}" was asked with parameters that it does not take.`);
  return params;
}

const index = whole(0, LARGEST);
const seconds: Check = (value) => typeof value === "number" && value >= 0 && value < Infinity;
const frame = whole(0, LONGEST_FRAMES);
const name = text(10_000);
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

const VALIDATORS: Record<keyof MixRequests, Check> = {
  open: isNull,
  edit: shape({ label: name, changes: listOf(change, MOST_CHANGES) }),
  peaks: shape({ file: name, level: whole(0, HIGHEST_LEVEL), first: frame, count: whole(1, MOST_COLUMNS) }),
  sound: shape({ path: name, start: frame, count: whole(0, MOST_SOUND_FRAMES) }),
  rendered: shape({ start: frame, count: whole(0, MOST_SOUND_FRAMES) }),
  inserts: isNull,
  addFiles: listOf(name, MOST_FILES),
  chooseImpulse: isNull,
  act: oneOf(...MIX_ACTIONS),
  mixDownRange: shape({ from: seconds, to: seconds }),
  openFile: name,
  goTo: shape({ line: index, character: index }),
  typing: oneOf(true, false),
};
