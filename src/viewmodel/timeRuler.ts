/** Ticks and labels of the ruler: time, samples or bars; and positions as people write them. */
import type { Viewport } from "./viewport.js";
import { frameToX, visibleSpan } from "./viewport.js";

export type RulerKind = "time" | "samples" | "bars";

/** What turns frames into the unit of the ruler. */
export interface RulerUnits {
  readonly kind: RulerKind;
  /** Hz. */
  readonly sampleRate: number;
  /** Beats per minute. */
  readonly tempo: number;
  readonly beatsPerBar: number;
}

export interface RulerTick {
  readonly x: number;
  /** Empty: a short line without a label. */
  readonly label: string;
}

/** Lines of the part in sight, labels at least `gap` pixels apart. */
export function rulerTicks(viewport: Viewport, units: RulerUnits, gap = 84): RulerTick[] {
  const { major, minors } = rulerStep(units, viewport.framesPerPixel * gap);
  const step = major / minors;
  const { start, end } = visibleSpan(viewport);
  const ticks: RulerTick[] = [];
  for (let i = Math.max(0, Math.floor(start / step)); i * step <= end; i++) {
    const label = i % minors === 0 ? tickLabel(i * step, major, units) : "";
    ticks.push({ x: frameToX(viewport, i * step), label });
  }
  return ticks;
}

/** Seconds between labels from which a clock goes on in parts of minutes and hours. */
const CLOCK_STEPS = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14400, 28800, 86400];

/** Frames from label to label, at least `least`, and the short lines between them. */
function rulerStep(units: RulerUnits, least: number): { major: number; minors: number } {
  const { kind, sampleRate } = units;
  if (kind === "samples") return roundStep(Math.max(1, least), 1);
  if (kind === "bars") return barStep(units, least);
  const seconds = least / sampleRate;
  if (seconds <= 0.5) {
    const { major, minors } = roundStep(seconds, 0);
    return { major: major * sampleRate, minors };
  }
  const step = CLOCK_STEPS.find((each) => each >= seconds) ?? Math.ceil(seconds / 86400) * 86400;
  const minors = step % 60 === 0 && step > 60 ? 6 : step % 15 === 0 ? 3 : step === 2 ? 4 : 5;
  return { major: step * sampleRate, minors };
}

/** 1, 2 or 5 times a power of ten, at least `least`. @param finest the short lines are not closer than this */
function roundStep(least: number, finest: number): { major: number; minors: number } {
  const unit = 10 ** Math.floor(Math.log10(least) + 1e-9);
  const factor = [1, 2, 5, 10].find((each) => each * unit >= least * (1 - 1e-9)) ?? 10;
  const major = factor * unit;
  const minors = factor === 2 ? 4 : 5;
  return {
    major,
    minors: major / minors >= finest ? minors : Math.max(1, Math.floor(major / Math.max(finest, 1e-12))),
  };
}

function barStep(
  { sampleRate, tempo, beatsPerBar }: RulerUnits,
  least: number,
): { major: number; minors: number } {
  const beat = (60 / tempo) * sampleRate;
  for (const parts of [16, 4]) if (beat / parts >= least) return { major: beat / parts, minors: 4 };
  if (beat >= least) return { major: beat, minors: 4 };
  const bar = beat * beatsPerBar;
  if (bar >= least) return { major: bar, minors: beatsPerBar };
  const bars = 2 ** Math.ceil(Math.log2(least / bar));
  return { major: bars * bar, minors: 4 };
}

function tickLabel(frame: number, major: number, units: RulerUnits): string {
  if (units.kind === "samples") return String(Math.round(frame));
  if (units.kind === "bars")
    return barsText(frame, units, major < (60 / units.tempo) * units.sampleRate * 0.999);
  const digits = Math.max(0, -Math.floor(Math.log10(major / units.sampleRate) + 1e-9));
  return clockText(frame / units.sampleRate, digits);
}

