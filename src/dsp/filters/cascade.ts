/**
 * Biquads in series, several in one loop. A biquad alone waits for its own last frame, two
 * operations of latency; others beside it fill that time. On a mono signal two of them share
 * a register, the second two frames behind the first; they are made up for within the block,
 * so nothing is delayed. Either way each value goes through the same operations: a mono
 * signal gives, bit for bit, what the left side of a stereo one gives.
 *
 * The biquads are the `current` coefficients and the state of sections (section.ts) without
 * their first-order corrections; couples.ts makes biquads of those.
 */
import { Section, sectionNew } from "./section";

/** Coefficients and state in two lanes, named as in section.ts: of both sides, or of two sections. */
@unmanaged
class Lanes {
  b0: v128;
  c1: v128;
  c2: v128;
  a1: v128;
  a2: v128;
  s1: v128;
  s2: v128;
  /** What came out last, and before. */
  y: v128;
  z: v128;

  /** Takes over `section` for both sides. */
  takeStereo(section: Section): void {
    this.takeCoefficients(section, section);
    this.s1 = section.s1;
    this.s2 = section.s2;
  }

  giveStereo(section: Section): void {
    section.s1 = this.s1;
    section.s2 = this.s2;
  }

  /** Takes over two sections in a row; their state is that of the left side. */
  takeMono(first: Section, second: Section): void {
    this.takeCoefficients(first, second);
    this.s1 = v128.shuffle<i64>(first.s1, second.s1, 0, 2);
    this.s2 = v128.shuffle<i64>(first.s2, second.s2, 0, 2);
    this.y = this.z = f64x2.splat(0);
  }

  giveMono(first: Section, second: Section): void {
    first.s1 = v128.shuffle<i64>(this.s1, this.s1, 0, 0);
    first.s2 = v128.shuffle<i64>(this.s2, this.s2, 0, 0);
    second.s1 = v128.shuffle<i64>(this.s1, this.s1, 1, 1);
    second.s2 = v128.shuffle<i64>(this.s2, this.s2, 1, 1);
  }

  /** One frame; lanes where `due` has no bits set keep their state. */
  advance(x: v128, due: v128): void {
    const s1 = this.s1;
    this.z = this.y;
    this.y = output(this.b0, x, s1);
    this.s1 = v128.bitselect(nextFirst(this.c1, x, this.a1, s1, this.s2), s1, due);
    this.s2 = v128.bitselect(nextSecond(this.c2, x, this.a2, s1), this.s2, due);
  }

  private takeCoefficients(first: Section, second: Section): void {
    const a = first.current;
    const b = second.current;
    this.b0 = f64x2.replace_lane(f64x2.splat(a.b0), 1, b.b0);
    this.c1 = f64x2.replace_lane(f64x2.splat(a.c1), 1, b.c1);
    this.c2 = f64x2.replace_lane(f64x2.splat(a.c2), 1, b.c2);
    this.a1 = f64x2.replace_lane(f64x2.splat(a.a1), 1, b.a1);
    this.a2 = f64x2.replace_lane(f64x2.splat(a.a2), 1, b.a2);
  }
}

// @ts-ignore: decorator
@inline
function output(b0: v128, x: v128, s1: v128): v128 {
  return f64x2.add(f64x2.mul(b0, x), s1);
}

// @ts-ignore: decorator
@inline
function nextFirst(c1: v128, x: v128, a1: v128, s1: v128, s2: v128): v128 {
  return f64x2.sub(f64x2.add(s2, f64x2.mul(c1, x)), f64x2.mul(a1, s1));
}

// @ts-ignore: decorator
@inline
function nextSecond(c2: v128, x: v128, a2: v128, s1: v128): v128 {
  return f64x2.sub(f64x2.mul(c2, x), f64x2.mul(a2, s1));
}

/** Lanes that one loop serves. */
const MOST: i32 = 3;
/** How many lanes a loop serves: the size of the type in bytes, {@link Three} standing for three. */
type One = i8;
type Two = i16;
type Three = i32;

const lanes0: Lanes = new Lanes();
const lanes1: Lanes = new Lanes();
const lanes2: Lanes = new Lanes();
/** Fills the lane beside an odd section: passes everything, and stays at rest. */
const passing: Section = sectionNew();

// @ts-ignore: decorator
@inline
function sectionAt(list: usize, index: i32, count: i32): Section {
  return index < count ? changetype<Section>(load<usize>(list + ((<usize>index) << 2))) : passing;
}

function lanesAt(index: i32): Lanes {
  return index == 0 ? lanes0 : index == 1 ? lanes1 : lanes2;
}

