/**
 * Onsets in a stereo signal: blocks of 2.5 ms whose step energy (squared differences of neighbouring samples, which
 * stress the high frequencies of an attack) jumps above that of the 30 ms before.
 */
import { allocate } from "../memory";

/** Seconds. */
const BLOCK: f64 = 0.0025;
/** Blocks that an onset is compared with. */
const MEMORY: i32 = 12;
/** Least jump of the energy: 8 dB. */
const JUMP: f64 = 6.3;
/** Mean squared step below which nothing is an onset. */
const FLOOR: f64 = 1e-9;
/** Blocks from onset to onset at least: 40 ms. */
const LEAST_DISTANCE: i32 = 16;
const MOST_ONSETS: i32 = 64;
const FAR: i32 = 0x3fffffff;

@unmanaged
export class Onsets {
  private block: i32;
  /** Frames looked at. */
  private seen: i32;
  /** Ring of the last blocks' energies (f64), and their number so far. */
  private energies: usize;
  private blocks: i32;
  private sinceLast: i32;
  /** Places (i32), oldest first. */
  private places: usize;
  private count: i32;

  setup(sampleRate: f64): void {
    this.block = max(4, <i32>Math.round(BLOCK * sampleRate));
    this.energies = allocate(MEMORY << 3);
    this.places = allocate(MOST_ONSETS << 2);
    this.reset();
  }

  reset(): void {
    this.seen = 0;
    this.blocks = 0;
    this.count = 0;
    this.sinceLast = LEAST_DISTANCE;
  }

  /** Looks at the whole blocks of the planar signal up to frame `held`. */
  find(left: usize, right: usize, held: i32): void {
    while (this.seen + this.block <= held) {
      const energy = stepEnergy(left, this.seen, this.block) + stepEnergy(right, this.seen, this.block);
      if (this.isOnset(energy)) this.add(this.seen);
      store<f64>(this.energies + (<usize>(this.blocks % MEMORY) << 3), energy);
      this.blocks++;
      this.sinceLast++;
      this.seen += this.block;
    }
  }

  /** @returns whether there is one from frame `first` up to `end` */
  has(first: i32, end: i32): bool {
    return this.firstFrom(first) < end;
  }

  /** @returns the first one at `place` or later, or a place far off */
  firstFrom(place: i32): i32 {
    for (let i = 0; i < this.count; i++) if (this.at(i) >= place) return this.at(i);
    return FAR;
  }

  /** @returns the last one before `place`, or a place far off, before all */
  lastBefore(place: i32): i32 {
    for (let i = this.count - 1; i >= 0; i--) if (this.at(i) < place) return this.at(i);
    return -FAR;
  }

  /** The first `frames` frames are dropped from the signal. */
  move(frames: i32): void {
    this.seen -= frames;
    let kept = 0;
    for (let i = 0; i < this.count; i++) {
      const place = this.at(i) - frames;
      if (place < 0) continue;
      store<i32>(this.places + (<usize>kept << 2), place);
      kept++;
    }
    this.count = kept;
  }

  private at(index: i32): i32 {
    return load<i32>(this.places + (<usize>index << 2));
  }

  private isOnset(energy: f64): bool {
    if (this.sinceLast < LEAST_DISTANCE || this.blocks == 0) return false;
    let sum: f64 = 0;
    const count = min(this.blocks, MEMORY);
    for (let i = 0; i < count; i++) sum += load<f64>(this.energies + (<usize>i << 3));
    return energy > JUMP * (sum / <f64>count) + FLOOR * <f64>this.block;
  }

  private add(place: i32): void {
    this.sinceLast = 0;
    if (this.count == MOST_ONSETS) {
      memory.copy(this.places, this.places + 4, (MOST_ONSETS - 1) << 2);
      this.count--;
    }
    store<i32>(this.places + (<usize>this.count << 2), place);
    this.count++;
  }
}

function stepEnergy(channel: usize, place: i32, frames: i32): f64 {
  let sum: f64 = 0;
  let last = load<f32>(channel + (<usize>max(0, place - 1) << 2));
  for (let i = place; i < place + frames; i++) {
    const sample = load<f32>(channel + (<usize>i << 2));
    const step = <f64>(sample - last);
    sum += step * step;
    last = sample;
  }
  return sum;
}
