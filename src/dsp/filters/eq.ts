/**
 * Parametric equaliser: up to 16 bands in series, decramped (see design.ts for the error).
 *
 * Parameter number = band * 8 + {@link EqField}, band 0 to 15, and {@link EqParameter} for all. A band sounds as soon
 * as its type is set. A change while the signal runs is reached over rampFrames (ramp.ts), frame by frame; of linear
 * phase, with the same magnitude (linearPhase.ts), over a block of LINEAR_BLOCK frames.
 */
import { fromFrames, fromMono, toFrames, toMono } from "../frames";
import { allocate } from "../memory";
import { rampFrames } from "../ramp";
import { cascadeFew, cascadeMono, cascadeStereo } from "./cascade";
import { Couples, couplesNew } from "./couples";
import { designSection } from "./design";
import { LinearDesign, LinearFilter } from "./linearPhase";
import { BandType, MAX_SECTIONS, Prototype, prototypeOf, sectionsOf } from "./prototype";
import { Section, sectionNew } from "./section";

/** Fields of a band. */
export const enum EqField {
  /** See {@link BandType}; negative: off. */
  Type = 0,
  /** Hz */
  Frequency = 1,
  /** dB, of peak, shelves and tilt */
  Gain = 2,
  /** of peak, shelves, notch and pass filters of 12 dB per octave */
  Q = 3,
  /** dB per octave, of pass filters: 6, 12, 18, 24, 36 or 48 */
  Slope = 4,
}

export const enum EqParameter {
  /** 0 minimum, 1 linear; taken when it is prepared */
  Phase = 128,
}

/** States that have died away are cleared every so many frames, counted from the first frame. */
const SETTLE_FRAMES: i32 = 1024;
const BANDS: i32 = 16;
const FIELDS_PER_BAND: i32 = 8;
const MIN_FREQUENCY: f64 = 1;
/** As parts of the sample rate; only a notch has to stay below Nyquist. */
const MAX_FREQUENCY: f64 = 2;
const MAX_NOTCH: f64 = 0.49;
const MIN_Q: f64 = 0.05;
const MAX_Q: f64 = 100;
const MAX_GAIN: f64 = 60;

const prototype = new Prototype();

@unmanaged
class Band {
  type: i32;
  frequency: f64;
  gain: f64;
  q: f64;
  slope: f64;
  /** Whether the sections have yet to be designed. */
  changed: bool;
  /** Addresses of MAX_SECTIONS sections. */
  sections: usize;

  set(field: i32, value: f64): void {
    if (!isFinite(value)) return;
    if (field == EqField.Type) this.type = <i32>value;
    else if (field == EqField.Frequency) this.frequency = value;
    else if (field == EqField.Gain) this.gain = min(MAX_GAIN, max(-MAX_GAIN, value));
    else if (field == EqField.Q) this.q = min(MAX_Q, max(MIN_Q, value));
    else if (field == EqField.Slope) this.slope = value;
    this.changed = true;
  }

  section(index: i32): Section {
    return changetype<Section>(load<usize>(this.sections + ((<usize>index) << 2)));
  }

  /** Designs the sections and starts them towards the new response, in `steps` steps. */
  design(sampleRate: f64, steps: i32): void {
    const count = this.isFlat() ? 0 : sectionsOf(this.type, this.slope);
    const top = (this.type == BandType.Notch ? MAX_NOTCH : MAX_FREQUENCY) * sampleRate;
    const w0 = (2 * Math.PI * min(top, max(MIN_FREQUENCY, this.frequency))) / sampleRate;
    for (let i = 0; i < MAX_SECTIONS; i++) {
      const section = this.section(i);
      if (i < count) {
        prototypeOf(this.type, this.gain, this.q, this.slope, i, prototype);
        designSection(prototype, w0, section.target);
      }
      section.begin(i < count, steps);
    }
    this.changed = false;
  }

  private isFlat(): bool {
    if (this.type < BandType.LowPass || this.type > BandType.Tilt) return true;
    const shaped =
      this.type == BandType.LowPass || this.type == BandType.HighPass || this.type == BandType.Notch;
    return !shaped && this.gain == 0;
  }
}

@unmanaged
export class Eq {
  sampleRate: f64;
  /** Addresses of the bands. */
  bands: usize;
  /** Addresses of the sections that sound, and behind them of the biquads of their corrections. */
  active: usize;
  activeCount: i32;
  couplesCount: i32;
  readonly couples: Couples = couplesNew(BANDS * MAX_SECTIONS);
  /** Whether a band has yet to be designed. */
  changed: bool;
  /** Whether the signal runs. */
  started: bool;
  /** Whether a section is on its way to another response. */
  ramps: bool;
  /** Frames to the next clearing of states. */
  untilSettled: i32;
  /** SETTLE_FRAMES frames of f64x2. */
  samples: usize;
  private isLinear: bool;
  /** Of linear phase only. */
  private linearDesign: LinearDesign | null;
  private linearFilter: LinearFilter | null;

  set(parameter: i32, value: f64): void {
    if (parameter == EqParameter.Phase) this.isLinear = value == 1;
    const band = parameter / FIELDS_PER_BAND;
    if (parameter < 0 || band >= BANDS) return;
    this.band(band).set(parameter % FIELDS_PER_BAND, value);
    this.changed = true;
  }

  prepare(): void {
    this.design();
    if (!this.isLinear) return;
    const design = new LinearDesign(this.sampleRate);
    this.linearDesign = design;
    this.designLinear(design);
    this.linearFilter = new LinearFilter(design, design.response(0));
  }

