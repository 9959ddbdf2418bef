/**
 * A polynomial A(z) = 1 + a1 z^-1 + a2 z^-2 with its roots inside the unit circle, written as
 * the logarithms of
 *
 *   E = A(-1) / A(1) and D = ((1 - a2) / (1 + a2))^2.
 *
 * Any two real numbers make such a polynomial, so a fit may move them freely, and roots close
 * to z = 1 (low frequencies) lose no digits. D = 1 is a polynomial of first order.
 */
@unmanaged
export class Polynomial {
  private e: f64;
  private d: f64;
  /** (1 + E)^2 */
  private square: f64;

  set(logE: f64, logD: f64): void {
    this.e = Math.exp(logE);
    this.d = Math.exp(logD);
    this.square = (1 + this.e) * (1 + this.e);
  }

  /** @returns |A / A(1)|^2 where sin^2(w / 2) is `phi` */
  power(phi: f64): f64 {
    return 1 + phi * (this.e * this.e - 1 - (1 - this.d) * this.square * (1 - phi));
  }

  /** @returns derivative of ln {@link power} by ln E */
  slopeE(phi: f64): f64 {
    const e = this.e;
    return (2 * e * phi * (e - (1 - this.d) * (1 + e) * (1 - phi))) / this.power(phi);
  }

  /** @returns derivative of ln {@link power} by ln D */
  slopeD(phi: f64): f64 {
    return (this.d * this.square * phi * (1 - phi)) / this.power(phi);
  }

  /** @returns a1 */
  first(): f64 {
    return ((1 + this.second()) * (1 - this.e)) / (1 + this.e);
  }

  /** @returns a2 */
  second(): f64 {
    const root = Math.sqrt(this.d);
    return (1 - root) / (1 + root);
  }

  /** @returns A(1) */
  atDc(): f64 {
    return (2 * (1 + this.second())) / (1 + this.e);
  }
}
