/**
 * Windows of spectra, periodic (the next one would begin where this one ends).
 *
 * Sources: F. J. Harris, "On the Use of Windows for Harmonic Analysis with the Discrete Fourier Transform",
 * Proc. IEEE 66(1), 1978 (Hann; 4-term Blackman-Harris, -92 dB); Kaiser as in src/dsp/resample/kaiser.ts.
 */
import { besselI0, kaiserBeta } from "../resample/kaiser";

/** Numbers as in src/engine/overview/spectrumKernel.ts. */
export const enum SpectrumWindow {
  Hann = 0,
  BlackmanHarris = 1,
  Kaiser = 2,
}

/** dB; side lobes of the Kaiser window. */
const KAISER_ATTENUATION: f64 = 120;

/** Value of the window at `t`, from 0 (begin) to 1 (end). */
export function windowAt(kind: i32, t: f64): f64 {
  const angle = 2 * Math.PI * t;
  if (kind == SpectrumWindow.Hann) return 0.5 - 0.5 * Math.cos(angle);
  if (kind == SpectrumWindow.BlackmanHarris) {
    const odd = 0.48829 * Math.cos(angle) + 0.01168 * Math.cos(3 * angle);
    return 0.35875 + 0.14128 * Math.cos(2 * angle) - odd;
  }
  const beta = kaiserBeta(KAISER_ATTENUATION);
  const side = 2 * t - 1;
  return besselI0(beta * Math.sqrt(max<f64>(0, 1 - side * side))) / besselI0(beta);
}