/** `3.2` is beat 2 of bar 3, both counted from 1; with parts, `3.2.50` is half a beat later. */
function barsText(frame: number, { sampleRate, tempo, beatsPerBar }: RulerUnits, hasParts: boolean): string {
  const beats = (frame / sampleRate) * (tempo / 60);
  const hundredths = hasParts ? Math.round(beats * 100) : Math.round(beats) * 100;
  const beat = Math.floor(hundredths / 100);
  const place = `${Math.floor(beat / beatsPerBar) + 1}.${(beat % beatsPerBar) + 1}`;
  return hasParts ? `${place}.${String(hundredths % 100).padStart(2, "0")}` : place;
}

/** `3:05`, `1:02:03.5`, `0:00.0025`. @param seconds at least 0 */
export function clockText(seconds: number, digits: number): string {
  const [whole = "0", fraction] = Math.max(0, seconds).toFixed(digits).split(".");
  const total = Number(whole);
  const [hours, minutes] = [Math.floor(total / 3600), Math.floor(total / 60) % 60];
  const tail = `${String(total % 60).padStart(2, "0")}${fraction === undefined ? "" : `.${fraction}`}`;
  return hours > 0 ? `${hours}:${String(minutes).padStart(2, "0")}:${tail}` : `${minutes}:${tail}`;
}

/** A position as the status line shows it: time to the millisecond (finer above 100 kHz), samples, or bars. */
export function positionText(frame: number, units: RulerUnits): string {
  if (units.kind === "samples") return String(Math.round(frame));
  if (units.kind === "bars") return barsText(frame, units, true);
  return clockText(frame / units.sampleRate, units.sampleRate > 100_000 ? 4 : 3);
}

/** A length: the same, but bars count from 0 and so are given in beats. */
export function lengthText(frames: number, units: RulerUnits): string {
  if (units.kind !== "bars") return positionText(frames, units);
  return `${((frames / units.sampleRate) * (units.tempo / 60)).toFixed(2)} beats`;
}

/**
 * A typed position or length: `1:02.5`, `62.5`, `62.5 s`, `500 ms`, `3000 smp`, `3.2` with the ruler in bars.
 * A number without a unit is in that of the ruler.
 * @returns frames, whole, at least 0; `undefined` if the text is none of these
 */
export function parsePosition(text: string, units: RulerUnits, isLength = false): number | undefined {
  const trimmed = text.trim().toLowerCase();
  const { sampleRate } = units;
  const withUnit = /^(\d+(?:\.\d+)?)\s*(ms|s|smp|samples|beats)$/.exec(trimmed);
  if (withUnit) {
    const value = Number(withUnit[1]);
    const perUnit = { ms: sampleRate / 1000, s: sampleRate, beats: (60 / units.tempo) * sampleRate }[
      withUnit[2]!
    ];
    return Math.round(value * (perUnit ?? 1));
  }
  const clock = /^(?:(\d+):)?(\d+):(\d+(?:\.\d*)?)$/.exec(trimmed);
  if (clock) {
    const seconds = Number(clock[1] ?? 0) * 3600 + Number(clock[2]) * 60 + Number(clock[3]);
    return Math.round(seconds * sampleRate);
  }
  if (units.kind === "bars" && !isLength) return parseBars(trimmed, units);
  if (!/^\d+(\.\d*)?$/.test(trimmed)) return undefined;
  const perNumber = { time: sampleRate, samples: 1, bars: (60 / units.tempo) * sampleRate }[units.kind];
  return Math.round(Number(trimmed) * perNumber);
}

function parseBars(text: string, { sampleRate, tempo, beatsPerBar }: RulerUnits): number | undefined {
  const match = /^(\d+)(?:\.(\d+)(?:\.(\d\d))?)?$/.exec(text);
  if (!match) return undefined;
  const [bar, beat] = [Number(match[1]), Number(match[2] ?? 1)];
  if (bar < 1 || beat < 1) return undefined;
  const beats = (bar - 1) * beatsPerBar + beat - 1 + Number(match[3] ?? 0) / 100;
  return Math.round((beats * 60 * sampleRate) / tempo);
}
