/**
 * K-weighting of a stereo pair: a high shelf (the head's acoustics) and a high-pass (the
 * revised low-frequency B curve), one after the other, and the energy of what leaves them.
 *
 * Source: Recommendation ITU-R BS.1770-5, Annex 1, tables 1 and 2. The tables hold for 48 kHz.
 * For other rates both sections are derived anew by the bilinear transform from the analogue
 * parameters below, which reproduce the tables at 48 kHz (they are those of libebur128).
 */

const SHELF_HZ: f64 = 1681.974450955533;
const SHELF_DB: f64 = 3.999843853973347;
const SHELF_Q: f64 = 0.7071752369554196;
/** Gain at the corner as a power of the whole gain: what makes the shelf fit the table. */
const SHELF_EXPONENT: f64 = 0.4996667741545416;
const HIGH_PASS_HZ: f64 = 38.13547087602444;
const HIGH_PASS_Q: f64 = 0.5003270373238773;

/** States below this are taken for silence, long before they become denormal. */
const NEGLIGIBLE: f64 = 1e-20;

/**
 * Both sections for two channels in the lanes of f64x2. In each section
 * `y = b0 x + s1; s1' = c1 x - a1 s1 + s2; s2' = c2 x - a2 s1` with `c_i = b_i - a_i b0`:
 * the same filter as the transposed direct form, but the way from one state to the next is
 * only a multiplication and an addition long.
 */
@unmanaged
export class KWeighting {
  private shelfB0: f64;
  private shelfC1: f64;
  private shelfC2: f64;
  private shelfA1: f64;
  private shelfA2: f64;
  private passC1: f64;
  private passC2: f64;
  private passA1: f64;
  private passA2: f64;
  private shelf1: v128;
  private shelf2: v128;
  private pass1: v128;
  private pass2: v128;
  /** Sum of the squares so far, one lane a channel. */
  private energy: v128;

  constructor(sampleRate: f64) {
    this.designShelf(Math.tan((Math.PI * SHELF_HZ) / sampleRate));
    this.designHighPass(Math.tan((Math.PI * HIGH_PASS_HZ) / sampleRate));
  }

  private designShelf(k: f64): void {
    const high = Math.pow(10, SHELF_DB / 20);
    const corner = Math.pow(high, SHELF_EXPONENT);
    const scale = 1 / (1 + k / SHELF_Q + k * k);
    const b0 = (high + (corner * k) / SHELF_Q + k * k) * scale;
    this.shelfB0 = b0;
    this.shelfA1 = 2 * (k * k - 1) * scale;
    this.shelfA2 = (1 - k / SHELF_Q + k * k) * scale;
    this.shelfC1 = 2 * (k * k - high) * scale - this.shelfA1 * b0;
    this.shelfC2 = (high - (corner * k) / SHELF_Q + k * k) * scale - this.shelfA2 * b0;
  }

  /**
   * Its numerator is 1, -2, 1 at every rate, as in the table and in libebur128. So its gain at
   * high frequencies is 0.04 dB at 48 kHz and goes to 0 dB as the rate rises: the same tone
   * reads up to 0.03 LU lower there.
   */
  private designHighPass(k: f64): void {
    const scale = 1 / (1 + k / HIGH_PASS_Q + k * k);
    this.passA1 = 2 * (k * k - 1) * scale;
    this.passA2 = (1 - k / HIGH_PASS_Q + k * k) * scale;
    this.passC1 = -2 - this.passA1;
    this.passC2 = 1 - this.passA2;
  }

  /** Filters `frames` interleaved f32 frames and adds up the squares of the result. */
  process(source: usize, frames: i32): void {
    const b0 = f64x2.splat(this.shelfB0);
    const c1 = f64x2.splat(this.shelfC1);
    const c2 = f64x2.splat(this.shelfC2);
    const a1 = f64x2.splat(this.shelfA1);
    const a2 = f64x2.splat(this.shelfA2);
    const d1 = f64x2.splat(this.passC1);
    const d2 = f64x2.splat(this.passC2);
    const e1 = f64x2.splat(this.passA1);
    const e2 = f64x2.splat(this.passA2);
    let s1 = this.shelf1;
    let s2 = this.shelf2;
    let t1 = this.pass1;
    let t2 = this.pass2;
    let energy = this.energy;
    for (const end = source + (<usize>frames << 3); source < end; source += 8) {
      const x = f64x2.promote_low_f32x4(v128.load64_zero(source));
      const y = f64x2.add(f64x2.mul(b0, x), s1);
      const next1 = f64x2.sub(f64x2.add(f64x2.mul(c1, x), s2), f64x2.mul(a1, s1));
      s2 = f64x2.sub(f64x2.mul(c2, x), f64x2.mul(a2, s1));
      s1 = next1;
      const z = f64x2.add(y, t1);
      const nextPass1 = f64x2.sub(f64x2.add(f64x2.mul(d1, y), t2), f64x2.mul(e1, t1));
      t2 = f64x2.sub(f64x2.mul(d2, y), f64x2.mul(e2, t1));
      t1 = nextPass1;
      energy = f64x2.add(energy, f64x2.mul(z, z));
    }
    this.shelf1 = s1;
    this.shelf2 = s2;
    this.pass1 = t1;
    this.pass2 = t2;
    this.energy = energy;
  }

  /** @returns both channels' energies since the last call, weighted; also rids the states of denormals */
  takeEnergy(weightFirst: f64, weightSecond: f64): f64 {
    const energy = this.energy;
    this.energy = f64x2.splat(0);
    this.shelf1 = settled(this.shelf1);
    this.shelf2 = settled(this.shelf2);
    this.pass1 = settled(this.pass1);
    this.pass2 = settled(this.pass2);
    return f64x2.extract_lane(energy, 0) * weightFirst + f64x2.extract_lane(energy, 1) * weightSecond;
  }
}

// @ts-ignore: decorator
@inline
function settled(state: v128): v128 {
  return v128.and(state, f64x2.gt(f64x2.abs(state), f64x2.splat(NEGLIGIBLE)));
}
