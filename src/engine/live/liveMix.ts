/**
 * Plays a mix plan live: the graph of the render, fed from pages of sound that come in time or not, along a path that
 * may loop and jump, with knobs that hands turn. Free of the browser and of Node.
 */
import type { AudioFile } from "../../audio/audioFile.js";
import type { MixPlan } from "../mixPlan.js";
import { GraphBuilder, impulsesOf, missingFile } from "./graphBuilder.js";
import { GraphChange } from "./graphChange.js";
import { GraphRun, LIVE_BLOCK, visitPath } from "./graphRun.js";
import { movedPlan, valueIn } from "./movedPlan.js";
import { NeededPages } from "./neededPages.js";
import { PagedFile } from "./pagedFile.js";
import { spanEnd, type PlayPath, type PlayRange } from "./playPath.js";
import {
  PAGE_FRAMES,
  SoundPages,
  type PagedFormat,
  type SoundRequest,
  type WantedPage,
} from "./soundPages.js";

/** The compiled session, and the files that it plays by the path in the plan. */
export interface LivePlayable {
  readonly plan: MixPlan;
  readonly files: Readonly<Record<string, PagedFormat>>;
}

export interface LiveMixOptions {
  readonly ask: (request: SoundRequest) => void;
  /** Most bytes of sound that are held. */
  readonly mostBytes?: number;
}

const MOST_BYTES = 192 * 2 ** 20;
/** Seconds of the song that are asked for ahead. */
const AHEAD = 4;
/** Frames after which is looked ahead again. */
const LOOK_EVERY = 8192;
/** Frames that are computed at once to fill the graph's latency. */
const FILL_FRAMES = 1024;
/** Seconds of an impulse response that are read, more than src/engine/impulse.ts does. */
const IMPULSE = 12;

/** A value that a hand has moved. */
interface Moved {
  readonly channel: string;
  readonly path: string;
  readonly value: number;
}

export class LiveMix {
  readonly pages: SoundPages;
  #playable: LivePlayable | undefined;
  /** The plan with what hands have moved. */
  #plan: MixPlan | undefined;
  /** By channel and path: values that no plan has yet. */
  readonly #moved = new Map<string, Moved>();
  #run: GraphRun | undefined;
  /** Where playback starts once there is a graph, or stands without one. */
  #startAt: number | undefined = 0;
  #change: GraphChange | undefined;
  #path: PlayPath = { frames: Infinity, range: null, isLooped: false };
  /** Frame of the song before which the output ends. */
  #stopAt = Infinity;
  #toLook = 0;

  constructor({ ask, mostBytes = MOST_BYTES }: LiveMixOptions) {
    this.pages = new SoundPages({ ask, mostBytes });
  }

  /** What plays, with what hands have moved. */
  get plan(): MixPlan | undefined {
    return this.#plan;
  }
  get run(): GraphRun | undefined {
    return this.#run;
  }
  /** Frame of the song that is given next. */
  get position(): number {
    return this.#startAt ?? this.#run?.position ?? 0;
  }
  get hasLooped(): boolean {
    return this.#run?.hasLooped ?? false;
  }
  /** Until the end of the range; Infinity where nothing ends. */
  get framesLeft(): number {
    return this.#stopAt - this.position;
  }
  /** Whether playback has come to the end of its range. */
  get hasEnded(): boolean {
    return this.position >= this.#stopAt;
  }
  /** Whether the last clip has ended and nothing stops playback: only tails sound. */
  get isTail(): boolean {
    return this.#stopAt === Infinity && !this.#path.isLooped && this.position >= (this.#plan?.frames ?? 0);
  }
  /** Whether a graph is being changed for another one. */
  get isChanging(): boolean {
    return this.#change !== undefined;
  }

