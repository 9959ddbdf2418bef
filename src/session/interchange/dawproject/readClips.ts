/** Clips of a DAWproject arrangement, which nest, loop and warp, as clips that lie side by side. */
import { rounded, type JsonObject } from "../foreignMix.js";
import { childOf, numberOf, type XmlNode } from "../xmlNode.js";

/** Passes of a loop, and clips of one clip, at most. */
const MOST_CLIPS = 10_000;
/** A speed this close to 1 is 1: what rounding leaves. */
const EVEN = 1e-4;

export interface ClipReading {
  /** Seconds of a beat. */
  readonly secondsPerBeat: number;
  /** @returns name of an audio file as the session writes it; `undefined` for one that is not carried over */
  readonly fileOf: (reference: XmlNode) => string | undefined;
  readonly lose: (what: string) => void;
}

interface Span {
  readonly start: number;
  readonly end: number;
}

/** One pass of a clip's content: at `start` of the timeline its content stands at `from`, both in seconds. */
interface Pass extends Span {
  readonly from: number;
}

/**
 * @param clip an element `Clip`
 * @param unit of its time, where it says none
 * @param at seconds of the timeline at which its parent's time is 0
 * @param window seconds of the timeline beyond which nothing sounds
 */
export function readClip(
  clip: XmlNode,
  unit: string,
  at: number,
  window: Span,
  reading: ClipReading,
): JsonObject[] {
  const { secondsPerBeat, lose } = reading;
  const scale = (each: string): number => (each === "seconds" ? 1 : secondsPerBeat);
  const content = contentOf(clip);
  if (!content) {
    lose(
      `the clip "${clip.attributes.name ?? ""}" holds nothing that sounds here (notes, video or a reference)`,
    );
    return [];
  }
  const contentUnit = clip.attributes.contentTimeUnit ?? content.attributes.timeUnit ?? unit;
  const start = at + (numberOf(clip, "time") ?? 0) * scale(unit);
  const duration = (numberOf(clip, "duration") ?? Infinity) * scale(unit);
  const span = { start: Math.max(start, window.start), end: Math.min(start + duration, window.end) };
  const passes = passesOf(start, span, (name) => {
    const value = numberOf(clip, name);
    return value === undefined ? undefined : value * scale(contentUnit);
  });
  const clips = passes.flatMap((pass) => readContent(content, contentUnit, pass, reading));
  const fades = fadesOf(clip, scale(clip.attributes.fadeTimeUnit ?? unit));
  const isMuted = clip.attributes.enable === "false";
  return clips.map((each, i) => ({
    ...each,
    ...(clip.attributes.name !== undefined && { name: clip.attributes.name }),
    ...(i === 0 && start >= window.start && fades.fadeIn && { fadeIn: fades.fadeIn }),
    ...(i === clips.length - 1 && fades.fadeOut && { fadeOut: fades.fadeOut }),
    ...(isMuted && { mute: true }),
  }));
}

const CONTENTS = ["Audio", "Clips", "Warps", "Lanes"];
const contentOf = (node: XmlNode): XmlNode | undefined =>
  node.children.find(({ name }) => CONTENTS.includes(name));

/** A loop is played out: its passes follow each other. */
function passesOf(start: number, span: Span, secondsOf: (name: string) => number | undefined): Pass[] {
  const playStart = secondsOf("playStart") ?? 0;
  const [loopStart, loopEnd] = [secondsOf("loopStart") ?? 0, secondsOf("loopEnd")];
  if (loopEnd === undefined || !(loopEnd > loopStart))
    return span.end > span.start ? [{ ...span, from: playStart + span.start - start }] : [];
  const passes: Pass[] = [];
  for (let at = start, from = playStart; at < span.end && passes.length < MOST_CLIPS; from = loopStart) {
    const end = Math.min(span.end, at + Math.max(0, loopEnd - from));
    const begin = Math.max(at, span.start);
    if (end > begin) passes.push({ start: begin, end, from: from + begin - at });
    else if (end === at && from !== playStart) break;
    at = end;
  }
  return passes;
}

function readContent(content: XmlNode, unit: string, pass: Pass, reading: ClipReading): JsonObject[] {
  const inner = content.attributes.timeUnit ?? unit;
  switch (content.name) {
    case "Audio":
      return audioClip(content, pass, 1, pass.from, reading);
    case "Warps":
      return warped(content, inner, pass, reading);
    case "Clips": {
      // Where the timeline stands when the content's time is 0.
      const origin = pass.start - pass.from;
      return content.children
        .filter(({ name }) => name === "Clip")
        .flatMap((clip) => readClip(clip, inner, origin, pass, reading));
    }
    default: {
      reading.lose("automation inside a clip");
      const nested = contentOf(content);
      return nested ? readContent(nested, inner, pass, reading) : [];
    }
  }
}

/** Audio that is stretched between its first and its last marker is played at that speed. */
function warped(warps: XmlNode, unit: string, pass: Pass, reading: ClipReading): JsonObject[] {
  const scale = unit === "seconds" ? 1 : reading.secondsPerBeat;
  const contentScale = warps.attributes.contentTimeUnit === "beats" ? reading.secondsPerBeat : 1;
  const audio = childOf(warps, "Audio");
  const points = warps.children
    .filter(({ name }) => name === "Warp")
    .map((warp): [number, number] => [
      (numberOf(warp, "time") ?? 0) * scale,
      (numberOf(warp, "contentTime") ?? 0) * contentScale,
    ]);
  const [first, last] = [points[0], points.at(-1)];
  if (!audio || !first || !last) {
    reading.lose("a warped clip without audio");
    return [];
  }
  const speed = last[0] > first[0] ? (last[1] - first[1]) / (last[0] - first[0]) : 1;
  const isEven = Math.abs(speed - 1) < EVEN;
  const isVarispeed = audio.attributes.algorithm === "repitch" && points.length === 2;
  if ((!isEven || points.length > 2) && !isVarispeed)
    reading.lose("the stretching of a clip: it is played faster or slower instead, which moves its pitch");
  const from = first[1] + (pass.from - first[0]) * (isEven ? 1 : speed);
  return audioClip(audio, pass, isEven ? 1 : speed, from, reading);
}

function audioClip(
  audio: XmlNode,
  pass: Pass,
  speed: number,
  from: number,
  reading: ClipReading,
): JsonObject[] {
  const reference = childOf(audio, "File");
  const file = reference && reading.fileOf(reference);
  if (file === undefined) return [];
  // What lies before the file is silence.
  const start = pass.start + Math.max(0, -from) / speed;
  const duration = numberOf(audio, "duration") ?? Infinity;
  const left = (duration - Math.max(0, from)) / speed;
  const length = Math.min(pass.end - start, left);
  if (!(length > 0)) return [];
  return [
    {
      ...{ file, start: rounded(start) },
      ...(from > 0 && { offset: rounded(from) }),
      ...(length < Infinity && { length: rounded(length) }),
      ...(speed !== 1 && { speed: rounded(Math.min(8, Math.max(0.125, speed))) }),
    },
  ];
}

function fadesOf(clip: XmlNode, scale: number): { fadeIn?: JsonObject; fadeOut?: JsonObject } {
  const fade = (name: string): JsonObject | undefined => {
    const length = (numberOf(clip, name) ?? 0) * scale;
    return length > 0 ? { length: rounded(length) } : undefined;
  };
  const [fadeIn, fadeOut] = [fade("fadeInTime"), fade("fadeOutTime")];
  return { ...(fadeIn && { fadeIn }), ...(fadeOut && { fadeOut }) };
}
