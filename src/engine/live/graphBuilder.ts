/** Makes the graph of a live plan piece by piece, so that the sound thread is not held up long. */
import { AudioFileError } from "../../audio/audioFile.js";
import type { InsertPlan } from "../automationPlan.js";
import type { ClipSource } from "../clipSource.js";
import type { OpenSource } from "../clipSources.js";
import { Dsp } from "../dsp.js";
import type { MixPlan } from "../mixPlan.js";
import { createInsert, type RunningInsert } from "../strip.js";
import { isCompared, isLeftOut, LiveGraph } from "./liveGraph.js";

/** The processor's number of a convolution. */
const CONVOLUTION = 12;

/** @returns all inserts of the plan, the master's last */
export const insertsOf = ({ channels, masterInserts }: MixPlan): readonly InsertPlan[] => [
  ...channels.flatMap(({ inserts }) => inserts),
  ...masterInserts,
];

/** @returns paths of the impulse responses that the plan's graph reads when it is made */
export function impulsesOf(plan: MixPlan): readonly string[] {
  return insertsOf(plan).flatMap(({ impulse, live }) =>
    impulse === undefined || live?.isBypassed ? [] : [impulse],
  );
}

export class GraphBuilder {
  readonly plan: MixPlan;
  readonly #open: OpenSource;
  readonly #dsp = new Dsp();
  readonly #waiting: InsertPlan[];
  readonly #running = new Map<InsertPlan, RunningInsert | null>();
  #graph: LiveGraph | undefined;
  /** Of each rate one that is to be prepared. */
  readonly #sources: ClipSource[];

  constructor(plan: MixPlan, open: OpenSource) {
    this.plan = plan;
    this.#open = open;
    this.#waiting = [...insertsOf(plan)];
    const sources = plan.channels.flatMap(({ clips }) => clips.map(({ source }) => source));
    this.#sources = [...new Map(sources.map((source) => [source.rate.step, source])).values()];
  }

  /** Does a part of the work: an insert, the graph, the filters of a rate. @returns the graph once it is made @throws AudioFileError if an impulse response cannot be used */
  step(): LiveGraph | undefined {
    const insert = this.#waiting.shift();
    if (insert) this.#running.set(insert, this.#create(insert));
    else if (this.#graph) {
      const source = this.#sources.shift();
      if (!source) return this.#graph;
      this.#graph.prepare(source);
    } else this.#graph = new LiveGraph(this.#dsp, this.plan, this.#open, this.#running);
    return undefined;
  }

  /** @throws AudioFileError */
  finish(): LiveGraph {
    for (;;) {
      const graph = this.step();
      if (graph) return graph;
    }
  }

  /** @returns `null` where a bypassed insert cannot be switched while it runs: it is left out, as in a render */
  #create(insert: InsertPlan): RunningInsert | null {
    const { sampleRate, tempo } = this.plan;
    const isBypassed = insert.live?.isBypassed ?? false;
    if (isBypassed && insert.kind === CONVOLUTION) return null;
    const running = createInsert(this.#dsp, insert, sampleRate, tempo, this.#open);
    if (running.latency > 0 && isBypassed) return null;
    const blend = this.#dsp.exports.blendNew(isLeftOut(insert) ? 0 : 1, sampleRate);
    if (isCompared(insert)) this.#dsp.exports.blendCompare(blend, 1, 0);
    return { ...running, blend, scope: this.#dsp.exports.scopeNew() };
  }
}

/** A file that is not there. */
export function missingFile(path: string): never {
  throw new AudioFileError(path, undefined, "it is not among the files of the session");
}