  /** Goes over to another plan; what plays goes on. What hands have moved stays until a plan brings other values. */
  setPlayable(playable: LivePlayable): void {
    const before = this.#playable?.plan;
    this.#playable = playable;
    this.pages.setFiles(playable.files);
    let { plan } = playable;
    for (const [key, { channel, path, value }] of this.#moved) {
      const isNews = before && valueIn(before, channel, path) !== valueIn(plan, channel, path);
      if (isNews) this.#moved.delete(key);
      else plan = movedPlan(plan, channel, path, value);
    }
    this.#take(plan);
    if (this.#path.range === null && this.#path.isLooped) this.setPath(null, true);
  }

  /** Lets a value be heard at once; see {@link movedPlan}. */
  move(channel: string, path: string, value: number): void {
    if (!this.#plan) return;
    this.#moved.set(`${channel} ${path}`, { channel, path, value });
    this.#take(movedPlan(this.#plan, channel, path, value));
  }

  /** What is played, and whether over and over. */
  setPath(range: PlayRange | null, isLooped: boolean): void {
    this.#path = {
      frames: range === null && isLooped ? (this.#plan?.frames ?? 0) : Infinity,
      range,
      isLooped,
    };
    this.#run?.follow(this.#path);
    this.#change?.follow(this.#path);
    this.#aim();
  }

  /** Starts afresh at frame `position`, as a render would that began there. */
  start(position: number): void {
    if (this.#run?.graph.hasRun) this.#dropGraph();
    this.#startAt = Math.max(0, Math.round(position));
    this.#aim();
  }

  /** Goes on elsewhere: tails sound on. */
  seek(position: number): void {
    if (this.#startAt !== undefined || !this.#run) return this.start(position);
    this.#run.seek(Math.max(0, Math.round(position)));
    this.#change?.restart();
    this.#aim();
  }

  /**
   * Does what is to be done before sound can be given, a part of it at a time.
   * @param frames that are to be there
   * @returns whether that many can be given now
   * @throws AudioFileError if an impulse response cannot be used
   */
  prepare(frames: number): boolean {
    if (!this.#plan) return false;
    this.#lookAheadAfter(LIVE_BLOCK);
    this.#run ??= this.#newRun(this.#plan);
    if (!this.#run) return false;
    if (this.#startAt !== undefined) {
      this.#run.start(this.#startAt);
      this.#startAt = undefined;
    }
    return this.#run.drop(FILL_FRAMES) && this.#run.isReady(frames);
  }

  /**
   * Gives the next frames, once `prepare` has said that they are there.
   * @param frames at most {@link LIVE_BLOCK}
   * @returns how many; fewer if sound is missing or the range has ended
   * @throws AudioFileError if a new plan's impulse response cannot be used
   */
  pull(left: Float32Array, right: Float32Array, frames: number): number {
    let done = 0;
    while (done < frames) {
      const run = this.#run;
      const wanted = Math.min(frames - done, this.#stopAt - this.position);
      if (!run || this.#startAt !== undefined || run.toDrop > 0) break;
      if (wanted <= 0 || !run.isReady(wanted)) break;
      const block = run.advance(wanted);
      left.set(run.graph.dsp.float32(block.left, block.frames), done);
      right.set(run.graph.dsp.float32(block.right, block.frames), done);
      this.#goOnChanging(left, right, done, block.frames);
      done += block.frames;
    }
    this.#lookAheadAfter(done);
    return done;
  }

  /** Lets the graph go; the next one is made anew. */
  reset(): void {
    this.#dropGraph();
  }

  close(): void {
    this.#dropGraph();
    this.pages.setFiles({});
  }

  #take(plan: MixPlan): void {
    if (plan === this.#plan) return;
    this.#plan = plan;
    const run = this.#run;
    if (!run) return;
    if (run.graph.canFollow(plan)) run.graph.follow(plan);
    else if (run.graph.hasRun) this.#startChange(plan);
    else this.#dropGraph();
  }

  #dropGraph(): void {
    this.#startAt ??= this.#run?.position;
    this.#run?.graph.close();
    this.#change?.close();
    this.#run = this.#change = undefined;
  }

  readonly #open = (path: string): AudioFile =>
    new PagedFile(this.pages, path, this.pages.format(path) ?? missingFile(path));

  /** @returns `undefined` while impulse responses are missing */
  #newRun(plan: MixPlan): GraphRun | undefined {
    if (!this.#haveImpulses(plan)) return undefined;
    const graph = new GraphBuilder(plan, this.#open).finish();
    return new GraphRun(graph, new NeededPages(plan, this.pages), this.pages, this.#path);
  }

  #haveImpulses(plan: MixPlan): boolean {
    return this.#impulsePages(plan).every((page) => this.pages.has(page));
  }

  #impulsePages(plan: MixPlan): readonly WantedPage[] {
    return impulsesOf(plan).flatMap((path) => {
      // One that is not there is found out when the graph is made.
      const { frames, sampleRate } = this.pages.format(path) ?? { frames: 0, sampleRate: 1 };
      const count = Math.ceil(Math.min(frames, IMPULSE * sampleRate) / PAGE_FRAMES);
      return Array.from({ length: count }, (_, index) => ({ path, index }));
    });
  }

  #aim(): void {
    const { range, isLooped } = this.#path;
    this.#stopAt = !isLooped && range && this.position < range.end ? Math.round(range.end) : Infinity;
    this.#toLook = 0;
  }

  #lookAheadAfter(frames: number): void {
    this.#toLook -= frames;
    if (this.#toLook > 0) return;
    this.#toLook = LOOK_EVERY;
    this.#lookAhead();
  }

  /** Says which pages will be needed next. */
  #lookAhead(): void {
    const plan = this.#plan;
    if (!plan) return;
    const wanted = new Map<string, WantedPage>();
    const add = (page: WantedPage): false => {
      wanted.set(`${page.index} ${page.path}`, page);
      return false;
    };
    if (!this.#run) this.#impulsePages(plan).forEach(add);
    if (this.#change) this.#impulsePages(this.#change.plan).forEach(add);
    const needs = [this.#run?.needs ?? new NeededPages(plan, this.pages), this.#change?.needs];
    const visit = (start: number, end: number): boolean => needs.some((each) => each?.visit(start, end, add));
    const frames = AHEAD * plan.sampleRate;
    const from = this.#startAt;
    if (from === undefined) this.#run?.visitAhead(frames, this.#change?.warmUp ?? 0, visit);
    else visitPath(this.#path, { from, end: spanEnd(this.#path, from) }, frames, 0, visit);
    this.pages.want([...wanted.values()]);
  }

  #startChange(plan: MixPlan): void {
    this.#change ??= new GraphChange(new GraphBuilder(plan, this.#open), this.pages, this.#path);
    this.#toLook = 0;
  }

  /** Lets the next graph go on, and takes it over when it has been faded to. */
  #goOnChanging(left: Float32Array, right: Float32Array, at: number, frames: number): void {
    const change = this.#change;
    if (!change || !this.#haveImpulses(change.plan)) return;
    const next = change.goOn(this.position, left, right, at, frames);
    if (!next) return;
    this.#run?.graph.close();
    this.#run = next;
    this.#change = undefined;
    const plan = this.#plan ?? next.graph.plan;
    if (next.graph.canFollow(plan)) next.graph.follow(plan);
    else this.#startChange(plan);
  }
}
