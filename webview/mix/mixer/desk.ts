import type { MixModel } from "../mixModel.js";
import type { MeterBank } from "./meterBank.js";

/** What the parts of the mixer share. */
export interface Desk {
  readonly model: MixModel;
  readonly bank: MeterBank;
  /** Shows the strip of a channel, and gives it the focus. */
  readonly reveal: (key: string) => void;
}
