/**
 * Time-stretch with kept pitch for a stereo pair, block by block: waveform-similarity overlap-add (W. Verhelst,
 * M. Roelands, "An Overlap-Add Technique Based on Waveform Similarity (WSOLA)", ICASSP 1993), with splices only as
 * often as the speed makes them necessary: between two splices the signal is copied bit for bit, so at speed 1 it
 * passes untouched. Both channels are spliced at the same places.
 *
 * A splice fades from the place that is being read to another one near where reading should be, which best resembles
 * it; the fade keeps the power for whatever resemblance is found. Onsets are neither faded nor heard twice nor
 * skipped, as long as that keeps reading within {@link MOST_DELAY} of where it should be.
 */
import { allocate } from "../memory";
import { Onsets } from "./onsets";
import { bestMatch, correlation } from "./similarity";

/** Seconds. */
const OVERLAP: f64 = 0.012;
/** Either side of the nominal place of a splice, seconds: together a period of 33 Hz. */
const SEARCH: f64 = 0.015;
/** Mean time from splice to splice, seconds of output, and least length of a leap, seconds of input. */
const SEQUENCE: f64 = 0.06;
const LEAST_LEAP: f64 = 0.03;
/** Seconds by which an onset may delay a splice, in input beyond half a leap. */
const MOST_DELAY: f64 = 0.05;
/** What belongs to an onset before and after the place where it was found, seconds. */
const BEFORE_ONSET: f64 = 0.002;
const AFTER_ONSET: f64 = 0.01;
/** Seconds after which a delayed splice is tried again. */
const RETRY: f64 = 0.0025;
/** Speeds. */
const SLOWEST: f64 = 0.25;
const FASTEST: f64 = 4;
/** Seconds of input kept behind, and held in all. */
const HISTORY: f64 = 0.2;
const CAPACITY: f64 = 0.9;
/** Frames: what sums may be off by, so that nothing depends on how the signal is cut into blocks. */
const ROUNDING: f64 = 1e-6;
/** Rate of the signal that is searched first, Hz. */
const COARSE_RATE: f64 = 8000;

@unmanaged
export class Stretch {
  private speed: f64;
  /** Input, planar, and as many frames averaged over `factor` (interleaved pairs of f32). */
  private left: usize;
  private right: usize;
  private coarse: usize;
  private factor: i32;
  private capacity: i32;
  private held: i32;
  private coarseHeld: i32;
  /** Input frames that are no longer held; all places below count from there. */
  private dropped: f64;
  private ended: bool;

  /** Next frame to be read. */
  private place: i32;
  /** Where the present speed began, and frames given since: reading should be at `anchor + given * speed`. */
  private anchor: i32;
  private given: f64;
  /** Frames until the next splice may be tried. */
  private wait: i32;
  /** While a splice lasts: the place faded to, frames done, resemblance. */
  private splicing: bool;
  private target: i32;
  private faded: i32;
  private resemblance: f64;

  private overlap: i32;
  private search: i32;
  private sampleRate: f64;
  private history: i32;
  /** Rising half of a Hann window, f64. */
  private fade: usize;
  private onsets!: Onsets;

  setup(sampleRate: f64, maxBlock: i32): void {
    this.sampleRate = sampleRate;
    this.speed = 1;
    this.factor = max(1, <i32>Math.round(sampleRate / COARSE_RATE));
    this.overlap = max(8, this.frames(OVERLAP));
    this.search = max(4, this.frames(SEARCH));
    this.history = this.frames(HISTORY);
    this.capacity = this.frames(CAPACITY) + 2 * maxBlock;
    this.left = allocate(this.capacity << 2);
    this.right = allocate(this.capacity << 2);
    this.coarse = allocate((this.capacity / this.factor + 1) << 3);
    this.fade = allocate(this.overlap << 3);
    for (let i = 0; i < this.overlap; i++) {
      const share = (<f64>i + 0.5) / <f64>this.overlap;
      store<f64>(this.fade + (<usize>i << 3), 0.5 - 0.5 * Math.cos(Math.PI * share));
    }
    this.onsets = new Onsets();
    this.onsets.setup(sampleRate);
    this.reset();
  }

  reset(): void {
    this.held = 0;
    this.coarseHeld = 0;
    this.dropped = 0;
    this.ended = false;
    this.place = 0;
    this.anchor = 0;
    this.given = 0;
    this.wait = 0;
    this.splicing = false;
    this.onsets.reset();
  }

  setSpeed(speed: f64): void {
    if (speed != speed) return;
    const clamped = min(FASTEST, max(SLOWEST, speed));
    // From here on the time counts anew, so that a later change does not have to make up for this one.
    if (clamped != this.speed) {
      this.anchor = this.place;
      this.given = 0;
    }
    this.speed = clamped;
  }

