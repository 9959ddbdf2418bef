/** Gain automation of clips: a value every 32 frames of the song, straight lines in between (src/dsp/time/clip.ts). */
import type { Breakpoint } from "../session/automation.js";
import { dB, dbToGain } from "../units/decibels.js";
import type { ClipPlan } from "./clipPlan.js";
import type { Dsp } from "./dsp.js";
import { BLOCK_FRAMES, type Block } from "./song.js";
import { createCurve } from "./strip.js";

const GRID = 32;

export class ClipGains {
  readonly #dsp: Dsp;
  readonly #sampleRate: number;
  /** Addresses of the curves of clips that have sounded. */
  readonly #curves = new Map<readonly Breakpoint[], number>();
  /** Room for the gains of a block. */
  #gains = 0;

  /** @param sampleRate of the session, Hz */
  constructor(dsp: Dsp, sampleRate: number) {
    this.#dsp = dsp;
    this.#sampleRate = sampleRate;
  }

  /**
   * Applies a clip's automation to a block of it.
   * @param from frame of the clip that the block begins with
   */
  apply({ automation, start }: ClipPlan, block: Block, from: number): void {
    if (!automation) return;
    const curve = this.#curves.get(automation) ?? createCurve(this.#dsp, automation, this.#sampleRate);
    this.#curves.set(automation, curve);
    const { exports } = this.#dsp;
    this.#gains ||= this.#dsp.allocate((BLOCK_FRAMES / GRID + 2) * 8);
    const first = (start + from) % GRID;
    const points = Math.ceil((first + block.frames) / GRID) + 1;
    const levels = Array.from({ length: points }, (_, i) =>
      exports.curveValue(curve, from - first + i * GRID),
    );
    this.#dsp.float64(this.#gains, points).set(levels.map((level) => dbToGain(dB(level))));
    exports.clipGains(block.left, block.right, block.frames, this.#gains, first);
  }
}
