/** A graph that plays live: its knobs follow the values of a plan of the same structure while it runs. */
import { dB, dbToGain } from "../../units/decibels.js";
import { MASTER } from "../audible.js";
import type { InsertPlan, MovingValue } from "../automationPlan.js";
import type { ClipSource } from "../clipSource.js";
import type { OpenSource } from "../clipSources.js";
import type { Dsp } from "../dsp.js";
import { MixGraph } from "../mixGraph.js";
import type { ChannelPlan, ConnectionPlan, MixPlan } from "../mixPlan.js";
import type { RunningInsert } from "../strip.js";
import { haveSameStructure } from "./planStructure.js";

/** Seconds in which a knob gets to where it is sent. */
const RAMP = 0.015;
/** Points of the automation's grid lie so many frames apart (src/dsp/automation.ts). */
const GRID = 32;

/** Frames that a scope keeps (src/dsp/metering/scope.ts). */
export const SCOPE_FRAMES = 4096;

/** An insert at work. */
export interface ScopeReading {
  /** Largest sample of what came in, linear. */
  readonly peak: number;
  /** The last {@link SCOPE_FRAMES} frames of what went out, the oldest one first. */
  readonly left: Float32Array;
  readonly right: Float32Array;
}

/** Gain and place of a route, as `routeGlide` takes them. */
type RouteValues = readonly [gain: number, pan: number, width: number, balance: number];

export class LiveGraph {
  readonly dsp: Dsp;
  readonly latency: number;
  readonly hold: number;
  readonly #graph: MixGraph;
  readonly #built: MixPlan;
  #plan: MixPlan;
  /** Frames that have been computed. */
  #position = 0;
  /** The scope somebody looks into. */
  #watched: number | undefined;
  /** What the routes were sent to last. */
  readonly #sent = new Map<number, RouteValues>();

  constructor(
    dsp: Dsp,
    plan: MixPlan,
    open: OpenSource,
    inserts: ReadonlyMap<InsertPlan, RunningInsert | null>,
  ) {
    this.dsp = dsp;
    this.#built = this.#plan = plan;
    this.#graph = new MixGraph(dsp, plan, open, { live: inserts });
    this.latency = this.#graph.latency;
    this.hold = this.#graph.hold;
    this.#apply((route, values) => this.#sent.set(route, values));
  }

