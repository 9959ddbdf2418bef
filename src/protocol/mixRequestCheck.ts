/** What the host lets through from the mix editor's view: it must not trust it. */
import { isEditRequest } from "./editRequest.js";
import { listOf, oneOf, shape, text, whole, isNull, type Check } from "./checks.js";
import { MIX_ACTIONS, type MixRequests } from "./mixProtocol.js";
import { LONGEST_FRAMES } from "./wavLimits.js";
import { HIGHEST_LEVEL, TILE_COLUMNS } from "./wavProtocol.js";

/** Far above any real document; a larger number is no line, column or position. */
const LARGEST = 10_000_000;
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
const VALIDATORS: Record<keyof MixRequests, Check> = {
  open: isNull,
  edit: isEditRequest,
  peaks: shape({ file: name, level: whole(0, HIGHEST_LEVEL), first: frame, count: whole(1, MOST_COLUMNS) }),
  sound: shape({ path: name, start: frame, count: whole(0, MOST_SOUND_FRAMES) }),
  rendered: shape({ start: frame, count: whole(0, MOST_SOUND_FRAMES) }),
  overloaded: isNull,
  inserts: isNull,
  addFiles: listOf(name, MOST_FILES),
  chooseImpulse: isNull,
  act: oneOf(...MIX_ACTIONS),
  mixDownRange: shape({ from: seconds, to: seconds }),
  openFile: name,
  goTo: shape({ line: index, character: index }),
  typing: oneOf(true, false),
};
