/** The inserts on the way of the sound: changed without a click, compared with the sound before them. */
import { dB, dbToGain } from "../../../../src/units/decibels.js";
import type { InsertReading, InsertSetting } from "../playerMessages.js";
import { Glide } from "./glide.js";
import { InsertRack, type Impulses } from "./insertRack.js";
import { QUANTUM } from "./stretcher.js";

export class InsertStage {
  readonly #impulses: Impulses;
  readonly #sampleRate: number;
  readonly #rampFrames: number;
  #rack: InsertRack | undefined;
  /** A rack that takes over: first it fills up, then it is faded to. */
  #next: { readonly rack: InsertRack | undefined; toFill: number; readonly fade: Glide } | undefined;
  /** What went in, while it is faded to. */
  readonly #untouched = [new Float32Array(QUANTUM), new Float32Array(QUANTUM)] as const;
  /** Settings that wait for that to be over. */
  #waiting: { readonly settings: readonly InsertSetting[] | null } | undefined;
  /** Share of the inserts' sound: 1, or 0 while bypassed. */
  readonly #wet = new Glide(1);
  /** Of the sound before the inserts. */
  readonly #dryGain = new Glide(1);
  /** Late frames that are still to be dropped, after a start or a jump. */
  #toDrop = 0;
  /** Frames of the inserts' sound that have yet to come when the audio has ended. */
  #tail = 0;
  #hasStarted = false;

  /** @param impulses read when inserts that name them are set */
  constructor(
    settings: readonly InsertSetting[] | null,
    impulses: Impulses,
    sampleRate: number,
    rampFrames: number,
  ) {
    this.#impulses = impulses;
    this.#sampleRate = sampleRate;
    this.#rampFrames = rampFrames;
    this.#rack = this.#newRack(settings);
    this.restart();
  }

  /** Frames that went in and have not come out. */
  get held(): number {
    return this.#tail - this.#toDrop;
  }

  /** Frames of silence to put in at the end, for all of the sound to come out. */
  get tail(): number {
    return this.#tail;
  }

  set(settings: readonly InsertSetting[] | null): void {
    if (this.#next) {
      this.#waiting = { settings };
      return;
    }
    if (settings !== null && this.#rack?.set(settings) === true) return;
    const rack = this.#newRack(settings);
    if (!rack && !this.#rack) return;
    if (this.#hasStarted) {
      this.#next = { rack, toFill: rack?.latency ?? 0, fade: new Glide(0) };
      if (this.#next.toFill === 0) this.#next.fade.moveTo(1, this.#rampFrames);
    } else {
      this.#rack = rack;
      this.restart();
    }
  }

  bypass(isBypassed: boolean, isMatched: boolean): void {
    const ramp = this.#hasStarted ? this.#rampFrames : 0;
    this.#wet.moveTo(isBypassed ? 0 : 1, ramp);
    if (isBypassed) this.#dryGain.moveTo(isMatched ? dbToGain(dB(this.#rack?.gained ?? 0)) : 1, ramp);
  }

  /** The sound goes on elsewhere: what is on its way is dropped; the inserts go on as they are. */
  restart(): void {
    this.#toDrop = this.#tail = this.#rack?.latency ?? 0;
  }

  /**
   * Processes the sound in place.
   * @returns frames that are due, from the start of the arrays on
   */
  process(left: Float32Array, right: Float32Array, frames: number): number {
    this.#hasStarted = true;
    if (!this.#rack && !this.#next) return frames;
    if (this.#next?.rack) this.#next.rack.process(left, right, frames);
    else if (this.#next) {
      this.#untouched[0].set(left.subarray(0, frames));
      this.#untouched[1].set(right.subarray(0, frames));
    }
    if (this.#rack) this.#compare(this.#rack, left, right, frames);
    if (this.#next) this.#takeOver(this.#next, left, right, frames);
    const dropped = Math.min(this.#toDrop, frames);
    if (dropped > 0) {
      left.copyWithin(0, dropped, frames);
      right.copyWithin(0, dropped, frames);
      this.#toDrop -= dropped;
    }
    return frames - dropped;
  }

  /** As {@link process}, for the silence after the end. @param left at least a quantum long, as `right` */
  flush(left: Float32Array, right: Float32Array): number {
    const frames = Math.min(QUANTUM, this.#tail);
    left.fill(0, 0, frames);
    right.fill(0, 0, frames);
    this.#tail -= frames;
    return this.process(left, right, frames);
  }

  read(): InsertReading | null {
    return this.#rack?.read() ?? null;
  }

  #newRack(settings: readonly InsertSetting[] | null): InsertRack | undefined {
    return settings === null || settings.length === 0
      ? undefined
      : new InsertRack(settings, this.#impulses, this.#sampleRate);
  }

  /** Puts the rack's sound in place of what went in, or that before it, or a mixture while one fades to the other. */
  #compare(rack: InsertRack, left: Float32Array, right: Float32Array, frames: number): void {
    rack.process(left, right, frames);
    if (this.#wet.value === 1 && !this.#wet.isMoving) {
      left.set(rack.left.subarray(0, frames));
      right.set(rack.right.subarray(0, frames));
      return;
    }
    for (let frame = 0; frame < frames; frame++) {
      const wet = this.#wet.next();
      const dry = (1 - wet) * this.#dryGain.next();
      left[frame] = wet * rack.left[frame]! + dry * rack.dryLeft[frame]!;
      right[frame] = wet * rack.right[frame]! + dry * rack.dryRight[frame]!;
    }
  }

  #takeOver(
    next: { rack: InsertRack | undefined; toFill: number; readonly fade: Glide },
    left: Float32Array,
    right: Float32Array,
    frames: number,
  ): void {
    const { rack, fade } = next;
    const isBypassed = this.#wet.value === 0;
    const [nextLeft, nextRight] = !rack
      ? this.#untouched
      : isBypassed
        ? [rack.dryLeft, rack.dryRight]
        : [rack.left, rack.right];
    const gain = rack && isBypassed ? this.#dryGain.value : 1;
    if (next.toFill > 0) {
      next.toFill -= frames;
      if (next.toFill <= 0) fade.moveTo(1, this.#rampFrames);
      return;
    }
    for (let frame = 0; frame < frames; frame++) {
      const share = fade.next();
      left[frame] = (1 - share) * left[frame]! + share * gain * nextLeft[frame]!;
      right[frame] = (1 - share) * right[frame]! + share * gain * nextRight[frame]!;
    }
    if (fade.isMoving) return;
    this.#rack = rack;
    this.#next = undefined;
    this.#tail = rack?.latency ?? 0;
    const waiting = this.#waiting;
    this.#waiting = undefined;
    if (waiting) this.set(waiting.settings);
  }
}
