/** @returns factor per frame of a decay with the time constant `seconds` (63 %); 0 for 0 s */
export function decayOf(seconds: f64, sampleRate: f64): f64 {
  return seconds > 0 ? Math.exp(-1 / (seconds * sampleRate)) : 0;
}
