/** Coefficients of a section, named as in the formulas of section.ts. */
@unmanaged
export class Coefficients {
  zero: f64;
  pole: f64;
  b0: f64;
  c1: f64;
  c2: f64;
  a1: f64;
  a2: f64;

  /** Lets the section pass everything unchanged. */
  clear(): void {
    memory.fill(changetype<usize>(this), 0, offsetof<Coefficients>());
    this.b0 = 1;
  }

  copy(from: Coefficients): void {
    memory.copy(changetype<usize>(this), changetype<usize>(from), offsetof<Coefficients>());
  }

  /** Lets the section pass everything unchanged, with the poles of `poles`. */
  pass(poles: Coefficients): void {
    this.clear();
    this.a1 = poles.a1;
    this.a2 = poles.a2;
  }

  /** Makes a biquad of the first-order corrections of `a` and `b` in series. */
  couple(a: Coefficients, b: Coefficients): void {
    this.clear();
    this.a1 = a.pole + b.pole;
    this.a2 = a.pole * b.pole;
    this.c1 = a.zero + b.zero - this.a1;
    this.c2 = a.zero * b.zero - this.a2;
  }

  /** Becomes the exact inverse of `from`, whose zeros lie inside the unit circle. */
  invert(from: Coefficients): void {
    const b1 = from.c1 + from.a1 * from.b0;
    const b2 = from.c2 + from.a2 * from.b0;
    this.zero = from.pole;
    this.pole = from.zero;
    this.b0 = 1 / from.b0;
    this.a1 = b1 / from.b0;
    this.a2 = b2 / from.b0;
    this.c1 = (from.a1 - this.a1) / from.b0;
    this.c2 = (from.a2 - this.a2) / from.b0;
  }

  isCorrected(): bool {
    return this.zero != 0 || this.pole != 0;
  }

  /** @returns |H|^2 at `w` radians per frame */
  power(w: f64): f64 {
    const phi = Math.pow(Math.sin(w / 2), 2);
    const b1 = this.c1 + this.a1 * this.b0;
    const b2 = this.c2 + this.a2 * this.b0;
    const up = quadraticPower(1, this.zero, 0, phi) * quadraticPower(this.b0, b1, b2, phi);
    return up / (quadraticPower(1, this.pole, 0, phi) * quadraticPower(1, this.a1, this.a2, phi));
  }
}

/** @returns |c0 + c1 z^-1 + c2 z^-2|^2 on the unit circle, `phi` = sin^2(w / 2) */
function quadraticPower(c0: f64, c1: f64, c2: f64, phi: f64): f64 {
  const atDc = c0 + c1 + c2;
  const atNyquist = c0 - c1 + c2;
  return atDc * atDc * (1 - phi) + atNyquist * atNyquist * phi - 16 * c0 * c2 * phi * (1 - phi);
}