  /** @returns frames */
  latency(): i32 {
    const filter = this.linearFilter;
    return filter ? filter.latency : 0;
  }

  process(left: usize, right: usize, frames: i32): void {
    const filter = this.linearFilter;
    if (filter) return this.runLinear(filter, left, right, frames);
    if (this.changed) this.design();
    this.started = true;
    while (frames > 0) {
      const count = min(frames, this.ramps ? 1 : this.untilSettled);
      if (this.activeCount > 0) this.run(left, right, count);
      this.passFrames(count);
      left += (<usize>count) << 2;
      right += (<usize>count) << 2;
      frames -= count;
    }
  }

  /** @returns level at `frequency` Hz in dB, of the response that is being approached */
  magnitude(frequency: f64): f64 {
    if (this.changed) this.design();
    const w = (2 * Math.PI * frequency) / this.sampleRate;
    let level: f64 = 0;
    for (let i = 0; i < this.activeCount; i++)
      level += 10 * Math.log10(this.activeSection(i).target.power(w));
    return level;
  }

  private runLinear(filter: LinearFilter, left: usize, right: usize, frames: i32): void {
    while (frames > 0) {
      const design = this.linearDesign;
      if (design && this.changed && filter.isAtBlock()) {
        this.design();
        this.designLinear(design);
        filter.change();
      }
      const count = min(frames, filter.untilBlock());
      filter.run(left, right, count);
      left += (<usize>count) << 2;
      right += (<usize>count) << 2;
      frames -= count;
    }
  }

  private designLinear(design: LinearDesign): void {
    for (let point = 0; point <= design.points; point++) {
      const w = design.radians(point);
      let power: f64 = 1;
      for (let i = 0; i < this.activeCount; i++) power *= this.activeSection(i).target.power(w);
      design.setGain(0, point, Math.sqrt(max(0, power)));
    }
    design.design();
  }

  private band(index: i32): Band {
    return changetype<Band>(load<usize>(this.bands + ((<usize>index) << 2)));
  }

  private activeSection(index: i32): Section {
    return changetype<Section>(load<usize>(this.active + ((<usize>index) << 2)));
  }

  private design(): void {
    const steps = this.started ? rampFrames(this.sampleRate) : 0;
    for (let i = 0; i < BANDS; i++) {
      const band = this.band(i);
      if (band.changed) band.design(this.sampleRate, steps);
    }
    this.changed = false;
    this.ramps = steps > 0;
    this.findActive();
  }

  /** Lists the sections that do something; those that no longer do go to rest. */
  private findActive(): void {
    this.couples.release();
    this.activeCount = 0;
    for (let i = 0; i < BANDS * MAX_SECTIONS; i++) {
      const section = this.band(i / MAX_SECTIONS).section(i % MAX_SECTIONS);
      if (section.sounds()) {
        store<usize>(this.active + ((<usize>this.activeCount) << 2), changetype<usize>(section));
        this.activeCount++;
        if (section.isCorrected()) this.couples.add(section);
      } else {
        section.reset();
      }
    }
    this.couplesCount = this.couples.append(this.active + ((<usize>this.activeCount) << 2));
    this.couples.update();
  }

  private run(left: usize, right: usize, frames: i32): void {
    const count = this.activeCount + this.couplesCount;
    if (this.ramps) {
      toFrames(left, right, this.samples, frames);
      cascadeFew(this.active, count, this.samples, frames);
      fromFrames(this.samples, left, right, frames);
    } else if (left == right) {
      toMono(left, this.samples, frames);
      cascadeMono(this.active, count, this.samples, frames);
      fromMono(this.samples, left, frames);
    } else {
      toFrames(left, right, this.samples, frames);
      cascadeStereo(this.active, count, this.samples, frames);
      fromFrames(this.samples, left, right, frames);
    }
  }

  private passFrames(frames: i32): void {
    if (this.ramps) this.step();
    this.untilSettled -= frames;
    if (this.untilSettled > 0) return;
    this.untilSettled = SETTLE_FRAMES;
    for (let i = 0; i < this.activeCount + this.couplesCount; i++) this.activeSection(i).settle();
  }

  private step(): void {
    this.ramps = false;
    let ended = false;
    for (let i = 0; i < this.activeCount; i++) {
      const section = this.activeSection(i);
      const moved = section.steps > 0;
      section.step();
      if (section.steps > 0) this.ramps = true;
      else if (moved) ended = true;
    }
    if (ended) this.findActive();
    else this.couples.update();
  }
}

/** An equaliser without bands: it leaves the signal alone, bit for bit. */
export function eqNew(sampleRate: f64): Eq {
  const eq = new Eq();
  eq.sampleRate = sampleRate;
  eq.untilSettled = SETTLE_FRAMES;
  eq.bands = allocate(BANDS << 2);
  eq.active = allocate((BANDS * MAX_SECTIONS * 2) << 2);
  eq.samples = allocate(SETTLE_FRAMES << 4);
  for (let i = 0; i < BANDS; i++) store<usize>(eq.bands + ((<usize>i) << 2), changetype<usize>(bandNew()));
  return eq;
}

function bandNew(): Band {
  const band = new Band();
  band.type = -1;
  band.frequency = 1000;
  band.q = Math.SQRT1_2;
  band.slope = 12;
  band.sections = allocate(MAX_SECTIONS << 2);
  for (let i = 0; i < MAX_SECTIONS; i++) {
    store<usize>(band.sections + ((<usize>i) << 2), changetype<usize>(sectionNew()));
  }
  return band;
}
