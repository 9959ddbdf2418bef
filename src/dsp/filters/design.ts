/**
 * Digital sections whose magnitude follows an analogue section up to Nyquist ("decramped").
 *
 * A section has a pair of poles, a pair of zeros and, where it needs one, a first-order
 * correction (see section.ts).
 * Poles and zeros start where impulse invariance puts them, z = exp(s T) (M. Vicanek,
 * "Matched Second Order Digital Filters", 2016); then all of them, with the correction, are
 * moved by damped Gauss-Newton steps until the logarithm of the magnitude fits the analogue
 * one at some forty frequencies up to 0.4535 of the sample rate (20 kHz at 44.1 kHz).
 *
 * Largest error up to there, 20 Hz to 18 kHz, q 0.3 to 8, gain -18 to 18 dB at 44.1 kHz, down
 * to -60 dB of the stop band: peak 0.02 dB, shelves 0.09 dB, low-pass and high-pass 0.08 dB
 * a section, notch 0.04 dB, tilt 0.01 dB. Higher sample rates fit better.
 */
import { allocate } from "../memory";
import { Coefficients } from "./coefficients";
import { NormalEquations, normalEquationsNew } from "./normalEquations";
import { Polynomial } from "./polynomial";
import { Prototype } from "./prototype";

/** The fit ends here, radians per frame: 20 kHz at 44.1 kHz. */
const TOP: f64 = (2 * Math.PI * 20000) / 44100;
/** No pole starts closer to Nyquist, radians per frame. */
const START_TOP: f64 = 0.95 * Math.PI;
/** Points spread over the whole range, and around each corner frequency on either side. */
const SPREAD_POINTS: i32 = 25;
const CORNER_POINTS: i32 = 4;
const MAX_POINTS: i32 = SPREAD_POINTS + 2 * (2 * CORNER_POINTS + 1);
/** Below this power (-60 dB) the stop band hardly counts. */
const STOP_BAND: f64 = 1e-6;
const STOP_BAND_WEIGHT: f64 = 1e-3;
const MAX_ITERATIONS: i32 = 20;
const MAX_ATTEMPTS: i32 = 6;
/** The fit ends when a step improves it by less than this part. */
const ENOUGH: f64 = 1e-4;
/** Longest step of a parameter, all of which are logarithms. */
const LONGEST_STEP: f64 = 2;

/** The parameters of a fit, in their order in memory; E and D as in polynomial.ts. */
const enum Parameter {
  PolesE = 0,
  PolesD = 1,
  ZerosE = 2,
  ZerosD = 3,
  CorrectionZero = 4,
  CorrectionPole = 5,
  Gain = 6,
  Count = 7,
}

/** A section that fits to this (0.01 dB, as ln of power) without the correction does without. */
const ACCURATE: f64 = 0.01 * 0.23025850929940458;
/** Start of the correction: about what a low-pass needs. */
const CORRECTION_ZERO: f64 = -1;
const CORRECTION_POLE: f64 = -0.6;

const parameters = allocate(Parameter.Count << 3);
const kept = allocate(Parameter.Count << 3);
const gradient = allocate(Parameter.Count << 3);
/** phi = sin^2(w / 2), ln |H|^2 wanted and weight of each point. */
const pointPhi = allocate(MAX_POINTS << 3);
const pointTarget = allocate(MAX_POINTS << 3);
const pointWeight = allocate(MAX_POINTS << 3);
const poles = new Polynomial();
const zeros = new Polynomial();
const correctionZero = new Polynomial();
const correctionPole = new Polynomial();
const equations: NormalEquations = normalEquationsNew(Parameter.Count);
let points: i32 = 0;

function parameter(index: i32): f64 {
  return load<f64>(parameters + ((<usize>index) << 3));
}

function setParameter(index: i32, value: f64): void {
  store<f64>(parameters + ((<usize>index) << 3), value);
}

/** Writes the digital twin of `prototype` at `w0` radians per frame to `out`. */
export function designSection(prototype: Prototype, w0: f64, out: Coefficients): void {
  spreadPoints(prototype, w0);
  if (!fitFrom(prototype, w0, false)) fitFrom(prototype, w0, true);
  writeCoefficients(prototype, w0, out);
}

/** Fits from the start, with the correction or without. @returns whether the fit is {@link ACCURATE} */
function fitFrom(prototype: Prototype, w0: f64, corrected: bool): bool {
  const fixedZeros = prototype.zerosAtDc() > 0 || prototype.isNotch();
  startRoots(Parameter.PolesE, prototype.d2, prototype.d1, prototype.d0, w0);
  if (fixedZeros) startRoots(Parameter.ZerosE, 0, 0, 1, w0);
  else startRoots(Parameter.ZerosE, prototype.n2, prototype.n1, prototype.n0, w0);
  setParameter(Parameter.CorrectionZero, corrected ? CORRECTION_ZERO : 0);
  setParameter(Parameter.CorrectionPole, corrected ? CORRECTION_POLE : 0);
  setParameter(Parameter.Gain, 0);
  fit(!fixedZeros, prototype.zerosAtDc() > 0, corrected);
  return isAccurate();
}

