/**
 * Crossovers of linear phase into 2 to 5 bands, with the magnitudes of those of crossover.ts: a split is the low-pass
 * 1 / (1 + (f / f0)^4), the amplitude of a Linkwitz-Riley filter of 24 dB per octave. A band is the difference of two
 * such low-passes, so all of them add up to the input, delayed.
 */
import { fromFrames, toFrames } from "../frames";
import { allocate } from "../memory";
import { Delay } from "../time/delay";
import { LinearDesign, LinearFilter } from "./linearPhase";
import { GRID } from "./section";

/** The lanes of a design. */
const SPLITS: i32 = 4;

@unmanaged
export class LinearCrossover {
  latency: i32;
  private sampleRate: f64;
  private count: i32;
  private buffers: usize;
  private frequencies: usize = allocate(SPLITS << 3);
  private changed: bool;
  private design: LinearDesign;
  /** Addresses of the low-passes, of split after split; made by {@link prepare}. */
  private filters: usize = allocate(SPLITS << 2);
  private delay: Delay = new Delay();
  private left: usize = allocate(GRID << 2);
  private right: usize = allocate(GRID << 2);
  private lowLeft: usize = allocate(GRID << 2);
  private lowRight: usize = allocate(GRID << 2);

  /** @param count of the bands, 2 to 5 */
  constructor(count: i32, sampleRate: f64) {
    this.sampleRate = sampleRate;
    this.count = count;
    this.buffers = allocate(count * (GRID << 4));
    this.design = new LinearDesign(sampleRate);
  }

  /** After the splits have been tuned, once. */
  prepare(): void {
    this.designSplits();
    for (let i = 0; i < this.count - 1; i++) {
      const filter = new LinearFilter(this.design, this.design.response(i));
      store<usize>(this.filters + ((<usize>i) << 2), changetype<usize>(filter));
      this.latency = filter.latency;
    }
    this.delay.resize(this.latency);
  }

  /** Moves the split above band `index` to `frequency` Hz, from the next block of the filters on. */
  tune(index: i32, frequency: f64): void {
    if (index < 0 || index >= this.count - 1) return;
    store<f64>(this.frequencies + ((<usize>index) << 3), max(1, frequency));
    this.changed = true;
  }

  /** Address of the GRID f64x2 frames of band `index`; the last one takes the input. */
  band(index: i32): usize {
    return this.buffers + <usize>index * (GRID << 4);
  }

  /** Takes apart at most GRID frames that lie in the last band; a run does not cross a multiple of GRID frames. */
  run(frames: i32): void {
    if (this.changed && this.filter(0).isAtBlock()) this.change();
    const last = this.band(this.count - 1);
    const bytes = (<usize>frames) << 2;
    fromFrames(last, this.left, this.right, frames);
    for (let i = 0; i < this.count - 1; i++) {
      memory.copy(this.lowLeft, this.left, bytes);
      memory.copy(this.lowRight, this.right, bytes);
      this.filter(i).run(this.lowLeft, this.lowRight, frames);
      toFrames(this.lowLeft, this.lowRight, this.band(i), frames);
    }
    this.delay.process(this.left, this.right, frames);
    toFrames(this.left, this.right, last, frames);
    for (let i = this.count - 1; i > 0; i--) subtract(this.band(i), this.band(i - 1), frames);
  }

  private change(): void {
    this.designSplits();
    for (let i = 0; i < this.count - 1; i++) this.filter(i).change();
  }

  private designSplits(): void {
    this.changed = false;
    for (let i = 0; i < this.count - 1; i++) {
      const w0 = (2 * Math.PI * load<f64>(this.frequencies + ((<usize>i) << 3))) / this.sampleRate;
      for (let point = 0; point <= this.design.points; point++) {
        const square = Math.pow(this.design.radians(point) / w0, 2);
        this.design.setGain(i, point, 1 / (1 + square * square));
      }
    }
    this.design.design();
  }

  private filter(index: i32): LinearFilter {
    return changetype<LinearFilter>(load<usize>(this.filters + ((<usize>index) << 2)));
  }
}

/** Takes the f64x2 frames at `low` from those at `samples`. */
function subtract(samples: usize, low: usize, frames: i32): void {
  for (const end = samples + ((<usize>frames) << 4); samples < end; samples += 16, low += 16)
    v128.store(samples, f64x2.sub(v128.load(samples), v128.load(low)));
}