/** @returns how many of `left` lanes the next loop serves: three, unless that left one alone */
function share(left: i32): i32 {
  return left == MOST + 1 ? 2 : min(MOST, left);
}

/** Runs the `count` sections whose addresses stand at `list` in place on f64x2 frames at `samples`. */
export function cascadeStereo(list: usize, count: i32, samples: usize, frames: i32): void {
  for (let start = 0; start < count; ) {
    const group = share(count - start);
    for (let k = 0; k < group; k++) lanesAt(k).takeStereo(sectionAt(list, start + k, count));
    if (group == 1) runStereo<One>(samples, frames);
    else if (group == 2) runStereo<Two>(samples, frames);
    else runStereo<Three>(samples, frames);
    for (let k = 0; k < group; k++) lanesAt(k).giveStereo(sectionAt(list, start + k, count));
    start += group;
  }
}

/** The same in place on f64 frames of a mono signal at `samples`. */
export function cascadeMono(list: usize, count: i32, samples: usize, frames: i32): void {
  const pairs = (count + 1) >> 1;
  for (let start = 0; start < pairs; ) {
    const group = share(pairs - start);
    for (let k = 0; k < group; k++) {
      const first = (start + k) << 1;
      lanesAt(k).takeMono(sectionAt(list, first, count), sectionAt(list, first + 1, count));
    }
    runMono(group, samples, frames);
    for (let k = 0; k < group; k++) {
      const first = (start + k) << 1;
      lanesAt(k).giveMono(sectionAt(list, first, count), sectionAt(list, first + 1, count));
    }
    start += group;
  }
}

/** The same for a few frames at a time: one section after the other. */
export function cascadeFew(list: usize, count: i32, samples: usize, frames: i32): void {
  for (let k = 0; k < count; k++) {
    const section = sectionAt(list, k, count);
    const now = section.current;
    let s1 = section.s1;
    let s2 = section.s2;
    for (let at = samples, end = samples + ((<usize>frames) << 4); at < end; at += 16) {
      const x = v128.load(at);
      v128.store(at, output(f64x2.splat(now.b0), x, s1));
      const next = nextFirst(f64x2.splat(now.c1), x, f64x2.splat(now.a1), s1, s2);
      s2 = nextSecond(f64x2.splat(now.c2), x, f64x2.splat(now.a2), s1);
      s1 = next;
    }
    section.s1 = s1;
    section.s2 = s2;
  }
}

function runStereo<Width>(samples: usize, frames: i32): void {
  let s01 = lanes0.s1;
  let s02 = lanes0.s2;
  let s11 = lanes1.s1;
  let s12 = lanes1.s2;
  let s21 = lanes2.s1;
  let s22 = lanes2.s2;
  const b00 = lanes0.b0;
  const c10 = lanes0.c1;
  const c20 = lanes0.c2;
  const a10 = lanes0.a1;
  const a20 = lanes0.a2;
  const b01 = lanes1.b0;
  const c11 = lanes1.c1;
  const c21 = lanes1.c2;
  const a11 = lanes1.a1;
  const a21 = lanes1.a2;
  const b02 = lanes2.b0;
  const c12 = lanes2.c1;
  const c22 = lanes2.c2;
  const a12 = lanes2.a1;
  const a22 = lanes2.a2;
  for (const end = samples + ((<usize>frames) << 4); samples < end; samples += 16) {
    let x = v128.load(samples);
    let y = output(b00, x, s01);
    let next = nextFirst(c10, x, a10, s01, s02);
    s02 = nextSecond(c20, x, a20, s01);
    s01 = next;
    if (sizeof<Width>() >= 2) {
      x = y;
      y = output(b01, x, s11);
      next = nextFirst(c11, x, a11, s11, s12);
      s12 = nextSecond(c21, x, a21, s11);
      s11 = next;
    }
    if (sizeof<Width>() >= 4) {
      x = y;
      y = output(b02, x, s21);
      next = nextFirst(c12, x, a12, s21, s22);
      s22 = nextSecond(c22, x, a22, s21);
      s21 = next;
    }
    v128.store(samples, y);
  }
  lanes0.s1 = s01;
  lanes0.s2 = s02;
  lanes1.s1 = s11;
  lanes1.s2 = s12;
  lanes2.s1 = s21;
  lanes2.s2 = s22;
}

/**
 * In step i, pair k takes frame i - 3 k in its first lane and frame i - 3 k - 2 in its second: what
 * passes from lane to lane is never of the step before alone, and nothing waits.
 */
