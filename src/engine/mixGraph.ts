/** The graph of a mix plan: its channels in the engine's memory, as steps in the order in which they work. */
import { dB, dbToGain } from "../units/decibels.js";
import { heardChannels, MASTER } from "./audible.js";
import { channelOrder, neededFor } from "./channelOrder.js";
import { wholeFile } from "./clipPlan.js";
import { ClipSources, type OpenSource } from "./clipSources.js";
import type { Dsp } from "./dsp.js";
import type { InsertPlan } from "./automationPlan.js";
import { FrozenStage, isWorthSumming } from "./frozenStage.js";
import type { ChannelPlan, ConnectionPlan, MixPlan } from "./mixPlan.js";
import { holdOf, timesOf, type Channel } from "./graphTimes.js";
import type { ChannelTimes } from "./schedule.js";
import { BLOCK_FRAMES } from "./song.js";
import { SongTime } from "./songTime.js";
import { isMono, StepGraph, type Buffer, type Bus, type StepSpan } from "./stepGraph.js";
import { createDrive, createInsert, createRoute, type RouteSettings, type RunningInsert } from "./strip.js";
import { TrackClips } from "./trackClips.js";
import type { MixedTrack, SumsStore } from "./trackSums.js";

/** What the graph is to give. */
export interface GraphTarget {
  /** Id of a track: its signal after the inserts and before the fader, instead of the mix. */
  readonly track?: string;
  /** Ids of channels whose sound after fader and pan is wanted beside the mix. */
  readonly taps?: readonly string[];
  /** Where sums of frozen tracks are kept; with taps, or where there is little to sum, it is not used. */
  readonly sums?: SumsStore | undefined;
  /** The inserts, where the graph plays live: made beforehand, `null` those that are left out. */
  readonly live?: ReadonlyMap<InsertPlan, RunningInsert | null>;
}

/** What a hand can turn of a channel while the graph runs, by addresses. */
export interface ChannelKnobs {
  /** Route of the input: a gain on top of the plan's trim; 0 for the master. */
  readonly input: number;
  /** Routes of the connections; the fader alone for the master. */
  readonly connections: readonly number[];
  /** In the plan's order. */
  readonly inserts: readonly (RunningInsert | null)[];
  /** Of the level after the fader, see src/dsp/metering/stripLevel.ts. */
  readonly level: number;
}

/** Frames of quiet after which a track may rest, on top of what its effects hold back. */
const REST_FRAMES = 4096;

export class MixGraph {
  /** What it gives. */
  readonly output: Buffer;
  /** Frames by which that is late. */
  readonly latency: number;
  /** Frames of silence after which the output may sound again. */
  readonly hold: number;
  /** The files that its clips play. */
  readonly sources: ClipSources;
  /** The taps, in time with the output; silence for a channel that nobody hears. */
  readonly taps: readonly Buffer[];
  /** By the id of the channel, where the graph plays live. */
  readonly knobs = new Map<string, ChannelKnobs>();
  /** Which frame of the song comes when. */
  readonly time: SongTime;
  readonly #dsp: Dsp;
  readonly #plan: MixPlan;
  readonly #clips: TrackClips[] = [];
  readonly #steps: StepGraph;
  readonly #frozen: FrozenStage | undefined;
  readonly #times: ReadonlyMap<string, ChannelTimes>;
  /** Sums by the id of the bus. */
  readonly #buses = new Map<string, Bus>();
  /** Signals before the fader, of channels that drive a detector. */
  readonly #keys = new Map<string, Buffer>();
  /** Addresses of the rests of the tracks. */
  readonly #rests = new Map<string, number>();
  /** Frames of the song at which the last clips of the tracks end. */
  readonly #ends = new Map<string, number>();
  readonly #live: GraphTarget["live"];
  /** Routes of the inputs. */
  readonly #inputs = new Map<string, number>();
  /** The signal before an insert. */
  readonly #dry: Buffer;
  /** Shared by all: the signal of the channel that is being computed, what is delayed, what is scaled. */
  readonly #signal: Buffer;
  readonly #delayed: Buffer;
  readonly #scaled: Bus;

