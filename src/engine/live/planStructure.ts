/** What of two live plans must be the same for one graph to play both: all but the values that its knobs take. */
import type { InsertPlan, MovingValue } from "../automationPlan.js";
import type { ChannelPlan, MixPlan } from "../mixPlan.js";
import { needsNewProcessor } from "../preparedParameters.js";

/** @returns whether a graph of plan `a` can go over to the values of plan `b` while it runs */
export function haveSameStructure(a: MixPlan, b: MixPlan): boolean {
  return (
    a === b ||
    (a.sampleRate === b.sampleRate &&
      a.tempo === b.tempo &&
      a.panLaw === b.panLaw &&
      a.channels.length === b.channels.length &&
      a.channels.every((channel, i) => areAlike(channel, b.channels[i]!)) &&
      areInsertsAlike(a.masterInserts, b.masterInserts) &&
      isMovedAlike(a.masterFader, b.masterFader))
  );
}

function areAlike(a: ChannelPlan, b: ChannelPlan): boolean {
  if (a === b) return true;
  return (
    a.id === b.id &&
    a.isBus === b.isBus &&
    a.isMono === b.isMono &&
    a.panMode === b.panMode &&
    // A polarity turns the trim's knob, which is automation's where that moves it.
    (a.polarity === b.polarity || !a.trim.curve) &&
    areEqual(a.frozen, b.frozen) &&
    areEqual(a.clips, b.clips) &&
    areMovedAlike([a.trim, a.pan, a.width, ...a.faders], [b.trim, b.pan, b.width, ...b.faders]) &&
    a.connections.length === b.connections.length &&
    a.connections.every((connection, i) => {
      const other = b.connections[i]!;
      return (
        connection.to === other.to &&
        connection.tap === other.tap &&
        areMovedAlike([connection.balance, ...connection.levels], [other.balance, ...other.levels])
      );
    }) &&
    areInsertsAlike(a.inserts, b.inserts)
  );
}

function areInsertsAlike(a: readonly InsertPlan[], b: readonly InsertPlan[]): boolean {
  return a === b || (a.length === b.length && a.every((insert, i) => isInsertAlike(insert, b[i]!)));
}

function isInsertAlike(a: InsertPlan, b: InsertPlan): boolean {
  if (a === b) return true;
  return (
    a.kind === b.kind &&
    a.impulse === b.impulse &&
    a.key === b.key &&
    areEqual(a.automation, b.automation) &&
    a.values.length === b.values.length &&
    a.values.every(
      ([parameter, value], i) =>
        parameter === b.values[i]![0] &&
        (Object.is(value, b.values[i]![1]) || !needsNewProcessor(a.kind, parameter)),
    )
  );
}

const areMovedAlike = (a: readonly MovingValue[], b: readonly MovingValue[]): boolean =>
  a.length === b.length && a.every((value, i) => isMovedAlike(value, b[i]!));

const isMovedAlike = (a: MovingValue, b: MovingValue): boolean => areEqual(a.curve, b.curve);

/** Of plain data. */
function areEqual(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return false;
  const keys = Object.keys(a);
  return (
    keys.length === Object.keys(b).length &&
    keys.every((key) => areEqual((a as Record<string, unknown>)[key], (b as Record<string, unknown>)[key]))
  );
}