function runMono(pairs: i32, samples: usize, frames: i32): void {
  const delay = delayOf(pairs);
  let i = 0;
  for (; i < delay; i++) runMonoEdge(pairs, samples, i, frames);
  if (i < frames) {
    if (pairs == 1) runMonoMiddle<One>(samples, frames);
    else if (pairs == 2) runMonoMiddle<Two>(samples, frames);
    else runMonoMiddle<Three>(samples, frames);
    i = frames;
  }
  for (; i < frames + delay; i++) runMonoEdge(pairs, samples, i, frames);
}

/** @returns steps from a frame's entrance to its exit */
// @ts-ignore: decorator
@inline
function delayOf(pairs: i32): i32 {
  return 3 * pairs - 1;
}

/** Step `i`, near an end of the block, where not every lane has a frame. */
function runMonoEdge(pairs: i32, samples: usize, i: i32, frames: i32): void {
  let handed = v128.load64_zero(samples + ((<usize>min(i, frames - 1)) << 3));
  for (let k = 0; k < pairs; k++) {
    const lanes = lanesAt(k);
    const next = v128.shuffle<i64>(lanes.y, lanes.y, 1, 1);
    const first = i - 3 * k;
    const due = i64x2.replace_lane(i64x2.splat(maskOf(first, frames)), 1, maskOf(first - 2, frames));
    lanes.advance(v128.shuffle<i64>(handed, lanes.z, 0, 2), due);
    handed = next;
  }
  const out = i - delayOf(pairs);
  if (out >= 0) v128.store64_lane(samples + ((<usize>out) << 3), lanesAt(pairs - 1).y, 1);
}

/** @returns all bits if frame `i` is one of the block */
function maskOf(i: i32, frames: i32): i64 {
  return i >= 0 && i < frames ? -1 : 0;
}

/** The steps in which every lane has a frame. */
function runMonoMiddle<Width>(samples: usize, frames: i32): void {
  const delay = (<usize>delayOf(sizeof<Width>() == 4 ? 3 : <i32>sizeof<Width>())) << 3;
  const b00 = lanes0.b0;
  const c10 = lanes0.c1;
  const c20 = lanes0.c2;
  const a10 = lanes0.a1;
  const a20 = lanes0.a2;
  let s01 = lanes0.s1;
  let s02 = lanes0.s2;
  let y0 = lanes0.y;
  let z0 = lanes0.z;
  const b01 = lanes1.b0;
  const c11 = lanes1.c1;
  const c21 = lanes1.c2;
  const a11 = lanes1.a1;
  const a21 = lanes1.a2;
  let s11 = lanes1.s1;
  let s12 = lanes1.s2;
  let y1 = lanes1.y;
  let z1 = lanes1.z;
  const b02 = lanes2.b0;
  const c12 = lanes2.c1;
  const c22 = lanes2.c2;
  const a12 = lanes2.a1;
  const a22 = lanes2.a2;
  let s21 = lanes2.s1;
  let s22 = lanes2.s2;
  let y2 = lanes2.y;
  let z2 = lanes2.z;
  for (let i = samples + delay, end = samples + ((<usize>frames) << 3); i < end; i += 8) {
    const x0 = v128.shuffle<i64>(v128.load64_zero(i), z0, 0, 2);
    const x1 = v128.shuffle<i64>(y0, z1, 1, 2);
    const x2 = v128.shuffle<i64>(y1, z2, 1, 2);
    z0 = y0;
    y0 = output(b00, x0, s01);
    const next0 = nextFirst(c10, x0, a10, s01, s02);
    s02 = nextSecond(c20, x0, a20, s01);
    s01 = next0;
    let y = y0;
    if (sizeof<Width>() >= 2) {
      z1 = y1;
      y1 = output(b01, x1, s11);
      const next1 = nextFirst(c11, x1, a11, s11, s12);
      s12 = nextSecond(c21, x1, a21, s11);
      s11 = next1;
      y = y1;
    }
    if (sizeof<Width>() >= 4) {
      z2 = y2;
      y2 = output(b02, x2, s21);
      const next2 = nextFirst(c12, x2, a12, s21, s22);
      s22 = nextSecond(c22, x2, a22, s21);
      s21 = next2;
      y = y2;
    }
    v128.store64_lane(i - delay, y, 1);
  }
  lanes0.s1 = s01;
  lanes0.s2 = s02;
  lanes0.y = y0;
  lanes0.z = z0;
  lanes1.s1 = s11;
  lanes1.s2 = s12;
  lanes1.y = y1;
  lanes1.z = z1;
  lanes2.s1 = s21;
  lanes2.s2 = s22;
  lanes2.y = y2;
  lanes2.z = z2;
}
