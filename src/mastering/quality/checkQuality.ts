/**
 * Quality control: what a listener, a distributor or a cutting engineer would object to, from what has been measured
 * anyway.
 */
import type { LoudnessMeasurement } from "../../engine/meter.js";

export interface QualityFinding {
  readonly kind:
    | "over"
    | "clipping"
    | "click"
    | "dropout"
    | "dc"
    | "silence"
    | "phase"
    | "imbalance"
    | "cut"
    | "resolution"
    | "metadata";
  readonly severity: "warning" | "information";
  /** Seconds from the start; `null` where it is no matter of an instant. */
  readonly time: number | null;
  /** What, how much, and what to do. */
  readonly message: string;
}

/** dBFS and dBTP. */
const OVER = 0;
/** Linear; -60 dBFS. */
const MOST_DC = 0.001;
/** Less than that, and the song loses more than it keeps when it is played in mono. */
const LEAST_CORRELATION = -0.1;
/** dB between the sides of a whole song from which on somebody wonders. */
const MOST_IMBALANCE = 3;
/** Seconds of silence at the head and the tail that nobody wants. */
const LONGEST_HEAD = 1;
const LONGEST_TAIL = 3;
/** LUFS: quieter than that is silence. */
const SILENCE = -70;
/** LU below the loudest moment within which a song that ends has been cut off. */
const CUT_RANGE = 25;
/** Seconds of a step of the momentary loudness. */
const STEP = 0.1;

/**
 * @param measurement of a whole song
 * @param ceiling dBTP that a master keeps to; `null` for a source
 */
export function checkQuality(measurement: LoudnessMeasurement, ceiling: number | null): QualityFinding[] {
  return [
    ...overs(measurement, ceiling),
    ...offsets(measurement),
    ...phase(measurement),
    ...imbalance(measurement),
    // A master's end is that of its gap.
    ...(ceiling === null ? ends(measurement) : []),
  ];
}

function overs({ truePeak, truePeakTime }: LoudnessMeasurement, ceiling: number | null): QualityFinding[] {
  if (truePeak === null || truePeak <= (ceiling ?? OVER)) return [];
  const message =
    ceiling === null
      ? `It reaches ${truePeak.toFixed(2)} dBTP between its samples. The master comes out below its ceiling; leave more headroom in the mix all the same.`
      : `It reaches ${truePeak.toFixed(2)} dBTP, over the ceiling of ${ceiling.toFixed(1)} dBTP.`;
  return [{ kind: "over", severity: "warning", time: truePeakTime, message }];
}

function offsets({ dcOffsets }: LoudnessMeasurement): QualityFinding[] {
  const most = dcOffsets.reduce((a, b) => (Math.abs(b) > Math.abs(a) ? b : a), 0);
  if (Math.abs(most) < MOST_DC) return [];
  const level = (20 * Math.log10(Math.abs(most))).toFixed(1);
  const message = `It lies ${level} dBFS off zero (DC). Add a high-pass at 20 Hz, or a gain insert with dcFilter, to the chain.`;
  return [{ kind: "dc", severity: "warning", time: null, message }];
}

function phase({ correlation, channels }: LoudnessMeasurement): QualityFinding[] {
  if (channels !== 2 || correlation === null || correlation >= LEAST_CORRELATION) return [];
  const message = `Left and right work against each other (correlation ${correlation.toFixed(2)}): in mono much of it is gone. Look for a stereo track with one side inverted, or narrow the sides.`;
  return [{ kind: "phase", severity: "warning", time: null, message }];
}

function imbalance({ balance }: LoudnessMeasurement): QualityFinding[] {
  if (balance === null || Math.abs(balance) < MOST_IMBALANCE) return [];
  const [loud, quiet] = balance > 0 ? ["left", "right"] : ["right", "left"];
  const isOneSided = !Number.isFinite(balance);
  const message = isOneSided
    ? `Only the ${loud} side sounds. Pan it to the middle, or look for a cable or a track that is missing.`
    : `The ${loud} side is ${Math.abs(balance).toFixed(1)} dB louder than the ${quiet} one over the whole song. If it is not meant, pan what leans to that side, or set balance in a stereo insert.`;
  return [{ kind: "imbalance", severity: isOneSided ? "warning" : "information", time: null, message }];
}

function ends({ momentary, duration }: LoudnessMeasurement): QualityFinding[] {
  const isSound = (level: number): boolean => level > SILENCE;
  const first = momentary.findIndex(isSound);
  if (first < 0) return [{ kind: "silence", severity: "warning", time: 0, message: "It is silent." }];
  const last = momentary.findLastIndex(isSound);
  // A step's value is that of the 400 ms before its end: the first one that hears the sound ends within it.
  const head = first * STEP;
  const tail = duration - (last + 1) * STEP;
  const found: QualityFinding[] = [];
  if (head > LONGEST_HEAD) {
    const message = `${head.toFixed(1)} s of silence at its head. Trim them, if they are not meant.`;
    found.push({ kind: "silence", severity: "information", time: 0, message });
  }
  if (tail > LONGEST_TAIL) {
    const message = `${tail.toFixed(1)} s of silence at its tail. Trim them; pauses between songs are their gap.`;
    found.push({ kind: "silence", severity: "information", time: duration - tail, message });
  }
  const loudest = momentary.reduce((most, level) => (level > most ? level : most), -Infinity);
  const end = momentary.at(-1) ?? -Infinity;
  if (tail <= STEP && end > loudest - CUT_RANGE && end > -45) {
    const message = `It ends at ${end.toFixed(1)} LUFS, in the middle of sound: its tail is cut. Bounce it with its tail, or give it a fadeOut.`;
    found.push({ kind: "cut", severity: "warning", time: duration, message });
  }
  return found;
}