function isAccurate(): bool {
  misfit();
  for (let point = 0; point < points; point++) {
    if (load<f64>(pointWeight + ((<usize>point) << 3)) < 1) continue;
    if (abs(residualAt(point)) > ACCURATE) return false;
  }
  return true;
}

/** Sets a pair of parameters to the roots of c2 s^2 + c1 s + c0 mapped by z = exp(s T). */
function startRoots(index: i32, c2: f64, c1: f64, c0: f64, w0: f64): void {
  let ratio: f64 = 1; // E
  let tangent: f64 = 1; // square root of D
  if (c2 != 0) {
    const w = Math.sqrt(c0 / c2) * w0;
    const damping = c1 / (2 * Math.sqrt(c2 * c0));
    let decay = damping * w;
    if (damping < 1) {
      const turn = w * Math.sqrt(1 - damping * damping);
      decay += max(0, turn - START_TOP);
      const radius = Math.exp(-decay);
      const gap = Math.pow(Math.expm1(-decay), 2);
      const half = min(turn, START_TOP) / 2;
      ratio =
        (gap + 4 * radius * Math.pow(Math.cos(half), 2)) / (gap + 4 * radius * Math.pow(Math.sin(half), 2));
    } else {
      const fast = w * (damping + Math.sqrt(damping * damping - 1));
      ratio = 1 / (Math.tanh(fast / 2) * Math.tanh((w * w) / fast / 2));
    }
    tangent = Math.tanh(decay);
  } else if (c1 != 0) {
    ratio = 1 / Math.tanh(((c0 / c1) * w0) / 2);
  }
  setParameter(index, Math.log(ratio));
  setParameter(index + 1, 2 * Math.log(tangent));
}

/** Chooses the frequencies to fit at: Chebyshev nodes in phi and a cluster around each corner. */
function spreadPoints(prototype: Prototype, w0: f64): void {
  points = 0;
  const top = Math.pow(Math.sin(TOP / 2), 2);
  for (let k = 0; k < SPREAD_POINTS - 1; k++) {
    const node = (1 - Math.cos((Math.PI * (<f64>k + 0.5)) / <f64>(SPREAD_POINTS - 1))) / 2;
    addPoint(prototype, w0, 2 * Math.asin(Math.sqrt(top * node)));
  }
  addPoint(prototype, w0, TOP);
  addCorner(prototype, w0, prototype.n2, prototype.n1, prototype.n0);
  addCorner(prototype, w0, prototype.d2, prototype.d1, prototype.d0);
}

/** Adds points around the corner of c2 s^2 + c1 s + c0, the closer the more resonant it is. */
function addCorner(prototype: Prototype, w0: f64, c2: f64, c1: f64, c0: f64): void {
  if (c0 == 0 || c1 == 0) return;
  const corner = (c2 != 0 ? Math.sqrt(c0 / c2) : c0 / c1) * w0;
  const q = c2 != 0 ? Math.sqrt(c0 * c2) / c1 : 0.5;
  const spacing = min(0.6, 0.4 / q);
  for (let k = -CORNER_POINTS; k <= CORNER_POINTS; k++) {
    const w = corner * Math.exp(<f64>k * spacing);
    if (w < TOP) addPoint(prototype, w0, w);
  }
}

function addPoint(prototype: Prototype, w0: f64, w: f64): void {
  const phi = Math.pow(Math.sin(w / 2), 2);
  const power = prototype.power(w / w0);
  const fixed = fixedPower(prototype, w0, phi);
  // At the notch itself there is nothing to fit.
  if (fixed < 1e-8 && prototype.isNotch()) return;
  const at = (<usize>points) << 3;
  store<f64>(pointPhi + at, phi);
  store<f64>(pointTarget + at, Math.log(power / fixed));
  store<f64>(pointWeight + at, power > STOP_BAND ? 1 : STOP_BAND_WEIGHT);
  points++;
}

/** @returns the factor of |H|^2 that no parameter changes: the level at 0 Hz and the fixed zeros */
function fixedPower(prototype: Prototype, w0: f64, phi: f64): f64 {
  const zeros = prototype.zerosAtDc();
  // Towards 0 Hz, (w / w0)^2 is 4 phi / w0^2.
  const slope = (4 * phi) / (w0 * w0);
  if (zeros == 2) return Math.pow((prototype.n2 / prototype.d0) * slope, 2);
  if (zeros == 1) return Math.pow(prototype.n1 / prototype.d0, 2) * slope;
  const level = Math.pow(prototype.n0 / prototype.d0, 2);
  return prototype.isNotch() ? level * Math.pow(1 - phi / Math.pow(Math.sin(w0 / 2), 2), 2) : level;
}