  input(left: usize, right: usize, frames: i32): void {
    if (this.held + frames > this.capacity) this.forget();
    const count = min(frames, this.capacity - this.held);
    memory.copy(this.left + (<usize>this.held << 2), left, <usize>count << 2);
    memory.copy(this.right + (<usize>this.held << 2), right, <usize>count << 2);
    this.held += count;
    this.average();
    this.onsets.find(this.left, this.right, this.held);
  }

  finish(): void {
    this.ended = true;
  }

  /** @returns frames given; fewer than asked for if more input is needed, or the sound has ended */
  output(left: usize, right: usize, frames: i32): i32 {
    let done = 0;
    while (done < frames) {
      // The time never runs past the input: there the sound may yet turn out to end.
      if (this.remaining() <= 0) break;
      if (!this.splicing && this.isSpliceDue()) {
        if (!this.isSearchable()) break;
        this.trySplice();
      }
      const wanted = this.pieceOf(frames - done);
      const count = this.splicing
        ? this.fadeOver(left, right, done, wanted)
        : this.copy(left, right, done, wanted);
      if (count == 0) break;
      done += count;
      this.given += <f64>count;
      this.wait -= count;
    }
    return done;
  }

  /** @returns input frame that is heard next, from the first one or the last reset on */
  position(): f64 {
    return this.dropped + <f64>this.place;
  }

  private frames(seconds: f64): i32 {
    return <i32>Math.round(seconds * this.sampleRate);
  }

  /** Length of a leap in frames of input. */
  private leap(): f64 {
    return max(LEAST_LEAP, Math.abs(this.speed - 1) * SEQUENCE) * this.sampleRate;
  }

  /** How far reading lags behind (positive at speeds above 1) or runs ahead, in the direction that grows. */
  private drift(): f64 {
    const drift = this.given * this.speed - <f64>(this.place - this.anchor);
    return this.speed < 1 ? -drift : drift;
  }

  /** Input frames until the time comes to the end of what is held. */
  private remaining(): f64 {
    return <f64>(this.held - this.anchor) - this.given * this.speed;
  }

  /** Where the next splice should lead to: half a leap beyond where reading should be. */
  private nominal(): i32 {
    const half = this.leap() / 2;
    const elapsed = this.given * this.speed;
    return this.anchor + <i32>Math.round(this.speed < 1 ? elapsed - half : elapsed + half);
  }

  private isSpliceDue(): bool {
    // At the very end there is nothing left to compare.
    if (this.ended && this.place + this.overlap >= this.held) return false;
    return this.speed != 1 && this.wait <= 0 && this.drift() >= this.leap() / 2 - ROUNDING;
  }

  /** Whether all the input is there that the next splice may look at. */
  private isSearchable(): bool {
    const furthest = this.speed < 1 ? this.place : this.nominal();
    return this.ended || furthest + this.search + 2 * this.overlap + this.factor * 2 < this.held;
  }

  /** Frames that can be given in one go: until the input or the splice ends, or the next splice is due. */
  private pieceOf(frames: i32): i32 {
    const piece = min(frames, <i32>Math.ceil(this.remaining() / this.speed));
    if (this.splicing || this.speed == 1) return max(1, piece);
    const left = (this.leap() / 2 - this.drift()) / Math.abs(this.speed - 1);
    return max(1, min(piece, max(this.wait, <i32>Math.ceil(left - ROUNDING))));
  }

  private copy(left: usize, right: usize, at: i32, frames: i32): i32 {
    const there = max(0, min(frames, this.held - this.place));
    const count = this.ended ? frames : there;
    const to = <usize>at << 2;
    memory.copy(left + to, this.left + (<usize>this.place << 2), <usize>there << 2);
    memory.copy(right + to, this.right + (<usize>this.place << 2), <usize>there << 2);
    if (count > there) {
      // Reading is ahead of the time at the end: silence, as long as that takes.
      memory.fill(left + to + (<usize>there << 2), 0, <usize>(count - there) << 2);
      memory.fill(right + to + (<usize>there << 2), 0, <usize>(count - there) << 2);
    }
    this.place += count;
    return count;
  }

  private fadeOver(left: usize, right: usize, at: i32, frames: i32): i32 {
    const count = min(frames, this.overlap - this.faded);
    for (let i = 0; i < count; i++) {
      const b = load<f64>(this.fade + (<usize>(this.faded + i) << 3));
      const a = 1 - b;
      const scale = 1 / Math.sqrt(a * a + b * b + 2 * this.resemblance * a * b);
      const to = <usize>(at + i) << 2;
      store<f32>(left + to, <f32>(scale * (a * this.sample(this.left, this.place + i) + b * this.sample(this.left, this.target + i))));
      store<f32>(right + to, <f32>(scale * (a * this.sample(this.right, this.place + i) + b * this.sample(this.right, this.target + i))));
    }
    this.place += count;
    this.target += count;
    this.faded += count;
    if (this.faded == this.overlap) {
      this.splicing = false;
      this.place = this.target;
      this.wait = 0;
    }
    return count;
  }

