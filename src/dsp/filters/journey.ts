/**
 * The way of a biquad from one response to another.
 *
 * Straight lines between coefficients would hold a low band still for most of the way and let it
 * jump at an end. So the poles move by the same factor in every step, in E and the root of D of
 * polynomial.ts: stable all along. Over poles, any biquad is a sum of the three outputs of a
 * state variable filter,
 *
 *   N(z) = low A(1) (1 + z^-1)^2 / 4 + band (1 - a2) (1 - z^-2) / 2 + high A(-1) (1 - z^-1)^2 / 4,
 *
 * and these three gains go in straight lines; all of them 1 is a filter that passes everything.
 */
import { Coefficients } from "./coefficients";

/** A biquad in these terms. */
@unmanaged
class Place {
  e: f64;
  rootD: f64;
  low: f64;
  band: f64;
  high: f64;

  read(from: Coefficients): void {
    const atDc = 1 + from.a1 + from.a2;
    const atNyquist = 1 - from.a1 + from.a2;
    const b1 = from.c1 + from.a1 * from.b0;
    const b2 = from.c2 + from.a2 * from.b0;
    this.e = atNyquist / atDc;
    this.rootD = (1 - from.a2) / (1 + from.a2);
    this.low = (from.b0 + b1 + b2) / atDc;
    this.high = (from.b0 - b1 + b2) / atNyquist;
    this.band = (from.b0 - b2) / (1 - from.a2);
  }

  write(out: Coefficients): void {
    const a2 = (1 - this.rootD) / (1 + this.rootD);
    const a1 = ((1 + a2) * (1 - this.e)) / (1 + this.e);
    const low = (this.low * (1 + a1 + a2)) / 4;
    const high = (this.high * (1 - a1 + a2)) / 4;
    const band = (this.band * (1 - a2)) / 2;
    out.a1 = a1;
    out.a2 = a2;
    out.b0 = low + band + high;
    out.c1 = 2 * (low - high) - a1 * out.b0;
    out.c2 = low - band + high - a2 * out.b0;
  }
}

const end = new Place();

@unmanaged
export class Journey {
  private readonly here: Place = new Place();
  /** Factors of `e` and `rootD` and differences of the gains and of the correction, for each step. */
  private readonly stride: Place = new Place();
  private zero: f64;
  private pole: f64;

  /** Sets out from `from` to `to`, `steps` steps away. */
  begin(from: Coefficients, to: Coefficients, steps: i32): void {
    const part = 1 / <f64>steps;
    const here = this.here;
    here.read(from);
    end.read(to);
    this.stride.e = Math.pow(end.e / here.e, part);
    this.stride.rootD = Math.pow(end.rootD / here.rootD, part);
    this.stride.low = (end.low - here.low) * part;
    this.stride.band = (end.band - here.band) * part;
    this.stride.high = (end.high - here.high) * part;
    this.zero = (to.zero - from.zero) * part;
    this.pole = (to.pole - from.pole) * part;
  }

  /** Moves `current` a step further. */
  step(current: Coefficients): void {
    const here = this.here;
    here.e *= this.stride.e;
    here.rootD *= this.stride.rootD;
    here.low += this.stride.low;
    here.band += this.stride.band;
    here.high += this.stride.high;
    here.write(current);
    current.zero += this.zero;
    current.pole += this.pole;
  }
}