  get plan(): MixPlan {
    return this.#plan;
  }
  get hasRun(): boolean {
    return this.#position > 0;
  }
  /** Frame of the song that goes in next. */
  get input(): number {
    return this.#graph.time.songFrame(this.#position);
  }
  /** @returns frame of the song that comes out once `frames` frames have been computed */
  outputAfter(frames: number): number {
    return this.#graph.time.songFrame(this.#position - this.latency + frames);
  }
  /** Ids of the channels that have knobs, in the plan's order; the master is the last. */
  get channels(): readonly string[] {
    return [...this.#plan.channels.map(({ id }) => id), MASTER];
  }

  /** Does beforehand what would hold the sound up when a clip of `source` begins. */
  prepare(source: ClipSource): void {
    this.#graph.sources.reader.prepare(source);
  }

  /** What goes in next is frame `song`; it comes out {@link latency} frames later. */
  jump(song: number): void {
    this.#graph.jump(this.#position, song);
  }

  /** Computes the next `frames` frames, at most BLOCK_FRAMES. @returns addresses of both sides */
  process(frames: number): { readonly left: number; readonly right: number } {
    this.#graph.process(this.#position, frames);
    this.#position += frames;
    return this.#graph.output;
  }

  /** Whether it can go over to `plan` while it runs: see {@link haveSameStructure}; some inserts cannot be switched. */
  canFollow(plan: MixPlan): boolean {
    const isSwitched = (id: string, before: readonly InsertPlan[], inserts: readonly InsertPlan[]): boolean =>
      inserts.every(
        (insert, i) =>
          (isLeftOut(insert) === isLeftOut(before[i]!) && isCompared(insert) === isCompared(before[i]!)) ||
          this.#graph.knobs.get(id)?.inserts[i]?.blend !== undefined,
      );
    return (
      haveSameStructure(this.#plan, plan) &&
      plan.channels.every(({ id, inserts }, i) => isSwitched(id, this.#plan.channels[i]!.inserts, inserts)) &&
      isSwitched(MASTER, this.#plan.masterInserts, plan.masterInserts)
    );
  }

  /** Follows the values of a plan of the same structure. */
  follow(plan: MixPlan): void {
    const before = this.#plan;
    this.#plan = plan;
    const steps = this.hasRun ? Math.ceil((RAMP * plan.sampleRate) / GRID) : 0;
    this.#apply((route, values) => {
      const sent = this.#sent.get(route);
      if (sent?.every((value, i) => Object.is(value, values[i]))) return;
      this.#sent.set(route, values);
      this.dsp.exports.routeGlide(route, ...values, steps);
    }, before);
    plan.channels.forEach(({ id, inserts }, i) => this.#setInserts(id, before.channels[i]!.inserts, inserts));
    this.#setInserts(MASTER, before.masterInserts, plan.masterInserts);
  }

  /**
   * Reads the levels of a channel since they were read last.
   * @param place of the channel: where its two values go
   */
  readLevel(channel: string, peaks: Float32Array, squares: Float64Array, place: number): void {
    const knobs = this.#graph.knobs.get(channel);
    if (!knobs) return;
    const [peakLeft, peakRight, squaresLeft, squaresRight] = this.dsp.float64(knobs.level, 4);
    peaks[place] = Math.max(peaks[place]!, peakLeft!);
    peaks[place + 1] = Math.max(peaks[place + 1]!, peakRight!);
    squares[place]! += squaresLeft!;
    squares[place + 1]! += squaresRight!;
    this.dsp.float64(knobs.level, 4).fill(0);
  }

  /** @returns deepest gain reduction of each insert since it was read last, dB; NaN for a kind without any */
  readReductions(channel: string): Float32Array {
    const inserts = this.#graph.knobs.get(channel)?.inserts ?? [];
    return Float32Array.from(inserts, (insert) => {
      const address = insert ? this.dsp.exports.processorReduction(insert.processor) : 0;
      if (address === 0) return NaN;
      // The first of its numbers is the deepest reduction so far (src/dsp/dynamics/reduction.ts).
      const deepest = this.dsp.float64(address, 1);
      const reduction = deepest[0]!;
      deepest[0] = 0;
      return reduction;
    });
  }

  /**
   * Shows an insert at work, from the first call for it on; only one at a time.
   * @returns what came in since the last call and what has gone out; `undefined` for one that is left out for good
   */
  readScope(channel: string, index: number): ScopeReading | undefined {
    const { exports } = this.dsp;
    const scope = this.#graph.knobs.get(channel)?.inserts[index]?.scope;
    if (scope !== this.#watched) {
      if (this.#watched !== undefined) exports.scopeWatch(this.#watched, 0);
      if (scope !== undefined) exports.scopeWatch(scope, 1);
      this.#watched = scope;
    }
    if (scope === undefined) return undefined;
    // The fields of Scope in src/dsp/metering/scope.ts.
    const [left, right, at] = this.dsp.int32(scope + 8, 3) as unknown as [number, number, number];
    const peak = this.dsp.float64(scope, 1);
    const reading = { peak: peak[0]!, left: this.#ring(left, at), right: this.#ring(right, at) };
    peak[0] = 0;
    return reading;
  }

  /** @returns the frames of a scope's ring, the oldest one first */
  #ring(address: number, at: number): Float32Array {
    const ring = this.dsp.float32(address, SCOPE_FRAMES);
    const frames = new Float32Array(SCOPE_FRAMES);
    frames.set(ring.subarray(at));
    frames.set(ring.subarray(0, at), SCOPE_FRAMES - at);
    return frames;
  }

  close(): void {
    this.#graph.sources.close();
  }

  /** Calls `send` with what each route shall be at by the plan; those of channels that are as in `before` are there. */
  #apply(send: (route: number, values: RouteValues) => void, before?: MixPlan): void {
    this.#plan.channels.forEach((channel, i) => {
      const knobs = this.#graph.knobs.get(channel.id);
      if (!knobs || channel === before?.channels[i]) return;
      if (knobs.input !== 0) send(knobs.input, [inputGain(channel, this.#built.channels[i]!), NaN, NaN, NaN]);
      channel.connections.forEach((connection, c) => {
        if (knobs.connections[c]) send(knobs.connections[c], connectionValues(channel, connection));
      });
    });
    const master = this.#graph.knobs.get(MASTER);
    if (master) send(master.connections[0]!, [fixedGain([this.#plan.masterFader]), NaN, NaN, NaN]);
  }

  #setInserts(id: string, before: readonly InsertPlan[], inserts: readonly InsertPlan[]): void {
    if (before === inserts) return;
    const running = this.#graph.knobs.get(id)?.inserts ?? [];
    inserts.forEach((insert, i) => {
      const target = running[i];
      if (target && insert !== before[i]) this.#setInsert(target, before[i]!, insert);
    });
  }

  #setInsert({ processor, blend }: RunningInsert, before: InsertPlan, insert: InsertPlan): void {
    const { exports } = this.dsp;
    insert.values.forEach(([parameter, value], v) => {
      const isAutomated = insert.automation.some((each) => each.parameter === parameter);
      if (!isAutomated && !Object.is(value, before.values[v]![1]))
        exports.processorSet(processor, parameter, value);
    });
    if (blend === undefined) return;
    const frames = this.hasRun ? Math.round(RAMP * this.#plan.sampleRate) : 0;
    if (isCompared(insert) !== isCompared(before))
      exports.blendCompare(blend, Number(isCompared(insert)), frames);
    if (isLeftOut(insert) !== isLeftOut(before)) exports.blendMove(blend, isLeftOut(insert) ? 0 : 1, frames);
  }
}

/** A bypassed insert cannot be compared: it is left out as it is. */
export const isCompared = ({ live }: InsertPlan): boolean => live?.isCompared === true && !live.isBypassed;

/** Whether it is not heard. */
export const isLeftOut = ({ live }: InsertPlan): boolean =>
  live?.isBypassed === true || live?.isCompared === true;

/** @returns product of the levels that nothing moves, linear */
const fixedGain = (levels: readonly MovingValue[]): number =>
  levels.reduce((gain, { curve, value }) => (curve ? gain : gain * dbToGain(dB(value))), 1);

/** @returns what a trim that was built in has become, as a factor; NaN: automation moves it */
function inputGain({ trim, polarity }: ChannelPlan, built: ChannelPlan): number {
  if (trim.curve) return NaN;
  return trim.value === built.trim.value && polarity === built.polarity
    ? 1
    : polarity * built.polarity * dbToGain(dB(trim.value - built.trim.value));
}

function connectionValues(
  channel: ChannelPlan,
  { tap, levels, balance, isOpen }: ConnectionPlan,
): RouteValues {
  const isClosed = isOpen === false || (channel.live !== undefined && channel.live.mutedBy.length > 0);
  const gain = isClosed ? 0 : fixedGain(tap === "pre" ? levels : [...channel.faders, ...levels]);
  const still = ({ curve, value }: MovingValue): number => (curve ? NaN : value);
  const [pan, width] = tap === "pre" ? [NaN, NaN] : [still(channel.pan), still(channel.width)];
  return [gain, pan, width, still(balance)];
}
