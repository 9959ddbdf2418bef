import type { InsertRow } from "../../../src/protocol/mixProtocol.js";
import type { Comparison } from "../comparison.js";
import type { MixModel } from "../mixModel.js";
import type { MeterBank } from "./meterBank.js";

/** An insert by the key of its channel and its place there. */
export interface InsertPlace {
  readonly key: string;
  readonly index: number;
}

/** What the parts of the mixer share. */
export interface Desk {
  readonly model: MixModel;
  readonly bank: MeterBank;
  readonly comparison: Comparison;
  /** Shows the strip of a channel, and gives it the focus. */
  readonly reveal: (key: string) => void;
  /** The kinds of inserts that there are; none before the host has told of them. */
  readonly rows: () => readonly InsertRow[];
  /** The insert whose panel is open. */
  readonly opened: InsertPlace | null;
  /** Opens the panel of an insert, or closes it if it is open. */
  readonly openInsert: (place: InsertPlace | null) => void;
}
