/**
 * The change from a graph to another of a different structure while the first one plays on: the next one is made a
 * part at a time, catches up, and is faded to.
 */
import type { MixPlan } from "../mixPlan.js";
import type { GraphBuilder } from "./graphBuilder.js";
import { GraphRun } from "./graphRun.js";
import { NeededPages } from "./neededPages.js";
import type { PlayPath } from "./playPath.js";
import type { SoundPages } from "./soundPages.js";

/** Seconds that the next graph is ahead of what is heard of it: what rings on, rings in it too. */
const WARM_UP = 0.1;
/** Seconds of the fade. */
const FADE = 0.015;
/** For each frame that plays, the next graph computes so many at most. */
const HASTE = 3;
/** Seconds that it may be behind before it is started anew. */
const MOST_BEHIND = 2;

export class GraphChange {
  /** Of the next graph. */
  readonly plan: MixPlan;
  readonly needs: NeededPages;
  readonly #builder: GraphBuilder;
  readonly #pages: SoundPages;
  #path: PlayPath;
  #next: GraphRun | undefined;
  #hasStarted = false;
  /** Frames of the fade that have been played. */
  #faded = 0;

  constructor(builder: GraphBuilder, pages: SoundPages, path: PlayPath) {
    this.plan = builder.plan;
    this.needs = new NeededPages(builder.plan, pages);
    this.#builder = builder;
    this.#pages = pages;
    this.#path = path;
  }

  /** Frames before the place of playback from which on the next graph plays. */
  get warmUp(): number {
    return Math.round(WARM_UP * this.plan.sampleRate);
  }

  follow(path: PlayPath): void {
    this.#path = path;
    this.#next?.follow(path);
  }

  /** Playback has gone elsewhere. */
  restart(): void {
    this.#hasStarted = false;
    this.#faded = 0;
  }

  /**
   * Goes on with the change, while `frames` frames are played, and mixes the next graph's sound in.
   * @param position frame of the song that is played after them
   * @param at where they stand in `left` and `right`
   * @returns the run of the next graph once it alone is to be heard
   */
  goOn(
    position: number,
    left: Float32Array,
    right: Float32Array,
    at: number,
    frames: number,
  ): GraphRun | undefined {
    const next = this.#next;
    if (!next) {
      const graph = this.#builder.step();
      if (graph) this.#next = new GraphRun(graph, this.needs, this.#pages, this.#path);
      return undefined;
    }
    if (!this.#hasStarted) this.#start(next, position);
    else if (next.toDrop > 0) this.#catchUp(next, frames);
    else return this.#mix(next, left, right, at, frames);
    return undefined;
  }

  close(): void {
    this.#next?.graph.close();
  }

  #start(next: GraphRun, position: number): void {
    const isMissing = this.needs.visit(
      Math.max(0, position - this.warmUp - next.graph.latency),
      position + this.warmUp,
      (page) => !this.#pages.has(page),
    );
    if (isMissing) return;
    if (next.graph.hasRun) next.seek(position, this.warmUp);
    else next.start(position, this.warmUp);
    this.#hasStarted = true;
  }

  #catchUp(next: GraphRun, frames: number): void {
    next.skip(frames);
    next.drop(HASTE * frames);
    if (next.toDrop > MOST_BEHIND * this.plan.sampleRate) this.restart();
  }

  #mix(
    next: GraphRun,
    left: Float32Array,
    right: Float32Array,
    at: number,
    frames: number,
  ): GraphRun | undefined {
    if (!next.isReady(frames)) {
      next.skip(frames);
      this.#faded = 0;
      return undefined;
    }
    const length = Math.round(FADE * this.plan.sampleRate);
    for (let done = 0; done < frames;) {
      const block = next.advance(frames - done);
      fade(
        left,
        next.graph.dsp.float32(block.left, block.frames),
        at + done,
        this.#faded / length,
        1 / length,
      );
      fade(
        right,
        next.graph.dsp.float32(block.right, block.frames),
        at + done,
        this.#faded / length,
        1 / length,
      );
      done += block.frames;
      this.#faded += block.frames;
    }
    return this.#faded >= length ? next : undefined;
  }
}

/** Fades from `target`, from place `at` on, to `next`; the share of the first frame is `share`. */
function fade(target: Float32Array, next: Float32Array, at: number, share: number, step: number): void {
  for (let frame = 0; frame < next.length; frame++) {
    const now = Math.min(1, share + frame * step);
    const before = target[at + frame]!;
    target[at + frame] = before + now * (next[frame]! - before);
  }
}