/** Levenberg-Marquardt: shorter steps while the fit gets worse, longer ones while it gets better. */
function fit(freeZeros: bool, freeGain: bool, corrected: bool): void {
  let damping: f64 = 1e-3;
  let cost = misfit();
  for (let iteration = 0; iteration < MAX_ITERATIONS; iteration++) {
    linearise(freeZeros, freeGain, corrected);
    memory.copy(kept, parameters, Parameter.Count << 3);
    const before = cost;
    for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
      equations.solve(damping);
      takeStep();
      cost = misfit();
      if (cost <= before) break;
      memory.copy(parameters, kept, Parameter.Count << 3);
      cost = before;
      damping *= 5;
    }
    if (before - cost <= ENOUGH * before) return;
    damping *= 0.2;
  }
}

function takeStep(): void {
  const scale = min(1, LONGEST_STEP / equations.largestStep());
  for (let i = 0; i < Parameter.Count; i++) setParameter(i, parameter(i) + scale * equations.step(i));
}

/** @returns weighted sum of the squared errors of ln |H|^2 */
function misfit(): f64 {
  poles.set(parameter(Parameter.PolesE), parameter(Parameter.PolesD));
  zeros.set(parameter(Parameter.ZerosE), parameter(Parameter.ZerosD));
  correctionZero.set(parameter(Parameter.CorrectionZero), 0);
  correctionPole.set(parameter(Parameter.CorrectionPole), 0);
  let sum: f64 = 0;
  for (let point = 0; point < points; point++) {
    const residual = residualAt(point);
    sum += load<f64>(pointWeight + ((<usize>point) << 3)) * residual * residual;
  }
  return sum;
}

/** @returns ln |H|^2 less what is wanted at a point */
function residualAt(point: i32): f64 {
  const at = (<usize>point) << 3;
  const phi = load<f64>(pointPhi + at);
  const up = zeros.power(phi) * correctionZero.power(phi);
  const ratio = up / (poles.power(phi) * correctionPole.power(phi));
  return parameter(Parameter.Gain) + Math.log(ratio) - load<f64>(pointTarget + at);
}

/** Sets up the equations at the parameters of the last {@link misfit}; those not free do not move. */
function linearise(freeZeros: bool, freeGain: bool, corrected: bool): void {
  equations.clear();
  for (let point = 0; point < points; point++) {
    const at = (<usize>point) << 3;
    const phi = load<f64>(pointPhi + at);
    setGradient(Parameter.PolesE, -poles.slopeE(phi));
    setGradient(Parameter.PolesD, -poles.slopeD(phi));
    setGradient(Parameter.ZerosE, freeZeros ? zeros.slopeE(phi) : 0);
    setGradient(Parameter.ZerosD, freeZeros ? zeros.slopeD(phi) : 0);
    setGradient(Parameter.CorrectionZero, corrected ? correctionZero.slopeE(phi) : 0);
    setGradient(Parameter.CorrectionPole, corrected ? -correctionPole.slopeE(phi) : 0);
    setGradient(Parameter.Gain, freeGain ? 1 : 0);
    equations.add(residualAt(point), load<f64>(pointWeight + at), gradient);
  }
}

function setGradient(index: i32, value: f64): void {
  store<f64>(gradient + ((<usize>index) << 3), value);
}

function writeCoefficients(prototype: Prototype, w0: f64, out: Coefficients): void {
  misfit();
  out.zero = correctionZero.first();
  out.pole = correctionPole.first();
  out.a1 = poles.first();
  out.a2 = poles.second();

  let b1 = zeros.first();
  let b2 = zeros.second();
  let level = prototype.n0 / prototype.d0;
  let atDc = zeros.atDc();
  const zerosAtDc = prototype.zerosAtDc();
  if (zerosAtDc == 2) {
    b1 = -2;
    b2 = 1;
    level = prototype.n2 / prototype.d0 / (w0 * w0);
    atDc = 1;
  } else if (zerosAtDc == 1) {
    b1 = -1;
    level = prototype.n1 / prototype.d0 / w0;
    atDc = 1;
  } else if (prototype.isNotch()) {
    b1 = -2 * Math.cos(w0);
    b2 = 1;
    atDc = 4 * Math.pow(Math.sin(w0 / 2), 2);
  }
  const correction = (1 + out.pole) / (1 + out.zero);
  const b0 = (level * Math.exp(parameter(Parameter.Gain) / 2) * correction * poles.atDc()) / atDc;
  out.b0 = b0;
  out.c1 = b0 * (b1 - out.a1);
  out.c2 = b0 * (b2 - out.a2);
}
