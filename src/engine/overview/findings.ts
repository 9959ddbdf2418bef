/**
 * What deserves a look in edited audio: flat tops, clicks, silence, dropouts and DC. Made to be silent on clean
 * music; every rule is checked on synthesized faults and on records in test/engine/overview/findings.test.ts.
 */
import type { EditedAudio, FrameRange } from "../../session/audioEdits.js";
import { dB, dbToGain, gain, gainToDb } from "../../units/decibels.js";
import type { Dsp } from "../dsp.js";
import { EditedReader } from "../editing/editedReader.js";
import { scanFaults, type Fault, type FaultScan } from "./faultScanner.js";

/** As Finding of the view's protocol. */
export interface AudioFinding {
  readonly kind: "clipping" | "click" | "silence" | "dc";
  readonly range: FrameRange;
  /** From 0; -1: all. */
  readonly channel: number;
  /** For people, with units. */
  readonly text: string;
}

/** Findings in all; of each kind no more than its share, the gravest. */
const MOST_OF_KIND = 100;
/** A flat top is within so much of the file's highest sample: 0.01 dB. */
const TOP_RATIO = dbToGain(dB(-0.01));
/** The step to a flat top, in units of a 16-bit sample or of the file's own: the round top of a wave has less. */
const LEAST_STEPS = 4;
/** Flat tops closer than that make one finding, seconds. */
const TOP_GAP_SECONDS = 0.05;
const LEAST_SILENCE_SECONDS = 0.5;
/** A dropout is no longer than that, and cuts sound of at least that level (-46 dBFS) on both sides. */
const LONGEST_DROPOUT_SECONDS = 0.1;
const LEAST_DROPOUT_EDGE = 0.005;
/** Clicks closer than so many frames to other faults belong to them. */
const NEAR_FRAMES = 8;
/** More clicks than that in a second of a channel are how it sounds. */
const MOST_CLICKS_PER_SECOND = 20;
const LEAST_DC = 0.001;
/** Shorter sound has no DC to speak of. */
const LEAST_DC_SECONDS = 1;

/**
 * @param report takes the share done, 0 to 1
 * @returns sorted by their beginnings
 * @throws AudioFileError if a source cannot be read
 */
export function findings(dsp: Dsp, audio: EditedAudio, report?: (fraction: number) => void): AudioFinding[] {
  const reader = new EditedReader(dsp, audio);
  try {
    const scan = scanFaults(dsp, reader, audio.sampleRate, report);
    return judged(scan, audio, reader.frames);
  } finally {
    reader.close();
  }
}

function judged(scan: FaultScan, audio: EditedAudio, frames: number): AudioFinding[] {
  const tops = flatTops(scan, audio);
  const zeros = scan.faults.filter(({ kind }) => kind === "zeros");
  const dropouts = zeros.filter(
    (fault) =>
      fault.frames <= LONGEST_DROPOUT_SECONDS * audio.sampleRate &&
      Math.min(fault.value, fault.extra) >= LEAST_DROPOUT_EDGE,
  );
  const all = [
    clippingFindings(tops, audio.sampleRate),
    clickFindings(scan, [...tops, ...zeros], audio.sampleRate, frames),
    [
      ...silenceFindings(scan, zeros, audio, frames),
      ...dropouts.map((fault) => ({
        kind: "silence" as const,
        range: rangeOf(fault),
        channel: fault.channel,
        text: `Dropout: ${milliseconds(fault.frames, audio.sampleRate)} of zeros inside sound`,
      })),
    ],
    dcFindings(scan, audio.sampleRate, frames),
  ];
  return all.flatMap(gravest).sort((a, b) => a.range.start - b.range.start || a.channel - b.channel);
}

/** Flat tops at the file's highest level whose edges are steps; the top of a low tone is flat too, but round. */
function flatTops({ faults, peaks }: FaultScan, { format }: EditedAudio): Fault[] {
  const level = TOP_RATIO * Math.max(0, ...peaks);
  const bits = typeof format.bitDepth === "number" ? Math.min(16, format.bitDepth) : 16;
  const leastStep = LEAST_STEPS / 2 ** (bits - 1);
  return faults.filter(
    ({ kind, value, extra }) => kind === "flatTop" && Math.abs(value) >= level && extra >= leastStep,
  );
}

/** Neighbouring flat tops of a channel are told of together. */
function clippingFindings(tops: readonly Fault[], sampleRate: number): AudioFinding[] {
  const groups: Fault[][] = [];
  for (const top of tops) {
    const group = groups.at(-1);
    const last = group?.at(-1);
    const isNear =
      last?.channel === top.channel && top.start - (last.start + last.frames) < TOP_GAP_SECONDS * sampleRate;
    if (group && isNear) group.push(top);
    else groups.push([top]);
  }
  return groups.flatMap((group) => {
    const [first, last] = [group[0], group.at(-1)];
    if (!first || !last) return [];
    const longest = Math.max(...group.map(({ frames }) => frames));
    const level = decibels(Math.abs(first.value));
    const text =
      group.length === 1
        ? `Clipped: ${longest} samples at ${level}`
        : `Clipped ${group.length} times at ${level}, up to ${longest} samples`;
    return [
      {
        kind: "clipping",
        range: { start: first.start, end: last.start + last.frames },
        channel: first.channel,
        text,
      },
    ];
  });
}

