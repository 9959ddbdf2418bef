/**
 * Finds the gain before the limiter that brings a song to its loudness. The limiter takes
 * some of the gain back, how much only an attempt can tell; so each attempt's outcome decides
 * the next gain, until the goal is met or the limiter would work harder than allowed.
 */

/** One rendering of the song through gain and limiter, as measured. */
export interface Attempt {
  /** dB. */
  readonly gain: number;
  /** LUFS; `null` for silence. */
  readonly loudness: number | null;
  /** Gain reduction that the limiter exceeded for 5 % of the time, dB, positive. */
  readonly reduction: number;
}

export interface Goal {
  /** LUFS. */
  readonly loudness: number;
  /** Largest {@link Attempt.reduction} allowed, dB. */
  readonly maxReduction: number;
}

export type Decision =
  | { readonly kind: "try"; readonly gain: number }
  /** The last attempt stands; `isShort` says that only the limit on gain reduction kept it from the goal. */
  | { readonly kind: "accept"; readonly isShort: boolean };

/** Distance from the goal, LU, at which an attempt is good enough; half of what the user is promised. */
const TOLERANCE = 0.05;
/** An attempt this close under the allowed reduction, dB, uses it up. */
const REDUCTION_TOLERANCE = 0.15;
/** More attempts than any song needs: a guard against signals that answer gain with chaos. */
const MOST_ATTEMPTS = 10;
/** Amplifying more than this lifts noise, not music; dB. */
export const LARGEST_GAIN = 30;

/** Decides after the given attempts, oldest first, at least one. */
export function decide(goal: Goal, attempts: readonly Attempt[]): Decision {
  const last = attempts.at(-1);
  if (!last) throw new Error("solveGain.decide: there must be an attempt");
  if (last.loudness === null) return { kind: "accept", isShort: false };
  const isAllowed = last.reduction <= goal.maxReduction;
  const miss = goal.loudness - last.loudness;
  if (isAllowed && Math.abs(miss) <= TOLERANCE) return { kind: "accept", isShort: false };
  if (isAllowed && miss > 0 && isUsedUp(goal, last)) return { kind: "accept", isShort: true };
  if (attempts.length >= MOST_ATTEMPTS) return settle(goal, attempts, last);
  return { kind: "try", gain: nextGain(goal, attempts, last) };
}

/** No better gain was found: the best allowed attempt stands, and is rendered again unless it was the last. */
function settle(goal: Goal, attempts: readonly Attempt[], last: Attempt): Decision {
  const allowed = attempts.filter(({ reduction }) => reduction <= goal.maxReduction);
  const distance = (attempt: Attempt): number => Math.abs((attempt.loudness ?? -Infinity) - goal.loudness);
  const best = allowed.reduce<Attempt>((a, b) => (distance(b) < distance(a) ? b : a), allowed[0] ?? last);
  if (best.gain === last.gain || attempts.length > MOST_ATTEMPTS) {
    return { kind: "accept", isShort: (last.loudness ?? -Infinity) < goal.loudness - TOLERANCE };
  }
  return { kind: "try", gain: best.gain };
}

function isUsedUp(goal: Goal, attempt: Attempt): boolean {
  return attempt.gain >= LARGEST_GAIN || attempt.reduction >= goal.maxReduction - REDUCTION_TOLERANCE;
}

function nextGain(goal: Goal, attempts: readonly Attempt[], last: Attempt): number {
  const wanted = gainForLoudness(goal, attempts, last);
  const permitted = gainForReduction(goal, attempts);
  return Math.min(wanted, permitted, LARGEST_GAIN);
}

/** Secant on loudness over gain; the first step assumes that the limiter takes nothing. */
function gainForLoudness(goal: Goal, attempts: readonly Attempt[], last: Attempt): number {
  const lastLoudness = last.loudness ?? -Infinity;
  const other = nearest(attempts.slice(0, -1), last.gain);
  const slope = other ? ((other.loudness ?? -Infinity) - lastLoudness) / (other.gain - last.gain) : 1;
  return last.gain + (goal.loudness - lastLoudness) / (slope > 0.2 && slope <= 1 ? slope : 1);
}

/**
 * Highest gain that is expected to stay within the allowed reduction. The 95th percentile is 0
 * up to some gain and then rises about linearly: a line through points beyond that bend finds
 * the place, a point before it only bounds it.
 */
function gainForReduction(goal: Goal, attempts: readonly Attempt[]): number {
  const aim = goal.maxReduction - REDUCTION_TOLERANCE / 2;
  const tooMuch = attempts.filter(({ reduction }) => reduction > goal.maxReduction);
  const over = lowest(tooMuch);
  if (!over) return Infinity;
  const under = nearest(
    attempts.filter(({ reduction }) => reduction <= goal.maxReduction),
    over.gain,
  );
  const second = lowest(tooMuch.filter((each) => each !== over));
  const isBeyondBend = under !== undefined && under.reduction > aim / 2;
  const other = isBeyondBend ? under : second;
  if (!other) return under ? (under.gain + over.gain) / 2 : over.gain - (over.reduction - aim);
  const gain =
    over.gain - ((over.reduction - aim) * (over.gain - other.gain)) / (over.reduction - other.reduction);
  return under ? Math.max(gain, under.gain + (over.gain - under.gain) / 10) : gain;
}

function nearest(attempts: readonly Attempt[], gain: number): Attempt | undefined {
  return [...attempts].sort((a, b) => Math.abs(a.gain - gain) - Math.abs(b.gain - gain))[0];
}

const lowest = (attempts: readonly Attempt[]): Attempt | undefined =>
  [...attempts].sort((a, b) => a.gain - b.gain)[0];