  // @ts-ignore: decorator
  @inline
  private sample(channel: usize, place: i32): f64 {
    return place < this.held ? <f64>load<f32>(channel + (<usize>place << 2)) : 0;
  }

  /** Finds the place to go on from; or puts the splice off, because of an onset. */
  private trySplice(): void {
    const isUrgent = this.drift() >= this.leap() / 2 + MOST_DELAY * this.sampleRate;
    const nominal = this.nominal();
    let first = max(0, nominal - this.search);
    let last = min(nominal + this.search, this.held - this.overlap - 1);
    if (!isUrgent) {
      const before = this.frames(BEFORE_ONSET);
      const after = this.frames(AFTER_ONSET);
      const from = this.place;
      if (this.onsets.has(from - after, from + this.overlap + before)) return this.putOff();
      if (this.speed < 1) {
        // Nothing that was an onset is read again.
        first = max(first, this.onsets.lastBefore(from) + after);
        last = min(last, from - this.frames(LEAST_LEAP / 4));
      } else {
        // The next onset is read whole.
        last = min(last, this.onsets.firstFrom(from) - before - this.overlap);
        first = min(first, max(from + this.frames(LEAST_LEAP / 4), last - this.search));
      }
    }
    if (first > last) return isUrgent ? this.leapBlindly(nominal) : this.putOff();
    this.begin(bestMatch(this.left, this.right, this.coarse, this.factor, this.place, first, last, this.overlap));
  }

  private putOff(): void {
    this.wait = this.frames(RETRY);
  }

  private leapBlindly(nominal: i32): void {
    this.begin(max(0, min(nominal, this.held - 1)));
  }

  private begin(target: i32): void {
    this.splicing = true;
    this.target = target;
    this.faded = 0;
    const there = min(this.overlap, this.held - max(this.place, target));
    this.resemblance = there > 0 ? max(0, correlation(this.left, this.right, this.place, target, there)) : 0;
  }

  /** Makes room: drops what lies further back than the history. */
  private forget(): void {
    const keep = min(this.place, this.anchor + <i32>(this.given * this.speed)) - this.history;
    const gone = max(0, (keep / this.factor) * this.factor);
    if (gone == 0) return;
    memory.copy(this.left, this.left + (<usize>gone << 2), <usize>(this.held - gone) << 2);
    memory.copy(this.right, this.right + (<usize>gone << 2), <usize>(this.held - gone) << 2);
    const coarseGone = gone / this.factor;
    memory.copy(this.coarse, this.coarse + (<usize>coarseGone << 3), <usize>(this.coarseHeld - coarseGone) << 3);
    this.held -= gone;
    this.coarseHeld -= coarseGone;
    this.place -= gone;
    this.target -= gone;
    this.anchor -= gone;
    this.dropped += <f64>gone;
    this.onsets.move(gone);
  }

  /** Averages the whole groups of `factor` frames that have come in. */
  private average(): void {
    const scale: f32 = 1 / <f32>this.factor;
    while ((this.coarseHeld + 1) * this.factor <= this.held) {
      let l: f32 = 0;
      let r: f32 = 0;
      let at = <usize>(this.coarseHeld * this.factor) << 2;
      for (let i = 0; i < this.factor; i++, at += 4) {
        l += load<f32>(this.left + at);
        r += load<f32>(this.right + at);
      }
      store<f32>(this.coarse + (<usize>this.coarseHeld << 3), l * scale);
      store<f32>(this.coarse + (<usize>this.coarseHeld << 3), r * scale, 4);
      this.coarseHeld++;
    }
  }
}

/**
 * @param sampleRate Hz
 * @param maxBlock most frames of one call of `stretchInput`
 */
export function stretchNew(sampleRate: f64, maxBlock: i32): usize {
  const stretch = new Stretch();
  stretch.setup(sampleRate, maxBlock);
  return changetype<usize>(stretch);
}

/** @param speed 0.25 to 4; 1 passes the signal untouched */
export function stretchSetSpeed(address: usize, speed: f64): void {
  changetype<Stretch>(address).setSpeed(speed);
}

/** Takes the next frames; to be called only when `stretchOutput` has given less than it was asked for. */
export function stretchInput(address: usize, left: usize, right: usize, frames: i32): void {
  changetype<Stretch>(address).input(left, right, frames);
}

/** @returns frames given; fewer than `frames` if more input is needed, or the sound has ended */
export function stretchOutput(address: usize, left: usize, right: usize, frames: i32): i32 {
  return changetype<Stretch>(address).output(left, right, frames);
}

/** Tells that no more input comes: the last frames can be given. */
export function stretchFinish(address: usize): void {
  changetype<Stretch>(address).finish();
}

/** Forgets the sound, not the speed. */
export function stretchReset(address: usize): void {
  changetype<Stretch>(address).reset();
}

/** @returns input frame that is heard next, counted from the first one since the last reset */
export function stretchPosition(address: usize): f64 {
  return changetype<Stretch>(address).position();
}