function clickFindings(
  { faults }: FaultScan,
  others: readonly Fault[],
  sampleRate: number,
  frames: number,
): AudioFinding[] {
  const edges = others.flatMap(({ channel, start, frames: length }) => [
    { channel, frame: start },
    { channel, frame: start + length },
  ]);
  const nearEdge = new Set(edges.map(({ channel, frame }) => cellKey(channel, frame)));
  const isNearOther = ({ channel, start }: Fault): boolean =>
    [-1, 0, 1].some((step) => nearEdge.has(cellKey(channel, start + step * NEAR_FRAMES)));
  const isInside = ({ start }: Fault): boolean => start >= NEAR_FRAMES && start < frames - NEAR_FRAMES;
  const clicks = faults.filter((fault) => fault.kind === "click" && isInside(fault) && !isNearOther(fault));
  const isRare = (click: Fault, index: number): boolean => {
    const nth = clicks[index + MOST_CLICKS_PER_SECOND] ?? clicks[index - MOST_CLICKS_PER_SECOND];
    return nth?.channel !== click.channel || Math.abs(nth.start - click.start) > sampleRate;
  };
  return clicks.filter(isRare).map((click) => {
    // A jump has two equal differences of three times its size; the second is where the new level begins.
    const isJump = Math.abs(click.extra) > 0.9 * Math.abs(click.value) && click.extra * click.value < 0;
    const start = isJump ? click.start + 1 : click.start;
    const size = decibels(Math.abs(click.value) / (isJump ? 3 : 6));
    const text = isJump ? `Click: a jump of ${size}` : `Click: a spike of ${size}`;
    return { kind: "click", range: { start, end: start + 1 }, channel: click.channel, text };
  });
}

/** Which stretch of {@link NEAR_FRAMES} frames of a channel. */
function cellKey(channel: number, frame: number): string {
  return `${channel}:${Math.floor(frame / NEAR_FRAMES)}`;
}

/** Where all channels are silent at once, and where sound has not begun or has ended already. */
function silenceFindings(
  { loud }: FaultScan,
  zeros: readonly Fault[],
  { channels, sampleRate }: EditedAudio,
  frames: number,
): AudioFinding[] {
  let common = zeros.filter(({ channel }) => channel === 0).map(rangeOf);
  for (let channel = 1; channel < channels; channel++) {
    common = intersection(common, zeros.filter((fault) => fault.channel === channel).map(rangeOf));
  }
  const isLong = ({ start, end }: FrameRange): boolean => end - start >= LEAST_SILENCE_SECONDS * sampleRate;
  const digital = common.filter(isLong);
  const ends = loud
    ? [
        { start: 0, end: loud.start },
        { start: loud.end, end: frames },
      ]
    : [{ start: 0, end: frames }];
  const quiet = ends
    .filter(isLong)
    // Told of already if most of it is digital silence.
    .filter((range) => lengthOf(intersection(digital, [range])) < lengthOf([range]) / 2);
  const finding = (range: FrameRange, what: string): AudioFinding => ({
    ...{ kind: "silence", range, channel: -1 },
    text: `${((range.end - range.start) / sampleRate).toFixed(1)} s ${what}`,
  });
  return [
    ...digital.map((range) => finding(range, "of digital silence")),
    ...quiet.map((range) =>
      finding(range, `below -80 dBFS at the ${range.start === 0 ? "beginning" : "end"}`),
    ),
  ];
}

function lengthOf(ranges: readonly FrameRange[]): number {
  return ranges.reduce((sum, { start, end }) => sum + end - start, 0);
}

/** What two rising lists of ranges have in common. */
function intersection(a: readonly FrameRange[], b: readonly FrameRange[]): FrameRange[] {
  const common: FrameRange[] = [];
  for (let i = 0, j = 0; i < a.length && j < b.length;) {
    const [one, other] = [a[i]!, b[j]!];
    const range = { start: Math.max(one.start, other.start), end: Math.min(one.end, other.end) };
    if (range.start < range.end) common.push(range);
    if (one.end < other.end) i++;
    else j++;
  }
  return common;
}

function dcFindings({ means }: FaultScan, sampleRate: number, frames: number): AudioFinding[] {
  if (frames < LEAST_DC_SECONDS * sampleRate) return [];
  return means.flatMap((mean, channel) =>
    Math.abs(mean) < LEAST_DC
      ? []
      : [
          {
            kind: "dc",
            range: { start: 0, end: frames },
            channel,
            text: `DC offset of ${decibels(Math.abs(mean))} (${mean.toFixed(5)})`,
          },
        ],
  );
}

/** The longest ones where there are too many to look at. */
function gravest(found: readonly AudioFinding[]): AudioFinding[] {
  if (found.length <= MOST_OF_KIND) return [...found];
  const length = ({ range }: AudioFinding): number => range.end - range.start;
  return [...found].sort((a, b) => length(b) - length(a)).slice(0, MOST_OF_KIND);
}

function rangeOf({ start, frames }: Fault): FrameRange {
  return { start, end: start + frames };
}

function decibels(factor: number): string {
  const level = gainToDb(gain(factor)).toFixed(1);
  return `${level === "-0.0" ? "0.0" : level} dBFS`;
}

function milliseconds(frames: number, sampleRate: number): string {
  return `${((1000 * frames) / sampleRate).toFixed(1)} ms`;
}