  constructor(dsp: Dsp, plan: MixPlan, open: OpenSource, target: GraphTarget = {}) {
    this.#dsp = dsp;
    this.#plan = plan;
    this.sources = new ClipSources(dsp, open, plan.sampleRate);
    this.time = new SongTime(dsp);
    this.#live = target.live;
    this.#steps = new StepGraph(dsp, BLOCK_FRAMES);
    this.#signal = this.#steps.buffer();
    this.#dry = target.live ? this.#steps.buffer() : this.#signal;
    this.#delayed = this.#steps.buffer();
    this.#scaled = this.#steps.bus();

    const { sampleRate, tempo, masterInserts } = plan;
    const masterKeys = masterInserts.flatMap(({ key }) => (key === undefined ? [] : [key]));
    const wanted =
      target.track === undefined ? [MASTER, ...masterKeys, ...(target.taps ?? [])] : [target.track];
    const needed = neededFor(wanted, plan.channels);
    const plans = channelOrder(plan.channels).filter(({ id }) => needed.has(id));
    const channels = new Map<string, Channel>();
    const { live } = target;
    const running = (inserts: readonly InsertPlan[]): RunningInsert[] =>
      live
        ? inserts.flatMap((insert) => live.get(insert) ?? [])
        : inserts.map((insert) => createInsert(dsp, insert, sampleRate, tempo, open));
    for (const { id, frozen, inserts } of plans)
      channels.set(id, { id, inserts: frozen ? [] : running(inserts) });
    channels.set(MASTER, { id: MASTER, inserts: running(masterInserts) });
    this.#times = timesOf(plans, channels);

    const summed = this.#summedTracks(plans, channels, target);
    const summedBuses = new Set(summed.flatMap(({ routes }) => routes.map(({ to }) => to)));
    for (const id of [...plans.filter(({ isBus }) => isBus).map(({ id }) => id), MASTER])
      this.#addBus(id, summedBuses);
    if (target.sums && summed.length > 0) {
      const buses = new Map([...this.#buses].filter(([id]) => summedBuses.has(id)));
      this.#frozen = new FrozenStage(dsp, sampleRate, this.sources, summed, buses, target.sums);
    }
    for (const { plan: insert } of [...channels.values()].flatMap(({ inserts }) => inserts)) {
      if (insert.key !== undefined) this.#keys.set(insert.key, this.#steps.buffer());
    }
    this.output = this.#steps.buffer();
    const taps = (target.taps ?? []).map((id) => ({ id, buffer: this.#steps.buffer() }));
    this.taps = taps.map(({ buffer }) => buffer);
    this.latency = this.#times.get(target.track ?? MASTER)!.end;
    let output = this.output;
    const heard = heardChannels(plans);
    const isSummed = new Set(summed.map(({ id }) => id));
    for (const channel of plans) {
      if (isSummed.has(channel.id)) continue;
      const signal = this.#addChannel(channel, channels.get(channel.id)!, target);
      if (channel.id === target.track) output = signal;
      if (!heard.has(channel.id)) continue;
      for (const { id, buffer } of taps) if (id === channel.id) this.#addTap(channel, signal, buffer);
    }
    if (target.track === undefined) this.#addMaster(channels.get(MASTER)!);
    this.output = output;
    this.hold = holdOf(plans, channels, target.track ?? MASTER);
    this.#steps.finish();
  }

  /** Computes the next `frames` frames, from frame `position` on. @throws AudioFileError if a file cannot be read */
  process(position: number, frames: number): void {
    this.#frozen?.process(frames);
    for (const clips of this.#clips) clips.schedule(position, frames);
    this.#steps.process(frames);
  }

  /** From frame `position` of the graph on, which has not been computed, the song goes on at its frame `song`. */
  jump(position: number, song: number): void {
    this.time.jump(position, song);
    for (const [id, rest] of this.#rests) {
      const end = position + this.#times.get(id)!.start + Math.max(0, this.#ends.get(id)! - song);
      this.#dsp.exports.restBegin(rest, end);
    }
  }

  /** The song has ended. */
  finish(): void {
    this.#frozen?.finish();
  }

  close(): void {
    this.#frozen?.close();
    this.sources.close();
  }

  /** @returns frame of the graph from which on the track gives silence; Infinity if it still sounds */
  restFrom(track: string): number {
    const rest = this.#rests.get(track);
    return rest === undefined ? 0 : this.#dsp.exports.restFrom(rest);
  }

  /** @param summed buses that another stage clears */
  #addBus(id: string, summed: ReadonlySet<string>): void {
    const bus = this.#steps.bus();
    this.#buses.set(id, bus);
    if (!summed.has(id)) this.#steps.clearBus(bus);
  }

  /** @returns the frozen tracks that no detector hears, if their sums are to be kept */
  #summedTracks(
    plans: readonly ChannelPlan[],
    channels: ReadonlyMap<string, Channel>,
    { track, taps = [], sums }: GraphTarget,
  ): readonly MixedTrack[] {
    if (!sums || track !== undefined || taps.length > 0) return [];
    const keys = [...channels.values()].flatMap(({ inserts }) => inserts.map(({ plan }) => plan.key));
    const tracks = plans.flatMap((plan): MixedTrack[] => {
      if (!plan.frozen || keys.includes(plan.id)) return [];
      const { path, channels, frames, latency, hold, peak } = plan.frozen;
      const { start, end } = this.#times.get(plan.id)!;
      const routes = plan.connections.map((connection) => {
        const time = this.#times.get(connection.to)!.start;
        return { to: connection.to, settings: this.#routeOf(plan, connection), time, late: time - end };
      });
      return [{ id: plan.id, frozen: { path, channels, frames, latency, hold, peak }, start, routes }];
    });
    const buses = new Set(tracks.flatMap(({ routes }) => routes.map(({ to }) => to)));
    return isWorthSumming([...buses], tracks) ? tracks : [];
  }

  /** @returns the signal before the fader */
  #addChannel(plan: ChannelPlan, channel: Channel, target: GraphTarget): Buffer {
    const own = this.#keys.get(plan.id) ?? (plan.id === target.track ? this.output : this.#signal);
    const signal = plan.isBus ? this.#addBusInput(plan, own) : this.#addTrackInput(plan, channel, own);
    const span = this.#spanOf(plan.id);
    const processed = this.#addInserts(channel, signal, own, span);
    if (span.rest) this.#steps.rest(span.rest, processed, span);
    this.#keepKey(plan.id, processed);
    const routes = plan.connections.map((connection) => {
      const bus = this.#buses.get(connection.to);
      return bus && target.track === undefined ? this.#addConnection(plan, connection, processed, bus) : 0;
    });
    if (this.#live) this.#addKnobs(plan.id, plan.inserts, processed, routes);
    return processed;
  }

  /** @param routes of the connections, the first with the fader alone */
  #addKnobs(id: string, inserts: readonly InsertPlan[], signal: Buffer, routes: readonly number[]): void {
    const isMaster = id === MASTER;
    const level = this.#dsp.exports.stripLevelNew(isMaster ? 0 : (routes[0] ?? 0));
    this.#steps.level(level, signal);
    this.knobs.set(id, {
      input: this.#inputs.get(id) ?? 0,
      connections: routes,
      inserts: inserts.map((insert) => this.#live?.get(insert) ?? null),
      level,
    });
  }

  #spanOf(id: string): StepSpan {
    const rest = this.#rests.get(id);
    return rest === undefined ? {} : { start: this.#times.get(id)!.start, rest };
  }

  #addBusInput(plan: ChannelPlan, own: Buffer): Buffer {
    const { trim, polarity } = plan;
    const gain = trim.curve ? 1 : polarity * dbToGain(dB(trim.value));
    this.#steps.fromBus(this.#buses.get(plan.id)!, own, gain);
    const { start } = this.#times.get(plan.id)!;
    if (trim.curve) this.#scale(own, { gain: polarity, levels: [trim] }, start, {});
    else if (this.#live) this.#inputs.set(plan.id, this.#scale(own, {}, start, {}));
    return own;
  }

  #addTrackInput(plan: ChannelPlan, { inserts }: Channel, own: Buffer): Buffer {
    const { frozen, trim, polarity } = plan;
    const { start } = this.#times.get(plan.id)!;
    const signal = (frozen ? frozen.channels === 1 : plan.isMono) ? { left: own.left, right: own.left } : own;
    const fixed = trim.curve ? 1 : polarity * dbToGain(dB(trim.value));
    const clips = frozen
      ? [wholeFile(frozen.path, frozen.channels, frozen.frames)]
      : plan.clips.map((clip) => ({ ...clip, gain: fixed * clip.gain }));
    const rest = this.#addRest(plan.id, clips, inserts);
    this.#steps.clearBuffer(signal);
    const running = new TrackClips(this.#dsp, clips, start, this.sources, this.time);
    this.#clips.push(running);
    this.#steps.addClip(running.address, signal, rest);
    if (trim.curve && !frozen)
      this.#scale(signal, { gain: polarity, levels: [trim] }, start, { start, rest });
    else if (this.#live) this.#inputs.set(plan.id, this.#scale(signal, {}, start, { start, rest }));
    return signal;
  }

  #addRest(
    id: string,
    clips: readonly { readonly start: number; readonly length: number }[],
    inserts: readonly RunningInsert[],
  ): number {
    const end = Math.max(0, ...clips.map(({ start, length }) => start + length));
    const hold = inserts.reduce((sum, insert) => sum + insert.latency + insert.hold, REST_FRAMES);
    const rest = this.#dsp.exports.restNew(this.#times.get(id)!.start + end, hold);
    this.#rests.set(id, rest);
    this.#ends.set(id, end);
    return rest;
  }

  /**
   * @param signal what goes in, perhaps mono
   * @param own the same as a stereo buffer
   * @returns what comes out
   */
  #addInserts({ id, inserts }: Channel, signal: Buffer, own: Buffer, span: StepSpan): Buffer {
    let current = signal;
    inserts.forEach((insert, i) => {
      const time = this.#times.get(id)!.inserts[i]!;
      // What a processor does at regular times falls on the same frames of the song whatever lies before it.
      const its = { ...span, start: time };
      if (isMono(current) && !insert.isMono) {
        current = own;
        this.#steps.widen(current, span);
      }
      if (insert.blend !== undefined) this.#steps.delay(current, this.#dryOf(current), insert.latency);
      const key = insert.plan.key === undefined ? current : this.#keyAt(insert.plan.key, time);
      if (insert.plan.automation.length === 0) {
        this.#steps.processor(insert.processor, current, key, its);
      } else {
        const drive = createDrive(this.#dsp, insert, this.#plan.sampleRate, time);
        this.#steps.drive(drive, current, key, its);
      }
      if (insert.blend !== undefined) this.#steps.blend(insert.blend, current, this.#dryOf(current), span);
      if (insert.scope !== undefined) this.#steps.scope(insert.scope, current, this.#dryOf(current), span);
    });
    return current;
  }

  #dryOf(signal: Buffer): Buffer {
    return isMono(signal) ? { left: this.#dry.left, right: this.#dry.left } : this.#dry;
  }

  /** @returns the signal before the fader of channel `id`, when the first frame of the song comes at `time` */
  #keyAt(id: string, time: number): Buffer {
    const key = this.#keys.get(id)!;
    const late = time - this.#times.get(id)!.end;
    if (late === 0) return key;
    const delayed = this.#steps.buffer();
    const target = isMono(key) ? { left: delayed.left, right: delayed.left } : delayed;
    this.#steps.delay(key, target, late);
    return target;
  }

  /** A key is mono where its channel is. */
  #keepKey(id: string, signal: Buffer): void {
    if (this.#keys.has(id)) this.#keys.set(id, signal);
  }

  /** @returns address of its route */
  #addConnection(plan: ChannelPlan, connection: ConnectionPlan, signal: Buffer, bus: Bus): number {
    const isClosed = connection.isOpen === false || (plan.live && plan.live.mutedBy.length > 0);
    const settings = { ...(isClosed ? { gain: 0 } : {}), ...this.#routeOf(plan, connection) };
    const time = this.#times.get(connection.to)!.start;
    const late = time - this.#times.get(plan.id)!.end;
    const route = createRoute(this.#dsp, settings, this.#plan.sampleRate, time);
    if (late === 0) this.#steps.route(route, signal, bus, this.#spanOf(plan.id));
    else this.#steps.route(route, this.#delay(signal, late), bus, {});
    return route;
  }

  #routeOf(plan: ChannelPlan, { tap, levels, balance }: ConnectionPlan): RouteSettings {
    return tap === "pre"
      ? { levels, balance }
      : { ...this.#stripOf(plan), levels: [...plan.faders, ...levels], balance };
  }

  #stripOf({ faders, panMode, pan, width }: ChannelPlan): RouteSettings {
    return { levels: faders, pan: { mode: panMode, law: this.#plan.panLaw, position: pan }, width };
  }

  /** @returns `signal`, late by `frames`, until the next is delayed */
  #delay(signal: Buffer, frames: number): Buffer {
    const { left, right } = this.#delayed;
    const target = { left, right: isMono(signal) ? left : right };
    this.#steps.delay(signal, target, frames);
    return target;
  }

  #addTap(plan: ChannelPlan, signal: Buffer, target: Buffer): void {
    const { end } = this.#times.get(plan.id)!;
    this.#steps.clearBus(this.#scaled);
    const route = createRoute(this.#dsp, this.#stripOf(plan), this.#plan.sampleRate, end);
    this.#steps.route(route, signal, this.#scaled, this.#spanOf(plan.id));
    this.#steps.fromBus(this.#scaled, this.#delayed);
    this.#steps.delay(this.#delayed, target, this.latency - end);
  }

  #addMaster(master: Channel): void {
    this.#steps.fromBus(this.#buses.get(MASTER)!, this.output);
    this.#addInserts(master, this.output, this.output, {});
    const fader = this.#plan.masterFader;
    if (!fader.curve && fader.value === 0 && !this.#live) return;
    const route = this.#scale(this.output, { levels: [fader] }, this.latency, {});
    if (this.#live) this.#addKnobs(MASTER, this.#plan.masterInserts, this.output, [route]);
  }

  /** Scales `signal` in place. @returns address of the route that does */
  #scale(signal: Buffer, settings: RouteSettings, time: number, span: StepSpan): number {
    const route = createRoute(this.#dsp, { ...settings, isAlone: true }, this.#plan.sampleRate, time);
    this.#steps.clearBus(this.#scaled, span);
    this.#steps.route(route, signal, this.#scaled, span);
    this.#steps.fromBus(this.#scaled, signal, 1, span);
    return route;
  }
}
