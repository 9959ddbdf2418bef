/** What a channel's strip is made of in the engine's memory: its processors, curves and routes. */
import type { Breakpoint } from "../session/automation.js";
import { CURVE_SHAPES } from "../session/curveShape.js";
import type { InsertPlan, MovingValue } from "./automationPlan.js";
import type { Dsp } from "./dsp.js";
import type { OpenImpulse } from "./impulse.js";
import type { PanMode } from "./mixPlan.js";
import { createProcessor } from "./processor.js";

/** The same numbers stand in `PanMode` of src/dsp/spatial/pan.ts. */
const PAN_MODES = { none: 0, mono: 1, balance: 2, stereo: 3 } as const;
/** The same numbers stand in `RouteValue` of src/dsp/spatial/route.ts. */
const ROUTE_VALUE = { pan: 0, width: 1, balance: 2, level: 3 } as const;

/** An insert in the engine's memory. */
export interface RunningInsert {
  readonly plan: InsertPlan;
  /** Address of the processor. */
  readonly processor: number;
  /** Frames. */
  readonly latency: number;
  /** Frames of silence after which it may sound again. */
  readonly hold: number;
  /** Whether it can work on a mono signal. */
  readonly isMono: boolean;
  /** In a graph that plays live: address of the blend with the signal before it. */
  readonly blend?: number;
  /** And of what it shows of itself. */
  readonly scope?: number;
}

/**
 * @param tempo beats per minute
 * @param open opens impulse responses
 */
export function createInsert(
  dsp: Dsp,
  plan: InsertPlan,
  sampleRate: number,
  tempo: number,
  open: OpenImpulse,
): RunningInsert {
  const start = plan.automation.map(({ parameter, curve }) => [parameter, curve[0]![1]] as const);
  const processor = createProcessor(dsp, plan, sampleRate, tempo, start, open);
  return {
    plan,
    processor,
    latency: dsp.exports.processorLatency(processor),
    hold: dsp.exports.processorHold(processor),
    isMono: Boolean(dsp.exports.processorIsMono(processor)),
  };
}

/** @returns address of a curve whose times are frames */
export function createCurve(dsp: Dsp, points: readonly Breakpoint[], sampleRate: number): number {
  const curve = dsp.exports.curveNew(points.length);
  const numbers = dsp.float64(dsp.exports.curvePoints(curve), points.length * 3);
  points.forEach(([seconds, value, shape = "linear"], i) => {
    numbers.set([seconds * sampleRate, value, CURVE_SHAPES.indexOf(shape)], i * 3);
  });
  return curve;
}

/**
 * Lets the insert's automation move its processor.
 *
 * @param start frame of the graph at which the first frame of the song enters it
 * @returns address of the drive
 */
export function createDrive(dsp: Dsp, insert: RunningInsert, sampleRate: number, start: number): number {
  const { automation } = insert.plan;
  const drive = dsp.exports.driveNew(insert.processor, start, automation.length);
  for (const { parameter, curve } of automation)
    dsp.exports.driveAdd(drive, parameter, createCurve(dsp, curve, sampleRate));
  return drive;
}

/** How a signal goes into a bus; what is absent leaves it as it is. */
export interface RouteSettings {
  /** Linear. */
  readonly gain?: number;
  /** Added, dB. */
  readonly levels?: readonly MovingValue[];
  readonly pan?: { readonly mode: PanMode; readonly law: number; readonly position: MovingValue };
  /** %. */
  readonly width?: MovingValue;
  readonly balance?: MovingValue;
  /** Nothing else goes into the bus. */
  readonly isAlone?: boolean;
}

/** @param start frame of the graph at which the first frame of the song takes the route */
export function createRoute(dsp: Dsp, settings: RouteSettings, sampleRate: number, start: number): number {
  const { gain = 1, levels = [], pan, width, balance, isAlone = false } = settings;
  const route = dsp.exports.routeNew(
    PAN_MODES[pan?.mode ?? "none"],
    pan?.law ?? 0,
    gain,
    start,
    isAlone ? 1 : 0,
  );
  const set = (number: number, moving: MovingValue | undefined): void => {
    if (!moving) return;
    const curve = moving.curve ? createCurve(dsp, moving.curve, sampleRate) : 0;
    dsp.exports.routeSet(route, number, moving.value, curve);
  };
  set(ROUTE_VALUE.pan, pan?.position);
  set(ROUTE_VALUE.width, width);
  set(ROUTE_VALUE.balance, balance);
  for (const level of levels) set(ROUTE_VALUE.level, level);
  return route;
}
