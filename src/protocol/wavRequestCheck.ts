/** What the host lets through from the WAV editor's view: it must not trust it. */
import { between, isNull, isRecord, listOf, oneOf, shape, text, whole, type Check } from "./checks.js";
import { INFO_ID, LONGEST_FRAMES, MOST_CHANNELS, MOST_SOUND_FRAMES } from "./wavLimits.js";
import {
  HIGHEST_LEVEL,
  TILE_COLUMNS,
  WAV_ACTIONS,
  type EditRequest,
  type WavRequests,
  type WavSettings,
} from "./wavProtocol.js";

/**
 * @returns `params`
 * @throws TypeError if `params` is not what the request `name` takes
 */
export function checkWavRequest(name: string, params: unknown): unknown {
  const isValid = Object.hasOwn(VALIDATORS, name) && VALIDATORS[name as keyof WavRequests](params);
  if (!isValid) throw new TypeError(`"${name}" was asked with parameters that it does not take.`);
  return params;
}

/** Tiles that a view may ask for at once. */
const MOST_COLUMNS = 8 * TILE_COLUMNS;
const MOST_ROWS = 4096;
const MOST_MARKERS = 10_000;
const MOST_TAGS = 500;
const MOST_INSERTS = 64;

const FADE_SHAPES = ["linear", "equalPower", "sCurve", "exponential"];
const BIT_DEPTHS = [8, 16, 24, 32, "32f", "64f"];
const DITHERS = ["none", "tpdf", "shaped"];
const WINDOW_SIZES = [512, 1024, 2048, 4096, 8192, 16384];
const WINDOWS = ["hann", "blackmanHarris", "kaiser"];
const SCALES = ["linear", "mel", "log"];

const frame = whole(0, LONGEST_FRAMES);
const revision = whole(0, Number.MAX_SAFE_INTEGER);
const level = whole(0, HIGHEST_LEVEL);
const channels = listOf(whole(0, MOST_CHANNELS - 1), MOST_CHANNELS);
const hertz = whole(1, 3_072_000);
const anyRange = shape({ start: frame, end: frame });
const range: Check = (value) => anyRange(value) && isOrdered(value as { start: number; end: number });
const isOrdered = ({ start, end }: { start: number; end: number }): boolean => start <= end;

const marker = shape({ frame, label: text(10_000), lengthFrames: frame });
const info: Check = (value) =>
  isRecord(value) &&
  Object.keys(value).length <= MOST_TAGS &&
  Object.entries(value).every(([id, entry]) => INFO_ID.test(id) && text()(entry));
const bext = shape({
  description: text(256),
  originator: text(32),
  originatorReference: text(32),
  originationDate: text(10),
  originationTime: text(8),
  codingHistory: text(),
});
const tags = shape({ info, bext: (value) => value === null || bext(value) });
const format = shape({ bitDepth: oneOf(...BIT_DEPTHS), dither: oneOf(...DITHERS) });

/** Inserts are checked in full by their schema when they are applied; here only that they are few and plain. */
const insert: Check = (value) =>
  isRecord(value) && text(40)(value.type) && JSON.stringify(value).length < 20_000;

const onRange = (
  rest: Readonly<Record<string, Check>> = {},
  optional: Readonly<Record<string, Check>> = {},
) => shape({ type: text(), range, ...rest }, optional);

const EDITS: Record<EditRequest["type"], Check> = {
  delete: onRange(),
  trim: onRange(),
  silence: onRange(),
  reverse: onRange(),
  swapChannels: onRange(),
  cut: onRange(),
  paste: onRange(),
  removeDc: onRange(),
  crossfadeDelete: onRange({ frames: frame }),
  insertSilence: shape({ type: text(), at: frame, frames: frame }),
  fade: onRange({ direction: oneOf("in", "out"), shape: oneOf(...FADE_SHAPES) }),
  gain: onRange({ gain: (value) => value === -Infinity || between(-200, 100)(value) }, { channels }),
  invert: onRange({}, { channels }),
  normalize: onRange({ to: oneOf("peak", "truePeak", "loudness"), level: between(-70, 20) }),
  inserts: onRange({ inserts: listOf(insert, MOST_INSERTS) }),
  resample: shape({ type: text(), sampleRate: hertz }),
  channels: shape({ type: text(), to: oneOf("mono", "stereo", "left", "right") }),
  markers: shape({ type: text(), markers: listOf(marker, MOST_MARKERS) }),
  tags: shape({ type: text(), tags }),
  format: shape({ type: text(), format }),
};

const edit: Check = (value) =>
  isRecord(value) &&
  typeof value.type === "string" &&
  Object.hasOwn(EDITS, value.type) &&
  EDITS[value.type as EditRequest["type"]](value);

const analysis = { size: oneOf(...WINDOW_SIZES), window: oneOf(...WINDOWS), scale: oneOf(...SCALES) };
const decibels = between(-200, 50);
const SETTINGS: Record<keyof WavSettings, Check> = {
  autoplay: oneOf(true, false),
  view: oneOf("waveform", "spectrogram", "both"),
  ruler: oneOf("time", "samples", "bars"),
  amplitude: oneOf("dB", "linear"),
  spectrogram: shape(analysis),
  spectrogramRange: (value) => Array.isArray(value) && value.length === 2 && value.every(decibels),
  spectrogramColors: oneOf("magma", "viridis", "gray"),
  tempo: between(1, 1000),
  beatsPerBar: whole(1, 64),
};

const VALIDATORS: Record<keyof WavRequests, Check> = {
  open: isNull,
  peaks: shape({ revision, level, first: frame, count: whole(1, MOST_COLUMNS) }),
  spectrogram: shape({
    revision,
    level,
    first: frame,
    count: whole(1, MOST_COLUMNS),
    rows: whole(1, MOST_ROWS),
    ...analysis,
  }),
  spectrum: shape({ revision, range }),
  measure: shape({ revision, range }),
  sound: shape({ revision, start: frame, count: whole(0, MOST_SOUND_FRAMES) }),
  edit,
  copy: range,
  act: oneOf(...WAV_ACTIONS),
  inserts: isNull,
  chooseImpulse: isNull,
  impulse: text(),
  settings: shape({}, SETTINGS),
  dismissNotice: whole(0, 1000),
  typing: oneOf(true, false),
};
